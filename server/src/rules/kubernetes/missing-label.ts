import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { lacking } from "./shared/required-metadata.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "missing-label",
  summary: "A workload lacks a label that everything here is to have.",
  why: `When a pod misbehaves at night, somebody has to find out whose it is. A label says so where it is needed: in \`kubectl get -L\`, in metrics, in bills by team. Which labels
these are is for each organisation to decide, so this is off unless asked for; \`labels\` names them.`,
  category: "observability",
  severity: "info",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:required-label-owner", "kubescape:C-0076", "datree:WORKLOAD_MISSING_LABEL_OWNER_VALUE"],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"],
  fix: null,
  reads: "workspace",
  options: {
    labels: { default: ["owner"], description: "The labels that every workload is to have." },
  },
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({}).replace("  name: report\n", "  name: report\n  labels:\n    owner: reporting\n"),
      fixed: false,
    },
  ],
  *check(model, { labels }, workspace) {
    for (const { resource, missing, at } of lacking(model, workspace.manifests(), "labels", labels)) {
      yield {
        at,
        message: `This ${resource.resourceKind} has no label ${quotedList(missing)}: add ${missing.length > 1 ? "them" : "it"}, so that people know whose it is.`,
      };
    }
  },
});
