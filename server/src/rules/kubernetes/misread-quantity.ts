import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { bytesText, type Nanos, suffixOf, toNumber, UNIT } from "../../languages/kubernetes/quantity.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { quantitiesOf, type WrittenQuantity } from "./shared/quantities.ts";

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
    for (const written of quantitiesOf(model)) {
      const { node, text, amount } = written;
      if (amount === undefined || amount <= 0n) continue;
      const misread = written.of === "cpu" ? cpuMisread(written, amount) : bytesMisread(written, amount);
      if (misread === undefined) continue;
      const [first] = misread.meant;
      const advice = first === undefined ? "write what is meant, with its unit" : `write \`${first}\` if that is meant`;
      yield {
        at: node.span,
        message: `\`${text}\` is ${misread.is}: ${advice}.`,
        fixes: () => fixesFor(model, written, misread.meant),
      };
    }
  },
});

interface Misread {
  /** What it really is. */
  readonly is: string;
  /** What it is likely meant to be. */
  readonly meant: readonly string[];
}

function fixesFor(model: KubernetesModel, { node }: WrittenQuantity, meant: readonly string[]): readonly Fix[] {
  return meant.flatMap((text) =>
    reviewed(`Write \`${text}\`, if that is what is meant`, replaceScalar(model.document, node, text)),
  );
}

function cpuMisread({ text, role }: WrittenQuantity, amount: Nanos): Misread | undefined {
  const cpus = toNumber(amount);
  const number = Number.parseFloat(text);
  const suffix = suffixOf(text);
  // Thousands, millions, powers of 1024: memory's units.
  if (/^(?:[KMGTPE]i|[kMGTPE])$/.test(suffix)) {
    return { is: `${countText(cpus)} CPUs`, meant: [number < 20 ? String(number) : `${number}m`] };
  }
  const isRound = number % 50 === 0 || number % 125 === 0 || number >= 512;
  if (suffix !== "" || role === "quota" || role === "bound" || cpus < 100 || !isRound) return undefined;
  return { is: `${countText(cpus)} whole CPUs`, meant: [`${number}m`] };
}

const MEBIBYTE = 2n ** 20n * UNIT;

function bytesMisread({ text, of, role, name }: WrittenQuantity, amount: Nanos): Misread | undefined {
  if (of === "other" || role === "bound" || amount >= MEBIBYTE) return undefined;
  const number = Number.parseFloat(text);
  const suffix = suffixOf(text);
  const bytes = toNumber(amount);
  if (suffix === "m" || suffix === "u" || suffix === "n") {
    return {
      is: `${bytes < 1 ? "less than a byte" : `${countText(bytes)} bytes`} of \`${name}\``,
      meant: [`${number}Mi`],
    };
  }
  // So little a program may not have, but a file may.
  if (suffix !== "")
    return of === "memory" ? { is: "too little memory for any program", meant: [`${number}Mi`] } : undefined;
  return { is: `${countText(bytes)} ${bytes === 1 ? "byte" : "bytes"} of \`${name}\``, meant: unitsFor(number, of) };
}

/** The units that make sense of a bare number: few are GiB, many MiB, very many KiB. */
function unitsFor(number: number, of: WrittenQuantity["of"]): readonly string[] {
  const gibibytes = Number.isInteger(number) ? `${number}Gi` : bytesText(number * 2 ** 30);
  if (!Number.isInteger(number)) return [gibibytes];
  if (of === "storage") return number <= 1024 ? [gibibytes] : [`${number}Mi`];
  if (number <= 8) return [gibibytes, `${number}Mi`];
  return number <= 16_384 ? [`${number}Mi`] : [`${number}Ki`];
}

function countText(number: number): string {
  return number >= 1e6 ? number.toExponential(0).replace("e+", "e") : String(Math.round(number * 1000) / 1000);
}
