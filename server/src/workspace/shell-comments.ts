import type { Span } from "../text/span.ts";
import { isRecord, type UnknownRecord } from "../languages/json/record.ts";

/** What ShellCheck says of a script. Places are offsets in the script as it was given to ShellCheck. */
export interface ShellComment {
  /** As in its documentation: `SC2086`. */
  readonly code: string;
  readonly level: "error" | "warning" | "info" | "style";
  readonly message: string;
  readonly at: Span;
  /** Its own fix; empty where it has none. */
  readonly replacements: readonly ShellReplacement[];
}

export interface ShellReplacement {
  readonly at: Span;
  readonly text: string;
  /** Of an insertion: it belongs to what stands before it, as a closing quote does. */
  readonly behind: boolean;
}

/** What ShellCheck said of scripts, by their text. A script that is not among them was not looked at. */
export type ShellComments = ReadonlyMap<string, readonly ShellComment[]>;

/**
 * Reads the output of `shellcheck -f json1` for files whose names begin with the number of their script: `0.sh` is the first. `undefined` where it is
 * no such output.
 */
export function readShellCheck(output: string, scripts: readonly string[]): ShellComments | undefined {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return undefined;
  }
  const list: unknown = isRecord(value) ? value["comments"] : undefined;
  if (!Array.isArray(list)) return undefined;
  const places = new Map<number, CodePoints>();
  const found = new Map<string, ShellComment[]>(scripts.map((script) => [script, []]));
  for (const item of list) {
    if (!isRecord(item)) continue;
    const index = Number.parseInt(typeof item["file"] === "string" ? item["file"] : "", 10);
    const script = scripts[index];
    if (script === undefined) continue;
    let points = places.get(index);
    if (points === undefined) places.set(index, (points = codePointsOf(script)));
    const comment = commentOf(item, points);
    if (comment !== undefined) found.get(script)?.push(comment);
  }
  return found;
}

function commentOf(item: UnknownRecord, points: CodePoints): ShellComment | undefined {
  const { code, message } = item;
  const at = spanOf(item, points);
  const level = levels.find((known) => known === item["level"]);
  if (typeof code !== "number" || typeof message !== "string" || at === undefined || level === undefined)
    return undefined;
  const { fix } = item;
  const replacements: unknown = isRecord(fix) ? fix["replacements"] : undefined;
  return {
    code: `SC${code}`,
    level,
    message,
    at,
    replacements: Array.isArray(replacements)
      ? replacements.flatMap((replacement) => replacementOf(replacement, points) ?? [])
      : [],
  };
}

const levels = ["error", "warning", "info", "style"] as const;

function replacementOf(value: unknown, points: CodePoints): ShellReplacement | undefined {
  if (!isRecord(value)) return undefined;
  const at = spanOf(value, points);
  const text = value["replacement"];
  if (at === undefined || typeof text !== "string") return undefined;
  return { at, text, behind: value["insertionPoint"] === "beforeStart" };
}

function spanOf(item: UnknownRecord, points: CodePoints): Span | undefined {
  const { line, column, endLine, endColumn } = item;
  if (typeof line !== "number" || typeof column !== "number") return undefined;
  if (typeof endLine !== "number" || typeof endColumn !== "number") return undefined;
  const start = points.offset(line, column);
  return { start, end: Math.max(start, points.offset(endLine, endColumn)) };
}

/** Lines from 1, columns from 1 in code points, a tab being one. */
interface CodePoints {
  offset(line: number, column: number): number;
}

function codePointsOf(text: string): CodePoints {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    offset(line, column) {
      let at = starts[line - 1] ?? text.length;
      for (let left = column - 1; left > 0 && at < text.length && text[at] !== "\n"; left--) {
        at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      }
      return at;
    },
  };
}
