import { defineRule } from "../../engine/rule.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { asScalar, isUnknown } from "../../languages/yaml/path.ts";
import { titleOf } from "./shared/availability.ts";
import { jobWith } from "./shared/example.ts";
import { missingTarget } from "./shared/missing-target.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unknown-priority-class",
  summary: "A workload names a priority class that no manifest in sight makes.",
  why: `Kubernetes refuses every pod whose \`priorityClassName\` the cluster does not have. The Deployment is accepted all the same, and nothing starts. Two classes are always there,
\`system-cluster-critical\` and \`system-node-critical\`, and those are meant for the cluster's own parts.

Classes are often made elsewhere, with the cluster itself: hence off unless asked for. Names in the option \`known\` are taken to exist.`,
  category: "availability",
  severity: "warning",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:priority-class-name"],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/"],
  fix: "review",
  reads: "workspace",
  keys: ["priorityClassName"],
  options: {
    known: { default: [] as readonly string[], description: "Priority classes that the cluster has." },
  },
  examples: [
    {
      bad: `${jobWith({ pod: ["automountServiceAccountToken: false", "priorityClassName: nigthly"] })}---\n${priorityClass()}`,
      good: `${jobWith({ pod: ["automountServiceAccountToken: false", "priorityClassName: nightly"] })}---\n${priorityClass()}`,
    },
  ],
  *check(model, { known }, workspace) {
    for (const { resource, pod } of workloadsOf(model)) {
      const node = asScalar(pod.get("priorityClassName"));
      if (node === undefined || isUnknown(node, "kubernetes") || node.text === "") continue;
      if (builtIn.has(node.text) || known.includes(node.text)) continue;
      const reference = { group: "scheduling.k8s.io", kind: "PriorityClass", name: node.text };
      const manifests = workspace.manifests();
      const { found, missing } = manifests.lookUp(reference);
      if (found.length > 0) continue;
      const consequence = `no pod of ${titleOf(resource, "within")} starts unless the cluster has it`;
      const problem =
        missing === "here" ? missingTarget(model, manifests, { reference, node, consequence }) : undefined;
      yield problem ?? {
        at: insideQuotes(model.document.text, node),
        message: `There is no PriorityClass \`${node.text}\` in sight, so ${consequence}.`,
        severity: "hint",
      };
    }
  },
});

const builtIn: ReadonlySet<string> = new Set(["system-cluster-critical", "system-node-critical"]);

function priorityClass(): string {
  return "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: nightly\nvalue: 1000\n";
}
