import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A folder on disk for one test. */
export interface TestFolder {
  readonly uri: string;
  uriOf(name: string): string;
  /** Writes a file, its folders included; gives its URI. */
  write(name: string, text: string): string;
  delete(name: string): string;
  remove(): void;
}

export function testFolder(files: Readonly<Record<string, string>> = {}): TestFolder {
  const root = mkdtempSync(path.join(tmpdir(), "seaworthy-"));
  const uriOf = (name: string): string => pathToFileURL(path.join(root, name)).href;
  const write = (name: string, text: string): string => {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return uriOf(name);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    uri: pathToFileURL(root).href,
    uriOf,
    write,
    delete(name) {
      rmSync(path.join(root, name));
      return uriOf(name);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
