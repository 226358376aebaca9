import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { defineRule, type RuleMetadata } from "../../server/src/engine/rule.ts";
import { createLinter } from "../../server/src/linter.ts";
import { insert, replace } from "../../server/src/text/edit.ts";
import { fakeTerminal, type FakeTerminal, folderWith } from "./fake-terminal.ts";

const metadata = {
  summary: "A rule of this test.",
  why: "It is here to be found.",
  category: "correctness",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL0001"],
  references: [],
  examples: [],
} as const satisfies Partial<RuleMetadata>;

/** `RUN bad` is a warning with a safe fix. */
const bad = defineRule("dockerfile", {
  ...metadata,
  slug: "bad",
  severity: "warning",
  fix: "safe",
  *check(model) {
    for (const { name, words } of model.instructions) {
      const [word] = words;
      if (name !== "RUN" || word?.value !== "bad") continue;
      yield {
        at: word.span,
        message: "`bad` is bad.",
        fixes: [{ title: "Say `good`", safety: "safe", edits: [replace(word.span, "good")] }],
      };
    }
  },
});

/** No USER is an error with a fix to be looked at. */
const noUser = defineRule("dockerfile", {
  ...metadata,
  slug: "no-user",
  severity: "error",
  fix: "review",
  *check(model) {
    const stage = model.finalStage;
    if (stage === undefined || stage.last("USER") !== undefined) return;
    yield {
      at: stage.from.keywordSpan,
      message: "There is no `USER`.",
      fixes: [{ title: "Add one", safety: "review", edits: [insert(model.text.length, "USER app\n")] }],
    };
  },
});

/** A hint on every WORKDIR. */
const workdir = defineRule("dockerfile", {
  ...metadata,
  slug: "workdir",
  severity: "hint",
  fix: null,
  *check(model) {
    for (const { name, keywordSpan } of model.instructions) {
      if (name === "WORKDIR") yield { at: keywordSpan, message: "A `WORKDIR`." };
    }
  },
});

/** A service that builds an image without a user is told so, which takes knowledge of the Dockerfile. */
const builtAsRoot = defineRule("compose", {
  ...metadata,
  slug: "built-as-root",
  severity: "info",
  reads: "workspace",
  fix: null,
  *check(model, _options, workspace) {
    for (const service of model.services) {
      if (service.build === undefined) continue;
      const facts = workspace.dockerfile("Dockerfile") ?? workspace.dockerfile("sub/Dockerfile");
      if (facts?.dockerfile !== undefined && facts.dockerfile.user === undefined) {
        yield {
          at: service.keySpan,
          message: "Built to run as root.",
          related: [{ at: { start: 0, end: 4 }, path: facts.path, message: "built here" }],
        };
      }
    }
  },
});

/** Tells what is known of the patterns that a `COPY . .` heeds. */
const copied = defineRule("dockerfile", {
  ...metadata,
  slug: "copied",
  severity: "info",
  reads: "workspace",
  fix: null,
  *check(model, _options, workspace) {
    const copy = model.instructions.find(({ name }) => name === "COPY");
    if (copy !== undefined) yield { at: copy.keywordSpan, message: `patterns: ${String(workspace.ignorePatterns())}` };
  },
});

const linter = createLinter([bad, noUser, workdir, builtAsRoot, copied]);

async function check(folder: string | FakeTerminal, ...argv: string[]) {
  const terminal = typeof folder === "string" ? fakeTerminal(folder) : folder;
  const code = await run(["check", ...argv], terminal, linter);
  return { code, printed: terminal.printed(), told: terminal.told() };
}

async function findings(folder: string, ...argv: string[]): Promise<string[]> {
  const { printed } = await check(folder, "--format", "json", ...argv);
  const report: { files: { path: string; findings: { rule: string }[] }[] } = JSON.parse(printed);
  return report.files.flatMap((file) => file.findings.map((finding) => `${file.path} ${finding.rule}`));
}

const clean = "FROM a:1\nUSER b\n";

