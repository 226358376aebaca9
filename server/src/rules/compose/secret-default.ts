import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { isPlainLiteral, looksLikeSecretName } from "../../knowledge/secrets.ts";
import {
  type InterpolatedScalar,
  placeOf,
  type VariableUse,
  variableUses,
} from "../../languages/compose/interpolation.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import { composeWith } from "./shared/example.ts";

export default defineRule("compose", {
  slug: "secret-default",
  summary: "A password or key has a default that everyone can read.",
  why: `\`\${DB_PASSWORD:-changeme}\` starts everywhere, also where nobody set a password: then the one that stands in the repository opens the
database, and nothing tells. \`\${DB_PASSWORD:?}\` stops \`docker compose up\` and names what is missing.

For trying something out a default is handy, and many published files have one for that. Keep it in a file for development, or in a \`.env.example\`
that people copy.`,
  category: "secrets",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/interpolation/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["environment:", "  DB_PASSWORD: ${DB_PASSWORD:-changeme}"] }),
      good: composeWith({ own: ["environment:", "  DB_PASSWORD: ${DB_PASSWORD:?}"] }),
    },
  ],
  *check(model) {
    if (model.role === "development") return;
    for (const found of model.interpolated) {
      for (const use of variableUses(found.parts)) {
        if (isSecretDefault(found, use)) yield problem(model, found, use);
      }
    }
  },
});

function isSecretDefault({ scalar }: InterpolatedScalar, { name, operator, argument }: VariableUse): boolean {
  if (argument === undefined || (operator !== ":-" && operator !== "-") || !looksLikeSecretName(name)) return false;
  const text = scalar.text.slice(argument.start, argument.end).trim();
  // A path, an address, a switch; another variable may hold anything.
  return (
    text !== "" && !isUnknownText(text) && !/^[./~]|:\/\//.test(text) && (/^\d+$/.test(text) || !isPlainLiteral(text))
  );
}

function problem(model: ComposeModel, { scalar }: InterpolatedScalar, use: VariableUse): Problem {
  const { name, argument, at } = use;
  const place = placeOf(model, scalar, argument ?? at);
  return {
    at: place,
    message: `Where \`${name}\` is not set, the default in this file opens the door: ask for a value with \`\${${name}:?}\`.`,
    fixes: (): readonly Fix[] => {
      const whole = placeOf(model, scalar, at);
      const { text } = model.document;
      if (text.slice(whole.start, whole.end) !== scalar.text.slice(at.start, at.end)) return [];
      // `?` wants it set, `:?` set and not empty.
      const mark = use.operator === "-" ? "?" : ":?";
      return [
        {
          title: `Ask for \`${name}\` (nothing starts where it is not set)`,
          safety: "review",
          edits: [replace(whole, `\${${name}${mark}}`)],
        },
      ];
    },
  };
}
