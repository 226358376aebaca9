import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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
    expect({ code, told }).toEqual({ code: 1, told: "" });
  });

  test("shows its version", async () => {
    expect(await seaworthy(["--version"])).toEqual({ code: 0, printed: `${version}\n`, told: "" });
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
