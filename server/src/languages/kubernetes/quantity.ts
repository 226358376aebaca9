/**
 * An amount of a resource, exact: in billionths of its unit (of a CPU, of a byte), which is as fine as Kubernetes counts. Finer ones are rounded up, as the API
 * server does.
 */
export type Nanos = bigint;

/** Billionths in one unit. */
export const UNIT: Nanos = 1_000_000_000n;

/**
 * Reads a quantity as Kubernetes writes amounts: `500m`, `1.5`, `128Mi`, `2G`, `1e3`. `undefined` where the API server would refuse it; a minus is read,
 * though no amount may have one. Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(text: string): Nanos | undefined {
  const match = QUANTITY.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", suffix = "", exponent] = match;
  if (whole === "" && fraction === "") return undefined;
  // No amount that anybody means is longer, and a file may hold anything.
  if (whole.length + fraction.length > 60 || (exponent ?? "").length > 4) return undefined;
  const digits = BigInt(whole + fraction);
  const scale = exponent === undefined ? decimal.get(suffix) : Number(exponent);
  const amount =
    scale === undefined
      ? roundUp(digits * (binary.get(suffix) ?? 1n) * UNIT, 10n ** BigInt(fraction.length))
      : shifted(digits, scale + 9 - fraction.length);
  return sign === "-" ? -amount : amount;
}

/** The suffix of a quantity, as `Mi`; of a number with an exponent, and without one, it is empty. */
export function suffixOf(text: string): string {
  return QUANTITY.exec(text)?.[4] ?? "";
}

const QUANTITY = /^([-+]?)(\d*)\.?(\d*)(?:([KMGTPE]i|[numkMGTPE])|[eE]([-+]?\d+))?$/;

const decimal: ReadonlyMap<string, number> = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);

const binary: ReadonlyMap<string, bigint> = new Map(
  ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((suffix, index) => [suffix, 1024n ** BigInt(index + 1)] as const),
);

function shifted(digits: bigint, power: number): bigint {
  const far = Math.min(Math.abs(power), 100);
  return power >= 0 ? digits * 10n ** BigInt(far) : roundUp(digits, 10n ** BigInt(far));
}

function roundUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}

/** The shortest way to write a number of bytes in powers of 1024: `1536Mi`, `2Gi`. */
export function bytesText(bytes: number): string {
  let [amount, index] = [Math.ceil(bytes), 0];
  while (amount > 0 && amount % 1024 === 0 && index < 4) {
    amount /= 1024;
    index++;
  }
  return `${amount}${["", "Ki", "Mi", "Gi", "Ti"][index] ?? ""}`;
}

/** An amount in whole units, as a number: bytes of memory, CPUs with their fractions. */
export function toNumber(nanos: Nanos): number {
  return Number(nanos) / Number(UNIT);
}
