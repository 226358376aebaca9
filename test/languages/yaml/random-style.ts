import type { Dice, MapTree, Scalar, SequenceTree, Tree } from "./random-document.ts";

/** A document as some person might have typed it, and the comments in it. */
export interface PrintedDocument {
  readonly text: string;
  readonly comments: readonly string[];
}

/** Stands for a line ending within a line of a flow collection. */
const BREAK = "\uE001";

interface Printer {
  readonly dice: Dice;
  readonly step: number;
  readonly sequenceStep: number;
  readonly gap: number;
  readonly lines: string[];
  readonly comments: string[];
}

/** Prints a tree in a style of the dice's choice. */
export function printTree(root: MapTree, dice: Dice): PrintedDocument {
  const step = dice.pick([2, 2, 2, 4, 3]);
  const printer: Printer = {
    dice,
    step,
    sequenceStep: dice.pick([0, step, 2]),
    gap: dice.pick([1, 1, 1, 3]),
    lines: [],
    comments: [],
  };
  if (dice.maybe(20)) {
    printer.lines.push(`# ${note(printer)}`);
    if (dice.maybe(50)) printer.lines.push("");
  }
  if (dice.maybe(15)) printer.lines.push("---");
  printMapLines(printer, root, 0);
  if (dice.maybe(20)) printer.lines.push(`# ${note(printer)}`);
  const eol = dice.pick(["\n", "\n", "\r\n"]);
  const bom = dice.maybe(5) ? "\uFEFF" : "";
  // A last line of a literal block may be all of a value's last newline.
  const end = dice.maybe(80) || /[|>]/.test(printer.lines.join("")) ? eol : "";
  return {
    text: bom + printer.lines.join("\n").replaceAll(BREAK, "\n").replaceAll("\n", eol) + end,
    comments: printer.comments,
  };
}

/** Prints plain data as JSON, on one line or on several. */
export function printJson(value: unknown, dice: Dice): PrintedDocument {
  return { text: JSON.stringify(value, undefined, dice.pick([2, 4, 0])) + (dice.maybe(80) ? "\n" : ""), comments: [] };
}

function note(printer: Printer): string {
  const text = `note ${printer.comments.length + 1}`;
  printer.comments.push(text);
  return text;
}

function tail(printer: Printer): string {
  return printer.dice.maybe(12) ? ` # ${note(printer)}` : "";
}

function above(printer: Printer, column: number): void {
  // A second blank line could be one too many behind a `|+`, which keeps them all.
  if (printer.dice.maybe(8) && printer.lines.at(-1) !== "") printer.lines.push("");
  if (printer.dice.maybe(12)) printer.lines.push(`${" ".repeat(column)}# ${note(printer)}`);
}

function printMapLines(printer: Printer, map: MapTree, column: number): void {
  const pad = " ".repeat(column);
  const merge = map.merge === undefined ? undefined : `<<: *${map.merge.name}`;
  const late = printer.dice.maybe(40);
  if (merge !== undefined && !late) printer.lines.push(pad + merge + tail(printer));
  for (const { key, value } of map.entries) {
    above(printer, column);
    printer.lines.push(pad + printKey(key, printer.dice, false));
    printBehind(printer, value, column, "key");
  }
  if (merge !== undefined && late) printer.lines.push(pad + merge + tail(printer));
}

function printSequenceLines(printer: Printer, sequence: SequenceTree, column: number): void {
  for (const item of sequence.items) {
    above(printer, column);
    printer.lines.push(`${" ".repeat(column)}-`);
    printBehind(printer, item, column, "dash");
  }
}

