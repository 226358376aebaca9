import type { Paint, Style } from "../paint.ts";
import type { PinOptions } from "../pin-options.ts";
import { pinCounts, type PinnedImage, type PinOutcome, type PinResult } from "../pin-result.ts";
import { columnsOf, printable, wrap } from "../width.ts";
import { counted } from "./totals.ts";

/** What the table is written for. */
export interface PinTableOptions extends Pick<PinOptions, "task" | "dryRun"> {
  readonly paint: Paint;
  /** Width of the terminal; `undefined` where there is none, as in a pipe: each image then has one line, however long. */
  readonly columns: number | undefined;
}

const styles: Readonly<Record<PinOutcome["type"], Style>> = {
  pinned: "green",
  updated: "green",
  current: "dim",
  moved: "red",
  kept: "dim",
  unpinned: "yellow",
  skipped: "dim",
  failed: "red",
};

/** In columns; a longer cell pushes those behind it in its own row, not in all others. */
const widest = { place: 40, image: 48 } as const;

/** So much is left to each in a narrow terminal. */
const narrowest = { place: 12, image: 20 } as const;

const gap = "  ";

/** A digest as the table shows it. */
const shortLength = 12;

/** A line for each image: where it stands, what it is, what became of it, and the digest or the reason. Ends with how many there are of each. */
export function pinTable(result: PinResult, options: PinTableOptions): string {
  const rows = result.images.map((image) => rowOf(image, options));
  const widths = widthsOf(rows, options.columns);
  const lines = rows.flatMap((row) => linesOf(row, widths, options));
  return [...lines, ...(lines.length === 0 ? [] : [""]), ...lastLines(result, options), ""].join("\n");
}

interface Row {
  readonly place: string;
  readonly image: string;
  readonly word: string;
  readonly detail: string;
  readonly style: Style;
}

type Widths = Readonly<Record<"place" | "image" | "word", number>>;

function rowOf({ path, range, text, outcome }: PinnedImage, { dryRun }: PinTableOptions): Row {
  return {
    place: printable(`${path}:${range.start.line + 1}`),
    image: printable(
      outcome.type === "skipped" ? text.replace(/([a-f0-9]{12})[a-f0-9]+$/, "$1") : text.replace(/@.*$/s, ""),
    ),
    word: wordOf(outcome, dryRun),
    detail: printable(detailOf(outcome)),
    style: styles[outcome.type],
  };
}

function wordOf(outcome: PinOutcome, dryRun: boolean): string {
  switch (outcome.type) {
    case "pinned":
      return dryRun ? "would be pinned" : "pinned";
    case "updated":
      return dryRun ? "would be updated" : "updated";
    case "current":
      return "up to date";
    case "kept":
      return "has a digest";
    case "unpinned":
      return "not pinned";
    default:
      return outcome.type;
  }
}

function detailOf(outcome: PinOutcome): string {
  switch (outcome.type) {
    case "pinned":
      return `${shortDigest(outcome.digest)}${platformNote(outcome.single)}`;
    case "updated":
    case "moved":
      return `${shortDigest(outcome.before)} → ${shortDigest(outcome.digest)}${platformNote(outcome.single)}`;
    case "current":
      return shortDigest(outcome.digest);
    case "kept":
      return shortDigest(outcome.before);
    case "unpinned":
      return "";
    default:
      return outcome.reason;
  }
}

function platformNote(single: boolean): string {
  return single ? " (one platform)" : "";
}

/** As docker shows identifiers. */
function shortDigest(digest: string): string {
  return digest.replace(/^[^:]*:([a-f0-9]{12}).*$/s, "$1");
}

function linesOf(row: Row, widths: Widths, { paint, columns = Infinity }: PinTableOptions): readonly string[] {
  const cells = [
    { text: row.place, width: widths.place, style: undefined },
    { text: row.image, width: widths.image, style: "bold" },
    { text: row.word, width: widths.word, style: row.style },
  ] as const;
  const lines: string[] = [];
  let line = "";
  let used = 0;
  /** Where the column begins. */
  let column = 0;
  for (const { text, width, style } of cells) {
    // Behind a longer cell, a little further on.
    let start = used === 0 ? 0 : Math.max(column, used + gap.length);
    if (start > column && start + columnsOf(text) > columns) {
      lines.push(line);
      line = "";
      used = 0;
      start = column;
    }
    line += " ".repeat(start - used) + (style === undefined ? text : paint(style, text));
    used = start + columnsOf(text);
    column += width + gap.length;
  }
  if (row.detail === "") return [...lines, line];
  const start = Math.max(column, used + gap.length);
  const beside = columns - start >= Math.min(36, columnsOf(row.detail));
  const indent = beside ? start : 4;
  const [first = "", ...rest] = wrap(row.detail, Math.max(24, columns - indent));
  const behind = rest.map((text) => " ".repeat(indent) + text);
  return beside
    ? [...lines, line + " ".repeat(start - used) + first, ...behind]
    : [...lines, line, " ".repeat(indent) + first, ...behind];
}

/** A narrow terminal takes from the columns before the word, so that a digest still stands beside it. */
function widthsOf(rows: readonly Row[], columns: number | undefined): Widths {
  const word = widthOf(
    rows.map(({ word }) => word),
    widest.image,
  );
  const room = (columns ?? Infinity) - word - 3 * gap.length - shortLength;
  const place = widthOf(
    rows.map(({ place }) => place),
    Math.min(widest.place, Math.max(narrowest.place, room - narrowest.image)),
  );
  const image = widthOf(
    rows.map(({ image }) => image),
    Math.min(widest.image, Math.max(narrowest.image, room - place)),
  );
  return { place, image, word };
}

function widthOf(cells: readonly string[], most: number): number {
  return Math.max(0, ...cells.map(columnsOf).filter((columns) => columns <= most));
}

function lastLines(result: PinResult, { paint, task, dryRun }: PinTableOptions): readonly string[] {
  const counts = pinCounts(result);
  const would = dryRun ? "would be " : "";
  const parts = [
    count(counts.pinned, `${would}pinned`),
    count(counts.updated, `${would}updated`),
    count(counts.moved, "moved"),
    count(counts.current, "up to date"),
    count(counts.kept, "with a digest"),
    count(counts.unpinned, "not pinned"),
    count(counts.skipped, "skipped"),
    count(counts.failed, "failed"),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return ["No image that could be pinned"];
  const style = counts.failed + counts.moved > 0 ? "red" : "green";
  const images = counted(result.images.length, "image") ?? "";
  const lines = [paint(["bold", style], `${images} in ${counted(result.files, "file") ?? ""}: ${parts.join(", ")}`)];
  if (counts.moved > 0) lines.push("`seaworthy pin --update` puts the new digests in place of those that have moved");
  if (task === "check" && counts.unpinned > 0) lines.push("`seaworthy pin` gives a digest to those that have none");
  if (dryRun) lines.push("Nothing was written");
  lines.push(...result.freshness.map(printable));
  return lines;
}

function count(number: number, what: string): string | undefined {
  return number === 0 ? undefined : `${number} ${what}`;
}
