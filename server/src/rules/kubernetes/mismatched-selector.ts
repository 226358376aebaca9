import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { isBuiltIn } from "../../languages/kubernetes/pod.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { type Workload, workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "mismatched-selector",
  summary: "A workload's selector does not match the labels of its own pod template, so that Kubernetes refuses it.",
  why: `A controller finds its pods by its selector. One that does not match the pods it makes would make new ones forever, so that the API server refuses the workload:
\`selector does not match template labels\`. It mostly happens when a manifest was copied and renamed in one place of two.

A selector cannot be changed once the object exists, the template's labels can; which of the two is right, the Services and policies that select the pods tell.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-linter:mismatching-selector",
    "kube-score:Deployment Pod Selector labels match template metadata labels",
    "kube-score:deployment-pod-selector-labels-match-template-metadata-labels",
    "kube-score:StatefulSet Pod Selector labels match template metadata labels",
    "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
    "kubescape:C-0296",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector"],
  fix: "review",
  reads: "workspace",
  keys: ["selector"],
  examples: [
    {
      bad: serviceWith({}).replace("      labels:\n        app: api", "      labels:\n        app: web"),
      good: serviceWith({}),
    },
  ],
  *check(model, _options, workspace) {
    for (const workload of workloadsOf(model)) {
      for (const problem of mismatches(model, workload)) {
        if (workspace.manifests().patch) return;
        yield problem;
      }
    }
  },
});

/** Beside these, ReplicationControllers and OpenShift's DeploymentConfigs, whose selector is a plain map, and Argo's Rollouts, which are like Deployments. */
const selecting: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"]);

function* mismatches(model: KubernetesModel, { resource, pod, whole }: Workload): Iterable<Problem> {
  const { apiVersion, resourceKind, map } = resource;
  if (!whole) return;
  const own = isBuiltIn(apiVersion, resourceKind);
  const isOld = own && (resourceKind === "ReplicationController" || resourceKind === "DeploymentConfig");
  const isRollout = resourceKind === "Rollout" && apiVersion.startsWith("argoproj.io/");
  const isCurrent = own ? selecting.has(resourceKind) : isRollout;
  if (!isOld && !isCurrent) return;
  const selector = getPath(map, "spec", "selector");
  const labels = getPath(pod.metadata, "labels");
  if (labels !== undefined && labels.type !== "map" && !isUnlabelled(labels)) return;
  const template = asMap(getPath(map, "spec", "template"));
  if (template === undefined) return;
  for (const entry of entriesOf(isOld ? selector : getPath(selector, "matchLabels"))) {
    const wanted = scalarText(entry.value);
    if (wanted === undefined || isOpen(entry.value)) continue;
    const found = asMap(labels)?.get(entry.key);
    if (found !== undefined && (isOpen(found.value) || scalarText(found.value) === wanted)) continue;
    const has =
      found === undefined ? `no label \`${entry.key}\`` : `\`${entry.key}: ${scalarText(found.value) ?? ""}\``;
    yield {
      at: entry.keySpan,
      message: `The selector asks for \`${entry.key}: ${wanted}\`, and the template has ${has}: give the template that label.`,
      ...(found === undefined ? {} : { related: [{ at: found.keySpan, message: "The label of the template" }] }),
      fixes: () => fixesOf(model, template, entry, wanted, found),
    };
  }
  for (const item of itemsOf(getPath(selector, "matchExpressions"))) {
    const key = scalarText(getPath(item, "key"));
    const operator = scalarText(getPath(item, "operator"));
    const values = itemsOf(getPath(item, "values"));
    const at = getPath(item, "key")?.span;
    if (key === undefined || at === undefined || values.some(isOpen)) continue;
    const found = asMap(labels)?.get(key)?.value;
    if (found !== undefined && isOpen(found)) continue;
    const text = scalarText(found);
    const isAmong = text !== undefined && values.some((value) => scalarText(value) === text);
    const fits =
      operator === "In"
        ? isAmong
        : operator === "NotIn"
          ? !isAmong
          : operator === "Exists"
            ? text !== undefined
            : operator === "DoesNotExist"
              ? text === undefined
              : true;
    if (fits) continue;
    const has = text === undefined ? "has no such label" : `has \`${key}: ${text}\``;
    yield {
      at,
      message: `The selector's condition on \`${key}\` (\`${operator ?? ""}\`) does not hold: the template ${has}.`,
    };
  }
}

function fixesOf(
  model: KubernetesModel,
  template: YamlMap,
  { key }: YamlEntry,
  wanted: string,
  found: YamlEntry | undefined,
): readonly Fix[] {
  const title = `Give the template the label \`${key}: ${wanted}\` (Services may select by the old one)`;
  const node = found?.value;
  const edits =
    node?.type === "scalar" && found?.merged === undefined
      ? replaceScalar(model.document, node, wanted)
      : setPath(model.document, template, ["metadata", "labels", key], wanted, { position: "start" });
  return reviewed(title, edits);
}

function isOpen(node: YamlNode): boolean {
  return isUnknown(node, "kubernetes") || (node.type === "scalar" && /\$\(/.test(node.text));
}

function isUnlabelled(node: YamlNode): boolean {
  return node.type === "scalar" && node.value === null;
}
