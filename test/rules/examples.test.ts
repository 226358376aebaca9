import { describe, expect, it } from "vitest";
import type { Finding } from "../../server/src/engine/finding.ts";
import { fixAll } from "../../server/src/engine/fix.ts";
import type { Preset, Rule } from "../../server/src/engine/rule.ts";
import { linter } from "../../server/src/linter.ts";
import { exampleName } from "./case-file.ts";
import { asksShellCheck, isLeftOut } from "./real-shellcheck.ts";
import { registryImagesOfTags } from "./registry-block.ts";
import { configOf, type SmallWorkspace, smallWorkspace } from "./small-workspace.ts";

for (const rule of linter.rules) {
  describe.skipIf(isLeftOut(rule.id))(rule.id, () => {
    for (const [index, example] of rule.examples.entries()) {
      const { bad, good, fixed } = example;
      const name = example.path ?? exampleName(rule, bad);
      it(`example ${index + 1}: bad reports this rule and no other`, () => {
        expect(new Set(rulesIn(rule, example, name, bad, "recommended"))).toEqual(new Set([rule.id]));
      });
      it(`example ${index + 1}: messages are one line each`, () => {
        const texts = findingsIn(rule, example, name, bad, "recommended").flatMap(({ message, fixes }) => [
          message,
          ...fixes.map(({ title }) => title),
        ]);
        expect(texts.filter((text) => /[\r\n]/.test(text) || text.length > 240 || text.trim() !== text)).toEqual([]);
      });
      it(`example ${index + 1}: good is silent`, () => {
        expect(rulesIn(rule, example, name, good, "recommended")).toEqual([]);
      });
      if (rule.fix !== null && fixed !== false) {
        it(`example ${index + 1}: the fix of bad gives good`, () => {
          const workspace = workspaceOf(rule, example, name, bad, "recommended");
          const result = fixAll(bad, (text) => workspace.check(name, text), "review", { rules: [rule.id] });
          expect(result.text).toBe(good);
        });
      }
    }
  });
}

type Example = Rule["examples"][number];

function rulesIn(rule: Rule, example: Example, path: string, text: string, preset: Preset): readonly string[] {
  return findingsIn(rule, example, path, text, preset).map((finding) => finding.rule);
}

function findingsIn(rule: Rule, example: Example, path: string, text: string, preset: Preset): readonly Finding[] {
  const report = workspaceOf(rule, example, path, text, preset).check(path);
  expect(report, `${path} is a file of ours`).toBeDefined();
  return report?.findings ?? [];
}

function workspaceOf(rule: Rule, example: Example, path: string, text: string, preset: Preset): SmallWorkspace {
  const values = example.options === undefined ? undefined : { rule: rule.id, values: example.options };
  const config = configOf({ preset, also: [rule.id] }, values);
  const beside = Object.entries(example.files ?? {}).map(([name, content]) => ({ path: name, text: content }));
  return smallWorkspace([{ path, text }, ...beside], () => config, linter, {
    shellCheck: asksShellCheck(rule.id),
    registry: registryImagesOfTags(example.registry ?? {}),
  });
}
