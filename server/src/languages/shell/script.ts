import { type PackageCommand, maybePackageManager, packageCommand } from "../../knowledge/package-managers.ts";
import { type Span, cover } from "../../text/span.ts";
import { bashSyntaxOf } from "./bash-syntax.ts";
import { innerText } from "./inner.ts";
import type { BashSyntax, ShellCommand, ShellPipeline, ShellScript, ShellWord } from "./model.ts";
import type { CommandOutline, Launch, ScriptOutline, WordOutline } from "./outline.ts";
import { outlineOf } from "./outline-of.ts";
import { type Place, placeAt } from "./place.ts";

/** A script that was read before, at a place in the unit. One outline may stand at many places; commands are made when first asked for. */
export function scriptAt(outline: ScriptOutline, place: Place): ShellScript {
  return new PlacedScript(outline, place);
}

// Classes, so that a getter costs nothing until it is asked: a file can hold thousands of commands, and most rules look at a few.

class PlacedScript implements ShellScript {
  readonly #outline: ScriptOutline;
  readonly #place: Place;
  #commands: readonly ShellCommand[] | undefined;
  #everyCommand: readonly ShellCommand[] | undefined;
  #pipelines: readonly ShellPipeline[] | undefined;
  #pipefail: readonly PipefailChange[] | undefined;
  #bashSyntax: readonly BashSyntax[] | undefined;

  constructor(outline: ScriptOutline, place: Place) {
    this.#outline = outline;
    this.#place = place;
  }

  get text(): string {
    return this.#outline.text;
  }

  spanOf(start: number, end: number): Span {
    return this.#place.span(start, end);
  }

  get broken(): boolean {
    return this.#outline.broken;
  }

  get end(): number {
    const { end } = this.#outline;
    return this.#place.span(Math.max(0, end - 1), end).end;
  }

  get commands(): readonly ShellCommand[] {
    return (this.#commands ??= this.#outline.commands.map(
      (command) => new PlacedCommand(command, this.#outline.text, this.#place),
    ));
  }

  get everyCommand(): readonly ShellCommand[] {
    return (this.#everyCommand ??= withInner(this.commands));
  }

  get pipelines(): readonly ShellPipeline[] {
    return (this.#pipelines ??= this.#outline.pipelines.map(({ commands, start, end }) => ({
      commands: commands.flatMap((index) => this.commands[index] ?? []),
      span: this.#place.span(start, end),
    })));
  }

  get bashSyntax(): readonly BashSyntax[] {
    const { text } = this.#outline;
    return (this.#bashSyntax ??= bashSyntaxOf(text).map(({ kind, start, end }) => ({
      kind,
      text: text.slice(start, end),
      span: this.#place.span(start, end),
    })));
  }

  pipefailAt(offset: number): boolean {
    this.#pipefail ??= pipefailChanges(this.commands, this.#outline, this.#place);
    let on = false;
    for (const change of this.#pipefail) {
      if (change.from <= offset && offset < change.to) on = change.on;
    }
    return on;
  }
}

class PlacedCommand implements ShellCommand {
  readonly #outline: CommandOutline;
  readonly #text: string;
  readonly #place: Place;
  readonly #launch: Launch;
  #words: readonly ShellWord[] | undefined;
  #args: readonly ShellWord[] | undefined;
  #operands: readonly ShellWord[] | undefined;
  #inner: { readonly value: ShellScript | undefined } | undefined;
  #packages: { readonly value: PackageCommand | undefined } | undefined;

  constructor(outline: CommandOutline, text: string, place: Place) {
    this.#outline = outline;
    this.#text = text;
    this.#place = place;
    this.#launch = outline.launch;
  }

  get name(): string | undefined {
    return this.#launch.name;
  }

  get nameSpan(): Span {
    const first = this.#launch.words[0];
    return first === undefined ? this.span : this.#place.span(first.start, first.end);
  }

