import { chmodSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { askShellCheck } from "../../server/src/hosts/shellcheck.ts";
import { runOnFiles } from "../../server/src/hosts/process.ts";
import { linter } from "../../server/src/linter.ts";
import { isLeftOut } from "../rules/real-shellcheck.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

const dockerfile = "FROM debian:13\nRUN for f in *.d; do rm $f; done\nUSER nobody\n";

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly { readonly rule: string; readonly code?: string; readonly range: unknown }[];
  }[];
}

async function check(folder: string, ...args: readonly string[]) {
  const terminal = fakeTerminal(folder);
  const exit = await run(["check", "--format", "json", ...args], terminal, linter);
  const report: Report = JSON.parse(terminal.printed() || '{"files":[]}');
  const found = report.files.flatMap(({ findings }) => findings).filter(({ rule }) => rule === "dockerfile/shellcheck");
  return { exit, found, told: terminal.told(), printed: terminal.printed() };
}

describe.skipIf(isLeftOut("dockerfile/shellcheck"))("with ShellCheck", () => {
  test("its findings are in the report, with their codes", async () => {
    const { found } = await check(folderWith({ Dockerfile: dockerfile }));
    expect(found).toEqual([
      expect.objectContaining({
        code: "SC2086",
        range: { start: { line: 1, character: 24 }, end: { line: 1, character: 26 } },
      }),
    ]);
  });

  test("many files", async () => {
    const names = Array.from({ length: 9 }, (_, index) => [`a${index}/Dockerfile`, dockerfile.replaceAll("f", "f")]);
    const { found } = await check(folderWith(Object.fromEntries(names)));
    expect(found).toHaveLength(9);
  });

  test("what is fixed is looked at again", async () => {
    const folder = folderWith({
      Dockerfile: "FROM debian:13\nRUN for f in *.d; do rm $f && touch `date`; done\nUSER nobody\n",
    });
    const { found } = await check(folder, "--fix-review");
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toContain('do rm "$f" && touch $(date);');
    expect(found.map(({ code }) => code)).toEqual(["SC2046"]);
  });

  test("standard input", async () => {
    const terminal = fakeTerminal(folderWith({}), { input: dockerfile });
    await run(["check", "--stdin-filename", "Dockerfile", "--min-severity", "hint"], terminal, linter);
    expect(terminal.printed()).toContain("SC2086");
  });

  test("its own configuration does not count", async () => {
    const { found } = await check(folderWith({ Dockerfile: dockerfile, ".shellcheckrc": "disable=all\n" }));
    expect(found).toHaveLength(1);
  });

  test.each([["--no-shellcheck"], ["--shellcheck="]])("%s leaves it out", async (flag) => {
    expect((await check(folderWith({ Dockerfile: dockerfile }), flag)).found).toEqual([]);
  });

  test("a rule that is off asks nobody", async () => {
    const folder = folderWith({ Dockerfile: dockerfile, ".seaworthy.yaml": "rules: { shellcheck: off }\n" });
    expect((await check(folder, "--shellcheck", "/no/such/program")).told).toBe("");
  });
});

test("a program that is not there is told of where a person named it", async () => {
  const { told, found, exit } = await check(folderWith({ Dockerfile: dockerfile }), "--shellcheck", "./none");
  expect(told + JSON.stringify(found)).toMatch(/none, so ShellCheck was not asked/);
  expect(exit).toBe(2);
});

test.skipIf(process.platform === "win32")("a program that says nonsense, or too long nothing, is told of", async () => {
  const folder = folderWith({ nonsense: "#!/bin/sh\necho what\n", slow: "#!/bin/sh\nexec sleep 60\n" });
  mkdirSync(join(folder, "temporary"));
  vi.stubEnv("TMPDIR", join(folder, "temporary"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const name of ["nonsense", "slow"]) chmodSync(join(folder, name), 0o755);
  expect(await askShellCheck(runOnFiles, join(folder, "nonsense"), ["a"])).toEqual({
    type: "failed",
    reason: "it gave no answer that can be read: what",
  });
  const slow = { program: join(folder, "slow"), args: [], files: new Map(), patience: 100 };
  expect(await runOnFiles(slow)).toEqual({ type: "failed", reason: "it took longer than 0.1 s" });
  expect(readdirSync(join(folder, "temporary")), "folders that were left").toEqual([]);
});
