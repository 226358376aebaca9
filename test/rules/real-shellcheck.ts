import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shellCheckArguments } from "../../server/src/hosts/shellcheck.ts";
import { isOfKind, type ParsedFile } from "../../server/src/languages/index.ts";
import { checkedScripts } from "../../server/src/rules/dockerfile/shared/checked-scripts.ts";
import { readShellCheck, type ShellComment, type ShellComments } from "../../server/src/workspace/index.ts";

/** Whether the cases of a rule are about what the real ShellCheck says. */
export function asksShellCheck(rule: string): boolean {
  return rule === "dockerfile/shellcheck";
}

/** Whether cases cannot run for want of ShellCheck. In CI nothing is left out: they fail there, and say why. */
export function isLeftOut(rule: string): boolean {
  if (!asksShellCheck(rule) || isInstalled() || process.env["CI"] !== undefined) return false;
  process.stderr.write(
    "shellcheck is not installed, so the cases that need it are left out: apt-get install shellcheck\n",
  );
  return true;
}

let installed: boolean | undefined;

function isInstalled(): boolean {
  return (installed ??= spawnSync("shellcheck", ["--version"]).status === 0);
}

const known = new Map<string, readonly ShellComment[]>();

/** What the ShellCheck of this machine says of a file's scripts. */
export function realShellCheck(parsed: ParsedFile): ShellComments {
  if (!isOfKind(parsed, "dockerfile")) return new Map();
  const scripts = [...new Set(parsed.units.flatMap(({ model }) => [...checkedScripts(model)]).map(({ text }) => text))];
  const asked = scripts.filter((script) => !known.has(script));
  if (asked.length > 0) for (const [script, comments] of ask(asked)) known.set(script, comments);
  return new Map(scripts.map((script) => [script, known.get(script) ?? []]));
}

function ask(scripts: readonly string[]): ShellComments {
  const folder = mkdtempSync(join(tmpdir(), "shellcheck-"));
  try {
    const names = scripts.map((_, index) => `${index}.sh`);
    for (const [index, script] of scripts.entries()) writeFileSync(join(folder, `${index}.sh`), script);
    const { stdout, error } = spawnSync("shellcheck", shellCheckArguments(names), { cwd: folder, encoding: "utf8" });
    if (error !== undefined) throw new Error("shellcheck not found: apt-get install shellcheck", { cause: error });
    const comments = readShellCheck(stdout, scripts);
    if (comments === undefined) throw new Error(`shellcheck gave no answer: ${stdout}`);
    return comments;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
