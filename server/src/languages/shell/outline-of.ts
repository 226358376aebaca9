import { forEachChild, parse } from "unbash";
import type {
  AndOr,
  ArithmeticCommandExpansion,
  Assignment,
  Command,
  CommandArgument,
  CommandExpansionPart,
  ParsedScript,
  Pipeline,
  ProcessSubstitutionPart,
  Redirection,
  Statement,
  SyntaxNode,
  Word,
  WordPart,
} from "unbash";
import type {
  AssignmentOutline,
  CommandOutline,
  Joint,
  PipelineOutline,
  RedirectOutline,
  ScriptOutline,
  WordOutline,
} from "./outline.ts";
import { launchOf } from "./prefixes.ts";

/** A longer script is generated; reading it would hold up the editor for nothing. In code units. */
const longest = 500_000;

/** Reads a script as bash does. The only place that knows the parser. Never throws; what it did not understand is left out and `broken` is set. */
export function outlineOf(text: string): ScriptOutline {
  if (text.length > longest) return { text, commands: [], pipelines: [], end: 0, broken: true };
  const walk = new Walk(text);
  let broken: boolean;
  let end = 0;
  try {
    const script = parse(text);
    walk.statements(script.commands, 0, text.length, undefined);
    end = script.commands.at(-1)?.end ?? 0;
    broken = (script.errors?.length ?? 0) > 0;
  } catch {
    // Deep nesting can exhaust the stack; the commands seen until then are real.
    broken = true;
  }
  return walk.outline(end, broken);
}

interface Draft extends CommandOutline {
  readonly order: number;
}

/** Where the nodes being visited stand: in the text, or, for backquotes with escapes in them, in a decoded copy of a part of it. */
interface Decoded {
  readonly start: number;
  readonly end: number;
}

/** One pass over the tree. A class, because every step adds to the same two lists. */
class Walk {
  readonly #text: string;
  readonly #commands: Draft[] = [];
  readonly #pipelines: { readonly drafts: readonly Draft[]; readonly start: number; readonly end: number }[] = [];
  #decoded: Decoded | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  outline(end: number, broken: boolean): ScriptOutline {
    const sorted = this.#commands.slice().sort((a, b) => startOf(a) - startOf(b) || a.order - b.order);
    const places = new Map(sorted.map((draft, index) => [draft, index]));
    const pipelines: PipelineOutline[] = this.#pipelines
      .map(({ drafts, start, end }) => ({
        start,
        end,
        commands: drafts.flatMap((draft) => places.get(draft) ?? []),
      }))
      .sort((a, b) => a.start - b.start);
    return { text: this.#text, commands: sorted, pipelines, end, broken };
  }

  statements(list: readonly Statement[], depth: number, processEnd: number, first: Joint | undefined): void {
    let previous: Statement | undefined;
    for (const statement of list) {
      const joint = previous === undefined ? first : this.#separator(previous, statement);
      this.#node(statement.command, depth, processEnd, joint);
      previous = statement;
    }
  }

  #separator(previous: Statement, next: Statement): Joint | undefined {
    if (this.#decoded !== undefined) return { operator: ";", ...this.#decoded };
    if (previous.background === true) return { operator: "&", start: previous.end - 1, end: previous.end };
    for (let at = previous.end; at < next.pos; at++) {
      const char = this.#text[at];
      if (char === ";") return { operator: ";", start: at, end: at + 1 };
      if (char === "\n" || char === "#") return { operator: "\n", start: at, end: at + 1 };
    }
    return undefined;
  }

  #operator(operator: "&&" | "||" | "|", written: string, from: number): Joint {
    if (this.#decoded !== undefined) return { operator, ...this.#decoded };
    const at = Math.max(from, this.#text.indexOf(written, from));
    return { operator, start: at, end: at + written.length };
  }

  #node(node: SyntaxNode, depth: number, processEnd: number, joint: Joint | undefined): void {
    switch (node.type) {
      case "Command":
        this.#command(node, depth, processEnd, joint, []);
        return;
      case "Pipeline":
        this.#pipeline(node, depth, processEnd, joint);
        return;
      case "AndOr":
        this.#andOr(node, depth, processEnd, joint);
        return;
      case "CompoundList":
        this.statements(node.commands, depth, processEnd, undefined);
        return;
      case "Subshell":
        this.statements(node.body.commands, depth + 1, this.#end(node.end), undefined);
        return;
      case "Function":
      case "BraceGroup":
      case "If":
      case "Elif":
      case "For":
      case "ArithmeticFor":
      case "Select":
      case "While":
      case "Case":
      case "Coproc":
        this.#children(node, depth + 1, processEnd);
        return;
      case "CommandExpansion":
      case "ArithmeticCommandExpansion":
      case "ProcessSubstitution":
        this.#substitution(node, depth);
        return;
      case "Word":
        this.#substitutionsOf(node, depth);
        return;
      default:
        this.#children(node, depth, processEnd);
    }
  }

  #children(node: SyntaxNode, depth: number, processEnd: number): void {
    // forEachChild stops at the first answer that is not undefined.
    forEachChild(node, (child) => {
      this.#node(child, depth, processEnd, undefined);
    });
  }

