import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The project's folder. */
export const root = join(import.meta.dirname, "..", "..");

const skipped = new Set(["node_modules", "dist", "out", ".git", ".tsbuild", ".cache", ".vscode-test", "coverage"]);

/** Files under a folder of the project that end in one of these, as paths from the root with `/`. Made and installed things are left out. */
export function filesUnder(folder: string, ...endings: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) found.push(...filesUnder(path, ...endings));
    } else if (endings.length === 0 || endings.some((ending) => entry.name.endsWith(ending))) {
      found.push(relative(root, join(root, path)).split(sep).join("/"));
    }
  }
  return found.sort();
}

/** The text of a file of the project. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A JSON file of the project. */
export function jsonOf(path: string): unknown {
  return JSON.parse(textOf(path));
}

/** The value at a path of a JSON value; `undefined` where it is not there. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) here = isRecord(here) ? here[key] : undefined;
  return here;
}

/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
