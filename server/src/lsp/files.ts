import type { Host } from "../hosts/host.ts";
import { type BesideContent, longestBeside } from "../workspace/index.ts";
import { describe } from "./describe.ts";
import type { Documents } from "./documents.ts";
import { keyOf } from "./uri.ts";

/** Reads a file by its URI: as it stands in the editor, else as it is stored. `undefined` where there is none or it cannot be read. */
export interface Files {
  read(uri: string): Promise<string | undefined>;
  /**
   * As `read`, for a file that others depend on: one that is too large (in bytes, see `longestBeside` for the usual bound), or of which only its presence is asked (`named`), is not read; `"unknown"` where
   * finding that out would mean to fetch it.
   */
  readBeside(uri: string, named: boolean, longest?: number): Promise<BesideContent | "unknown" | undefined>;
  /** Names of the files in a folder; none where there is no such folder, or finding that out would mean to fetch it. */
  namesIn(uri: string): Promise<readonly string[]>;
  /** Names of the folders in a folder; none in the same cases. */
  foldersIn(uri: string): Promise<readonly string[]>;
  /** As stored, whatever the editor holds. */
  readStored(uri: string): Promise<string | undefined>;
}

/** Where files are stored. */
export interface Storage {
  read(uri: string): Promise<string | undefined>;
  /** As `Host.sizeOf`; `"unknown"` where only reading the file would tell. */
  sizeOf(uri: string): Promise<Awaited<ReturnType<Host["sizeOf"]>> | "unknown">;
  /** As `Host.namesIn`. */
  namesIn(uri: string): Promise<readonly string[]>;
  /** As `Host.foldersIn`. */
  foldersIn(uri: string): Promise<readonly string[]>;
}

export function createFiles(documents: Documents, storage: Storage, warn: (message: string) => void): Files {
  const stored = async (uri: string): Promise<string | undefined> => {
    try {
      const text = await storage.read(uri);
      return text?.startsWith("\uFEFF") === true ? text.slice(1) : text;
    } catch (error) {
      warn(`${uri} could not be read: ${describe(error)}`);
      return undefined;
    }
  };
  return {
    read: async (uri) => documents.byKey(keyOf(uri))?.text ?? stored(uri),
    async readBeside(uri, named, longest = longestBeside) {
      const open = documents.byKey(keyOf(uri));
      if (open !== undefined) return { text: open.text };
      const size = await storage.sizeOf(uri);
      if (size === undefined) return undefined;
      if (named) return size === "unknown" ? size : "unread";
      if (size !== "unknown" && size > longest) return "unread";
      const text = await stored(uri);
      return text === undefined ? undefined : { text };
    },
    namesIn: (uri) => storage.namesIn(uri),
    foldersIn: (uri) => storage.foldersIn(uri),
    readStored: stored,
  };
}
