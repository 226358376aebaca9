import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { quantityOf } from "../../languages/kubernetes/quantity.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { boundPairs } from "./shared/bound-pairs.ts";
import { misreadIn } from "./shared/misread.ts";
import { nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "resource-request-above-limit",
  summary: "A container asks for more than its limit allows.",
  why: `The API server refuses a pod whose request is above its limit. In a Deployment that shows late: the Deployment itself is accepted, and then no pod of the new version
ever comes to be. Mostly one of the two was raised and the other forgotten, or their units differ (\`1G\` is less than \`1Gi\`, \`0.5\` is \`500m\`).`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits"],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        resources: ["resources:", "  requests:", "    cpu: 100m", "    memory: 1Gi", "  limits:", "    memory: 512Mi"],
      }),
      good: jobWith({
        resources: ["resources:", "  requests:", "    cpu: 100m", "    memory: 1Gi", "  limits:", "    memory: 1Gi"],
      }),
    },
  ],
  keys: ["limits"],
  *check(model) {
    for (const { container, amount, request, limit } of boundPairs(model)) {
      // Which of the two is not meant so is said there.
      if (misreadIn(model).has(request) || misreadIn(model).has(limit)) continue;
      const [asked, allowed] = [quantityOf(request.text), quantityOf(limit.text)];
      if (asked === undefined || allowed === undefined || asked <= allowed) continue;
      yield {
        at: request.span,
        message: `${container === undefined ? "This pod" : nameOf(container)} requests \`${amount}: ${request.text}\` and is limited to \`${limit.text}\`, which Kubernetes refuses: raise the limit or lower the request.`,
        related: [{ at: limit.span, message: `\`limits.${amount}\`` }],
        fixes: () => fixesFor(model, request, limit),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, request: YamlScalar, limit: YamlScalar): readonly Fix[] {
  const { document } = model;
  return [
    ...reviewed(
      `Raise the limit to \`${request.text}\` (it may then use so much)`,
      replaceScalar(document, limit, request.text),
    ),
    ...reviewed(
      `Lower the request to \`${limit.text}\` (no more is set aside for it)`,
      replaceScalar(document, request, limit.text),
    ),
  ];
}
