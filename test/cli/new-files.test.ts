import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { defineRule, type Rule } from "../../server/src/engine/rule.ts";
import { createLinter } from "../../server/src/linter.ts";
import { folderOf, joinPath } from "../../server/src/text/path.ts";
import { metadata } from "../engine/sample-rules.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

/** Says what is known of the files around; where there is no ignore file, a fix writes one. */
const around = defineRule("dockerfile", {
  ...metadata("around", { severity: "warning", preset: "minimal", fix: "review" }),
  reads: "workspace",
  *check(model, _options, workspace) {
    const found = workspace.packageJson();
    const start = found === "unknown" ? found : (found?.scripts["start"] ?? "none");
    const script = workspace.script("run.sh");
    const exec = script === undefined || script === "unknown" ? String(script) : script.shell?.exec;
    const ignore = workspace.ignoreFile();
    if (ignore?.present === true) return;
    yield {
      at: { start: 0, end: 4 },
      message: `start: ${start}, exec: ${exec}, yarn: ${workspace.contextHas("yarn.lock")}`,
      fixes: () => {
        const path = joinPath(folderOf(workspace.path), ".dockerignore");
        return [
          { title: "Write one", safety: "review", edits: [], creates: [{ path, text: `# ${model.stages.length}\n` }] },
        ];
      },
    };
  },
});

/** Wants a line in the ignore file that is there. */
const wanting = defineRule("dockerfile", {
  ...metadata("wanting", { severity: "warning", preset: "minimal", fix: "review" }),
  reads: "workspace",
  *check(_model, _options, workspace) {
    const file = workspace.ignoreFile();
    const patterns = workspace.ignorePatterns();
    if (file?.present !== true || patterns === undefined || patterns.includes("line")) return;
    const appends = [{ path: file.path, lines: ["line"] }];
    yield {
      at: { start: 0, end: 4 },
      message: "No line.",
      fixes: [{ title: "Add it", safety: "review", edits: [], appends }],
    };
  },
});

/** Moves the word behind `FROM` into a file of a folder. */
const moving = defineRule("dockerfile", {
  ...metadata("moving", { severity: "warning", preset: "minimal", fix: "review" }),
  *check(model, _options, workspace) {
    if (!model.text.startsWith("FROM node")) return;
    const path = joinPath(folderOf(workspace.path), "moved/here/name.txt");
    const edits = [{ span: { start: 5, end: 9 }, text: "scratch" }];
    yield {
      at: { start: 5, end: 9 },
      message: "A name.",
      fixes: [{ title: "Move it", safety: "review", edits, creates: [{ path, text: "node" }] }],
    };
  },
});

const check = (folder: string, ...argv: string[]) => checkWith(around, folder, ...argv);

async function checkWith(rule: Rule, folder: string, ...argv: string[]) {
  const terminal = fakeTerminal(folder);
  const code = await run(["check", ...argv], terminal, createLinter([rule]));
  return { code, printed: terminal.printed(), told: terminal.told() };
}

const dockerfile = 'FROM node\nCOPY . /\nENTRYPOINT ["/run.sh"]\n';

describe("files around a Dockerfile", () => {
  test("are known as they are", async () => {
    const folder = folderWith({
      "api/Dockerfile": dockerfile,
      "api/package.json": '{"scripts": {"start": "node a.js"}}',
      "api/run.sh": "#!/bin/sh\nexec node a.js\n",
      "api/yarn.lock": "",
    });
    expect((await check(folder)).printed).toContain("start: node a.js, exec: last, yarn: true");
  });

  test("are not known where they are too large", async () => {
    const large = folderWith({ Dockerfile: dockerfile, "run.sh": `${"# long\n".repeat(50_000)}exec a\n` });
    expect((await check(large)).printed).toContain("start: none, exec: unknown");
  });
});

