import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { peers } from "../../server/src/reference/peers.ts";
import type { Fix, Rule } from "../../server/src/engine/rule.ts";
import { createLinter, linter } from "../../server/src/linter.ts";
import { exampleName, parseCases } from "../rules/case-file.ts";
import { asksShellCheck, isLeftOut } from "../rules/real-shellcheck.ts";
import { registryImagesOfTags } from "../rules/registry-block.ts";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";
import { filesUnder, root, textOf } from "./files.ts";
import { rulesInFiles } from "./rule-files.ts";

const found = await rulesInFiles();

describe.each(found)("$rule.id", ({ path, kind, slug, rule }) => {
  const casesPath = `test/rules/${kind}/${slug}.md`;
  const cases = existsSync(join(root, casesPath)) ? parseCases(textOf(casesPath), kind) : [];
  const reporting = cases.filter(({ files }) => files.some(({ marks }) => marks.some((mark) => mark.rule === rule.id)));

  it("is named after its file", () => {
    expect(`server/src/rules/${rule.id}.ts`).toBe(path);
  });

  it(`has cases in ${casesPath}, some that report and some that are silent`, () => {
    expect(reporting.length, "cases that report").toBeGreaterThan(0);
    expect(cases.length - reporting.length, "cases that are silent").toBeGreaterThan(0);
  });

  it.skipIf(isLeftOut(rule.id))("shows its fix in a case, unless it needs the network", () => {
    if (rule.fix === null || onlyDeferred(rule)) return;
    expect(reporting.some(({ fixed }) => fixed.length > 0)).toBe(true);
  });

  it.skipIf(isLeftOut(rule.id))("has fixes as its metadata says", () => {
    const seen = new Set(fixesIn(rule).map(({ safety }) => safety));
    expect(seen.has("safe") ? "safe" : seen.has("review") ? "review" : null).toBe(rule.fix);
  });

  it("has aliases that are codes of known tools", () => {
    const wrong = rule.aliases.filter((alias) => {
      const colon = alias.indexOf(":");
      return peers[alias.slice(0, colon)]?.codes.test(alias.slice(colon + 1)) !== true;
    });
    expect(wrong).toEqual([]);
    expect(new Set(rule.aliases).size).toBe(rule.aliases.length);
  });

  it("is documented", () => {
    expect(rule.summary).toMatch(/^[A-Z`][^\n]*\.$/);
    expect(rule.why.length).toBeGreaterThan(80);
    expect(rule.examples.length).toBeGreaterThan(0);
    for (const reference of rule.references) expect(URL.canParse(reference), reference).toBe(true);
    for (const [name, option] of Object.entries(rule.options)) {
      expect(name).toMatch(/^[a-z][A-Za-z]*$/);
      expect(option.description).toMatch(/^\S[^\n]*\.$/);
    }
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

/** The fixes of a rule's bad examples. */
function fixesIn(rule: Rule): readonly Fix[] {
  const engine = createLinter([...linter.rules.filter(({ id }) => id !== rule.id), rule]);
  return rule.examples.flatMap(({ bad, path, files = {}, options, registry = {} }) => {
    const name = path ?? exampleName(rule, bad);
    const values = options === undefined ? undefined : { rule: rule.id, values: options };
    const config = configOf({ preset: "recommended", also: [rule.id] }, values, { engine });
    const beside = Object.entries(files).map(([other, text]) => ({ path: other, text }));
    const asked = { shellCheck: asksShellCheck(rule.id), registry: registryImagesOfTags(registry) };
    const report = smallWorkspace([{ path: name, text: bad }, ...beside], () => config, engine, asked).check(name);
    return (report?.findings ?? []).filter((finding) => finding.rule === rule.id).flatMap(({ fixes }) => fixes);
  });
}

function onlyDeferred(rule: Rule): boolean {
  const fixes = fixesIn(rule);
  return fixes.length > 0 && fixes.every((fix) => "resolve" in fix);
}

describe("rules", () => {
  it("no two have the same id", () => {
    const ids = found.map(({ rule }) => rule.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("every file of cases belongs to a rule", () => {
    const ids = new Set(found.map(({ rule }) => `test/rules/${rule.id}.md`));
    expect(filesUnder("test/rules", ".md").filter((path) => !ids.has(path))).toEqual([]);
  });
});
