import { describe, expect, test } from "vitest";
import { type Flags, nearest, parseArguments } from "../../server/src/cli/arguments.ts";
import { checkOptions } from "../../server/src/cli/check-options.ts";

const flags = {
  format: { value: "FORMAT", values: ["json", "stylish"], help: "" },
  output: { value: "FILE", help: "" },
  fix: { help: "" },
  help: { short: "h", help: "" },
} as const satisfies Flags;

function parsed(...argv: string[]) {
  const result = parseArguments(flags, argv);
  if ("misuse" in result) throw new Error(result.misuse);
  return result;
}

function misuse(...argv: string[]): string {
  const result = parseArguments(flags, argv);
  if ("misuse" in result) return result.misuse;
  throw new Error("was understood");
}

function options(argv: string[], env: Record<string, string> = {}) {
  const result = checkOptions(argv, env);
  if (result === "help" || "misuse" in result) throw new Error(JSON.stringify(result));
  return result;
}

describe("parseArguments", () => {
  test("takes values behind a blank or an equals sign", () => {
    expect(parsed("--output", "a=b").text("output")).toBe("a=b");
    expect(parsed("--output=a=b").text("output")).toBe("a=b");
    expect(parsed("--output=").text("output")).toBe("");
  });

  test("lets the last one count", () => {
    expect(parsed("--format", "json", "--format=stylish").text("format")).toBe("stylish");
  });

  test("keeps operands in their order, and everything behind --", () => {
    expect(parsed("a", "--fix", "b", "--", "--fix", "-h").operands).toEqual(["a", "b", "--fix", "-h"]);
    expect(parsed("-").operands).toEqual(["-"]);
  });

  test("knows short names", () => {
    expect(parsed("-h").on("help")).toBe(true);
    expect(parsed().on("help")).toBe(false);
  });

  test("says what is wrong, and what was probably meant", () => {
    expect(misuse("--fromat", "json")).toBe("unknown option `--fromat`; did you mean `--format`?");
    expect(misuse("--zzzzzz")).toBe("unknown option `--zzzzzz`");
    expect(misuse("--format", "jsno")).toBe("`--format` is one of json, stylish, not `jsno`; did you mean `json`?");
    expect(misuse("--output")).toBe("`--output` needs a value: --output FILE");
    expect(misuse("--output", "--fix")).toBe("`--output` needs a value: --output FILE");
    expect(misuse("--fix=yes")).toBe("`--fix` takes no value");
    expect(misuse("--constructor")).toContain("unknown option");
    expect(misuse("-x")).toContain("unknown option `-x`");
  });
});

describe("nearest", () => {
  test("finds a slip of the hand and nothing farther", () => {
    expect(nearest("chekc", ["check", "rules"])).toBe("check");
    expect(nearest("deploy", ["check", "rules"])).toBeUndefined();
    expect(nearest("x", [])).toBeUndefined();
  });
});

describe("checkOptions", () => {
  test("looks at the current folder where no path is given", () => {
    expect(options([]).paths).toEqual(["."]);
    expect(options(["a", "b"]).paths).toEqual(["a", "b"]);
  });

  test("prints annotations in GitHub Actions unless told otherwise", () => {
    expect(options([]).format).toBe("stylish");
    expect(options([], { GITHUB_ACTIONS: "true" }).format).toBe("github");
    expect(options(["--format", "json"], { GITHUB_ACTIONS: "true" }).format).toBe("json");
  });

  test("leaves hints out for people and in for programs", () => {
    expect(options([]).mildest).toBe("info");
    expect(options(["--format=json"]).mildest).toBe("hint");
    expect(options(["--format=sarif", "--min-severity=error"]).mildest).toBe("error");
  });

  test("fixes nothing unless asked", () => {
    expect(options([]).fix).toBeUndefined();
    expect(options(["--fix"]).fix).toBe("safe");
    expect(options(["--fix", "--fix-review"]).fix).toBe("review");
    expect(options(["--diff"]).fix).toBe("safe");
    expect(options(["--diff", "--fix-review"]).fix).toBe("review");
  });

  test.each([
    [["--stdin-filename", "Dockerfile", "src"], "leave out the paths"],
    [["-"], "--stdin-filename Dockerfile"],
    [["--diff", "--format", "json"], "leave out `--format`"],
    [["--diff", "--write-baseline", "b.json"], "leave out `--write-baseline`"],
    [["--max-warnings", "many"], "a number from 0 up"],
    [["--max-warnings", "-1"], "a number from 0 up"],
    [["--preset", "strickt"], "did you mean `strict`?"],
  ])("%j is misuse", (argv, message) => {
    const result = checkOptions(argv, {});
    expect(result).toHaveProperty("misuse", expect.stringContaining(message));
  });

  test("asks for help with -h wherever it stands", () => {
    expect(checkOptions(["src", "-h"], {})).toBe("help");
  });
});
