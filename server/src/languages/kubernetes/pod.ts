import type { Descriptions } from "../image/description.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { asMap, entryAt, getPath, isNull, scalarText } from "../yaml/path.ts";
import { containersOf } from "./container.ts";
import { annotationsOf, labelsOf } from "./metadata.ts";
import type { PodTemplate } from "./model.ts";

/** Where the workloads of Kubernetes itself keep their pod template. */
const builtIn: ReadonlyMap<string, readonly string[]> = new Map([
  ["Pod", []],
  ["PodTemplate", ["template"]],
  ["ReplicationController", ["spec", "template"]],
  ["ReplicaSet", ["spec", "template"]],
  ["Deployment", ["spec", "template"]],
  ["StatefulSet", ["spec", "template"]],
  ["DaemonSet", ["spec", "template"]],
  ["Job", ["spec", "template"]],
  ["CronJob", ["spec", "jobTemplate", "spec", "template"]],
  // OpenShift's own, which was there before Deployments.
  ["DeploymentConfig", ["spec", "template"]],
]);

/** Where a custom resource has one: Argo Rollout and Knative Service, anything like a CronJob, KEDA's ScaledJob. */
const elsewhere: readonly (readonly string[])[] = [
  ["spec", "template"],
  ["spec", "jobTemplate", "spec", "template"],
  ["spec", "jobTargetRef", "template"],
];

/** The API groups of the workloads above, those of old versions included. */
const builtInGroup = /^(?:v1|apps\/.*|apps\.openshift\.io\/v1|batch\/.*|extensions\/v1beta1)$/;

/** Whether the object is a workload of Kubernetes itself, and not a custom resource that happens to be named like one. */
export function isBuiltIn(apiVersion: string, kind: string): boolean {
  return builtIn.has(kind) && builtInGroup.test(apiVersion);
}

/** The pod template of a workload. A custom resource has one where `containers` is a list of maps at one of the known places. */
export function podOf(
  text: string,
  apiVersion: string,
  kind: string,
  map: YamlMap,
  descriptions: Descriptions,
): PodTemplate | undefined {
  const path = isBuiltIn(apiVersion, kind) ? builtIn.get(kind) : elsewhere.find((at) => hasContainers(map, at));
  if (path === undefined) return undefined;
  const holder = asMap(getPath(map, ...path));
  const specEntry = holder?.get("spec");
  if (specEntry?.value.type !== "map") return undefined;
  const spec = specEntry.value;
  const metadata = asMap(getPath(holder, "metadata"));
  const restart = scalarText(getPath(spec, "restartPolicy"));
  return {
    workload: kind,
    batch:
      kind === "Job" ||
      path.some((key) => key === "jobTemplate" || key === "jobTargetRef") ||
      (kind === "Pod" && (restart === "Never" || restart === "OnFailure" || isHelmHook(map))),
    spec,
    specEntry,
    metadata,
    labels: labelsOf(metadata),
    annotations: annotationsOf(metadata),
    containersEntry: spec.get("containers"),
    containers: containersOf(text, spec, descriptions),
    windows: isWindows(spec),
    get: (...keys) => present(getPath(spec, ...keys)),
    entry: (...keys) => entryAt(spec, ...keys),
  };
}

/** A test or a step of an installation: Helm waits for it to end. */
function isHelmHook(map: YamlMap): boolean {
  return asMap(getPath(map, "metadata", "annotations"))?.get("helm.sh/hook") !== undefined;
}

function hasContainers(map: YamlMap, path: readonly string[]): boolean {
  const containers = getPath(map, ...path, "spec", "containers");
  return containers?.type === "seq" && containers.items.length > 0 && containers.items.every(isContainer);
}

function isContainer(item: YamlNode): boolean {
  return item.type === "map" && ["name", "image"].some((key) => item.get(key)?.value.type === "scalar");
}

function isWindows(spec: YamlMap): boolean {
  if (scalarText(getPath(spec, "os", "name")) === "windows") return true;
  return ["kubernetes.io/os", "beta.kubernetes.io/os"].some(
    (label) => scalarText(getPath(spec, "nodeSelector", label)) === "windows",
  );
}

function present(node: YamlNode | undefined): YamlNode | undefined {
  return isNull(node) ? undefined : node;
}
