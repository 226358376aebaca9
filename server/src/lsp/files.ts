import { describe } from "./describe.ts";
import type { Documents } from "./documents.ts";
import { keyOf } from "./uri.ts";

/** Reads a file by its URI: as it stands in the editor, else as it is stored. `undefined` where there is none or it cannot be read. */
export interface Files {
  read(uri: string): Promise<string | undefined>;
  /** As stored, whatever the editor holds. */
  readStored(uri: string): Promise<string | undefined>;
}

export function createFiles(
  documents: Documents,
  readStored: (uri: string) => Promise<string | undefined>,
  warn: (message: string) => void,
): Files {
  const stored = async (uri: string): Promise<string | undefined> => {
    try {
      const text = await readStored(uri);
      return text?.startsWith("\uFEFF") === true ? text.slice(1) : text;
    } catch (error) {
      warn(`${uri} could not be read: ${describe(error)}`);
      return undefined;
    }
  };
  return {
    read: async (uri) => documents.byKey(keyOf(uri))?.text ?? stored(uri),
    readStored: stored,
  };
}