describe("exit codes", () => {
  test.each([
    ["nothing found", clean, [], 0],
    ["a hint alone", `${clean}WORKDIR /a\n`, ["--min-severity", "hint"], 0],
    ["a warning", `${clean}RUN bad\n`, [], 1],
    ["an error", "FROM a:1\n", [], 1],
    ["as many warnings as are allowed", `${clean}RUN bad\n`, ["--max-warnings", "1"], 0],
    ["one warning too many", `${clean}RUN bad\nRUN bad\n`, ["--max-warnings=1"], 1],
    ["an error, whatever the warnings", "FROM a:1\n", ["--max-warnings", "5"], 1],
    ["a warning that is left out", `${clean}RUN bad\n`, ["--min-severity", "error"], 0],
    ["an option that is not there", clean, ["--fxi"], 2],
    ["a path that is not there", clean, ["nowhere"], 2],
    ["a baseline that is not there", clean, ["--baseline", "nowhere.json"], 2],
    ["a config file that is not there", clean, ["--config", "nowhere.yaml"], 2],
  ])("%s", async (_name, text, argv, expected) => {
    const { code, told } = await check(folderWith({ Dockerfile: text }), ...argv);
    expect(code).toBe(expected);
    if (expected === 2) expect(told).toMatch(/nowhere|did you mean `--fix`/);
  });

  test("a file that was asked for and cannot be read is a failure, one that was come across is not", async () => {
    const folder = folderWith({ "a/Dockerfile": clean });
    // a link to itself can be read by nobody, root included
    symlinkSync("Dockerfile", join(folder, "Dockerfile"));
    expect(await check(folder)).toMatchObject({ code: 0 });
    writeFileSync(join(folder, "large.yaml"), Buffer.alloc(10_000_001, "#"));
    expect(await check(folder)).toMatchObject({ code: 0, told: "seaworthy: large.yaml: larger than 10 MB\n" });
    expect(await check(folder, "large.yaml", "a")).toMatchObject({ code: 2, printed: "No problems in 1 file\n" });
  });

  test("a fix that cannot be written is a failure", async () => {
    const folder = folderWith({});
    writeFileSync(join(folder, "Dockerfile"), Buffer.from("46524f4d20610a23e90a52554e206261640a", "hex"));
    expect(await check(folder, "--fix")).toMatchObject({
      code: 2,
      told: "seaworthy: Dockerfile: not UTF-8, so it was not fixed\n",
    });
  });

  test("a folder without files of ours is no failure, and is told of", async () => {
    const { code, told } = await check(folderWith({ "readme.md": "" }));
    expect({ code, told }).toEqual({
      code: 0,
      told: expect.stringContaining("no Dockerfile, Compose file or Kubernetes manifest"),
    });
  });
});

describe("json", () => {
  test("has the shape that programs rely on", async () => {
    const { printed } = await check(folderWith({ "api/Dockerfile": `${clean}RUN bad\n` }), "--format", "json");
    expect(JSON.parse(printed)).toEqual({
      version: 1,
      files: [
        {
          path: "api/Dockerfile",
          kind: "dockerfile",
          findings: [
            {
              rule: "dockerfile/bad",
              severity: "warning",
              message: "`bad` is bad.",
              range: { start: { line: 2, character: 4 }, end: { line: 2, character: 7 } },
              aliases: ["hadolint:DL0001"],
              fixes: [{ title: "Say `good`", safety: "safe" }],
            },
          ],
          suppressed: [],
        },
      ],
      summary: {
        files: 1,
        filesWithFindings: 1,
        errors: 0,
        warnings: 1,
        infos: 0,
        hints: 0,
        suppressed: 0,
        fixable: { safe: 1, review: 0 },
        fixed: 0,
        notices: [],
      },
    });
  });

  test("says what was silenced and why", async () => {
    const text = `${clean}# seaworthy ignore bad -- it is not\nRUN bad\n`;
    const { code, printed } = await check(folderWith({ Dockerfile: text }), "--format=json");
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toHaveProperty(
      "files.0.suppressed.0",
      expect.objectContaining({ rule: "dockerfile/bad", by: "directive", reason: "it is not" }),
    );
  });
});

