/** A heap that a text gives a runtime: an option of a command line, or of a variable that holds such. */
export interface HeapOption {
  readonly runtime: "JVM" | "Node.js";
  /** As written: `-Xmx2g`. */
  readonly option: string;
  /** Where the option starts in the text, in UTF-16 code units. */
  readonly index: number;
  /** `undefined` where a variable decides. */
  readonly bytes: number | undefined;
}

/**
 * The heap sizes that a text names; of several for one runtime the last one counts, and is the only one given. Source: the manual of `java`, where units are powers
 * of 1024, and Node.js's of `--max-old-space-size`, in MiB.
 */
export function heapOptions(text: string): readonly HeapOption[] {
  const found = new Map<HeapOption["runtime"], HeapOption>();
  for (const { 0: option, 1: digits, 2: unit = "", index } of text.matchAll(JVM)) {
    found.set("JVM", {
      runtime: "JVM",
      option,
      index,
      bytes: times(digits, 1024 ** units.indexOf(unit.toLowerCase())),
    });
  }
  for (const { 0: option, 1: digits, index } of text.matchAll(NODE)) {
    found.set("Node.js", { runtime: "Node.js", option, index, bytes: times(digits, 2 ** 20) });
  }
  return [...found.values()];
}

/** The largest heap that texts give a JVM, in bytes; `"unknown"` where a variable decides. */
export function jvmHeap(texts: Iterable<string>): number | "unknown" | undefined {
  let most: number | undefined;
  for (const text of texts) {
    const heap = heapOptions(text).find(({ runtime }) => runtime === "JVM");
    if (heap === undefined) continue;
    if (heap.bytes === undefined) return "unknown";
    most = Math.max(most ?? 0, heap.bytes);
  }
  return most;
}

const JVM = /-(?:Xmx|XX:MaxHeapSize=)(?:(\d+)([kmgt]?)(?![\w.])|\$(?:\{\w+\}|\(\w+\)|\w+))/gi;
const NODE = /--max[-_]old[-_]space[-_]size=(?:(\d+)(?![\w.])|\$(?:\{\w+\}|\(\w+\)|\w+))/g;

const units: readonly string[] = ["", "k", "m", "g", "t"];

function times(digits: string | undefined, unit: number): number | undefined {
  return digits === undefined ? undefined : Number(digits) * unit;
}
