import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { renameKey, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlMap, YamlNode } from "../../languages/yaml/node.ts";
import { asMap, getPath, isNull, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import type { PlacedObject } from "../../workspace/manifests.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { givenByNamespace } from "./shared/limit-ranges.ts";

const head = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: api
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: api
  minReplicas: 2
  maxReplicas: 6
  metrics:
`;

const target = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: ghcr.io/acme/api:1.4.2
          resources:
            requests:
              cpu: 100m
        - name: proxy
          image: ghcr.io/acme/proxy:2.0
`;

export default defineRule("kubernetes", {
  slug: "autoscaler-without-request",
  summary: "An autoscaler aims at a percentage of a request that its target's containers do not have.",
  why: `Utilisation is what a container uses as a percentage of what it requests. Where one of the pods' containers, a sidecar included, requests nothing, there is no percentage: the autoscaler reports
\`FailedGetResourceMetric\` and never changes the number of replicas, which shows at the first rush of visitors.

Give every container a request, or aim at one container with a metric of type \`ContainerResource\`.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["scaleTargetRef"],
  examples: [
    {
      bad: `${head}    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`,
      good: `${head}    - type: ContainerResource
      containerResource:
        name: cpu
        container: api
        target:
          type: Utilization
          averageUtilization: 70
`,
      path: "autoscaler.yaml",
      files: { "api.yaml": target },
    },
  ],
  *check(model, _options, workspace) {
    if (model.templated) return;
    for (const resource of model.resources) {
      const aims = aimsOf(resource);
      if (aims.length === 0) continue;
      for (const target of targetsOf(resource, workspace)) yield* problems(model, workspace, aims, target);
    }
  },
});

/** A percentage of a request that an autoscaler aims at. */
interface Aim {
  readonly at: Span;
  readonly amount: string;
  /** The one container it is about; all of them where left out. */
  readonly container?: string | undefined;
  /** The metric, where it can be made one of a single container. */
  readonly metric?: YamlMap | undefined;
}

function aimsOf(resource: Resource): readonly Aim[] {
  const { resourceKind, apiVersion } = resource;
  if (resourceKind === "ScaledObject" && apiVersion.startsWith("keda.sh/")) {
    return itemsOf(resource.get("spec", "triggers")).flatMap(triggerAim);
  }
  if (resourceKind !== "HorizontalPodAutoscaler" || !apiVersion.startsWith("autoscaling/")) return [];
  const old = resource.entry("spec", "targetCPUUtilizationPercentage");
  if (old !== undefined && !isNull(old.value)) return [{ at: old.keySpan, amount: "cpu" }];
  const metrics = resource.get("spec", "metrics");
  const reference = resource.entry("spec", "scaleTargetRef");
  // Without any metric the API server aims at 80 % of the CPU.
  if (metrics === undefined && !resource.partial && reference !== undefined) {
    return [{ at: reference.keySpan, amount: "cpu" }];
  }
  return itemsOf(metrics).flatMap(metricAim);
}

function metricAim(metric: YamlNode): readonly Aim[] {
  for (const key of ["resource", "containerResource"] as const) {
    const source = getPath(metric, key);
    const name = getPath(source, "name");
    const amount = known(name);
    const isPercentage =
      !isNull(getPath(source, "target", "averageUtilization")) || !isNull(getPath(source, "targetAverageUtilization"));
    if (name === undefined || amount === undefined || !isPercentage) continue;
    const container = getPath(source, "container");
    if (key === "containerResource" && known(container) === undefined) continue;
    const own = key === "resource" ? { metric: asMap(metric) } : { container: known(container) };
    return [{ at: name.span, amount, ...own }];
  }
  return [];
}

/** KEDA makes a metric of an autoscaler of it; source: https://keda.sh/docs/latest/scalers/cpu/ */
function triggerAim(trigger: YamlNode): readonly Aim[] {
  const type = getPath(trigger, "type");
  const amount = known(type);
  const metric = known(getPath(trigger, "metricType")) ?? known(getPath(trigger, "metadata", "type"));
  if (type === undefined || (amount !== "cpu" && amount !== "memory") || metric !== "Utilization") return [];
  return [{ at: type.span, amount, container: known(getPath(trigger, "metadata", "containerName")) }];
}

function known(node: YamlNode | undefined): string | undefined {
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}

/** The workload, as whole objects describe it, unless a patch may add to it. */
function targetsOf(resource: Resource, workspace: WorkspaceView): readonly PlacedObject[] {
  const name = known(resource.get("spec", "scaleTargetRef", "name"));
  const kind = known(resource.get("spec", "scaleTargetRef", "kind")) ?? "Deployment";
  if (name === undefined) return [];
  const { found } = workspace.manifests().lookUp({ kind, name, namespace: resource.namespace });
  const isSure = found.every((one) => !one.partial && one.workload?.open !== true);
  return isSure ? found.slice(0, 1) : [];
}

function* problems(
  model: KubernetesModel,
  workspace: WorkspaceView,
  aims: readonly Aim[],
  target: PlacedObject,
): Iterable<Problem> {
  const given = givenByNamespace(workspace, target.namespace);
  const lasting = target.workload?.containers.filter(({ role }) => role === "main" || role === "sidecar") ?? [];
  for (const { at, amount, container, metric } of aims) {
    if (given("requests", amount)) continue;
    const [having, without] = [true, false].map((has) =>
      lasting.filter(
        ({ name, requests }) => (container === undefined || container === name) && requests.includes(amount) === has,
      ),
    );
    if (without === undefined || without.length === 0) continue;
    const names = without.map(({ name }) => (name === undefined ? "a container" : `\`${name}\``)).join(", ");
    yield {
      at,
      message: `${names} of ${target.kind} \`${target.name ?? ""}\` ${without.length === 1 ? "requests" : "request"} no \`${amount}\`, so there is no percentage to aim at and nothing is ever scaled: set \`resources.requests.${amount}\`.`,
      fixes: () => fixesFor(model, metric, having ?? []),
      related: [{ at: target.span, path: target.path, message: `${target.kind} \`${target.name ?? ""}\`` }],
    };
  }
}

/** Where one container alone has the request, it can be the one that is looked at. */
function fixesFor(
  model: KubernetesModel,
  metric: YamlMap | undefined,
  having: readonly { readonly name: string | undefined }[],
): readonly Fix[] {
  const [only, ...others] = having;
  const type = metric?.get("type")?.value;
  const source = metric?.get("resource");
  if (metric === undefined || type?.type !== "scalar" || source?.value.type !== "map") return [];
  if (only?.name === undefined || others.length > 0 || !atLeast(model.release, "1.30")) return [];
  const { document } = model;
  return reviewed(
    `Aim at \`${only.name}\`, which has the request (what the others use no longer counts)`,
    joined(document.text, [
      replaceScalar(document, type, "ContainerResource"),
      renameKey(document, source, "containerResource"),
      setPath(document, source.value, ["container"], only.name, { position: { after: ["name"] } }),
    ]),
  );
}