describe("paths", () => {
  const compose = "services:\n  web:\n    build: .\n";

  test("files under one path see each other, files of two paths do not", async () => {
    const folder = folderWith({
      "a/compose.yaml": "services:\n  web:\n    build: ../sub\n",
      "sub/Dockerfile": "FROM a:1\n",
    });
    expect(await findings(folder)).toContain("a/compose.yaml compose/built-as-root");
    const apart = folderWith({
      "1/compose.yaml": "services:\n  web:\n    image: a:1\n    build: ./x\n",
      "2/Dockerfile": "FROM a:1\n",
    });
    expect(await findings(apart, "1", "2")).toEqual(["2/Dockerfile dockerfile/no-user"]);
  });

  test("a file named itself knows the files it refers to", async () => {
    const folder = folderWith({ "compose.yaml": compose, Dockerfile: "FROM a:1\n" });
    expect(await findings(folder, "compose.yaml")).toEqual(["compose.yaml compose/built-as-root"]);
  });

  test("a Dockerfile knows what its build leaves out", async () => {
    const folder = folderWith({
      ".git/HEAD": "",
      "compose.yaml": "services:\n  web:\n    build: { context: ., dockerfile: docker/Dockerfile }\n",
      ".dockerignore": "root\n",
      "docker/Dockerfile": `${clean}COPY . .\n`,
      "docker/web.Dockerfile": `${clean}COPY . .\n`,
      "docker/web.Dockerfile.dockerignore": "own\n",
      // its context may be its own folder or the root
      "doubtful/Dockerfile": `${clean}COPY . .\n`,
    });
    for (const paths of [
      ["."],
      ["docker", "doubtful"],
      ["docker/Dockerfile", "docker/web.Dockerfile", "doubtful/Dockerfile"],
    ]) {
      const { printed } = await check(folder, "--format", "github", ...paths);
      expect(printed).toContain("docker/Dockerfile:3:1: patterns: root ");
      expect(printed).toContain("docker/web.Dockerfile:3:1: patterns: own ");
      expect(printed).toContain("doubtful/Dockerfile:3:1: patterns: unknown ");
    }
    expect((await check(join(folder, "docker"))).printed).toContain("patterns: root");
    const none = folderWith({ Dockerfile: `${clean}COPY . .\n` });
    expect((await check(none, "Dockerfile")).printed).toContain("patterns: undefined");
  });

  test("points into other files by line and column", async () => {
    const folder = folderWith({ "compose.yaml": compose, Dockerfile: "FROM a:1\n" });
    const { printed } = await check(folder, "compose.yaml");
    expect(printed).toContain("see Dockerfile:1: built here");
  });

  test("a file named itself is checked even where git ignores it", async () => {
    const folder = folderWith({ ".gitignore": "Dockerfile\n", Dockerfile: "FROM a:1\n" });
    expect(await findings(folder)).toEqual([]);
    expect(await findings(folder, "Dockerfile")).toEqual(["Dockerfile dockerfile/no-user"]);
  });

  test("a path given twice counts once", async () => {
    const folder = folderWith({ Dockerfile: "FROM a:1\n" });
    expect(await findings(folder, ".", folder)).toHaveLength(1);
  });

  test("a file that is none of ours is told of, but not a YAML file", async () => {
    const folder = folderWith({ "notes.txt": "", "ci.yaml": "on: push\n" });
    expect((await check(folder, "notes.txt")).told).toContain("notes.txt: neither a Dockerfile nor");
    expect((await check(folder, "ci.yaml")).told).not.toContain("neither");
  });
});

