import { defineRule } from "../../engine/rule.ts";
import { removeEntry, renameKey } from "../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "deprecated-service-account-field",
  summary: "A pod names its service account by the deprecated key `serviceAccount`.",
  why: `\`serviceAccount\` is an old name of \`serviceAccountName\`. The API server still reads it where the new one is missing, and fills in both, so that two names for one
thing go around: a tool, a policy or a reader that knows only the new one takes the pod for one without an account.`,
  category: "correctness",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:deprecated-service-account-field", "kubescape:C-0294"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec"],
  fix: "safe",
  keys: ["serviceAccount"],
  examples: [
    { bad: jobWith({ pod: ["serviceAccount: report"] }), good: jobWith({ pod: ["serviceAccountName: report"] }) },
  ],
  *check(model) {
    for (const { pod } of workloadsOf(model)) {
      const old = pod.entry("serviceAccount");
      if (old === undefined || old.merged !== undefined) continue;
      const name = pod.entry("serviceAccountName");
      const superseded = scalarText(name?.value) ?? "";
      yield {
        at: old.keySpan,
        message:
          name === undefined
            ? "`serviceAccount` is deprecated: write `serviceAccountName`."
            : "`serviceAccount` is deprecated, and `serviceAccountName` beside it is what counts: remove it.",
        tag: "deprecated",
        fixes: () => {
          if (name === undefined)
            return safe("Write `serviceAccountName`", renameKey(model.document, old, "serviceAccountName"));
          // An empty name leaves the old key in force.
          if (superseded === "" || isUnknown(name.value, "kubernetes")) return [];
          return safe("Remove `serviceAccount`", removeEntry(model.document, pod.spec, "serviceAccount"));
        },
      };
    }
  },
});
