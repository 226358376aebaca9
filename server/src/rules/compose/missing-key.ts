import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KeyProblem } from "../../languages/compose/keys.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import type { YamlMap } from "../../languages/yaml/node.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { recordWords } from "./shared/key-words.ts";

export default defineRule("compose", {
  slug: "missing-key",
  summary: "A key is missing without which Compose refuses the file.",
  why: `Some maps make no sense without one of their keys: a mount without a \`type\`, a dependency in its long form without a \`condition\`, a GPU without
\`capabilities\`. Compose refuses the whole file for it and starts nothing.

Overrides and services that extend another one are left alone, since the key may come from there.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:schema", "dclint:invalid-schema"],
  references: ["https://docs.docker.com/reference/compose-file/services/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        own: ["volumes:", "  - source: ./api.conf", "    target: /etc/api.conf", "    read_only: true"],
      }),
      good: composeWith({
        own: [
          "volumes:",
          "  - type: bind",
          "    source: ./api.conf",
          "    target: /etc/api.conf",
          "    read_only: true",
        ],
      }),
    },
  ],
  *check(model) {
    for (const problem of model.keyProblems) {
      if (problem.type === "missing-key") yield problemOf(model, problem);
    }
  },
});

type Missing = KeyProblem & { readonly type: "missing-key" };

function problemOf(model: ComposeModel, problem: Missing): Problem {
  const { at, name, place } = problem;
  const words = recordWords({ path: place.path, item: place.list !== undefined });
  return {
    at,
    message: `${words.charAt(0).toUpperCase()}${words.slice(1)} needs \`${name}\`, without which Compose refuses the file.`,
    fixes: () => fixesOf(model, problem),
  };
}

function fixesOf(model: ComposeModel, { name, map, place }: Missing): readonly Fix[] {
  const value = valueFor(name, map, place.path);
  if (value === undefined) return [];
  const first = map.entries[0]?.key;
  const position = name === "type" && first !== undefined ? { position: { before: [first] } } : {};
  const edits = setPath(model.document, map, [name], value.value, position);
  return reviewed(`Add \`${name}: ${value.words}\` (${value.why})`, edits);
}

interface Guess {
  readonly value: YamlValue;
  readonly words: string;
  readonly why: string;
}

function valueFor(name: string, map: YamlMap, path: readonly string[]): Guess | undefined {
  if (name === "type" && path.at(-1) === "volumes") {
    if (map.get("tmpfs") !== undefined) return { value: "tmpfs", words: "tmpfs", why: "it has options of one" };
    const source = scalarText(map.get("source")?.value);
    if (source === undefined) return { value: "volume", words: "volume", why: "an anonymous one" };
    return /^(?:[./~]|[a-z]:)/i.test(source)
      ? { value: "bind", words: "bind", why: "its source is a path" }
      : { value: "volume", words: "volume", why: "its source is a name" };
  }
  if (name === "condition")
    return { value: "service_started", words: "service_started", why: "does not wait until it is ready" };
  if (name === "capabilities") return { value: ["gpu"], words: "[gpu]", why: "if it is a GPU" };
  if (name === "action") return { value: "rebuild", words: "rebuild", why: "builds the image anew on each change" };
  return undefined;
}
