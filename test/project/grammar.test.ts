import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";

const root = join(import.meta.dirname, "../..");
const grammar: { patterns: { match: string }[]; scopeName: string } = JSON.parse(
  readFileSync(join(root, "syntaxes/directives.tmLanguage.json"), "utf8"),
);

/** What the grammar colours in a comment: the word behind `seaworthy`, the names, the reason. */
function coloured(comment: string): { word: string; names: readonly string[]; reason: string | undefined } | undefined {
  const match = new RegExp(grammar.patterns[0]?.match ?? "").exec(comment);
  if (match === null) return undefined;
  return { word: match[2] ?? "", names: (match[3] ?? "").match(/[A-Za-z0-9_./:-]+/g) ?? [], reason: match[5] };
}

/** What the engine reads in it. */
function read(comment: string): ReturnType<typeof coloured> {
  const text = `${comment}\nFROM node:latest\n`;
  const report = smallWorkspace([{ path: "Dockerfile", text }], () => configOf({ preset: "all" }, undefined)).check(
    "Dockerfile",
  );
  const [directive] = report?.directives ?? [];
  return directive === undefined
    ? undefined
    : {
        word: directive.scope === "file" ? "ignore-file" : "ignore",
        names: directive.names.map(({ name }) => name),
        reason: directive.reason,
      };
}

it.each([
  "# seaworthy ignore floating-tag",
  "# seaworthy ignore floating-tag, DL3007 -- rebuilt every night",
  "#seaworthy ignore image/floating-tag",
  "# seaworthy ignore-file missing-user -- started by an init system",
  "# seaworthy is the name of this ship",
  "# seaworthy ignored it",
  "# a plain comment",
])("colours what the engine reads: %s", (comment) => {
  expect(coloured(comment)).toEqual(read(comment));
});

it("is contributed to the languages of our files", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(manifest.contributes.grammars).toEqual([
    {
      scopeName: grammar.scopeName,
      path: "./syntaxes/directives.tmLanguage.json",
      injectTo: ["source.dockerfile", "source.yaml"],
    },
  ]);
});