  get words(): readonly ShellWord[] {
    return (this.#words ??= this.#launch.words.map((word) => this.#placed(word)));
  }

  get args(): readonly ShellWord[] {
    return (this.#args ??= this.words.slice(1));
  }

  get operands(): readonly ShellWord[] {
    return (this.#operands ??= operandsOf(this.args));
  }

  get assignments(): ShellCommand["assignments"] {
    return [...this.#outline.assignments, ...this.#launch.assignments].map(({ name, value, start, end }) => ({
      name,
      value,
      span: this.#place.span(start, end),
    }));
  }

  get prefixes(): readonly string[] {
    return this.#launch.prefixes;
  }

  get prefixWords(): readonly ShellWord[] {
    return this.#launch.prefixWords.map((word) => this.#placed(word));
  }

  get span(): Span {
    const { assignments, words, redirects } = this.#outline;
    const parts = [...assignments, ...words];
    const [first] = parts.length > 0 ? parts : redirects;
    const last = parts.length > 0 ? parts.reduce((a, b) => (b.end > a.end ? b : a)) : redirects.at(-1);
    if (first === undefined || last === undefined) return this.#place.span(0, 0);
    const start = Math.min(first.start, words[0]?.start ?? first.start);
    return this.#place.span(start, last.end);
  }

  get redirects(): ShellCommand["redirects"] {
    return this.#outline.redirects.map(({ operator, target, start, end }) => ({
      operator,
      target,
      span: this.#place.span(start, end),
    }));
  }

  get joined(): ShellCommand["joined"] {
    return this.#outline.joined?.operator;
  }

  get joinSpan(): Span | undefined {
    const joined = this.#outline.joined;
    return joined === undefined ? undefined : this.#place.span(joined.start, joined.end);
  }

  get depth(): number {
    return this.#outline.depth;
  }

  get packages(): PackageCommand | undefined {
    this.#packages ??= { value: this.#readPackages() };
    return this.#packages.value;
  }

  #readPackages(): PackageCommand | undefined {
    // `"$VIRTUAL_ENV/bin/pip"` is pip, wherever it stands.
    const program = this.name ?? /\/([\w.-]+)"?$/.exec(this.#launch.words[0]?.text ?? "")?.[1];
    if (program === undefined || !maybePackageManager(program)) return undefined;
    return packageCommand(
      program,
      this.args.map(({ value }) => value),
    );
  }

  get inner(): ShellScript | undefined {
    if (this.#inner === undefined) {
      const found = innerText({
        text: this.#text,
        place: this.#place,
        words: this.#launch.words,
        redirects: this.#outline.redirects,
      });
      this.#inner = { value: found === undefined ? undefined : scriptAt(outlineOf(found.text), found.place) };
    }
    return this.#inner.value;
  }

  has(...flags: readonly string[]): boolean {
    return hasFlag(this.#launch.words, flags);
  }

  #placed(word: WordOutline): ShellWord {
    return { text: word.text, value: word.value, span: this.#place.span(word.start, word.end) };
  }
}

function hasFlag(words: readonly WordOutline[], flags: readonly string[]): boolean {
  for (let index = 1; index < words.length; index++) {
    const text = words[index]?.value ?? words[index]?.text ?? "";
    if (text === "--") return false;
    if (!text.startsWith("-")) continue;
    for (const flag of flags) {
      if (text === flag || text.startsWith(`${flag}=`)) return true;
      const letter = /^-[A-Za-z0-9]$/.test(flag) ? flag.charAt(1) : undefined;
      if (letter !== undefined && /^-[A-Za-z0-9]+$/.test(text) && text.includes(letter, 1)) return true;
    }
  }
  return false;
}

function operandsOf(args: readonly ShellWord[]): readonly ShellWord[] {
  const end = args.findIndex((word) => word.text === "--");
  const before = (end < 0 ? args : args.slice(0, end)).filter(
    (word) => !(word.value ?? word.text).startsWith("-") || word.text === "-",
  );
  return end < 0 ? before : [...before, ...args.slice(end + 1)];
}

interface PipefailChange {
  readonly from: number;
  readonly to: number;
  readonly on: boolean;
}

function pipefailChanges(
  commands: readonly ShellCommand[],
  { commands: outlines, text }: ScriptOutline,
  place: Place,
): readonly PipefailChange[] {
  return commands.flatMap((command, index) => {
    const outline = outlines[index];
    const on = pipefailChange(command);
    if (on === undefined || outline === undefined) return [];
    const { end } = command.span;
    const to =
      outline.processEnd >= text.length
        ? Infinity
        : cover(command.span, place.span(outline.processEnd, outline.processEnd)).end;
    return [{ from: end, to, on }];
  });
}

function pipefailChange(command: ShellCommand): boolean | undefined {
  if (command.name !== "set" && command.name !== "shopt") return undefined;
  let change: boolean | undefined;
  for (const [index, word] of command.args.entries()) {
    if (word.value !== "pipefail") continue;
    const option = command.args[index - 1]?.value ?? "";
    if (/^-[A-Za-z]*o$/.test(option)) change = true;
    else if (/^\+[A-Za-z]*o$/.test(option)) change = false;
  }
  return change;
}

/** The commands of a script and of those it runs, see {@link ShellScript.everyCommand}. */
export function everyCommand(script: ShellScript): readonly ShellCommand[] {
  return script.everyCommand;
}

function withInner(commands: readonly ShellCommand[]): readonly ShellCommand[] {
  if (commands.every(({ inner }) => inner === undefined)) return commands;
  return commands.flatMap((command) => [command, ...(command.inner?.everyCommand ?? [])]);
}

/** Reads a script that stands in the unit as it is from `place` on, or wherever `place` says. Never throws. */
export function parseShell(text: string, place: number | Place): ShellScript {
  return scriptAt(outlineOf(text), typeof place === "number" ? placeAt(place) : place);
}
