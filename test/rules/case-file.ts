import { linesOf } from "../../server/src/text/lines.ts";
import type { RegistryImages } from "../../server/src/workspace/index.ts";
import { registryImagesOf } from "./registry-block.ts";

/** A case of a literate file: files of a small workspace, the findings expected in them, and what fixes make of them. */
export interface RuleCase {
  readonly title: string;
  /** Line of the heading, from 1. */
  readonly line: number;
  readonly files: readonly CaseFile[];
  readonly fixed: readonly FixedFile[];
  /** Options of the rule under test. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Every rule of this preset runs, not just the one under test. */
  readonly preset: string | undefined;
  /** Further rules that run. */
  readonly also: readonly string[];
  /** The Kubernetes release that manifests are for: `kubernetes=1.24`. */
  readonly release: string | undefined;
  /** What registries said because somebody asked: a block whose words are `yaml registry`. See `registryImagesOf`. */
  readonly registry: RegistryImages | undefined;
}

/** A file of a case, with its caret lines taken out. */
export interface CaseFile {
  readonly path: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

/** An expected finding. */
export interface Mark {
  /** Line and column from 0; `length` in UTF-16 code units, at least 1. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly rule: string;
  /** A part of the message. */
  readonly message: string | undefined;
}

/** A file as fixes leave it: after all safe ones, after all, or after the one whose title holds some words. One that is no file of the case is made by them. */
export interface FixedFile {
  readonly path: string;
  readonly text: string;
  readonly by: "safe" | "review" | { readonly title: string };
}

const fence = /^(`{3,})(\S+)?(.*)$/;
const carets = /^([\s^]*\^)\s+([a-z][\w-]*\/[\w-]+)(?:\s*:\s*(.*\S))?\s*$/;

/** Reads a literate file; throws with the line where it is malformed. `kind` decides the names of files that have none. */
export function parseCases(text: string, kind: string): readonly RuleCase[] {
  const lines = text.split("\n");
  const cases: Draft[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (line.startsWith("## ")) {
      cases.push({
        title: line.slice(3).trim(),
        line: i + 1,
        files: [],
        fixed: [],
        options: {},
        preset: undefined,
        also: [],
        release: undefined,
        registry: undefined,
      });
      continue;
    }
    const open = fence.exec(line);
    if (open === null) continue;
    const current = cases.at(-1);
    if (current === undefined) throw new Error(`line ${i + 1}: a fenced block before the first \`##\``);
    const end = lines.indexOf(open[1] ?? "```", i + 1);
    if (end < 0) throw new Error(`line ${i + 1}: the fenced block does not end`);
    readBlock(current, open[2] ?? "", open[3] ?? "", lines.slice(i + 1, end), kind, i + 1);
    i = end;
  }
  for (const found of cases) {
    if (found.files.length === 0) throw new Error(`line ${found.line}: the case "${found.title}" has no file`);
  }
  return cases;
}

interface Draft {
  title: string;
  line: number;
  files: CaseFile[];
  fixed: FixedFile[];
  options: Record<string, unknown>;
  preset: string | undefined;
  also: string[];
  release: string | undefined;
  registry: RegistryImages | undefined;
}

