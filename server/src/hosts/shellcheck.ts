import { readShellCheck, type ShellComments } from "../workspace/index.ts";
import type { Host } from "./host.ts";

/** What became of asking ShellCheck: `missing` where there is no such program, `failed` where it did not answer. */
export type ShellCheckAnswer =
  | { readonly type: "done"; readonly comments: ShellComments }
  | { readonly type: "missing" }
  | { readonly type: "failed"; readonly reason: string };

/** In UTF-16 code units of all scripts of a file: more than that is generated. */
const longest = 1_000_000;

/** So many scripts nobody writes by hand. */
const most = 1000;

/** Milliseconds; on a slow machine ShellCheck takes a fraction of a second. */
const patience = 10_000;

/**
 * Codes that mean nothing for a script in a Dockerfile: files that it sources are in the image, the shell is named by us, and a first line that names
 * another shell is the builder's business; no `find` of Linux wants a path.
 */
const excluded: readonly string[] = [
  "SC1009",
  "SC1090",
  "SC1091",
  "SC1113",
  "SC1114",
  "SC1115",
  "SC1128",
  "SC2148",
  "SC2185",
  "SC2187",
  "SC2239",
];

/**
 * Asks ShellCheck about scripts, all of them in one process that runs in a folder of its own and reads no configuration. `program`: its name on the PATH, or
 * its path.
 */
export async function askShellCheck(
  run: NonNullable<Host["runOnFiles"]>,
  program: string,
  scripts: readonly string[],
): Promise<ShellCheckAnswer> {
  const asked = [...new Set(scripts)];
  if (asked.length > most || asked.reduce((sum, { length }) => sum + length, 0) > longest) {
    return { type: "done", comments: new Map() };
  }
  const files = new Map(asked.map((script, index) => [`${index}.sh`, script]));
  const result = await run({ program, args: shellCheckArguments([...files.keys()]), files, patience });
  if (result.type !== "done") return result;
  const comments = readShellCheck(result.output, asked);
  if (comments !== undefined) return { type: "done", comments };
  return { type: "failed", reason: `it gave no answer that can be read: ${firstLine(result.errors || result.output)}` };
}

/** The command line for files of these names, without the program. */
export function shellCheckArguments(names: readonly string[]): readonly string[] {
  return ["--norc", "--format=json1", `--exclude=${excluded.join(",")}`, "--", ...names];
}

function firstLine(text: string): string {
  return text.trim().split(/\r?\n/, 1)[0]?.slice(0, 200) ?? "";
}
