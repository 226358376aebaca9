import { readdir, readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import type { Dirent } from "node:fs";
import type { DirectoryEntry, Host } from "./host.ts";

/** Node's own files and clock. `/c:/folder`, as a URI has it on Windows, is taken for `c:/folder`. */
export function nodeHost(): Host {
  return {
    async readFile(path) {
      try {
        return await readFile(nativePath(path), "utf8");
      } catch {
        return undefined;
      }
    },
    async readDirectory(path) {
      try {
        const entries = await readdir(nativePath(path), { withFileTypes: true });
        return entries.map(toEntry).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      } catch {
        return undefined;
      }
    },
    nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
  };
}

function nativePath(path: string): string {
  return /^\/[a-zA-Z]:/.test(path) ? path.slice(1) : path;
}

function toEntry(entry: Dirent): DirectoryEntry {
  const type = entry.isSymbolicLink() ? "link" : entry.isDirectory() ? "directory" : entry.isFile() ? "file" : "other";
  return { name: entry.name, type };
}