function readBlock(
  draft: Draft,
  language: string,
  info: string,
  lines: readonly string[],
  kind: string,
  at: number,
): void {
  if (info.trim() === "registry") {
    draft.registry = registryImagesOf(joined(lines, "\n"));
    return;
  }
  let path: string | undefined;
  let by: FixedFile["by"] | undefined;
  let ending = "\n";
  for (const word of wordsOf(info, at)) {
    const [key = "", value = ""] = splitOnce(word, "=");
    if (word === "fixed") by = "safe";
    else if (word === "crlf") ending = "\r\n";
    else if (key === "fixed") by = value === "review" || value === "safe" ? value : { title: unquoted(value) };
    else if (key === "options") Object.assign(draft.options, JSON.parse(value));
    else if (key === "preset" || key === "rules") draft.preset = value;
    else if (key === "kubernetes") draft.release = value;
    else if (key === "also") draft.also.push(...value.split(","));
    else if (word.includes("=")) throw new Error(`line ${at}: \`${key}\` is no word of a fenced block`);
    else path = word;
  }
  if (by !== undefined) {
    const target = path ?? draft.files[0]?.path;
    if (target === undefined || draft.files.length === 0)
      throw new Error(`line ${at}: nothing before this block is fixed by it`);
    draft.fixed.push({ path: target, text: joined(lines, ending), by });
    return;
  }
  const plain: string[] = [];
  const marks: Mark[] = [];
  for (const line of lines) {
    const match = carets.exec(line);
    if (match === null) {
      plain.push(line);
      continue;
    }
    for (const group of (match[1] ?? "").matchAll(/\^+/g)) {
      const where = { line: plain.length - 1, column: group.index, length: group[0].length };
      marks.push({ ...where, rule: match[2] ?? "", message: match[3] });
    }
  }
  const text = joined(plain, ending);
  draft.files.push({ path: path ?? defaultName(language, kind, text), text, marks });
}

/** The text with a row of carets under each mark. */
export function annotated(text: string, marks: readonly Mark[]): string {
  const rows = linesOf(text);
  const out: string[] = [];
  for (let line = 0; line < rows.count; line++) {
    const range = rows.span(line);
    const content = text.slice(range.start, range.end);
    if (line < rows.count - 1 || content !== "") out.push(content);
    const here = marks
      .filter((mark) => mark.line === line)
      .sort((a, b) => a.column - b.column || a.length - b.length || (a.rule < b.rule ? -1 : 1));
    for (const { column, length, rule, message } of here) {
      out.push(`${" ".repeat(column)}${"^".repeat(length)} ${rule}${message === undefined ? "" : `: ${message}`}`);
    }
  }
  return out.join("\n");
}

/** Words between blanks; a JSON object or a quoted string behind `=` is part of its word. */
function wordsOf(info: string, at: number): readonly string[] {
  const words: string[] = [];
  let rest = info.trim();
  while (rest !== "") {
    const head = /^[^\s={"]+=(?=[{"])/.exec(rest)?.[0];
    const end = head === undefined ? (/\s|$/.exec(rest)?.index ?? rest.length) : jsonEnd(rest, head.length);
    if (end === undefined) throw new Error(`line ${at}: cannot read \`${rest}\``);
    words.push(rest.slice(0, end));
    rest = rest.slice(end).trim();
  }
  return words;
}

/** Where the JSON value that begins at `from` ends: the first place at which it can be read. */
function jsonEnd(text: string, from: number): number | undefined {
  for (let end = from + 1; end <= text.length; end++) {
    if (end < text.length && !/\s/.test(text[end] ?? "")) continue;
    try {
      JSON.parse(text.slice(from, end));
      return end;
    } catch {
      // Not yet the whole value.
    }
  }
  return undefined;
}

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function unquoted(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}

function joined(lines: readonly string[], ending: string): string {
  return lines.length === 0 ? "" : `${lines.join(ending)}${ending}`;
}

/** The name of an example that was given none, by its rule's kind and its text. */
export function exampleName(rule: { readonly kind: string }, text: string): string {
  if (rule.kind === "ignore") return ".dockerignore";
  const yaml = rule.kind === "compose" || rule.kind === "kubernetes" || /^(?:services|apiVersion):/m.test(text);
  return defaultName(yaml ? "yaml" : "dockerfile", rule.kind, text);
}

/** The name of a file that was given none, by its language, the folder of the case and its text. */
export function defaultName(language: string, kind: string, text: string): string {
  if (language === "dockerfile") return "Dockerfile";
  if (kind === "ignore") return ".dockerignore";
  const suffix = language === "json" ? "json" : "yaml";
  const compose = kind === "compose" || (kind !== "kubernetes" && /^services:/m.test(text));
  return `${compose ? "compose" : "manifest"}.${suffix}`;
}
