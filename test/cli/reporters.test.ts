import { describe, expect, test } from "vitest";
import { coloured, paintFor, plain } from "../../server/src/cli/paint.ts";
import { githubReport } from "../../server/src/cli/reporters/github.ts";
import { stylishReport } from "../../server/src/cli/reporters/stylish.ts";
import type { CheckResult, LocatedFinding } from "../../server/src/cli/result.ts";
import { columnsOf, printable, wrap } from "../../server/src/cli/width.ts";

const floating: LocatedFinding = {
  rule: "image/floating-tag",
  severity: "warning",
  message: "`node:latest` is whatever was pushed last; name a version.",
  range: { start: { line: 0, character: 5 }, end: { line: 0, character: 16 } },
  fixes: [],
  related: [],
  excerpt: { text: "FROM node:latest", cut: 0 },
  fingerprint: "0123456789abcdef",
};

const noUser: LocatedFinding = {
  ...floating,
  rule: "dockerfile/missing-user",
  message: "The container runs as root; add `USER node`.",
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
  fixes: [
    {
      title: "Add `USER node`",
      safety: "review",
      replacements: [
        { range: { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } }, text: "USER node\n" },
      ],
      creates: [],
      appends: false,
    },
  ],
};

const sudo: LocatedFinding = {
  ...floating,
  rule: "dockerfile/sudo",
  severity: "error",
  message: "Leave out `sudo`.",
  range: { start: { line: 11, character: 4 }, end: { line: 11, character: 8 } },
  excerpt: { text: "RUN\tsudo ls", cut: 0 },
  fixes: [{ title: "Remove it", safety: "safe", replacements: [], creates: [], appends: false }],
};

function resultWith(findings: readonly LocatedFinding[], more: Partial<CheckResult> = {}): CheckResult {
  return {
    files: [
      {
        path: "api/Dockerfile",
        absolutePath: "/w/api/Dockerfile",
        kind: "dockerfile",
        failOn: "warning",
        findings,
        suppressed: [],
        fixed: [],
      },
      {
        path: "b.yaml",
        absolutePath: "/w/b.yaml",
        kind: "kubernetes",
        failOn: "warning",
        findings: [],
        suppressed: [],
        fixed: [],
      },
    ],
    notices: [],
    hidden: 0,
    ...more,
  };
}

describe("stylish", () => {
  const options = { paint: plain, columns: 100, fix: undefined } as const;

  test("shows each line of source once, its places marked, and below it what is wrong", () => {
    expect(stylishReport(resultWith([noUser, floating, sudo]), options)).toMatchInlineSnapshot(`
      "api/Dockerfile
        1 │ FROM node:latest
          │ ^^^^ ^^^^^^^^^^^
           1:1   warning  The container runs as root; add \`USER node\`.  dockerfile/missing-user [review]
           1:6   warning  \`node:latest\` is whatever was pushed last; name a version.  image/floating-tag

       12 │ RUN sudo ls
          │     ^^^^
           12:5  error    Leave out \`sudo\`.  dockerfile/sudo [fix]

      1 error and 2 warnings in 1 of 2 files
      1 marked [fix] can be fixed with --fix: what is built and run stays the same
      1 marked [review] can be fixed with --fix-review: look at the result (--diff --fix-review shows it)
      "
    `);
  });

  test("puts the gravest first where several are at one place", () => {
    const text = stylishReport(
      resultWith([{ ...noUser, severity: "info" }, noUser, { ...noUser, severity: "error" }]),
      options,
    );
    expect([...text.matchAll(/ (error|warning|note) {2,}/g)].map(([, word]) => word)).toEqual([
      "error",
      "warning",
      "note",
    ]);
  });

  test("breaks long messages to the width of the terminal", () => {
    const long = { ...floating, message: "word ".repeat(60).trim() };
    const lines = stylishReport(resultWith([long]), { ...options, columns: 80 }).split("\n");
    expect(Math.max(...lines.filter((line) => line.includes("word")).map((line) => line.length))).toBeLessThanOrEqual(
      80,
    );
  });

  test("cuts a long line around the place", () => {
    const text = `${"x".repeat(150)} TARGET ${"y".repeat(200)}`;
    const finding = {
      ...floating,
      range: { start: { line: 0, character: 151 }, end: { line: 0, character: 157 } },
      excerpt: { text, cut: 0 },
    };
    const [, source, mark] = stylishReport(resultWith([finding]), options).split("\n");
    expect(source?.length).toBeLessThanOrEqual(100);
    expect(source?.slice(mark?.indexOf("^"), (mark?.lastIndexOf("^") ?? 0) + 1)).toBe("TARGET");
  });

  test("marks below wide characters", () => {
    const finding = {
      ...floating,
      range: { start: { line: 0, character: 5 }, end: { line: 0, character: 6 } },
      excerpt: { text: "# 日本 x", cut: 0 },
    };
    const [, , mark] = stylishReport(resultWith([finding]), options).split("\n");
    expect(mark).toBe("   │        ^");
  });

  test("lets nothing from a file steer the terminal", () => {
    const evil = { ...floating, message: "a \u001b[2Jb", excerpt: { text: "FROM \u001b]0;x\u0007node", cut: 0 } };
    expect(stylishReport(resultWith([evil]), options)).not.toContain("\u001b");
  });

  test("points to places that explain a finding", () => {
    const range = { start: { line: 4, character: 2 }, end: { line: 4, character: 3 } };
    const finding = { ...floating, related: [{ path: "web/compose.yaml", range, message: "built here" }] };
    expect(stylishReport(resultWith([finding]), options)).toContain("see web/compose.yaml:5: built here\n");
    const near = { ...floating, related: [{ path: "api/Dockerfile", range, message: "first here" }] };
    expect(stylishReport(resultWith([near]), options)).toContain("see line 5: first here\n");
  });

  test("says what was left out, and what was fixed", () => {
    const [first, second] = resultWith([]).files;
    if (first === undefined || second === undefined) throw new Error("two files");
    const files = [{ ...first, suppressed: [{ ...sudo, by: "directive", reason: undefined } as const] }, second];
    const text = stylishReport({ files, notices: [], hidden: 3 }, options);
    expect(text).toBe(
      "No problems in 2 files\n3 milder findings not shown (--min-severity hint) · 1 accepted by comments or the baseline\n",
    );
    const mended = [{ ...first, fixed: [{ rule: "dockerfile/sudo", title: "Remove it" }] }, second];
    expect(stylishReport({ files: mended, notices: [], hidden: 0 }, { ...options, fix: "safe" })).toBe(
      "Fixed 1 problem in 1 file\nNo problems in 2 files\n",
    );
  });
});

