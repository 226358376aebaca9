import { defineRule, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import { quantityOf } from "../../../languages/kubernetes/quantity.ts";
import { replaceScalar } from "../../../languages/yaml/edit.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { boundPairs } from "./bound-pairs.ts";
import { jobWith } from "./example.ts";
import { type Amount, resourcesUnknown } from "./resources.ts";
import { nameOf } from "./workloads.ts";

export interface UnequalFamily extends Pick<RuleMetadata, "slug" | "summary" | "why" | "aliases" | "references"> {
  readonly amount: Amount;
  /** Two amounts, the smaller one first, for the example. */
  readonly sample: readonly [string, string];
  /** What the container may do with the difference: "may use `…` that nobody set aside for it". */
  readonly risk: string;
}

/** The rule for those who want requests and limits of a resource to be the same. */
export function unequalRequest({ amount, sample: [less, more], risk, ...metadata }: UnequalFamily): Rule {
  const lines = (request: string): readonly string[] => {
    const memory = amount === "memory" ? [] : ["    memory: 128Mi"];
    const cpu = amount === "cpu" ? [] : ["    cpu: 100m"];
    return [
      "resources:",
      "  requests:",
      ...cpu,
      ...memory,
      `    ${amount}: ${request}`,
      "  limits:",
      ...memory,
      `    ${amount}: ${more}`,
    ];
  };
  return defineRule("kubernetes", {
    ...metadata,
    category: "resources",
    severity: "hint",
    preset: "all",
    since: "0.1.0",
    fix: "review",
    examples: [{ bad: jobWith({ resources: lines(less) }), good: jobWith({ resources: lines(more) }) }],
    keys: ["limits"],
    *check(model) {
      for (const { container, amount: name, request, limit } of boundPairs(model)) {
        if (name !== amount || container === undefined || container.role === "ephemeral" || resourcesUnknown(container))
          continue;
        const [asked, allowed] = [quantityOf(request.text), quantityOf(limit.text)];
        // A request above the limit is refused, which is for another rule to say.
        if (asked === undefined || allowed === undefined || asked >= allowed) continue;
        yield {
          at: request.span,
          message: `${nameOf(container)} requests \`${request.text}\` and ${risk} \`${limit.text}\`: set both to the same.`,
          related: [{ at: limit.span, message: `\`limits.${amount}\`` }],
          fixes: () =>
            reviewed(
              `Request \`${limit.text}\`, as much as the limit (the pod waits for a node that has it)`,
              replaceScalar(model.document, request, limit.text),
            ),
        };
      }
    },
  });
}