describe("config", () => {
  test("the nearest one holds, and --preset wins over it", async () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".seaworthy.yaml": "rules:\n  no-user: off\n",
      "a/Dockerfile": "FROM a:1\n",
      "b/.seaworthy.json": '{ "rules": { "no-user": "info" } }',
      "b/c/Dockerfile": "FROM a:1\n",
    });
    expect(await findings(folder)).toEqual(["b/c/Dockerfile dockerfile/no-user"]);
    expect(await findings(join(folder, "a"))).toEqual([]);
    expect((await check(folder)).code).toBe(0);
  });

  test("one given by name holds for all files", async () => {
    const folder = folderWith({
      "other.yaml": "rules:\n  no-user: off\n",
      "a/.seaworthy.yaml": "rules: {}\n",
      "a/Dockerfile": "FROM a:1\n",
    });
    expect(await findings(folder, "--config", "other.yaml")).toEqual([]);
  });

  test("exclude leaves files out, those named themselves too", async () => {
    const folder = folderWith({ ".seaworthy.yaml": "exclude: [vendor]\n", "vendor/a/Dockerfile": "FROM a:1\n" });
    expect(await findings(folder)).toEqual([]);
    expect(await findings(folder, "vendor/a/Dockerfile")).toEqual([]);
  });

  test("a slip in it is told with its place, a broken one ends the check", async () => {
    const folder = folderWith({ ".seaworthy.yaml": "rules:\n  no-usr: off\n", Dockerfile: clean });
    const slip = await check(folder);
    expect(slip.code).toBe(0);
    expect(slip.told).toMatch(/^\.seaworthy\.yaml:2:3: warning: .*`no-user`/);
    writeFileSync(join(folder, ".seaworthy.yaml"), "rules: [\n");
    const broken = await check(folder);
    expect(broken).toMatchObject({ code: 2, printed: "" });
    expect(broken.told).toMatch(/^\.seaworthy\.yaml:\d+:\d+: error: /);
  });

  test("one above the repository does not count", async () => {
    const folder = folderWith({
      ".seaworthy.yaml": "rules:\n  no-user: off\n",
      "repo/.git/HEAD": "",
      "repo/Dockerfile": "FROM a:1\n",
    });
    expect(await findings(join(folder, "repo"))).toHaveLength(1);
  });
});

describe("fixing", () => {
  const text = "FROM a:1\r\nRUN bad\r\n";

  test("--fix writes safe fixes alone and reports what is left", async () => {
    const folder = folderWith({ Dockerfile: `\ufeff${text}` });
    const { code, printed } = await check(folder, "--fix");
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe("\ufeffFROM a:1\r\nRUN good\r\n");
    expect(code).toBe(1);
    expect(printed).toContain("Fixed 1 problem in 1 file");
    expect(printed).toContain("dockerfile/no-user");
    expect(printed).not.toContain("dockerfile/bad");
  });

  test("--fix-review writes the others too, and what was fixed no longer counts", async () => {
    const folder = folderWith({ Dockerfile: text });
    const { code } = await check(folder, "--fix-review");
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe("FROM a:1\r\nRUN good\r\nUSER app\n");
    expect(code).toBe(0);
  });

  test("other files see what was fixed", async () => {
    const folder = folderWith({
      "a-compose.yaml": "",
      "compose.yaml": "services:\n  web:\n    build: .\n",
      Dockerfile: "FROM a:1\n",
    });
    expect(await findings(folder)).toContain("compose.yaml compose/built-as-root");
    expect(await findings(folder, "--fix-review")).toEqual([]);
  });

  test("--diff shows what would change and writes nothing", async () => {
    const folder = folderWith({ "api/Dockerfile": "FROM a:1\nRUN bad\n" });
    const { code, printed } = await check(folder, "--diff");
    expect(code).toBe(1);
    expect(printed).toBe(
      "--- a/api/Dockerfile\n+++ b/api/Dockerfile\n@@ -1,2 +1,2 @@\n FROM a:1\n-RUN bad\n+RUN good\n",
    );
    expect(readFileSync(join(folder, "api/Dockerfile"), "utf8")).toBe("FROM a:1\nRUN bad\n");
    expect(await check(folderWith({ Dockerfile: clean }), "--diff")).toMatchObject({ code: 0, printed: "" });
  });

  test("a file that is not UTF-8 is checked but not written", async () => {
    const folder = folderWith({});
    const bytes = Buffer.concat([Buffer.from("FROM a:1\n# caf"), Buffer.from([0xe9]), Buffer.from("\nRUN bad\n")]);
    writeFileSync(join(folder, "Dockerfile"), bytes);
    const { told, printed } = await check(folder, "--fix");
    expect(told).toContain("Dockerfile: not UTF-8");
    expect(printed).toContain("dockerfile/bad");
    expect(readFileSync(join(folder, "Dockerfile"))).toEqual(bytes);
  });
});

