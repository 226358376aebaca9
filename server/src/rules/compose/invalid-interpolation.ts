import { defineRule, type EditFix, type Fix, type Problem } from "../../engine/rule.ts";
import { type InterpolatedScalar, type Interpolation, placeOf } from "../../languages/compose/interpolation.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insert, replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { composeWith } from "./shared/example.ts";

export default defineRule("compose", {
  slug: "invalid-interpolation",
  summary: "A `$` starts something that is no variable, and the whole file is refused.",
  why: `Values of a Compose file are templates: \`$NAME\` and \`\${NAME}\` are filled in before anything starts, with \`:-\`, \`-\`, \`:?\`, \`?\`, \`:+\` and
\`+\` behind the name. Anything else in \`\${…}\` is an error, and no service of the file starts, whichever one it stands in.

It is most often meant for a shell in the container, which knows \`\${NAME/x/y}\`, \`\${#NAME}\` or \`\${1}\`, or for another template language: a
doubled \`$$\` hands a single one on. \`docker stack deploy\` is stricter still and wants every \`$\` doubled that starts no variable.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/interpolation/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["environment:", '  GREETING: "${1:-hello}"'] }),
      good: composeWith({ own: ["environment:", '  GREETING: "$${1:-hello}"'] }),
    },
  ],
  *check(model) {
    for (const found of model.interpolated) {
      for (const part of invalidParts(found.parts)) yield problem(model, found, part.at);
    }
  },
});

function* invalidParts(parts: readonly Interpolation[]): Iterable<Interpolation> {
  for (const part of parts) {
    if (part.kind === "invalid") yield part;
    else if (part.kind === "variable") yield* invalidParts(part.within);
  }
}

function problem(model: ComposeModel, { scalar }: InterpolatedScalar, at: Span): Problem {
  const written = scalar.text.slice(at.start, at.end);
  const place = placeOf(model, scalar, at);
  const advice =
    written === "$" ? "write `$$`" : "write `$$` for a plain dollar sign, else `${NAME}` or `${NAME:-default}`";
  const who = model.dialect === "stack" ? "`docker stack deploy`" : "Compose";
  return {
    at: place,
    message: `\`${firstLine(written)}\` is no variable, and ${who} refuses the file for it: ${advice}.`,
    fixes: () => fixes(model, place, written),
  };
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function fixes(model: ComposeModel, place: Span, written: string): readonly Fix[] {
  const { text } = model.document;
  // Behind an escape such as `\x24` the place is not that of the sign.
  if (text[place.start] !== "$") return [];
  const escape: EditFix = {
    title: "Write `$$`: the container gets a single `$`",
    safety: "review",
    edits: [insert(place.start, "$")],
  };
  const mended = text.slice(place.start, place.end) === written ? asVariable(written) : undefined;
  if (mended === undefined) return [escape];
  const variable: EditFix = {
    title: `Write \`${mended}\`: Compose puts in the variable's value`,
    safety: "review",
    edits: [replace(place, mended)],
  };
  return /^\$\{\w+:=/.test(written) ? [escape, variable] : [variable, escape];
}

/** What was meant, where it is a slip: a missing brace, blanks around the name, the shell's `:=`. */
function asVariable(written: string): string | undefined {
  const name = /^\$\{\s*([A-Za-z_]\w*)\s*\}?$/.exec(written)?.[1];
  if (name !== undefined) return `\${${name}}`;
  const assigned = /^\$\{([A-Za-z_]\w*):=([^{}]*)\}$/.exec(written);
  return assigned === null ? undefined : `\${${assigned[1] ?? ""}:-${assigned[2] ?? ""}}`;
}
