import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkFlags } from "../../server/src/cli/check-options.ts";
import { checkHelp } from "../../server/src/cli/help.ts";
import { pinFlags } from "../../server/src/cli/pin-options.ts";
import { parseConfig } from "../../server/src/engine/config.ts";
import { linter } from "../../server/src/linter.ts";

function page(name: string): string {
  return readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
}

function blocks(name: string, language: string): string[] {
  return [...page(name).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text]) =>
    found === language && text !== undefined ? [text] : [],
  );
}

describe("what the documentation shows", () => {
  test.each([
    "README.md",
    "docs/ci.md",
    "docs/configuration.md",
    "docs/suppressing.md",
    "docs/editors.md",
    "docs/pinning.md",
    "examples/README.md",
  ])("%s uses options of `check` and `pin` that exist", (name) => {
    for (const [command, flags] of Object.entries({ check: checkFlags, pin: pinFlags })) {
      const used = [...page(name).matchAll(new RegExp(`seaworthy ${command}([^\\n\`#]*)`, "g"))].flatMap(([, rest]) =>
        [...(rest ?? "").matchAll(/--([a-z-]+)/g)].map(([, option]) => option),
      );
      expect(Object.keys(flags)).toEqual(expect.arrayContaining([...new Set(used)]));
    }
  });

  test("docs/pinning.md speaks of every option of `pin`", () => {
    const { help: _, "no-color": __, config: ___, ...flags } = pinFlags;
    for (const name of Object.keys(flags)) expect(page("docs/pinning.md")).toContain(`--${name}`);
  });

  test("the help names every option", () => {
    for (const name of Object.keys(checkFlags)) expect(checkHelp()).toContain(`--${name}`);
  });

  test.each([
    ["README.md", (text: string) => text.startsWith("preset:")],
    ["docs/configuration.md", () => true],
    ["docs/suppressing.md", (text: string) => text.startsWith("rules:")],
  ])("configs in %s are understood", (name, wanted) => {
    const configs = blocks(name, "yaml").filter(wanted);
    expect(configs.length).toBeGreaterThan(0);
    for (const text of configs) expect(parseConfig(".seaworthy.yaml", text, linter.rules).problems).toEqual([]);
  });

  test("rules named in comments exist", () => {
    for (const name of ["README.md", "docs/suppressing.md"]) {
      const comments = [...blocks(name, "dockerfile"), ...blocks(name, "yaml")]
        .join("\n")
        .matchAll(/# seaworthy ignore(?:-file)? ([\w, -]+?)(?: --|$)/gm);
      const named = [...comments].flatMap(([, names]) => (names ?? "").split(",").map((one) => one.trim()));
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((one) => linter.names.find(one).length === 0)).toEqual([]);
    }
  });
});
