import { defineRule } from "../../engine/rule.ts";
import { fieldProblems } from "../../languages/kubernetes/fields.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { shortened } from "./shared/field-words.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "unknown-value",
  summary: "A field that takes one of a few words has another one, so that Kubernetes refuses the object.",
  why: `The words of the API are case-sensitive: \`Always\`, not \`always\`; \`TCP\`, not \`tcp\`; \`RollingUpdate\`, not \`rolling\`. The API server refuses the whole object
for one of them, which shows when the deployment runs and not before.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:schema-validation", "kube-linter:template-kubeconform"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ container: ["imagePullPolicy: ifnotpresent"] }),
      good: jobWith({ container: ["imagePullPolicy: IfNotPresent"] }),
    },
  ],
  *check(model) {
    for (const problem of model.once(fieldProblems)) {
      if (problem.type !== "unknown-value") continue;
      const { node, values, entry, below, record } = problem;
      // `wrong-restart-policy` says which of the words a workload takes.
      if (entry.key === "restartPolicy" && record.shape === "PodSpec") continue;
      const near = values.find((value) => simplified(value) === simplified(node.text)) ?? closestOf(node.text, values);
      const advice = near === undefined ? `: write ${quotedList(values, "or")}.` : `: did you mean \`${near}\`?`;
      const holder = below.length > 0 ? `\`${entry.key}\` holds` : `\`${entry.key}\` takes`;
      yield {
        at: record.map.alias === undefined ? (node.alias ?? node.span) : node.span,
        message: `${holder} one of a few words, and \`${shortened(node.text)}\` is none of them${advice}`,
        fixes: () =>
          near === undefined
            ? []
            : reviewed(`Write \`${near}\` (what it says takes effect)`, replaceScalar(model.document, node, near)),
      };
    }
  },
});

function simplified(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, "");
}
