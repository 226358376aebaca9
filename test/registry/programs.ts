import { execFile, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Debian's packages by the programs in them that a suite needs. */
export type Packages = Readonly<Record<string, string>>;

/** Fails, with what to do about it, where a program is not installed: a suite that needs it must not pass without. */
export function requirePrograms(packages: Packages): void {
  const missing = missingOf(packages);
  if (missing !== undefined) throw new Error(missing);
}

/** Whether `suite` cannot run for want of programs, which is said aloud. In CI nothing is left out: it fails there, in `requirePrograms`. */
export function isLeftOut(suite: string, packages: Packages): boolean {
  const missing = missingOf(packages);
  if (missing === undefined || process.env["CI"] !== undefined) return false;
  process.stderr.write(`${suite} is left out: ${missing}\n`);
  return true;
}

/** What is missing and how to get it. */
function missingOf(packages: Packages): string | undefined {
  const missing = Object.entries(packages).filter(([program]) => !onPath(program));
  if (missing.length === 0) return undefined;
  const names = missing.map(([program]) => program).join(", ");
  return `${names} not found: apt-get install ${missing.map(([, name]) => name).join(" ")}`;
}

function onPath(program: string): boolean {
  return [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a program printed; fails with all it said where it did not end with 0. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...options,
    env: { ...process.env, ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${program} ${args.join(" ")} ended with ${status ?? "a signal"}\n${stdout}\n${stderr}`);
  return stdout;
}

/** As `run`, for a program that is to be answered by this very process. */
export async function runBeside(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 1 << 26, timeout: 60_000 });
  return stdout;
}
