import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KeyProblem } from "../../languages/compose/keys.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { renameKey } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { runsOn } from "./shared/key-fixes.ts";
import { shortened } from "./shared/key-words.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "invalid-name",
  summary: "A service, volume, secret or config has a name that Compose refuses.",
  why: `Names of services, volumes, secrets and configs are made of letters, digits, dots, hyphens and underscores. With a blank or any other character in
one of them Compose refuses the whole file. Names of networks are taken as they are, but a service cannot refer to an odd one in the long form.

The new name has to go wherever the old one is used: in \`depends_on\`, in mounts, in the addresses by which other services call this one.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:schema", "dclint:invalid-schema"],
  references: ["https://docs.docker.com/reference/compose-file/services/"],
  fix: "review",
  examples: [{ bad: composeWith({ name: "my api" }), good: composeWith({ name: "my-api" }) }],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const problem of model.keyProblems) {
    if (problem.type !== "wrong-name") continue;
    const { entry, what } = problem;
    yield {
      at: entry.keySpan,
      message: `\`${shortened(entry.key)}\` is no name for ${what}: use letters, digits, \`.\`, \`-\` and \`_\` alone.`,
      fixes: () => fixesOf(model, problem),
    };
  }
}

function fixesOf(model: ComposeModel, { entry, place }: KeyProblem & { readonly type: "wrong-name" }): readonly Fix[] {
  const name = entry.key
    .trim()
    .replace(/[^\w.-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  // Below a service it refers to something that has that name elsewhere.
  if (name === "" || place.path.length !== 2) return [];
  if (runsOn(model, entry)) return [];
  const edits = renameKey(model.document, entry, name);
  return reviewed(`Rename it to \`${name}\` (do so where it is used, too)`, edits);
}
