import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Terminal } from "../../server/src/cli/terminal.ts";

/** A terminal that keeps what is written to it. */
export interface FakeTerminal extends Terminal {
  printed(): string;
  told(): string;
}

export function fakeTerminal(
  cwd: string,
  options: {
    readonly env?: Record<string, string>;
    readonly input?: string;
    readonly interactive?: boolean;
    readonly columns?: number;
    readonly network?: Terminal["network"];
  } = {},
): FakeTerminal {
  const printed: string[] = [];
  const told: string[] = [];
  const output = (into: string[]) => ({
    write: (text: string) => {
      into.push(text);
    },
    interactive: options.interactive ?? false,
    columns: options.columns,
  });
  return {
    cwd,
    env: options.env ?? {},
    output: output(printed),
    messages: output(told),
    network: options.network ?? {
      fetch: () => Promise.reject(new Error("nobody asked for the network")),
      credentialsOf: () => Promise.resolve(undefined),
    },
    readInput: () => Promise.resolve(options.input ?? ""),
    printed: () => printed.join(""),
    told: () => told.join(""),
  };
}

/** A folder of its own with these files, gone when the test is over. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "seaworthy-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}
