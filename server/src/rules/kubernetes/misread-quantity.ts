import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { misreadIn } from "./shared/misread.ts";

export default defineRule("kubernetes", {
  slug: "misread-quantity",
  summary: "An amount of CPU or memory is valid and means something else than it looks like.",
  why: `\`m\` is a thousandth, of a byte as of a CPU: \`memory: 512m\` is half a byte. A number without a unit is bytes, or whole CPUs: \`memory: 512\` is less than any program
needs to start, \`cpu: 500\` is five hundred processors. Kubernetes takes all of them, and then the container does not start, or the pod waits for a node that does
not exist.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        resources: ["resources:", "  requests:", "    cpu: 100m", "    memory: 128m", "  limits:", "    memory: 128Mi"],
      }),
      good: jobWith({}),
    },
  ],
  *check(model) {
    for (const [node, misread] of misreadIn(model)) {
      const [first] = misread.meant;
      const advice = first === undefined ? "write what is meant, with its unit" : `write \`${first}\` if that is meant`;
      yield {
        at: node.span,
        message: `\`${node.text}\` is ${misread.is}: ${advice}.`,
        fixes: () => fixesFor(model, node, misread.meant),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, node: YamlScalar, meant: readonly string[]): readonly Fix[] {
  return meant.flatMap((text) =>
    reviewed(`Write \`${text}\`, if that is what is meant`, replaceScalar(model.document, node, text)),
  );
}
