import { lockedBy } from "../knowledge/lock-files.ts";
import { parseEnvironmentFile } from "../languages/environment-file.ts";
import { parseIgnoreFile } from "../languages/ignore/index.ts";
import { scriptFacts } from "../languages/shell/index.ts";
import { nameOf } from "../text/path.ts";
import { isRecord } from "../languages/json/record.ts";
import { historyFile } from "./asks.ts";
import type { FileFacts, PackageFacts } from "./facts.ts";

/** In UTF-16 code units, or bytes before a file is read: nobody writes a longer script or package.json by hand. */
export const longestBeside = 200_000;

/** Whether all that is ever asked of a file is that it is there, so that nobody needs to read it. */
export function isNameOnly(path: string): boolean {
  return lockedBy(nameOf(path)) !== undefined || path === historyFile || path.endsWith(`/${historyFile}`);
}

/** The text of a file, or that there is one of which no more is known. */
export type BesideContent = { readonly text: string } | "unread";

/**
 * The facts of a file that is none of ours: a script, a package.json, a lock file, a `.env`. `content` is `undefined` where it is known that
 * there is no such file.
 */
export function besideFacts(path: string, content: BesideContent | undefined): FileFacts {
  const base = { path, kind: "beside" as const };
  if (content === undefined) return { ...base, beside: { present: false } };
  const text = content === "unread" ? undefined : content.text;
  if (text === undefined || isNameOnly(path) || text.length > longestBeside || text.includes("\0")) {
    return { ...base, beside: { present: true } };
  }
  if (nameOf(path) !== "package.json") {
    const environment = parseEnvironmentFile(text)?.map(({ name, value }) => [name, value ?? null] as const);
    return { ...base, beside: { present: true, script: scriptFacts(path, text), ...(environment && { environment }) } };
  }
  const found = packageFacts(text);
  return { ...base, beside: { present: true, ...(found && { package: found }) } };
}

/** The facts of a `.dockerignore`; `text` is `undefined` where it is known that there is none. */
export function ignoreFacts(path: string, text: string | undefined): FileFacts {
  if (text === undefined) return { path, kind: "ignore" };
  const { patterns, entries } = parseIgnoreFile(text);
  return { path, kind: "ignore", ignorePatterns: patterns, ignorePlaces: entries.map(({ span }) => span) };
}

function packageFacts(text: string): PackageFacts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const textOf = (key: string): string | undefined => (typeof value[key] === "string" ? value[key] : undefined);
  const scripts = isRecord(value["scripts"]) ? Object.entries(value["scripts"]) : [];
  return {
    scripts: Object.fromEntries(scripts.filter((entry): entry is [string, string] => typeof entry[1] === "string")),
    main: textOf("main"),
    packageManager: textOf("packageManager"),
    type: textOf("type"),
    dependencies: isRecord(value["dependencies"]) ? Object.keys(value["dependencies"]) : [],
    workspaces: value["workspaces"] !== undefined,
  };
}
