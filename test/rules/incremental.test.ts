import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseFile } from "../../server/src/languages/index.ts";
import type { Rule } from "../../server/src/engine/rule.ts";
import { createLinter, linter, type Report } from "../../server/src/linter.ts";
import { createWorkspace, factsOf, type RegistryImages } from "../../server/src/workspace/index.ts";
import { parseCases } from "./case-file.ts";
import { configOf } from "./small-workspace.ts";

const folder = join(import.meta.dirname, "dockerfile");
const config = configOf({ preset: "all", also: [] }, { rule: "dockerfile/syntax", values: {} });

function check(text: string, previous?: Report, engine = linter, registry?: RegistryImages): Report | undefined {
  const workspace = createWorkspace();
  if (registry !== undefined) workspace.setRegistryImages(registry);
  return engine.check({
    file: { path: "Dockerfile", text },
    config,
    workspace: workspace.view("Dockerfile"),
    ...(previous === undefined ? {} : { previous }),
  });
}

function told(report: Report | undefined): readonly string[] {
  return (report?.findings ?? []).map(({ at, rule, message }) => `${at.start}-${at.end} ${rule} ${message}`);
}

/** Each text without one of its lines that change what the others mean, and with another base image or shell. */
function* edited(text: string): Generator<string> {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (/^(?:FROM|SHELL|ENV|ARG|USER|WORKDIR|#\s*escape)\b/i.test(line)) yield lines.toSpliced(index, 1).join("\n");
    if (/^FROM /i.test(line))
      yield lines.toSpliced(index, 1, "FROM mcr.microsoft.com/windows/servercore:ltsc2022").join("\n");
    if (/^FROM /i.test(line))
      yield lines.toSpliced(index + 1, 0, 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]').join("\n");
  }
}

/** What is kept from the last check of a file must never show: an edit elsewhere may change what an instruction means. */
describe("a check that goes on from the last one says what a fresh one says", () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
    it(name, () => {
      for (const { files, registry } of parseCases(readFileSync(join(folder, name), "utf8"), "dockerfile")) {
        for (const { path, text } of files) {
          if (!/Dockerfile/i.test(path)) continue;
          const checked = (of: string, previous?: Report) => check(of, previous, linter, registry);
          const first = checked(text);
          for (const after of edited(text)) {
            const next = checked(after, first);
            expect(told(next), after).toEqual(told(checked(after)));
            expect(told(checked(text, next)), text).toEqual(told(first));
          }
        }
      }
    });
  }
});

/** What a file tells the others is taken over from its last reading where that is plain to see: it must be what it would tell anew. */
describe("facts that go on from the last ones are those of a fresh reading", () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
    it(name, () => {
      for (const { files } of parseCases(readFileSync(join(folder, name), "utf8"), "dockerfile")) {
        for (const { path, text } of files) {
          const parsed = /Dockerfile/i.test(path) ? parseFile({ path: "Dockerfile", text }) : undefined;
          if (parsed === undefined) continue;
          const before = { parsed, facts: factsOf(parsed) };
          for (const after of [...edited(text), ...typed(text)]) {
            const next = parseFile({ path: "Dockerfile", text: after }, {}, parsed);
            if (next !== undefined) expect(factsOf(next, before), after).toEqual(factsOf(next));
          }
        }
      }
    });
  }
});

/** Each text with a word behind one of its lines. */
function* typed(text: string): Generator<string> {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) yield lines.toSpliced(index, 1, `${line} yarn`).join("\n");
}

/** The look at the characters that spares most instructions the closer one must let through all that the closer one would find. */
describe("what an instruction mentions hides nothing", () => {
  const curious = createLinter(linter.rules.map(withoutMentions));
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
    it(name, () => {
      for (const { files } of parseCases(readFileSync(join(folder, name), "utf8"), "dockerfile")) {
        for (const { path, text } of files) {
          if (/Dockerfile/i.test(path)) expect(told(check(text)), text).toEqual(told(check(text, undefined, curious)));
        }
      }
    });
  }
});

function withoutMentions(rule: Rule): Rule {
  return rule.each === undefined ? rule : { ...rule, each: { ...rule.each, mentions: undefined } };
}