  #andOr(node: AndOr, depth: number, processEnd: number, first: Joint | undefined): void {
    let joint = first;
    for (const [index, command] of node.commands.entries()) {
      this.#node(command, depth, processEnd, joint);
      const operator = node.operators[index];
      if (operator !== undefined) joint = this.#operator(operator, operator, command.end);
    }
  }

  #pipeline(node: Pipeline, depth: number, processEnd: number, first: Joint | undefined): void {
    let joint = first;
    const drafts: Draft[] = [];
    const alone = node.commands.length < 2;
    for (const [index, command] of node.commands.entries()) {
      // The commands of a pipeline run in processes of their own.
      const end = alone ? processEnd : this.#end(command.end);
      if (command.type === "Command") {
        drafts.push(this.#command(command, depth, end, joint, index === 0 ? this.#timing(node) : []));
      } else this.#node(command, depth, end, joint);
      const operator = node.operators[index];
      if (operator !== undefined) joint = this.#operator("|", operator, command.end);
    }
    if (!alone) this.#pipelines.push({ drafts, ...this.#range(node.pos, node.end) });
  }

  /** The reserved word `time` before a pipeline, as if it were a program. */
  #timing(node: Pipeline): readonly WordOutline[] {
    return node.prefixes.flatMap((prefix) =>
      prefix.type === "Time" ? [{ text: "time", value: "time", ...this.#range(prefix.pos, prefix.keywordEnd) }] : [],
    );
  }

  #command(
    node: Command,
    depth: number,
    processEnd: number,
    joined: Joint | undefined,
    before: readonly WordOutline[],
  ): Draft {
    const assignments: AssignmentOutline[] = [];
    const words: WordOutline[] = [...before];
    const redirects: RedirectOutline[] = [];
    for (const part of node.prefix) {
      if (part.type === "Assignment") assignments.push(this.#assignment(part));
      else redirects.push(this.#redirect(part));
    }
    if (node.name !== undefined) words.push(this.#word(node.name));
    for (const part of node.suffix) {
      if (part.type === "Word" || part.type === "Assignment") words.push(this.#argument(part));
      else redirects.push(this.#redirect(part));
    }
    const draft: Draft = {
      assignments,
      words,
      launch: launchOf(words),
      redirects,
      joined,
      depth,
      processEnd,
      order: this.#commands.length,
    };
    this.#commands.push(draft);
    for (const part of node.prefix) this.#substitutionsIn(part, depth, processEnd);
    if (node.name !== undefined) this.#substitutionsOf(node.name, depth);
    for (const part of node.suffix) this.#substitutionsIn(part, depth, processEnd);
    return draft;
  }

  #substitutionsIn(part: CommandArgument | Redirection, depth: number, processEnd: number): void {
    if (part.type === "Word") this.#substitutionsOf(part, depth);
    else if (part.type === "HereDoc" || hasExpansion(this.#source(part))) this.#children(part, depth, processEnd);
  }

  #substitutionsOf(word: Word, depth: number): void {
    if (!hasExpansion(word.text)) return;
    for (const part of word.parts ?? []) this.#node(part, depth, this.#end(word.end), undefined);
  }

  #substitution(
    node: CommandExpansionPart | ArithmeticCommandExpansion | ProcessSubstitutionPart,
    depth: number,
  ): void {
    const script: ParsedScript | undefined = node.script;
    if (script === undefined) return;
    const outer = this.#decoded;
    if (script.source !== undefined && outer === undefined) this.#decoded = { start: node.pos, end: node.end };
    this.statements(script.commands, depth + 1, this.#end(node.end), undefined);
    this.#decoded = outer;
  }

  #argument(part: CommandArgument): WordOutline {
    if (part.type === "Word") return this.#word(part);
    const { name, value, start, end } = this.#assignment(part);
    return { text: part.text, value: value === undefined ? undefined : `${name}=${value}`, start, end };
  }

  #word(word: Word): WordOutline {
    return { text: word.text, value: valueOf(word), ...this.#range(word.pos, word.end) };
  }

  #assignment(part: Assignment): AssignmentOutline {
    const value = part.value.type === "Word" ? valueOf(part.value) : undefined;
    return { name: part.name, value, ...this.#range(part.pos, part.end) };
  }

  #redirect(part: Redirection): RedirectOutline {
    const range = this.#range(part.pos, part.end);
    if (part.type === "HereDoc") {
      const { body, delimiter, operator } = part;
      return { operator, target: delimiter?.value, body: this.#range(body.pos, body.end), ...range };
    }
    const target = part.target === undefined ? undefined : valueOf(part.target);
    return { operator: part.operator, target, body: undefined, ...range };
  }

  #range(start: number, end: number): { readonly start: number; readonly end: number } {
    return this.#decoded ?? { start, end };
  }

  #end(end: number): number {
    return this.#decoded?.end ?? end;
  }

  #source(node: SyntaxNode): string {
    return this.#decoded === undefined ? this.#text.slice(node.pos, node.end) : "$";
  }
}

function startOf(command: CommandOutline): number {
  return Math.min(
    command.assignments[0]?.start ?? Infinity,
    command.words[0]?.start ?? Infinity,
    command.redirects[0]?.start ?? Infinity,
  );
}

function hasExpansion(text: string): boolean {
  return /[$`{]|[<>]\(/.test(text);
}

function valueOf(word: Word): string | undefined {
  return hasExpansion(word.text) && (word.parts ?? []).some(isUnknown) ? undefined : word.value;
}

function isUnknown(part: WordPart): boolean {
  switch (part.type) {
    case "SimpleExpansion":
    case "ParameterExpansion":
    case "CommandExpansion":
    case "ArithmeticExpansion":
    case "ProcessSubstitution":
    case "BraceExpansion":
      return true;
    case "DoubleQuoted":
    case "LocaleString":
      return part.parts.some(isUnknown);
    default:
      return false;
  }
}