describe("a fix that adds lines to another file", () => {
  test("is written by --fix-review and shown by --diff", async () => {
    const folder = folderWith({ Dockerfile: dockerfile, ".dockerignore": "a\r\nb" });
    const { printed } = await checkWith(wanting, folder, "--diff", "--fix-review");
    expect(printed).toContain("--- a/.dockerignore\n+++ b/.dockerignore\n");
    expect(printed).toContain("+line");
    expect(await checkWith(wanting, folder, "--fix-review")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe("a\r\nb\r\nline\r\n");
  });
});

describe("a fix that makes a file", () => {
  test("is written by --fix-review, and what is told afterwards knows of it", async () => {
    const folder = folderWith({ Dockerfile: dockerfile });
    expect((await check(folder, "--fix")).code).toBe(1);
    expect(existsSync(join(folder, ".dockerignore"))).toBe(false);
    expect(await check(folder, "--fix-review")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe("# 1\n");
  });

  test("is written once for two Dockerfiles", async () => {
    const folder = folderWith({ "a.Dockerfile": dockerfile, "b.Dockerfile": `FROM a\n${dockerfile}` });
    expect(await check(folder, "--fix-review")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, ".dockerignore"), "utf8")).toBe("# 1\n");
  });

  test("is shown by --diff", async () => {
    const folder = folderWith({ Dockerfile: dockerfile });
    const { printed } = await check(folder, "--diff", "--fix-review");
    expect(printed).toBe("--- /dev/null\n+++ b/.dockerignore\n@@ -0,0 +1,1 @@\n+# 1\n");
    expect(existsSync(join(folder, ".dockerignore"))).toBe(false);
  });

  test("is shown once by --diff, with what another file's fix adds to it", async () => {
    const folder = folderWith({ "a.Dockerfile": dockerfile, "b.Dockerfile": dockerfile });
    const terminal = fakeTerminal(folder);
    const code = await run(["check", "--diff", "--fix-review"], terminal, createLinter([around, wanting]));
    expect(terminal.told()).not.toContain("no such file");
    expect(code).toBe(1);
    expect(terminal.printed()).toBe("--- /dev/null\n+++ b/.dockerignore\n@@ -0,0 +1,2 @@\n+# 1\n+line\n");
    expect(existsSync(join(folder, ".dockerignore"))).toBe(false);
  });

  test("never takes the place of another", async () => {
    const folder = folderWith({ Dockerfile: dockerfile });
    // nothing to read, and still in the way
    symlinkSync("nowhere", join(folder, ".dockerignore"));
    const { code, told } = await check(folder, "--fix-review");
    expect(code).toBe(2);
    expect(told).toContain(".dockerignore: there is such a file already");
  });

  test("is written with the folders that it is in", async () => {
    const folder = folderWith({ "api/Dockerfile": dockerfile });
    expect(await checkWith(moving, folder, "--fix-review")).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "api/moved/here/name.txt"), "utf8")).toBe("node");
    expect(readFileSync(join(folder, "api/Dockerfile"), "utf8")).toMatch(/^FROM scratch\n/);
  });

  test("keeps the file that it is made from as it is where it cannot be written", async () => {
    const folder = folderWith({ "api/Dockerfile": dockerfile, "api/moved": "a file in the way" });
    const { code, told } = await checkWith(moving, folder, "--fix-review");
    expect(code).toBe(2);
    expect(told).toContain("Dockerfile: left as it is, since a file that its fixes need was not written");
    expect(readFileSync(join(folder, "api/Dockerfile"), "utf8")).toBe(dockerfile);
  });

  test("is not made of what comes on standard input", async () => {
    const folder = folderWith({});
    const terminal = fakeTerminal(folder, { input: dockerfile });
    await run(["check", "--stdin-filename", "Dockerfile", "--fix-review", "-"], terminal, createLinter([around]));
    expect(terminal.printed()).toBe(dockerfile);
    expect(existsSync(join(folder, ".dockerignore"))).toBe(false);
  });
});
