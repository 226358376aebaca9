import { defineRule } from "../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { entriesOf, getPath } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { serviceWith } from "./shared/example.ts";
import { rearrange } from "./shared/migrations/rearrange.ts";
import { workloadsOf } from "./shared/workloads.ts";

const bare = serviceWith({})
  .replace(
    "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: api\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\n  labels:\n    app: api\n",
  )
  .replace(/spec:\n {2}serviceName[\s\S]*? {4}spec:\n/, "spec:\n")
  .replace(/^ {6}/gm, "  ");

export default defineRule("kubernetes", {
  slug: "naked-pod",
  summary: "A Pod that serves is written by itself, so nothing brings it back when its node goes.",
  why: `A Pod without a controller belongs to its node: when that is drained, upgraded or lost, the Pod is gone, and a drain stops at it unless it is forced. It cannot be updated in place
nor scaled. A Deployment, StatefulSet or DaemonSet makes its pods anew.

A Pod that does its work once (\`restartPolicy: Never\` or \`OnFailure\`), a chart's test, and a static Pod that the kubelet reads from the node's own disk are what they should be, and are not reported.`,
  category: "availability",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/#using-pods"],
  fix: "review",
  examples: [
    {
      bad: bare,
      good: serviceWith({}),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      if (resource.resourceKind !== "Pod" || resource.apiVersion !== "v1" || !whole || pod.batch) continue;
      if (isSomebodysOwn(resource)) continue;
      yield {
        at: resource.kindEntry.value.span,
        message: `Nothing brings this Pod back when its node goes: let a Deployment or StatefulSet make it.`,
        fixes: () => reviewed("Make it a Deployment (its pods get names of their own)", asDeployment(model, resource)),
      };
    }
  },
});

/** A test of a chart, a static Pod of the control plane, a Pod that some controller owns. */
function isSomebodysOwn({ annotations, namespace, labels, map }: Resource): boolean {
  if (
    annotations.some(({ name }) => /^(?:helm\.sh\/hook|kubernetes\.io\/config\.|argocd\.argoproj\.io\/hook)/.test(name))
  )
    return true;
  return (
    (namespace === "kube-system" && labels.has("tier")) || getPath(map, "metadata", "ownerReferences") !== undefined
  );
}

const plain = /^[A-Za-z][\w.-]*$/;
const meansElse = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** The pod's spec becomes that of a template, with the labels that the Pod has. */
function asDeployment({ document }: KubernetesModel, resource: Resource) {
  const { map, apiVersionEntry, kindEntry, labels } = resource;
  const [version, kind] = [apiVersionEntry.value, kindEntry.value];
  if (version.type !== "scalar" || kind.type !== "scalar" || labels.size === 0) return undefined;
  const known = [...labels].every(([key, text]) => !/[\s:#"']/.test(key) && plain.test(text) && !meansElse.test(text));
  const all = entriesOf(getPath(map, "metadata", "labels")).length === labels.size;
  if (!known || !all) return undefined;
  const under = (path: readonly string[]) => [...labels].map(([key, value]) => ({ to: ["spec", ...path, key], value }));
  return joined(document.text, [
    replaceScalar(document, version, "apps/v1"),
    replaceScalar(document, kind, "Deployment"),
    rearrange(document, map, {
      moves: [{ from: "spec", to: ["spec", "template", "spec"] }],
      adds: [...under(["selector", "matchLabels"]), ...under(["template", "metadata", "labels"])],
    }),
  ]);
}
