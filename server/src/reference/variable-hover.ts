import { credentialsInUrl, knownToken, looksLikeSecretName } from "../knowledge/secrets.ts";
import {
  type InterpolatedScalar,
  type Interpolation,
  placeOf,
  substitute,
  type VariableUse,
} from "../languages/compose/interpolation.ts";
import type { ComposeModel } from "../languages/compose/model.ts";
import type { YamlScalar } from "../languages/yaml/node.ts";
import type { PathStep } from "../languages/yaml/path.ts";
import { contains, type Span } from "../text/span.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";

/** What is said of a place, in Markdown. */
export interface VariableHover {
  /** The use of the variable, in the document. */
  readonly at: Span;
  readonly markdown: string;
}

/**
 * What Compose makes of the `$` at an offset of the document: a variable's value, as far as files tell, and where it comes from. The values of secrets are
 * not shown. `undefined` where there is none.
 */
export function variableHover(
  model: ComposeModel,
  offset: number,
  workspace: WorkspaceView,
): VariableHover | undefined {
  const place: Span = { start: offset, end: offset };
  for (const found of model.interpolated) {
    const { scalar } = found;
    if (!contains(scalar.span, place)) continue;
    const part = innermost(model, scalar, found.parts, place);
    return part && { at: placeOf(model, scalar, part.at), markdown: describe(model, found, part, workspace) };
  }
  return undefined;
}

/** Of a variable in another one's default the inner one. */
function innermost(
  model: ComposeModel,
  scalar: YamlScalar,
  parts: readonly Interpolation[],
  place: Span,
): Interpolation | undefined {
  for (const part of parts) {
    if (!contains(placeOf(model, scalar, part.at), place)) continue;
    return (part.kind === "variable" ? innermost(model, scalar, part.within, place) : undefined) ?? part;
  }
  return undefined;
}

function describe(
  model: ComposeModel,
  found: InterpolatedScalar,
  part: Interpolation,
  workspace: WorkspaceView,
): string {
  const reader = model.dialect === "stack" ? "`docker stack deploy`" : "Compose";
  switch (part.kind) {
    case "escape":
      return `\`$$\` is one dollar sign: the container gets \`$\`, and ${reader} puts in nothing.`;
    case "dollar":
      return "This `$` stands for itself, since no name follows it. `$$` would say so.";
    case "invalid":
      return `This is no variable, and ${reader} refuses the file for it. \`$$\` stands for one dollar sign.`;
    default:
      return ofVariable(model, found, part, workspace);
  }
}

function ofVariable(
  model: ComposeModel,
  { scalar, path }: InterpolatedScalar,
  use: VariableUse,
  workspace: WorkspaceView,
): string {
  // A stack knows of no `.env`.
  const values = model.dialect === "stack" ? undefined : workspace.environmentFile(".env");
  const lookup = (name: string): string | undefined =>
    values === undefined || values === "unknown" ? undefined : values.get(name);
  const secret = isSecret(use.name, scalar.text, path.at(-1));
  return [
    `**\`${use.name}\`** ${origin(scalar.text, use, lookup, (value) => shown(value, secret))}`,
    behaviour(use),
    values === "unknown" ? "Whether a `.env` beside this file sets it is not known." : undefined,
    "A value in the environment of whoever calls Compose comes first.",
  ]
    .filter((line) => line !== undefined)
    .join("\n\n");
}

/** By its own name, or by that of what it is the value of. */
function isSecret(name: string, text: string, key: PathStep | undefined): boolean {
  const owner = typeof key === "string" ? key : (/^([\w.-]+)=/.exec(text)?.[1] ?? "");
  return looksLikeSecretName(name) || looksLikeSecretName(owner);
}

function origin(
  text: string,
  use: VariableUse,
  lookup: (name: string) => string | undefined,
  show: (value: string) => string,
): string {
  const { operator, argument, within, name } = use;
  const found = lookup(name);
  const empty = operator?.startsWith(":") === true && found === "";
  if (found !== undefined && !empty) {
    if (operator?.endsWith("+") !== true) return `is ${show(found)}, from \`.env\`.`;
    return `is set in \`.env\`, so that ${show(substitute(text, within, lookup, argument).text)} takes its place.`;
  }
  const state = empty ? "is empty in `.env`" : "is not set in any file";
  if (argument === undefined || operator === undefined) {
    return `${state}: an empty text takes its place, with a warning.`;
  }
  if (operator.endsWith("?")) return `${state}: nothing starts.`;
  if (operator.endsWith("+")) return `${state}: an empty text takes its place.`;
  const fallback = substitute(text, within, lookup, argument);
  if (fallback.missing.length > 0) {
    return `${state}, and its default asks for \`${fallback.missing.join("`, `")}\`: nothing starts.`;
  }
  return `${state}: ${show(fallback.text)} takes its place, the default.`;
}

/** A secret is as many dots, however long it is. */
function shown(value: string, secret: boolean): string {
  if (value === "") return "an empty text";
  if (secret || knownToken(value) !== undefined) return "`••••••`";
  const login = credentialsInUrl(value);
  const plain = login === undefined ? value : `${value.slice(0, login.start)}••••••${value.slice(login.end)}`;
  const line = plain.split("\n", 1)[0] ?? "";
  const cut = line.length > 80 || line !== plain ? `${line.slice(0, 80)}…` : line;
  // A backtick within takes more of them around.
  return cut.includes("`") ? `\`\` ${cut} \`\`` : `\`${cut}\``;
}

function behaviour({ operator }: VariableUse): string | undefined {
  switch (operator) {
    case ":-":
      return "`:-` gives a default for a variable that is not set or empty.";
    case "-":
      return "`-` gives a default for a variable that is not set; an empty one stays empty.";
    case ":?":
      return "`:?` stops with a message where the variable is not set or empty.";
    case "?":
      return "`?` stops with a message where the variable is not set.";
    case ":+":
      return "`:+` puts in another text where the variable is set and not empty.";
    case "+":
      return "`+` puts in another text where the variable is set.";
    default:
      return undefined;
  }
}
