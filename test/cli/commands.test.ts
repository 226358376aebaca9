import { describe, expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { linter } from "../../server/src/linter.ts";
import { version } from "../../server/src/reference/version.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

async function seaworthy(argv: readonly string[], folder = "/") {
  const terminal = fakeTerminal(folder);
  const code = await run(argv, terminal, linter);
  return { code, printed: terminal.printed(), told: terminal.told() };
}

describe("rules", () => {
  test("are listed in the shape that programs rely on", async () => {
    const { code, printed } = await seaworthy(["rules", "--format", "json"]);
    expect(code).toBe(0);
    const rules: Record<string, unknown>[] = JSON.parse(printed);
    expect(rules.map((rule) => rule["id"])).toEqual(linter.rules.map(({ id }) => id));
    for (const rule of rules) {
      expect(Object.keys(rule)).toEqual(["id", "kind", "category", "severity", "presets", "aliases", "fix", "summary"]);
    }
    expect(rules.find((rule) => rule["id"] === "image/floating-tag")).toMatchObject({
      kind: "image",
      presets: ["recommended", "strict", "all"],
      aliases: expect.arrayContaining(["hadolint:DL3007"]),
    });
  });

  test("are listed for people, those of one preset alone if asked to", async () => {
    const all = await seaworthy(["rules"]);
    for (const { id } of linter.rules) expect(all.printed).toContain(`  ${id} `);
    const some = await seaworthy(["rules", "--preset", "minimal"]);
    expect(some.printed).toContain("dockerfile/syntax ");
    expect(some.printed).not.toContain("image/missing-digest ");
  });

  test("take no names", async () => {
    expect(await seaworthy(["rules", "sudo"])).toMatchObject({
      code: 2,
      told: expect.stringContaining("seaworthy explain sudo"),
    });
  });
});

describe("explain", () => {
  test.each(["image/floating-tag", "floating-tag", "hadolint:DL3007", "DL3007", "dl3007"])("knows %s", async (name) => {
    const { code, printed } = await seaworthy(["explain", name]);
    expect(code).toBe(0);
    expect(printed).toMatch(/^image\/floating-tag\n/);
    expect(printed).toContain("docs/rules/image/floating-tag.md");
  });

  test("tells of every rule that goes by a name, once", async () => {
    const { printed } = await seaworthy(["explain", "missing-healthcheck", "dockerfile/missing-healthcheck"]);
    expect(printed.match(/^(?:dockerfile|compose)\/missing-healthcheck$/gm)?.sort()).toEqual([
      "compose/missing-healthcheck",
      "dockerfile/missing-healthcheck",
    ]);
  });

  test("has something to say of every rule, without a line too wide", async () => {
    for (const rule of linter.rules) {
      const { code, printed } = await seaworthy(["explain", rule.id]);
      expect(code).toBe(0);
      expect(printed).toContain(rule.summary.slice(0, 40));
      const prose = printed.slice(0, printed.indexOf("Instead of"));
      expect(Math.max(...prose.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    }
  });

  test("says what was probably meant", async () => {
    expect(await seaworthy(["explain", "floating-tga"])).toMatchObject({
      code: 2,
      told: expect.stringContaining("did you mean `floating-tag`?"),
    });
    expect(await seaworthy(["explain"])).toMatchObject({ code: 2, told: expect.stringContaining("which rule?") });
  });
});

test("a command that is not there is told, with what was probably meant", async () => {
  expect(await seaworthy(["chekc"])).toMatchObject({ code: 2, told: expect.stringContaining("did you mean `check`?") });
  const folder = folderWith({ Dockerfile: "FROM a:1\n" });
  expect(await seaworthy(["Dockerfile"], folder)).toMatchObject({
    code: 2,
    told: expect.stringContaining("`seaworthy check Dockerfile`"),
  });
  expect(await seaworthy(["--fix"])).toMatchObject({ code: 2, told: expect.stringContaining("seaworthy check --fix") });
});

test("help and version", async () => {
  expect(await seaworthy(["-V"])).toEqual({ code: 0, printed: `${version}\n`, told: "" });
  expect(await seaworthy(["--help"])).toMatchObject({
    code: 0,
    printed: expect.stringContaining("seaworthy <command>"),
  });
  for (const command of ["check", "rules", "explain", "lsp"]) {
    const wanted = { code: 0, printed: expect.stringContaining(`seaworthy ${command}`) };
    expect(await seaworthy([command, "--help"])).toMatchObject(wanted);
    expect(await seaworthy(["help", command])).toMatchObject(wanted);
  }
  expect(await seaworthy([])).toMatchObject({ code: 2, printed: "" });
});
