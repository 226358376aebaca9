import { defineRule, type Problem } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { type FormerNodeLabel, formerNodeLabels } from "../../knowledge/deprecated-labels.ts";
import type { KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { renameKey, replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { editFixes } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { workloadsOf } from "./shared/workloads.ts";

const selecting = (label: string) =>
  jobWith({ pod: ["automountServiceAccountToken: false", "nodeSelector:", `  ${label}: linux`] });

export default defineRule("kubernetes", {
  slug: "deprecated-node-label",
  summary: "A pod is scheduled by a label or taint of nodes that has another name now.",
  why: `Nodes carry the old \`beta\` labels for the sake of such manifests, until a release or a cloud provider drops them; the pods then wait for a node that never comes. With
\`node-role.kubernetes.io/master\` that has happened: since Kubernetes 1.24 (the taint since 1.25) nodes of the control plane are \`node-role.kubernetes.io/control-plane\`, and a pod that selects
or tolerates only the old name does not get there.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/reference/labels-annotations-taints/",
    "https://kubernetes.io/blog/2022/04/07/upcoming-changes-in-kubernetes-1-24/",
  ],
  fix: "safe",
  examples: [{ bad: selecting("beta.kubernetes.io/os"), good: selecting("kubernetes.io/os") }],
  keys: ["nodeSelector", "affinity", "tolerations", "topologySpreadConstraints"],
  *check(model) {
    for (const { pod } of workloadsOf(model)) {
      for (const entry of entriesOf(pod.get("nodeSelector"))) {
        const former = formerOf(entry.key);
        if (former !== undefined) yield selected(model, asMap(pod.get("nodeSelector")), entry, former);
      }
      for (const node of namesIn(pod)) {
        const former = formerOf(scalarText(node) ?? "");
        if (former !== undefined) yield named(model, node, former);
      }
      yield* tolerated(model, pod);
    }
  },
});

function formerOf(name: string): FormerNodeLabel | undefined {
  return name.includes("/") ? formerNodeLabels.find((label) => label.name === name) : undefined;
}

function problem(model: KubernetesModel, at: Problem["at"], { name, replacement, goneIn }: FormerNodeLabel): Problem {
  const gone = goneIn !== undefined && atLeast(model.release, goneIn);
  return {
    at,
    message: `\`${name}\` ${gone ? `is gone since Kubernetes ${goneIn}` : "is deprecated"}: nodes have \`${replacement}\`.`,
    ...(gone ? { severity: "warning" } : {}),
    tag: "deprecated",
  };
}

/** Every node has both names of what the kubelet says of itself; of the others its provider decides. */
function grade({ replacement }: FormerNodeLabel): { readonly title: string; readonly safety: "safe" | "review" } {
  return replacement.startsWith("kubernetes.io/")
    ? { title: `Write \`${replacement}\``, safety: "safe" }
    : { title: `Write \`${replacement}\` (the nodes must have it)`, safety: "review" };
}

function selected(
  model: KubernetesModel,
  map: YamlMap | undefined,
  entry: YamlEntry,
  former: FormerNodeLabel,
): Problem {
  const { title, safety } = grade(former);
  return {
    ...problem(model, entry.keySpan, former),
    fixes: () =>
      map?.get(former.replacement) === undefined
        ? editFixes(title, safety, renameKey(model.document, entry, former.replacement))
        : [],
  };
}

function named(model: KubernetesModel, node: YamlNode, former: FormerNodeLabel): Problem {
  const { title, safety } = grade(former);
  return {
    ...problem(model, node.span, former),
    fixes: () =>
      node.type === "scalar" ? editFixes(title, safety, replaceScalar(model.document, node, former.replacement)) : [],
  };
}

/** Keys of expressions about nodes, and keys of topologies. */
function namesIn(pod: PodTemplate): readonly YamlNode[] {
  const affinity = pod.get("affinity");
  const node = getPath(affinity, "nodeAffinity");
  const terms = [
    ...itemsOf(getPath(node, "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")),
    ...itemsOf(getPath(node, "preferredDuringSchedulingIgnoredDuringExecution")).flatMap(
      (item) => getPath(item, "preference") ?? [],
    ),
  ];
  const keys = terms.flatMap((term) =>
    itemsOf(getPath(term, "matchExpressions")).flatMap((expression) => getPath(expression, "key") ?? []),
  );
  const pods = ["podAffinity", "podAntiAffinity"].flatMap((key) => {
    const holder = getPath(affinity, key);
    return [
      ...itemsOf(getPath(holder, "requiredDuringSchedulingIgnoredDuringExecution")),
      ...itemsOf(getPath(holder, "preferredDuringSchedulingIgnoredDuringExecution")).flatMap(
        (item) => getPath(item, "podAffinityTerm") ?? [],
      ),
    ];
  });
  const topologies = [...pods, ...itemsOf(pod.get("topologySpreadConstraints"))];
  return [...keys, ...topologies.flatMap((term) => getPath(term, "topologyKey") ?? [])];
}

/** Whoever tolerates the new name beside the old one serves clusters of both ages. */
function* tolerated(model: KubernetesModel, pod: PodTemplate): Iterable<Problem> {
  const tolerations = itemsOf(pod.get("tolerations"));
  const keys = new Set(tolerations.map((toleration) => scalarText(getPath(toleration, "key"))));
  for (const toleration of tolerations) {
    const node = getPath(toleration, "key");
    const former = formerOf(scalarText(node) ?? "");
    if (node === undefined || former === undefined || keys.has(former.replacement)) continue;
    yield named(model, node, former);
  }
}
