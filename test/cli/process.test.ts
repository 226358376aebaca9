import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { version } from "../../server/src/reference/version.ts";
import { folderWith } from "./fake-terminal.ts";

// The command as it is shipped; `npm run build` makes it.
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

function seaworthy(
  argv: readonly string[],
  options: { readonly cwd?: string; readonly input?: string; readonly env?: Record<string, string> } = {},
): Promise<{ code: number | null; printed: string; told: string }> {
  const { GITHUB_ACTIONS: _, FORCE_COLOR: __, NO_COLOR: ___, ...env } = process.env;
  const child = spawn(process.execPath, [cli, ...argv], { cwd: options.cwd, env: { ...env, ...options.env } });
  let printed = "";
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, printed, told }));
  });
}

const floating = "FROM node:latest\nUSER node\n";

describe("the shipped command", () => {
  test("is a program of its own", () => {
    expect(existsSync(cli)).toBe(true);
    expect(readFileSync(cli, "utf8").split("\n")[0]).toBe("#!/usr/bin/env node");
  });

  test("ends with 0, 1 or 2", async () => {
    const folder = folderWith({ "a/Dockerfile": floating, "b/notes.txt": "" });
    expect(await seaworthy(["check", "b"], { cwd: folder })).toMatchObject({ code: 0 });
    expect(await seaworthy(["check", "a"], { cwd: folder })).toMatchObject({ code: 1, told: "" });
    expect(await seaworthy(["check", "c"], { cwd: folder })).toMatchObject({
      code: 2,
      printed: "",
      told: "seaworthy: no such file or folder: c\n",
    });
  });

  test("prints no colours and no progress into a pipe, and colours when told to", async () => {
    const folder = folderWith({ Dockerfile: floating });
    const piped = await seaworthy(["check"], { cwd: folder });
    expect(piped.printed).not.toContain("\u001b");
    expect(piped.printed).toContain("image/floating-tag");
    expect((await seaworthy(["check"], { cwd: folder, env: { FORCE_COLOR: "1" } })).printed).toContain("\u001b[");
  });

  test("writes annotations in GitHub Actions", async () => {
    const folder = folderWith({ Dockerfile: floating });
    const { printed } = await seaworthy(["check"], { cwd: folder, env: { GITHUB_ACTIONS: "true" } });
    expect(printed).toMatch(/^::warning title=image\/floating-tag,file=Dockerfile,line=1,/m);
  });

  test("reads standard input", async () => {
    const { code, printed } = await seaworthy(["check", "--stdin-filename", "Dockerfile", "--format", "json"], {
      input: floating,
    });
    expect(code).toBe(1);
    expect(JSON.parse(printed).files[0]).toMatchObject({ path: "Dockerfile", kind: "dockerfile" });
  });

  test("prints all of a long report into a slow pipe", async () => {
    const folder = folderWith({ Dockerfile: "FROM node:latest\n".repeat(3000) });
    const { printed } = await seaworthy(["check", "--format", "json"], { cwd: folder });
    expect(JSON.parse(printed).files[0].findings.length).toBeGreaterThanOrEqual(3000);
  });

  test("ends quietly when nobody reads on", async () => {
    const folder = folderWith({ Dockerfile: "FROM node:latest\n".repeat(3000) });
    const child = spawn(process.execPath, [cli, "check", "--format", "json"], { cwd: folder });
    let told = "";
    child.stderr.on("data", (data: Buffer) => {
      told += data.toString();
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, told }).toEqual({ code: 0, told: "" });
  });

  test("lists its rules in the shape that programs rely on", async () => {
    const { code, printed } = await seaworthy(["rules", "--format", "json"]);
    expect(code).toBe(0);
    const rules: Record<string, unknown>[] = JSON.parse(printed);
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      expect(Object.keys(rule)).toEqual(["id", "kind", "category", "severity", "presets", "aliases", "fix", "summary"]);
    }
    expect(rules.find((rule) => rule["id"] === "image/floating-tag")).toMatchObject({
      kind: "image",
      presets: ["recommended", "strict", "all"],
      aliases: expect.arrayContaining(["hadolint:DL3007"]),
    });
  });

  test.each(["image/floating-tag", "floating-tag", "hadolint:DL3007", "DL3007", "dl3007"])(
    "explains %s",
    async (name) => {
      const { code, printed } = await seaworthy(["explain", name]);
      expect(code).toBe(0);
      expect(printed).toMatch(/^image\/floating-tag\n/);
      expect(printed).toContain("docs/rules/image/floating-tag.md");
    },
  );

  test("says what was probably meant", async () => {
    expect(await seaworthy(["explain", "floating-tga"])).toMatchObject({
      code: 2,
      told: expect.stringContaining("did you mean `floating-tag`?"),
    });
    expect(await seaworthy(["chekc"])).toMatchObject({
      code: 2,
      told: expect.stringContaining("did you mean `check`?"),
    });
    const folder = folderWith({ Dockerfile: floating });
    expect(await seaworthy(["Dockerfile"], { cwd: folder })).toMatchObject({
      code: 2,
      told: expect.stringContaining("`seaworthy check Dockerfile`"),
    });
  });

  test("shows help and version", async () => {
    expect(await seaworthy(["--version"])).toEqual({ code: 0, printed: `${version}\n`, told: "" });
    expect(await seaworthy(["--help"])).toMatchObject({
      code: 0,
      printed: expect.stringContaining("seaworthy <command>"),
    });
    for (const command of ["check", "rules", "explain", "lsp"]) {
      expect(await seaworthy([command, "--help"])).toMatchObject({
        code: 0,
        printed: expect.stringContaining(`seaworthy ${command}`),
      });
    }
    expect(await seaworthy([])).toMatchObject({ code: 2, printed: "" });
  });
});

test("the language server is in it", async () => {
  const child = spawn(process.execPath, [cli, "lsp", "--stdio"]);
  const send = (body: object): void => {
    const text = JSON.stringify({ jsonrpc: "2.0", ...body });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  let printed = "";
  const answered = (id: number): Promise<void> =>
    new Promise((resolve) => {
      child.stdout.on("data", (data: Buffer) => {
        printed += data.toString();
        if (printed.includes(`"id":${id},"result"`)) resolve();
      });
    });
  send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  await answered(1);
  expect(printed).toContain('"capabilities"');
  send({ method: "initialized", params: {} });
  send({ id: 2, method: "shutdown" });
  await answered(2);
  send({ method: "exit" });
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
});

test("the language server asks how it is to be talked to", async () => {
  expect(await seaworthy(["lsp"])).toMatchObject({ code: 2, told: expect.stringContaining("--stdio") });
});

test("the examples are what they say", async () => {
  const examples = fileURLToPath(new URL("../../examples", import.meta.url));
  expect(existsSync(join(examples, "production", "Dockerfile"))).toBe(true);
  const { code } = await seaworthy(["check", "production"], { cwd: examples });
  expect(code).toBe(0);
});
