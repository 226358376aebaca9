import { forEachChild, parse } from "unbash";
import type { ParameterExpansionPart, SyntaxNode } from "unbash";

/**
 * What bash reads and POSIX does not know, by what it looks like. `variable` is one that bash sets by itself (`$RANDOM`), `braces` is `{a,b}` or
 * `{1..3}`, `>&` the output of both kinds into a file, `${!}` a name in a variable, `${^}` another case, `${[]}` and `=()` are arrays.
 */
export type BashSyntaxKind =
  | "[["
  | "(("
  | "for (("
  | "function"
  | "select"
  | "coproc"
  | "=()"
  | "+="
  | "<<<"
  | "&>"
  | "&>>"
  | ">&"
  | "|&"
  | "<()"
  | ";&"
  | "braces"
  | "$''"
  | "${/}"
  | "${:}"
  | "${^}"
  | "${!}"
  | "${@}"
  | "${[]}"
  | "variable";

/** A place of a script that only bash and its like understand. Offsets count in the script's text. */
export interface BashSyntaxOutline {
  readonly kind: BashSyntaxKind;
  /** The operator or expansion, the whole word for braces; of a compound its first word alone. */
  readonly start: number;
  readonly end: number;
}

/** Whether there can be any: a look at the characters, far cheaper than reading the script. */
function mayHaveBashSyntax(text: string): boolean {
  return hints.test(text);
}

const hints =
  /\[\[|\(\(|\bfunction\b|\bselect\b|\bcoproc\b|=\(|\+=|<<<|&>|>&\s*[^\s\d-]|\|&|[<>]\(|;&|\{[^{}]*(?:,|\.\.)|\$'|\$\{(?:!|#?\w+(?:[/^,@[]|:[^-=?+]))|\$\{?(?:RANDOM|SECONDS|E?UID|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|PIPESTATUS|FUNCNAME|LINENO|BASH\w*)\b/;

const bashVariables: ReadonlySet<string> = new Set([
  "RANDOM",
  "SECONDS",
  "UID",
  "EUID",
  "HOSTNAME",
  "HOSTTYPE",
  "MACHTYPE",
  "OSTYPE",
  "PIPESTATUS",
  "FUNCNAME",
  "BASH",
  "BASHPID",
  "BASH_VERSION",
  "BASH_SOURCE",
  "BASH_REMATCH",
  "BASH_LINENO",
  "BASH_COMMAND",
  "BASH_SUBSHELL",
]);

/** A longer script is generated. In code units. */
const longest = 100_000;

/** All of it in a script, in the order of the text. Never throws. */
export function bashSyntaxOf(text: string): readonly BashSyntaxOutline[] {
  const found: BashSyntaxOutline[] = [];
  if (text.length > longest || !mayHaveBashSyntax(text)) return found;
  const visit = (node: SyntaxNode, expands: boolean): void => {
    const kind = kindOf(node, text);
    // Braces expand in the words of a command alone, not in an assignment or a pattern.
    if (kind !== undefined && (kind !== "braces" || expands)) found.push({ kind, ...placeOf(node, kind, text) });
    if (node.type === "CaseItem" && node.terminator !== undefined && node.terminator !== ";;")
      found.push({ kind: ";&", start: node.end - node.terminator.length, end: node.end });
    if (node.type === "Pipeline") {
      for (const [index, operator] of node.operators.entries()) {
        if (operator !== "|&") continue;
        const start = text.indexOf("|&", node.commands[index]?.end);
        if (start >= 0) found.push({ kind: "|&", start, end: start + 2 });
      }
    }
    // Escaped backquotes are read in a decoded copy, whose places are not those of the text.
    if (node.type === "Script" && node.source !== undefined) return;
    const inside = node.type === "Command" || node.type === "For" || (expands && !isPlain(node));
    forEachChild(node, (child) => visit(child, inside));
  };
  try {
    visit(parse(text), false);
  } catch {
    // Deep nesting can exhaust the stack; what was found until then is real.
  }
  return found.sort((a, b) => a.start - b.start);
}

function isPlain({ type }: SyntaxNode): boolean {
  return (
    type === "Assignment" ||
    type === "HereDocBody" ||
    type === "TestCommand" ||
    type === "Case" ||
    type === "ParameterExpansion"
  );
}

function kindOf(node: SyntaxNode, text: string): BashSyntaxKind | undefined {
  switch (node.type) {
    case "TestCommand":
      return "[[";
    case "ArithmeticCommand":
      return "((";
    case "ArithmeticFor":
      return "for ((";
    case "Function":
      return text.startsWith("function", node.pos) ? "function" : undefined;
    case "Select":
      return "select";
    case "Coproc":
      return "coproc";
    case "Assignment":
      return node.append === true ? "+=" : node.value.type === "ArrayValue" ? "=()" : undefined;
    case "HereString":
      return "<<<";
    case "Redirect":
      if (node.operator === "&>" || node.operator === "&>>") return node.operator;
      return node.operator === ">&" &&
        node.descriptor === undefined &&
        !/^(?:\d+|-|\$.*)$/.test(node.target?.text ?? "")
        ? ">&"
        : undefined;
    case "ProcessSubstitution":
      return "<()";
    case "Word":
      return node.parts?.some(({ type }) => type === "BraceExpansion") === true ? "braces" : undefined;
    case "AnsiCQuoted":
      return "$''";
    case "SimpleExpansion":
      return bashVariables.has(node.text.slice(1)) ? "variable" : undefined;
    case "ParameterExpansion":
      return kindOfExpansion(node);
    default:
      return undefined;
  }
}

function kindOfExpansion({ prefix, index, operation, parameter }: ParameterExpansionPart): BashSyntaxKind | undefined {
  if (index !== undefined) return "${[]}";
  if (prefix === "!") return "${!}";
  switch (operation?.type) {
    case "Replace":
      return "${/}";
    case "Slice":
      return "${:}";
    case "CaseModification":
      return "${^}";
    case "Transform":
      return "${@}";
    default:
      return bashVariables.has(parameter) && operation?.type !== "Default" ? "variable" : undefined;
  }
}

function placeOf(
  { pos, end }: SyntaxNode,
  kind: BashSyntaxKind,
  text: string,
): { readonly start: number; readonly end: number } {
  switch (kind) {
    case "[[":
    case "((":
      return { start: pos, end: pos + 2 };
    case "for ((":
      return { start: pos, end: pos + 3 };
    case "function":
    case "select":
    case "coproc":
      return { start: pos, end: pos + kind.length };
    case "=()":
    case "+=":
      return { start: pos, end: Math.max(pos + 1, text.indexOf("=", pos) + 1) };
    case "<<<":
    case "&>":
    case "&>>":
    case ">&": {
      const at = text.indexOf(kind, pos);
      return at < 0 || at >= end ? { start: pos, end } : { start: at, end: at + kind.length };
    }
    default:
      return { start: pos, end };
  }
}