/** Adds a value to the last line and below it. */
function printBehind(printer: Printer, node: Tree, column: number, holder: "key" | "dash"): void {
  const { dice, lines, step, gap } = printer;
  const add = (text: string): void => {
    lines.push((lines.pop() ?? "") + text);
  };
  const blank = holder === "dash" ? " ".repeat(gap) : " ";
  if (node.kind === "alias") {
    add(`${blank}*${node.name}${tail(printer)}`);
    return;
  }
  const anchor = node.anchor === undefined ? "" : `${blank}&${node.anchor}`;
  const inner = holder === "dash" && anchor === "" ? blank : " ";
  if (node.kind === "scalar") {
    printScalarBehind(printer, node.value, anchor, inner, column, add);
    return;
  }
  const size = node.kind === "map" ? node.entries.length : node.items.length;
  const bare = node.kind === "map" && node.merge !== undefined;
  if ((size === 0 && !bare) || (dice.maybe(20) && flowable(node))) {
    add(`${blank}${printFlow(printer, node, column + step)}${tail(printer)}`);
    return;
  }
  if (holder === "dash" && anchor === "" && dice.maybe(85)) {
    // The first line goes behind the dash.
    const from = lines.length;
    const inside = column + 1 + gap;
    if (node.kind === "map") printMapLines(printer, node, inside);
    else printSequenceLines(printer, node, inside);
    const first = lines[from] ?? "";
    // A comment cannot go there, and what follows it need not.
    if (/^ *[^ #]/.test(first)) lines.splice(from - 1, 2, `${lines[from - 1] ?? ""}${blank}${first.slice(inside)}`);
    return;
  }
  add(anchor + tail(printer));
  if (node.kind === "map") printMapLines(printer, node, column + step);
  else
    printSequenceLines(
      printer,
      node,
      column + (holder === "dash" ? Math.max(1, printer.sequenceStep) : printer.sequenceStep),
    );
}

function printScalarBehind(
  printer: Printer,
  value: Scalar,
  anchor: string,
  inner: string,
  column: number,
  add: (text: string) => void,
): void {
  const { dice, lines, step } = printer;
  if (value === null && dice.maybe(60)) {
    add(anchor + tail(printer));
    return;
  }
  if (typeof value === "string" && isLiteral(value) && dice.maybe(80)) {
    const body = value.replace(/\n+$/, "");
    const ends = value.length - body.length;
    add(`${anchor}${inner}|${ends === 0 ? "-" : ends > 1 ? "+" : ""}${tail(printer)}`);
    for (const line of [...body.split("\n"), ...Array<string>(Math.max(0, ends - 1)).fill("")]) {
      lines.push(line === "" ? "" : " ".repeat(column + step) + line);
    }
    return;
  }
  const printed = printScalar(value, dice, false);
  if (anchor === "" && dice.maybe(4)) {
    add(tail(printer));
    lines.push(`${" ".repeat(column + step)}${printed}${tail(printer)}`);
    return;
  }
  add(`${anchor}${inner}${printed}${tail(printer)}`);
}

function isLiteral(text: string): boolean {
  return /^[\w#][\w #!/.-]*(?:\n[\w #!/.-]*)+$/.test(text) && !/\n +(?:\n|$)/.test(text);
}

function flowable(node: Tree): boolean {
  if (node.kind === "map") return node.merge === undefined && node.entries.every(({ value }) => flowable(value));
  return node.kind === "sequence" ? node.items.every(flowable) : true;
}

function printFlow(printer: Printer, node: Tree, column: number): string {
  const { dice } = printer;
  if (node.kind === "alias") return `*${node.name} `;
  const anchor = node.anchor === undefined ? "" : `&${node.anchor} `;
  if (node.kind === "scalar") return anchor + printScalar(node.value, dice, true);
  const [open, close] = node.kind === "map" ? ["{", "}"] : ["[", "]"];
  const spread = dice.maybe(25);
  const parts =
    node.kind === "map"
      ? node.entries.map(({ key, value }) => `${printKey(key, dice, true)} ${printFlow(printer, value, column + 2)}`)
      : node.items.map((item) => printFlow(printer, item, column + 2));
  if (parts.length === 0) return `${anchor}${open}${close}`;
  if (!spread) {
    const pad = dice.pick(["", " "]);
    return `${anchor}${open}${pad}${parts.join(dice.pick([", ", ", ", ","]))}${dice.maybe(8) ? "," : ""}${pad}${close}`;
  }
  const comma = dice.maybe(30) ? "," : "";
  const lines = parts.map(
    (part, index) => `${" ".repeat(column)}${part}${index < parts.length - 1 ? "," : comma}${tail(printer)}`,
  );
  return [`${anchor}${open}`, ...lines, `${" ".repeat(column)}${close}`].join(BREAK);
}

function printKey(key: string, dice: Dice, flow: boolean): string {
  return `${printScalar(key, dice, flow)}:`;
}

const SAFE = /^(?:[a-z$/]|\.\/)(?:[\w${}./-]|:(?=[\w/-]))*$/;
const SAFE_IN_FLOW = /^[a-z/][\w./-]*$/;
const TAKEN = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function printScalar(value: Scalar, dice: Dice, flow: boolean): string {
  if (value === null) return flow ? "null" : dice.pick(["null", "~", "Null"]);
  if (typeof value !== "string") return String(value);
  const plain = (flow ? SAFE_IN_FLOW : SAFE).test(value) && !TAKEN.test(value) && !value.includes("{{");
  if (plain && dice.maybe(75)) return value;
  // Single quotes take what can be printed and leave the rest to double quotes.
  if (/^[ -~]*$/.test(value) && dice.maybe(50)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