describe("standard input", () => {
  test("is checked as the file it stands for", async () => {
    const folder = folderWith({ ".seaworthy.yaml": "rules:\n  no-user: off\n" });
    const { code, printed } = await check(
      fakeTerminal(folder, { input: "FROM a:1\nRUN bad\n" }),
      "--stdin-filename",
      "web/Dockerfile",
    );
    expect(code).toBe(1);
    expect(printed).toContain("web/Dockerfile");
    expect(printed).not.toContain("no-user");
    expect(existsSync(join(folder, "web"))).toBe(false);
  });

  test("comes back fixed, the findings beside it", async () => {
    const terminal = fakeTerminal(folderWith({}), { input: "FROM a:1\nRUN bad\n" });
    const { printed, told } = await check(terminal, "--stdin-filename", "Dockerfile", "--fix");
    expect(printed).toBe("FROM a:1\nRUN good\n");
    expect(told).toContain("dockerfile/no-user");
  });

  test.each(["notes.txt", "vendor/Dockerfile"])("comes back as it was where it is not looked at: %s", async (name) => {
    const folder = folderWith({ ".seaworthy.yaml": "exclude: [vendor]\n" });
    const { code, printed } = await check(
      fakeTerminal(folder, { input: "RUN bad\n" }),
      "--stdin-filename",
      name,
      "--fix",
    );
    expect({ code, printed }).toEqual({ code: 0, printed: "RUN bad\n" });
  });
});

describe("baseline", () => {
  test("accepts what was there, wherever it moves, and nothing new", async () => {
    const folder = folderWith({ "api/Dockerfile": `${clean}RUN bad\n` });
    const path = join(folder, "api", "Dockerfile");
    expect((await check(folder, "--write-baseline", "baseline.json")).code).toBe(0);
    expect(await check(folder, "--baseline", "baseline.json")).toMatchObject({ code: 0 });
    writeFileSync(path, `# moved\n\n${clean}RUN bad\n`);
    expect((await check(folder, "--baseline", "baseline.json")).code).toBe(0);
    expect((await check(join(folder, "api"), "--baseline", "../baseline.json")).code).toBe(0);
    writeFileSync(path, `${clean}RUN bad\nRUN bad\n`);
    expect((await check(folder, "--baseline", "baseline.json")).code).toBe(1);
    writeFileSync(path, clean);
    expect((await check(folder, "--baseline", "baseline.json")).told).toContain("1 entry of baseline.json");
  });

  test("keeps the entries of files that were not checked", async () => {
    const folder = folderWith({ "a/Dockerfile": "FROM a:1\n", "b/Dockerfile": "FROM a:1\n" });
    await check(folder, "--write-baseline", "baseline.json");
    writeFileSync(join(folder, "a/Dockerfile"), clean);
    await check(folder, "a", "--baseline", "baseline.json", "--write-baseline", "baseline.json");
    expect((await check(folder, "--baseline", "baseline.json")).code).toBe(0);
    expect(readFileSync(join(folder, "baseline.json"), "utf8")).not.toContain('"a/Dockerfile"');
  });

  test("that is no baseline is misuse", async () => {
    const folder = folderWith({ Dockerfile: clean, "baseline.json": "[]" });
    expect((await check(folder, "--baseline", "baseline.json")).code).toBe(2);
  });
});

describe("progress", () => {
  test("is never written to a pipe", async () => {
    const { told } = await check(folderWith({ Dockerfile: clean }));
    expect(told).toBe("");
  });
});
