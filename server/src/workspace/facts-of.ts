import type { DockerfileModel } from "../languages/dockerfile/model.ts";
import { isOfKind, type ParsedFile } from "../languages/index.ts";
import type { Container, KubernetesModel, PodTemplate, Resource } from "../languages/kubernetes/model.ts";
import { entriesOf, getPath, scalarText } from "../languages/yaml/path.ts";
import type { YamlNode } from "../languages/yaml/node.ts";
import { shift } from "../text/span.ts";
import { nameOf, normalizePath } from "../text/path.ts";
import { contextAsks, tellsTheSame } from "./asks.ts";
import { ignoreFacts } from "./beside.ts";
import { composeFacts } from "./compose-facts.ts";
import type { DockerfileFacts, FileFacts, KubernetesFacts, WorkloadFacts } from "./facts.ts";

/** What a file told when it was read last. */
export interface Told {
  readonly parsed: ParsedFile;
  readonly facts: FileFacts;
}

/**
 * What a file tells the others. Paths in the facts are seen from where `parsed.file.path` is seen from. The very facts of `before`, a former reading
 * of the file, where it is plain that nothing has changed about them.
 */
export function factsOf(parsed: ParsedFile, before?: Told): FileFacts {
  const path = normalizePath(parsed.file.path);
  if (isOfKind(parsed, "dockerfile")) {
    const model = parsed.units[0]?.model;
    if (before !== undefined && isOfKind(before.parsed, "dockerfile") && before.facts.path === path) {
      const known = before.parsed.units[0]?.model;
      if (known !== undefined && model !== undefined && tellsTheSame(known, model)) return before.facts;
    }
    return { path, kind: "dockerfile", ...(model === undefined ? {} : { dockerfile: dockerfileFacts(model) }) };
  }
  if (isOfKind(parsed, "compose")) {
    return { path, kind: "compose", ...composeFacts(parsed.units, path) };
  }
  if (isOfKind(parsed, "kubernetes")) {
    const workloads = parsed.units.flatMap(({ base, model }) => workloadFacts(model, base));
    const autoscaled = parsed.units.flatMap(({ model }) => autoscaledBy(model));
    const otherPods = parsed.units.some(({ model }) => model.templated || model.resources.some(mayMakePods));
    return { path, kind: "kubernetes", kubernetes: { workloads, autoscaled, otherPods } };
  }
  if (isOfKind(parsed, "ignore")) return ignoreFacts(path, parsed.file.text);
  return { path, kind: "other" };
}

function dockerfileFacts(model: DockerfileModel): DockerfileFacts {
  const stage = model.finalStage;
  const ports = new Set<number>();
  for (const instruction of stage?.all("EXPOSE") ?? []) {
    if (instruction.name !== "EXPOSE") continue;
    for (const { from, to } of instruction.ports) {
      // A range of thousands is a mistake; its ends are enough to know it by.
      for (let port = from; port <= Math.min(to, from + 100); port++) ports.add(port);
    }
  }
  const healthcheck = stage?.last("HEALTHCHECK");
  return {
    stages: model.stages.flatMap(({ name }) => name ?? []),
    args: argsOf(model),
    ports: [...ports],
    user: stage?.last("USER")?.words[0]?.resolved,
    healthcheck: healthcheck?.name === "HEALTHCHECK" && !healthcheck.none,
    asks: contextAsks(model),
  };
}

function argsOf({ instructions }: DockerfileModel): readonly string[] {
  const written = instructions.flatMap((instruction) =>
    instruction.name === "ARG" ? instruction.pairs.map(({ name }) => name) : [],
  );
  return [...new Set(written)];
}

function workloadFacts(model: KubernetesModel, base: number): readonly WorkloadFacts[] {
  return model.resources.flatMap((resource): WorkloadFacts[] => {
    const { pod } = resource;
    if (pod === undefined) return [];
    const ports = pod.containers
      .filter(({ role }) => role === "main" || role === "sidecar")
      .flatMap((container) => container.ports)
      .map(({ name, containerPort }) => ({ name, number: containerPort }));
    return [
      {
        kind: pod.workload,
        name: resource.name,
        namespace: resource.namespace,
        labels: Object.fromEntries(pod.labels),
        ports,
        probed: pod.containers.flatMap((container) =>
          container.image !== undefined && isProbed(container) ? [nameOf(container.image.repository)] : [],
        ),
        numbered: pod.containers.flatMap((container) =>
          container.image !== undefined && isCheckedForRoot(pod, container) ? [nameOf(container.image.repository)] : [],
        ),
        open: resource.partial || isOpen(pod),
        at: shift(resource.kindEntry.keySpan, base),
      },
    ];
  });
}

function isProbed(container: Container): boolean {
  return ["livenessProbe", "readinessProbe", "startupProbe"].some((key) => container.entry(key) !== undefined);
}

/** What a container says of its user counts more than what its pod says. */
function isCheckedForRoot(pod: PodTemplate, container: Container): boolean {
  const setting = (key: string): YamlNode | undefined =>
    container.get("securityContext", key) ?? pod.get("securityContext", key);
  const nonRoot = setting("runAsNonRoot");
  return nonRoot?.type === "scalar" && nonRoot.value === true && setting("runAsUser") === undefined;
}

/** The target of a HorizontalPodAutoscaler, a VerticalPodAutoscaler's left out, or of a KEDA ScaledObject, whose default kind is Deployment. */
function autoscaledBy(model: KubernetesModel): KubernetesFacts["autoscaled"] {
  return model.resources.flatMap((resource) => {
    if (resource.resourceKind !== "HorizontalPodAutoscaler" && resource.resourceKind !== "ScaledObject") return [];
    const target = resource.get("spec", "scaleTargetRef");
    const name = scalarText(getPath(target, "name"));
    const kind = scalarText(getPath(target, "kind")) ?? "Deployment";
    return name === undefined ? [] : [{ kind, name, namespace: resource.namespace }];
  });
}

/** API groups of Kubernetes itself have no dot but in `*.k8s.io`; whatever else there is may be an operator's, and make pods. */
function mayMakePods(resource: Resource): boolean {
  if (resource.partial) return true;
  if (resource.pod !== undefined) return false;
  const group = resource.apiVersion.includes("/") ? resource.apiVersion.slice(0, resource.apiVersion.indexOf("/")) : "";
  return (
    group.includes(".") &&
    !group.endsWith(".k8s.io") &&
    !group.endsWith(".istio.io") &&
    group !== "monitoring.coreos.com"
  );
}

/** A label or port that is not known is left out of the facts. */
function isOpen(pod: PodTemplate): boolean {
  const labels = entriesOf(getPath(pod.metadata, "labels"));
  return labels.length !== pod.labels.size || pod.containers.some(({ ports }) => ports.some(isUnknownPort));
}

function isUnknownPort(port: { readonly containerPort: number | undefined }): boolean {
  return port.containerPort === undefined;
}
