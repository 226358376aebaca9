import type {
  DockerfileModel,
  FromInstruction,
  Pair,
  VariableInstruction,
} from "../../../languages/dockerfile/model.ts";
import { isPlatformArg } from "../../../languages/dockerfile/scope.ts";
import type { Span } from "../../../text/span.ts";

/** A variable that a `FROM` names, in its image or its platform. */
export interface FromVariable {
  readonly name: string;
  /** What stands behind the name in `${NAME…}`: empty, or an operator as `:-` with its word. */
  readonly modifier: string;
  /** From the `$` to the end of it. */
  readonly span: Span;
}

/** The variables of a `FROM`, in the order of the text; those within the default of another one included. */
export function fromVariables(from: FromInstruction): readonly FromVariable[] {
  const platform = from.flag("platform");
  return [
    ...(platform?.value === undefined || platform.valueSpan === undefined
      ? []
      : variablesOf(platform.value, platform.valueSpan)),
    ...(from.imageWord === undefined ? [] : variablesOf(from.imageWord.text, from.imageWord.span)),
  ];
}

/** The ARGs that every `FROM` sees: those before the first one. */
export function globalArguments(
  model: DockerfileModel,
): readonly { readonly pair: Pair; readonly instruction: VariableInstruction }[] {
  const found: { readonly pair: Pair; readonly instruction: VariableInstruction }[] = [];
  for (const instruction of model.instructions) {
    if (instruction.name === "FROM") break;
    if (instruction.name === "ARG") for (const pair of instruction.pairs) found.push({ pair, instruction });
  }
  return found;
}

/** Whether a `FROM` may use the variable although the file does not declare it. */
export function isPredefined(name: string): boolean {
  return isPlatformArg(name) || name.startsWith("BUILDKIT_");
}

function variablesOf(text: string, span: Span): readonly FromVariable[] {
  const direct = span.end - span.start === text.length;
  const found: FromVariable[] = [];
  for (const match of text.matchAll(
    /(?<![\\`])\$(?:\{([A-Za-z_]\w*)((?:\$\{[^}]*\}|[^}$]|\$\w+)*)\}|([A-Za-z_]\w*))/g,
  )) {
    const [written, braced, modifier = "", plain] = match;
    const name = braced ?? plain;
    // A builder refuses other operators, so that this is a template's placeholder or a slip of another kind.
    if (name === undefined || !/^(?:$|:?[-+?]|[#%/])/.test(modifier)) continue;
    const start = span.start + match.index;
    const place = direct ? { start, end: start + written.length } : span;
    found.push({ name, modifier, span: place });
    if (modifier.includes("$")) {
      const inner = start + 2 + name.length;
      found.push(...variablesOf(modifier, direct ? { start: inner, end: inner + modifier.length } : span));
    }
  }
  return found;
}
