import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../server/src/engine/rule.ts";
import { createLinter, linter } from "../../server/src/linter.ts";
import { parseCases } from "./case-file.ts";
import { configOf, smallWorkspace } from "./small-workspace.ts";

const config = configOf({ preset: "all", also: [] }, { rule: "compose/syntax", values: {} });
const curious = createLinter(linter.rules.map(withoutKeys));

/** The keys that a rule names spare it documents without them; it must have nothing to say of those. */
describe("the keys that a rule waits for hide nothing", () => {
  for (const kind of ["compose", "kubernetes"]) {
    for (const name of readdirSync(join(import.meta.dirname, kind)).filter((file) => file.endsWith(".md"))) {
      it(`${kind}/${name}`, () => {
        for (const { files } of parseCases(readFileSync(join(import.meta.dirname, kind, name), "utf8"), kind)) {
          const sparing = smallWorkspace(files, () => config, linter);
          const looking = smallWorkspace(files, () => config, curious);
          for (const { path, text } of files) {
            const told = [sparing, looking].map((workspace) =>
              workspace.check(path)?.findings.map(({ at, rule, message }) => `${at.start} ${rule} ${message}`),
            );
            expect(told[0], text).toEqual(told[1]);
          }
        }
      });
    }
  }
});

function withoutKeys(rule: Rule): Rule {
  const { keys, ...rest } = rule;
  return keys === undefined ? rule : rest;
}
