import { readdirSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { type IgnoreRules, ignoreRulesAt } from "./ignored.ts";

/** What a walk comes across: a file that may be one of ours by its name, or something that could not be read. */
export type Step = { readonly file: string } | { readonly unreadable: string; readonly reason: string };

/**
 * The files below a folder that may be Dockerfiles, Compose files or manifests by their names, in the order of their paths. Leaves out what
 * git ignores, `.git`, `node_modules` and what `excluded` says (asked for folders too). Links to folders are not followed.
 */
export function* walk(folder: string, excluded: (path: string) => boolean): Generator<Step> {
  yield* walkFolder(folder, ignoreRulesAt(folder), excluded);
}

function* walkFolder(folder: string, rules: IgnoreRules, excluded: (path: string) => boolean): Generator<Step> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { unreadable: folder, reason: reasonOf(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === ".git" || entry.name === "node_modules") continue;
      if (rules.ignores(path, true) || excluded(path)) continue;
      yield* walkFolder(path, rules.enter(path), excluded);
    } else if (mayBeOurs(entry.name)) {
      if (rules.ignores(path, false) || excluded(path)) continue;
      if (entry.isFile() || (entry.isSymbolicLink() && leadsToFile(path))) yield { file: path };
    }
  }
}

/** Whether a file of this name may be one of ours; its text has the last word. */
export function mayBeOurs(name: string): boolean {
  return /^(?:docker|container)file(?:[._-]|$)|^kustomization$|\.(?:dockerfile|containerfile|dockerignore|containerignore|ya?ml|json)$/i.test(
    name,
  );
}

/** Why a file could not be read or written, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "no such file or folder";
    case "EEXIST":
      return "there is such a file already";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "the file system is read-only";
    case "ENOSPC":
      return "no space left";
    case "ELOOP":
      return "a link that leads to itself";
    case "EISDIR":
      return "it is a folder";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function leadsToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
