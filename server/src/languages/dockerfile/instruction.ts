import { type Span, shift } from "../../text/span.ts";
import type { Descriptions } from "../image/description.ts";
import type { Chunk, ChunkWord } from "./chunk.ts";
import { expand } from "./expansion.ts";
import type { Flag, Heredoc, Pair, Stage, Word } from "./model.ts";
import type { Range } from "./lexer.ts";
import { unquote } from "./quotes.ts";
import { isReadByShell } from "./reader.ts";
import type { Scope } from "./scope.ts";

/** Finds a stage before this one by its name or, for `--from`, its number. */
export type FindStage = (name: string, by: "name" | "name or number") => Stage | undefined;

/** Where an instruction stands. */
export interface Site {
  readonly chunk: Chunk;
  /** Offset of the keyword in the unit. */
  readonly start: number;
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
  /** Its number in the file, which tells what was set before it. */
  readonly order: number;
  /** What its variables mean: for FROM the global scope, else the stage's. */
  readonly scope: Scope;
  readonly stage: () => Stage | undefined;
  readonly findStage: FindStage;
  readonly onbuild: boolean;
  readonly descriptions: Descriptions;
}

/**
 * What all instructions have, made when first asked for. Classes and not closures, because a file has thousands of them and each edit makes them
 * anew: a getter on the prototype costs nothing.
 */
export abstract class BaseInstruction {
  readonly #site: Site;
  #flags: readonly Flag[] | undefined;
  #words: readonly Word[] | undefined;

  constructor(site: Site) {
    this.#site = site;
  }

  protected get site(): Site {
    return this.#site;
  }

  get span(): Span {
    return { start: this.#site.start, end: this.#site.end };
  }

  get keywordSpan(): Span {
    return this.place(this.#site.chunk.keywordRange);
  }

  get keyword(): string {
    return this.#site.chunk.keyword;
  }

  get flags(): readonly Flag[] {
    return (this.#flags ??= this.#site.chunk.syntax.flags.map((flag) => ({
      name: flag.name,
      value: flag.value,
      span: this.place(flag),
      nameSpan: this.place({ start: Math.min(flag.start + 2, flag.nameEnd), end: flag.nameEnd }),
      valueSpan: flag.value === undefined ? undefined : this.place({ start: flag.nameEnd + 1, end: flag.end }),
    })));
  }

  get words(): readonly Word[] {
    return (this.#words ??= this.#site.chunk.words.map((word) => new PlacedWord(word, this.#site)));
  }

  get argumentsSpan(): Span {
    const { rest } = this.#site.chunk.syntax;
    if (rest.end > rest.start) return this.place(rest);
    const { end } = this.flags.at(-1)?.span ?? this.keywordSpan;
    return { start: end, end };
  }

  get heredocs(): readonly Heredoc[] {
    return this.#site.heredocs;
  }

  get stage(): Stage | undefined {
    return this.#site.stage();
  }

  get onbuild(): boolean {
    return this.#site.onbuild;
  }

  get identity(): object | undefined {
    const { chunk, heredocs } = this.#site;
    if (heredocs.length > 0) return undefined;
    return isReadByShell(this.#site) ? chunk : chunk.unread;
  }

  flag(name: string): Flag | undefined {
    return this.flags.find((flag) => flag.name === name);
  }

  isSet(variable: string): boolean {
    return this.#site.scope.isSet(variable, this.#site.order);
  }

  /** A range of the logical line in the unit. */
  protected place(range: Range): Span {
    return placed(this.#site, range);
  }
}

function placed(site: Site, range: Range): Span {
  return shift(site.chunk.line.place.span(range.start, range.end), site.start);
}

class PlacedWord implements Word {
  readonly #word: ChunkWord;
  readonly #site: Site;
  #resolved: { readonly value: string | undefined } | undefined;

  constructor(word: ChunkWord, site: Site) {
    this.#word = word;
    this.#site = site;
  }

  get text(): string {
    return this.#word.text;
  }

  get value(): string {
    return this.#word.value;
  }

  get variable(): boolean {
    return this.#word.variable;
  }

  get span(): Span {
    return placed(this.#site, this.#word);
  }

  get resolved(): string | undefined {
    const { text, value, variable } = this.#word;
    if (!variable) return value;
    // A JSON element's quotes are not the builder's.
    const written = this.#site.chunk.syntax.json === undefined ? text : value;
    this.#resolved ??= { value: resolve(written, this.#site) };
    return this.#resolved.value;
  }
}

function resolve(written: string, { chunk, scope, order }: Site): string | undefined {
  return expand(written, chunk.escape, (name) => scope.lookup(name, order));
}

/** `NAME=value`, `NAME`, or `NAME value` where the instruction knows the old form. */
export function pairsOf(site: Site): readonly Pair[] {
  const { words } = site.chunk;
  const [first, second] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  if (site.chunk.name !== "ARG" && second !== undefined && !first.text.includes("=")) {
    return [new PlacedPair(site, first, first.end, { start: second.start, end: last.end }, true)];
  }
  return words.map((word) => {
    const equals = word.text.indexOf("=");
    const nameEnd = equals < 0 ? word.end : word.start + equals;
    const value = equals < 0 ? undefined : { start: nameEnd + 1, end: word.end };
    return new PlacedPair(site, word, nameEnd, value, false);
  });
}

class PlacedPair implements Pair {
  readonly legacy: boolean;
  readonly #site: Site;
  readonly #start: number;
  readonly #nameEnd: number;
  readonly #value: Range | undefined;
  #resolved: { readonly value: string | undefined } | undefined;

  constructor(site: Site, first: Range, nameEnd: number, value: Range | undefined, legacy: boolean) {
    this.#site = site;
    this.#start = first.start;
    this.#nameEnd = nameEnd;
    this.#value = value;
    this.legacy = legacy;
  }

  get name(): string {
    return unquote(this.#site.chunk.line.text.slice(this.#start, this.#nameEnd), this.#site.chunk.escape);
  }

  get nameSpan(): Span {
    return placed(this.#site, { start: this.#start, end: this.#nameEnd });
  }

  get value(): string | undefined {
    const written = this.#written;
    return written === undefined ? undefined : unquote(written, this.#site.chunk.escape);
  }

  get valueSpan(): Span | undefined {
    return this.#value === undefined ? undefined : placed(this.#site, this.#value);
  }

  get span(): Span {
    return placed(this.#site, { start: this.#start, end: this.#value?.end ?? this.#nameEnd });
  }

  get resolved(): string | undefined {
    const written = this.#written;
    if (written === undefined) return undefined;
    this.#resolved ??= { value: resolve(written, this.#site) };
    return this.#resolved.value;
  }

  get #written(): string | undefined {
    return this.#value === undefined ? undefined : this.#site.chunk.line.text.slice(this.#value.start, this.#value.end);
  }
}
