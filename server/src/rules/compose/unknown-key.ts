import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KeyRecord } from "../../languages/compose/keys.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { type SetOptions, removeEntry, removePath, renameKey, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { joined } from "../shared/joined-edits.ts";
import { composeWith } from "./shared/example.ts";
import { runsOn } from "./shared/key-fixes.ts";
import { type KeyGuess, guessKey } from "./shared/key-guess.ts";
import { recordWords, shortened } from "./shared/key-words.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "unknown-key",
  summary: "A key that Compose does not know, so that it refuses the file.",
  why: `Compose holds a file against its list of keys and starts nothing where one is not on it. It names the first of them alone, and for many
neither line nor remedy. Mostly the key is misspelt, is indented too far or not far enough, or belongs to another tool.

Keys that begin with \`x-\` are extensions: Compose passes them over almost everywhere, which makes them the place for anchors and for notes to other
tools. In a stack file the keys of both commands are known here; what \`docker stack deploy\` refuses of them is told by another rule. The list goes up to
Compose 2.40 and what is known of later releases: of a key that is newer still, switch the rule off for its line.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:schema", "dclint:invalid-schema"],
  references: [
    "https://docs.docker.com/reference/compose-file/",
    "https://docs.docker.com/reference/compose-file/extension/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["enviroment:", "  LOG_LEVEL: info"] }),
      good: composeWith({ own: ["environment:", "  LOG_LEVEL: info"] }),
    },
    {
      bad: composeWith({ image: ["build:", "  context: .", "dockerfile: docker/Dockerfile"] }),
      good: composeWith({ image: ["build:", "  context: .", "  dockerfile: docker/Dockerfile"] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const problem of model.keyProblems) {
    if (problem.type !== "unknown-key") continue;
    const { entry, record, place } = problem;
    const guess = guessKey(entry, record, place.records.slice(1));
    yield {
      at: entry.keySpan,
      message: `${complaint(entry, record)}${advice(entry, record, guess)}`,
      fixes: () => fixesOf(model, entry, record, guess),
    };
  }
}

function complaint({ key }: YamlEntry, record: KeyRecord): string {
  const words = recordWords(record);
  return `\`${shortened(key)}\` is no ${words === "" ? "top-level key" : `key of ${words}`}`;
}

function advice({ key }: YamlEntry, record: KeyRecord, guess: KeyGuess | undefined): string {
  switch (guess?.type) {
    case "name":
      return `: did you mean \`${guess.name}\`?`;
    case "outside":
      return guess.of === "" ? ": it stands at the top level." : `: it belongs to ${guess.of}, further out.`;
    case "inside":
      return `: it stands under \`${guess.path.join(".")}\`.`;
    case "service":
      return ": a service stands under `services`.";
    case "of-service":
      return ": it is one of a service, so it stands under `services` and a service's name.";
    case "indented":
      return `: \`${guess.part}\` is indented too far, if it is to stand beside \`services\`.`;
    case "blank":
      return ": a blank behind the colon makes a map of the item; take it away or quote the whole.";
    default:
      return record.extensions
        ? `, so Compose refuses the file: remove it, or call it \`x-${shortened(key)}\`.`
        : ", so Compose refuses the file: remove it.";
  }
}

function fixesOf(
  model: ComposeModel,
  entry: YamlEntry,
  record: KeyRecord,
  guess: KeyGuess | undefined,
): readonly Fix[] {
  const { document } = model;
  const { key } = entry;
  const fixes: Fix[] = [];
  if (runsOn(model, entry)) return fixes;
  const add = (title: string, edits: ReturnType<typeof renameKey>): void => {
    if (edits !== undefined && edits.length > 0) fixes.push({ title, safety: "review", edits });
  };
  if (guess?.type === "name") {
    add(`Rename it to \`${guess.name}\` (what it says takes effect)`, renameKey(document, entry, guess.name));
  } else if (guess?.type === "outside" || guess?.type === "inside") {
    const { value } = entry;
    const plain =
      value.type === "scalar" && value.tag === undefined && value.anchor === undefined && value.alias === undefined;
    if (plain && value.value !== null) {
      const owner = guess.type === "outside" ? guess.record : record;
      const from = record.path.slice(owner.path.length);
      const to = guess.type === "outside" ? [key] : [...guess.path, key];
      // Before the map it comes from, so that what is taken away and what is added do not meet.
      const [first = ""] = from;
      const position: SetOptions = guess.type === "outside" ? { position: { before: [first] } } : {};
      const edits = record.item
        ? undefined
        : joined(document.text, [
            removePath(document, owner.map, [...from, key]),
            setPath(document, owner.map, to, value.value, position),
          ]);
      add(
        `Move it to ${guess.type === "outside" ? guess.of : `\`${guess.path.join(".")}\``} (what it says takes effect)`,
        edits,
      );
    }
  } else if (guess === undefined && record.extensions && /^[\w.-]+$/.test(key) && entry.value.anchor !== undefined) {
    add(`Rename it to \`x-${key}\`, an extension`, renameKey(document, entry, `x-${key}`));
  }
  if (fixes.length === 0 && (guess === undefined || "path" in guess || guess.type === "name")) {
    add(`Remove \`${shortened(key)}\` (Compose refuses it)`, removeEntry(document, record.map, key));
  }
  return fixes;
}