describe("github", () => {
  test("writes one annotation for each finding and escapes what would end it early", () => {
    const finding = { ...floating, message: "50% of\r\n`a,b:c`" };
    const [file] = resultWith([finding]).files;
    if (file === undefined) throw new Error("a file");
    const text = githubReport({ files: [{ ...file, path: "a,b:c/Dockerfile" }], notices: [], hidden: 0 });
    expect(text.split("\n")[0]).toBe(
      "::warning title=image/floating-tag,file=a%2Cb%3Ac/Dockerfile,line=1,endLine=1,col=6,endColumn=16::a,b:c/Dockerfile:1:6: 50%25 of%0D%0A`a,b:c` (image/floating-tag)",
    );
  });

  test("gives no columns for a place of several lines", () => {
    const finding = { ...floating, range: { start: { line: 0, character: 5 }, end: { line: 2, character: 1 } } };
    expect(githubReport(resultWith([finding]))).toContain("line=1,endLine=3::");
  });
});

describe("colours", () => {
  test.each([
    [{ noColor: false, interactive: true }, {}, true],
    [{ noColor: false, interactive: false }, {}, false],
    [{ noColor: false, interactive: true }, { NO_COLOR: "1" }, false],
    [{ noColor: false, interactive: true }, { NO_COLOR: "" }, true],
    [{ noColor: false, interactive: false }, { FORCE_COLOR: "1" }, true],
    [{ noColor: false, interactive: true }, { FORCE_COLOR: "0" }, false],
    [{ noColor: false, interactive: true }, { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    [{ noColor: true, interactive: true }, { FORCE_COLOR: "1" }, false],
    [{ noColor: false, interactive: true }, { TERM: "dumb" }, false],
  ])("%j with %j: %s", (wanted, env, expected) => {
    expect(paintFor(wanted, env)).toBe(expected ? coloured : plain);
  });

  test("come even though the test's own output is no terminal", () => {
    expect(coloured("red", "x")).toBe("\u001b[31mx\u001b[39m");
  });
});

describe("text", () => {
  test("is as wide as a terminal shows it", () => {
    expect(columnsOf("abc")).toBe(3);
    expect(columnsOf("日本")).toBe(4);
    expect(columnsOf("e\u0301")).toBe(1);
    expect(columnsOf("🚢")).toBe(2);
  });

  test("keeps its length when control characters are made visible", () => {
    const text = "a\tb\u001bc\u202ed";
    expect(printable(text)).toBe("a b\ufffdc\ufffdd");
    expect(printable(text)).toHaveLength(text.length);
  });

  test("is broken at blanks", () => {
    expect(wrap("aa bb cc", 5)).toEqual(["aa bb", "cc"]);
    expect(wrap("aaaaaaaa b", 5)).toEqual(["aaaaaaaa", "b"]);
    expect(wrap("", 5)).toEqual([""]);
  });
});
