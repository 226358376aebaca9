import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { quantityOf } from "../../languages/kubernetes/quantity.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { quantitiesOf, type WrittenQuantity } from "./shared/quantities.ts";

export default defineRule("kubernetes", {
  slug: "invalid-quantity",
  summary: "An amount of CPU, memory or storage is written in a way that Kubernetes refuses.",
  why: `The API server knows \`m\`, \`k\`, \`M\`, \`G\`, \`T\`, \`P\`, \`E\` and, in powers of 1024, \`Ki\`, \`Mi\`, \`Gi\` and so on: no \`MB\`, no \`gb\`, no \`g\`, no space before the unit, no comma, no
minus. It refuses the whole object, usually in the middle of a rollout, when the files before it have been applied already.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "  limits:",
          "    memory: 256MB",
        ],
      }),
      good: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "  limits:",
          "    memory: 256Mi",
        ],
      }),
    },
  ],
  *check(model) {
    for (const written of quantitiesOf(model)) {
      const { node, text, amount, name } = written;
      // What does not begin like a number is a placeholder of somebody's own, and a plain scalar with underscores is a number to the API server.
      if (!/^[-+]?\.?\d/.test(text) || /[<>_]|^0x/i.test(text)) continue;
      if (amount !== undefined && amount >= 0n) continue;
      const [meant] = meantBy(written);
      const advice = meant === undefined ? "write an amount such as `500m` or `128Mi`" : `write \`${meant}\``;
      yield {
        at: node.span,
        message:
          amount === undefined
            ? `\`${text}\` is no amount of \`${name}\` that Kubernetes takes: ${advice}.`
            : `\`${text}\` is less than nothing, which Kubernetes refuses: write how much \`${name}\` it is.`,
        fixes: () => fixesFor(model, written),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, written: WrittenQuantity): readonly Fix[] {
  return meantBy(written).flatMap((text) =>
    reviewed(`Write \`${text}\`, if that is what is meant`, replaceScalar(model.document, written.node, text)),
  );
}

/** What it is most likely meant to be; for sizes that people count in either way first the one that container engines take `MB` for. */
function meantBy({ text, of }: WrittenQuantity): readonly string[] {
  const [, digits = "", unit = ""] = /^(\d+(?:[.,]\d+)?)\s*([a-zA-Z]*)$/.exec(text.trim()) ?? [];
  const number = digits.replace(",", ".");
  const found = number === "" ? [] : of === "cpu" ? cpuUnits(unit) : of === "other" ? [unit] : byteUnits(unit);
  return found.map((suffix) => number + suffix).filter((meant) => quantityOf(meant) !== undefined && meant !== text);
}

function cpuUnits(unit: string): readonly string[] {
  if (/^(?:v?cpus?|c|cores?)$/i.test(unit)) return [""];
  return /^m(?:i|c|illis?|cores?|v?cpus?|illi[-_]?(?:cores?|cpus?))?$/i.test(unit) ? ["m"] : [unit];
}

function byteUnits(unit: string): readonly string[] {
  if (/^b(?:ytes?)?$/i.test(unit)) return [""];
  const [, letter = "", binary = ""] = /^([kmgtpe])(i?)(?:b|ytes?)?$/i.exec(unit) ?? [];
  if (letter === "") return [unit];
  const upper = letter.toUpperCase();
  const decimal = upper === "K" ? "k" : upper;
  return binary === "" ? [`${upper}i`, decimal] : [`${upper}i`];
}
