import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProgramResult, ProgramRun } from "./host.ts";

/** So many bytes of output are kept; a program that says more is stopped. */
const mostOutput = 20_000_000;

/** Runs a program on files in a folder of its own that nobody else can read, without a shell. The folder is removed afterwards. Never rejects. */
export async function runOnFiles({ program, args, files, input, patience }: ProgramRun): Promise<ProgramResult> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), "seaworthy-"));
    for (const [name, text] of files) await writeFile(join(folder, name), text, { mode: 0o600 });
    return await run(program, args, folder, input, patience);
  } catch (error) {
    return { type: "failed", reason: error instanceof Error ? error.message : String(error) };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  input: string | undefined,
  patience: number,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ["pipe", "pipe", "pipe"], windowsHide: true, shell: false });
    // It need not read what it is given.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let size = 0;
    let stopped: string | undefined;
    const stop = (why: string): void => {
      stopped ??= why;
      child.kill("SIGKILL");
      // What it started itself may live on with the other ends, and must not keep anybody waiting.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => stop(`it took longer than ${patience / 1000} s`), patience);
    const keep = (chunks: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutput) stop("it said too much");
      else chunks.push(chunk);
    };
    child.stdout.on("data", keep(output));
    child.stderr.on("data", keep(errors));
    child.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(error.code === "ENOENT" ? { type: "missing" } : { type: "failed", reason: error.message });
    });
    child.on("close", () => {
      clearTimeout(timer);
      if (stopped !== undefined) resolve({ type: "failed", reason: stopped });
      else resolve({ type: "done", output: textOf(output), errors: textOf(errors) });
    });
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}
