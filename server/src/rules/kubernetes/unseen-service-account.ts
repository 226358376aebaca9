import { defineRule } from "../../engine/rule.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { jobWith } from "./shared/example.ts";
import { accountOf } from "./shared/service-accounts.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unseen-service-account",
  summary: "A pod names a service account that is in none of the workspace's files.",
  why: `Without the account no pod is created. It may well be made by a chart, an operator or another repository, so this is for repositories that are meant to hold all their
accounts, and off until asked for; one that is surely missing is reported by \`unknown-service-account\`.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:non-existent-service-account"],
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"],
  fix: null,
  reads: "workspace",
  keys: ["serviceAccountName", "serviceAccount"],
  examples: [
    {
      bad: jobWith({ pod: ["serviceAccountName: report"] }),
      good: `${jobWith({ pod: ["serviceAccountName: report"] })}---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: report\n`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const { pod, resource } of workloadsOf(model)) {
      const named = accountOf(pod);
      if (named === undefined || named.name === "default") continue;
      const reference = { group: "", kind: "ServiceAccount", name: named.name, namespace: resource.namespace };
      const { found, near, missing } = workspace.manifests().lookUp(reference);
      if (found.length > 0 || near.length > 0 || missing === "here") continue;
      // One of a name that a template gives may be it.
      if (
        model.templated ||
        workspace
          .manifests()
          .everywhere("ServiceAccount", "")
          .some(({ name }) => name === undefined)
      )
        continue;
      yield {
        at: insideQuotes(model.document.text, named.node),
        message: `The service account \`${named.name}\` is in no file of the workspace, and without it no pod is created: add it, or see that it is made elsewhere.`,
      };
    }
  },
});
