import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import type { RegistryFetch } from "../registry/answers.ts";
import type { CredentialLookup, Host } from "./host.ts";
import { runOnFiles } from "./process.ts";

/** Node's own files, clock, processes and network. `/c:/folder`, as a URI has it on Windows, is taken for `c:/folder`. */
export function nodeHost(): Required<Host> {
  return {
    async readFile(path) {
      try {
        return await readFile(native(path), "utf8");
      } catch {
        return undefined;
      }
    },
    async sizeOf(path) {
      try {
        const found = await stat(native(path));
        return found.isFile() ? found.size : undefined;
      } catch {
        return undefined;
      }
    },
    namesIn: (path) => namesIn(path, (entry) => !entry.isDirectory()),
    foldersIn: (path) => namesIn(path, (entry) => entry.isDirectory()),
    nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    runOnFiles,
    fetch: networkWhenAsked(),
    credentialsOf: credentialsWhenAsked(),
  };
}

/** Most never ask a registry, and need not wait for what it takes. */
function networkWhenAsked(): RegistryFetch {
  let fetching: Promise<RegistryFetch> | undefined;
  return async (request, signal) => {
    fetching ??= import("./network.ts").then(({ nodeFetch }) => nodeFetch());
    return await (await fetching)(request, signal);
  };
}

function credentialsWhenAsked(): CredentialLookup {
  let looking: Promise<CredentialLookup> | undefined;
  return async (registry, options) => {
    looking ??= import("./docker-credentials.ts").then(({ dockerCredentials }) =>
      dockerCredentials({ environment: process.env, run: runOnFiles, now: () => performance.now() }),
    );
    return await (await looking)(registry, options);
  };
}

async function namesIn(path: string, wanted: (entry: Dirent) => boolean): Promise<readonly string[]> {
  try {
    const entries = await readdir(native(path), { withFileTypes: true });
    return entries.flatMap((entry) => (wanted(entry) ? [entry.name] : []));
  } catch {
    return [];
  }
}

function native(path: string): string {
  return /^\/[a-zA-Z]:/.test(path) ? path.slice(1) : path;
}
