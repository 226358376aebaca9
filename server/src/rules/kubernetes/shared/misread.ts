import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { bytesText, type Nanos, suffixOf, toNumber, UNIT } from "../../../languages/kubernetes/quantity.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import { quantitiesOf, type WrittenQuantity } from "./quantities.ts";

/** A valid amount that means something else than it looks like. */
export interface Misread {
  /** What it really is. */
  readonly is: string;
  /** What it is likely meant to be. */
  readonly meant: readonly string[];
}

/** The amounts of a document that are not what they look like, by their nodes. */
export function misreadIn(model: KubernetesModel): ReadonlyMap<YamlScalar, Misread> {
  return model.once(allMisread);
}

function allMisread(model: KubernetesModel): ReadonlyMap<YamlScalar, Misread> {
  return new Map(
    quantitiesOf(model).flatMap((written) => {
      const { amount } = written;
      if (amount === undefined || amount <= 0n) return [];
      const misread = written.of === "cpu" ? cpuMisread(written, amount) : bytesMisread(written, amount);
      return misread === undefined ? [] : [[written.node, misread] as const];
    }),
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
