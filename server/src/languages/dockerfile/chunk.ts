import type { Descriptions } from "../image/description.ts";
import { type KnownImage, knownImage } from "../image/known.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { ScriptOutline } from "../shell/outline.ts";
import { outlineOf } from "../shell/outline-of.ts";
import { isBlank, skipSpaces, trimSpaces } from "./blanks.ts";
import { type HeredocOpener, heredocOpeners } from "./heredoc.ts";
import { keywordNamed } from "./keywords.ts";
import {
  type FlagRange,
  type JsonElement,
  type Range,
  blankWords,
  jsonElements,
  quotedWords,
  readFlags,
} from "./lexer.ts";
import { type LogicalLine, logicalLine } from "./logical-line.ts";
import type { Keyword } from "./model.ts";
import { hasVariable, unquote } from "./quotes.ts";

/** A word of a chunk, its range in the logical line. */
export interface ChunkWord extends Range {
  readonly text: string;
  readonly value: string;
  readonly variable: boolean;
}

/** What the builder reads behind the flags. */
export interface ChunkSyntax {
  readonly flags: readonly FlagRange[];
  /** The arguments without the flags and the white space around. */
  readonly rest: Range;
  /** In exec form; for HEALTHCHECK the command behind `CMD`. */
  readonly json: readonly JsonElement[] | "mixed" | undefined;
  /** Where a command in shell form begins. */
  readonly commandStart: number;
}

/**
 * What follows from the text of one instruction alone, wherever it stands: models share chunks, so that an edit costs the instruction it touches.
 * Offsets count in `line`. Everything costly is found out when first asked for.
 */
export class Chunk {
  readonly source: string;
  readonly escape: string;
  readonly line: LogicalLine;
  /** As written; empty where the lines hold nothing. */
  readonly keyword: string;
  readonly name: Keyword | "unknown";
  readonly keywordRange: Range;
  /** Stands for this chunk where no POSIX shell or bash reads what a shell is given. */
  readonly unread: object = {};
  #syntax: ChunkSyntax | undefined;
  #words: readonly ChunkWord[] | undefined;
  #openers: readonly HeredocOpener[] | undefined;
  #outline: ScriptOutline | undefined;
  #bodies: Map<string, ScriptOutline> | undefined;
  #problems: { readonly reader: string; readonly found: readonly SyntaxProblem[] } | undefined;
  #image: { readonly resolved: string; readonly descriptions: Descriptions; readonly known: KnownImage } | undefined;
  #trigger: { readonly chunk: Chunk; readonly start: number } | undefined;

  constructor(source: string, escape: string) {
    this.source = detached(source);
    this.escape = escape;
    this.line = logicalLine(this.source, escape);
    const { text } = this.line;
    const start = skipSpaces(text, 0, text.length);
    const [word] = blankWords(text, start, trimSpaces(text, start, text.length));
    this.keywordRange = word ?? { start, end: start };
    this.keyword = text.slice(this.keywordRange.start, this.keywordRange.end);
    this.name = keywordNamed(this.keyword);
  }

