import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { Pair } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import { isKnownKey } from "./shared/labels.ts";

export default defineInstructionRule({
  slug: "invalid-label-key",
  summary: "A label's key is reserved for Docker or breaks the form of label keys.",
  why: `Docker takes any key, but what reads labels (filters, registries, policies, \`docker inspect\` in scripts) expects the form that Docker recommends: small letters and
digits, parted by \`.\`, \`-\`, \`_\` or \`/\`, beginning with a letter. Keys are compared letter by letter, so \`Version\` and \`version\` are two labels. What begins with
\`com.docker.\`, \`io.docker.\` or \`org.dockerproject.\` belongs to Docker, whose tools may set or read it in their own way; Docker Desktop's extensions are the exception
and need theirs.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["hadolint:DL3048", "tally:labels/valid-key"],
  references: ["https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations"],
  fix: "review",
  examples: [
    {
      bad: 'FROM alpine:3.23\nLABEL com.example.Build_Number="42"\nUSER nobody\n',
      good: 'FROM alpine:3.23\nLABEL com.example.build_number="42"\nUSER nobody\n',
    },
  ],
  instructions: ["LABEL"],
  suspects: ({ pairs }) => pairs.some(({ name }) => isKnownKey(name) && faultOf(name) !== undefined),
  *check({ pairs }) {
    for (const pair of pairs) {
      const fault = isKnownKey(pair.name) ? faultOf(pair.name) : undefined;
      if (fault !== undefined) yield { at: pair.nameSpan, message: fault, fixes: () => renamed(pair) };
    }
  },
});

const reserved: readonly string[] = ["com.docker.", "io.docker.", "org.dockerproject."];

/** Labels that Docker asks the authors of its Desktop's extensions for. */
const extensions: readonly string[] = ["com.docker.desktop.", "com.docker.extension."];

function faultOf(key: string): string | undefined {
  const owner = reserved.find((prefix) => key.startsWith(prefix));
  if (owner !== undefined && !extensions.some((prefix) => key.startsWith(prefix))) {
    return `\`${owner}*\` is reserved for Docker: begin \`${key}\` with a domain of your own, turned round, as \`com.example.\`.`;
  }
  if (/^[^a-z]/i.test(key)) return `The label key \`${key}\` does not begin with a letter: name it so that it does.`;
  if (/[A-Z]/.test(key)) {
    return `The label key \`${key}\` has capital letters, which make it another label than \`${key.toLowerCase()}\`: write it small.`;
  }
  const alien = /[^a-z0-9._/-]/.exec(key)?.[0];
  if (alien !== undefined) {
    return `The label key \`${key}\` holds ${alien === "`" ? "a backtick" : alien.trim() === "" ? "a blank" : `\`${alien}\``}: use small letters, digits, \`.\`, \`-\`, \`_\` and \`/\` only.`;
  }
  const doubled = /\.\.|--/.exec(key)?.[0];
  if (doubled !== undefined)
    return `The label key \`${key}\` holds \`${doubled}\`: write a single \`${doubled[0] ?? ""}\`.`;
  if (!/[a-z0-9]$/.test(key))
    return `The label key \`${key}\` does not end with a letter or a digit: name it so that it does.`;
  return undefined;
}

function renamed({ name, nameSpan }: Pair): readonly Fix[] {
  const better = name
    .toLowerCase()
    .replaceAll(/\.{2,}/g, ".")
    .replaceAll(/-{2,}/g, "-");
  if (better === name || faultOf(better) !== undefined) return [];
  return [
    {
      title: `Rename it to \`${better}\` (what reads it by its old name no longer finds it)`,
      safety: "review",
      edits: [replace(nameSpan, better)],
    },
  ];
}