  /** The words of the arguments, by the instruction's own grammar. */
  get words(): readonly ChunkWord[] {
    return (this.#words ??= wordsOf(this));
  }

  get syntax(): ChunkSyntax {
    return (this.#syntax ??= syntaxOf(this));
  }

  /** Heredocs are read behind RUN, COPY and ADD, an ONBUILD before them or not, and not in exec form. */
  get openers(): readonly HeredocOpener[] {
    if (this.#openers === undefined) {
      const target = this.trigger?.chunk ?? this;
      const reads = target.name === "RUN" || target.name === "COPY" || target.name === "ADD";
      this.#openers =
        reads && this.source.includes("<<") && target.syntax.json === undefined ? heredocOpeners(this.line.text) : [];
    }
    return this.#openers;
  }

  /** The instruction behind an ONBUILD; `start` is where its source begins in this one's. */
  get trigger(): { readonly chunk: Chunk; readonly start: number } | undefined {
    if (this.#trigger === undefined && this.name === "ONBUILD") {
      const { rest } = this.syntax;
      if (rest.end > rest.start) {
        const { start } = this.line.place.span(rest.start, rest.end);
        this.#trigger = { chunk: new Chunk(this.source.slice(start), this.escape), start };
      }
    }
    return this.#trigger;
  }

  /** The command in shell form, as a shell reads it; its offsets count from `syntax.commandStart`. */
  get outline(): ScriptOutline {
    return (this.#outline ??= outlineOf(this.line.text.slice(this.syntax.commandStart, this.syntax.rest.end)));
  }

  /** A text that belongs to this instruction in a file (its line with heredoc bodies, or a body), as a shell reads it. */
  outlineOfBody(text: string): ScriptOutline {
    this.#bodies ??= new Map();
    const known = this.#bodies.get(text);
    if (known !== undefined) return known;
    // Each edit in a heredoc makes another text; the old ones are of no use for long.
    if (this.#bodies.size > 20) this.#bodies.clear();
    const outline = outlineOf(text);
    this.#bodies.set(text, outline);
    return outline;
  }

  /** The image that the instruction names by `text`, its variables `resolved`: read once as long as all stays the same. */
  image(resolved: string, text: string, descriptions: Descriptions): KnownImage {
    if (this.#image?.resolved !== resolved || this.#image.descriptions !== descriptions)
      this.#image = { resolved, descriptions, known: knownImage(resolved, text, descriptions) };
    return this.#image.known;
  }

  /** What `find` finds wrong with the instruction, asked once for each `reader`; its places count from the start of the instruction. */
  problems(reader: string, find: () => readonly SyntaxProblem[]): readonly SyntaxProblem[] {
    if (this.#problems?.reader !== reader) this.#problems = { reader, found: find() };
    return this.#problems.found;
  }
}

/** The same text in memory of its own: a slice would keep the whole file it was cut from, and chunks live on through many edits. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}

function syntaxOf({ line: { text }, keywordRange, name, escape }: Chunk): ChunkSyntax {
  const end = trimSpaces(text, keywordRange.end, text.length);
  const { flags, rest: start } = readFlags(text, keywordRange.end, end, escape);
  const rest = { start, end: Math.max(start, end) };
  if (!execForm.has(name)) return { flags, rest, json: undefined, commandStart: start };
  let commandStart = start;
  if (name === "HEALTHCHECK") {
    while (commandStart < end && !isBlank(text.charCodeAt(commandStart))) commandStart += 1;
    commandStart = skipSpaces(text, commandStart, end);
  }
  return { flags, rest, json: jsonElements(text, commandStart, end), commandStart };
}

/** Instructions that take a JSON array. */
const execForm: ReadonlySet<string> = new Set([
  "ADD",
  "CMD",
  "COPY",
  "ENTRYPOINT",
  "HEALTHCHECK",
  "RUN",
  "SHELL",
  "VOLUME",
]);

function wordsOf({ line: { text }, name, escape, syntax }: Chunk): readonly ChunkWord[] {
  const { rest, json, commandStart } = syntax;
  const word = ({ start, end }: Range): ChunkWord => {
    const written = text.slice(start, end);
    return { start, end, text: written, value: unquote(written, escape), variable: hasVariable(written, escape) };
  };
  switch (name) {
    case "ENV":
    case "LABEL":
    case "ARG":
      return quotedWords(text, rest.start, rest.end, escape).map(word);
    case "WORKDIR":
    case "USER":
    case "STOPSIGNAL":
    case "MAINTAINER":
      return rest.end > rest.start ? [word(rest)] : [];
    case "RUN":
    case "CMD":
    case "ENTRYPOINT":
    case "SHELL":
    case "HEALTHCHECK": {
      const type = blankWords(text, rest.start, commandStart).map(word);
      const command = isExec(json)
        ? json.map((element) => jsonWord(text, element, escape))
        : blankWords(text, commandStart, rest.end).map((range) => shellWord(text, range));
      return type.length === 0 ? command : [...type, ...command];
    }
    default:
      return isExec(json)
        ? json.map((element) => jsonWord(text, element, escape))
        : blankWords(text, rest.start, rest.end).map(word);
  }
}

/** Whether the arguments are an array of strings. */
export function isExec(json: ChunkSyntax["json"]): json is readonly JsonElement[] {
  return json !== undefined && json !== "mixed";
}

function jsonWord(text: string, { start, end, value }: JsonElement, escape: string): ChunkWord {
  return { start, end, text: text.slice(start, end), value, variable: hasVariable(value, escape) };
}

/** A word of a command that a shell will read: its quotes are the shell's. */
function shellWord(text: string, { start, end }: Range): ChunkWord {
  const value = text.slice(start, end);
  return { start, end, text: value, value, variable: value.includes("$") };
}
