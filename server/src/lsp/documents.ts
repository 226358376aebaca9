import type { TextDocumentContentChangeEvent, TextDocumentItem } from "vscode-languageserver";
import type { Places } from "./convert.ts";
import { keyOf, pathOf } from "./uri.ts";

/** One version of a document that is open in the editor. Never changed: an edit makes a new one. */
export interface OpenDocument {
  readonly uri: string;
  /** See `keyOf`. */
  readonly key: string;
  readonly path: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** How the editor counts places in this text. */
  readonly places: Places;
  /** The version that was last known to be on disk. */
  readonly savedVersion: number;
}

/** The documents that are open, by the URI the editor gave them. */
export interface Documents {
  get(uri: string): OpenDocument | undefined;
  /** By place, however the URI is written. */
  byKey(key: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
  open(item: TextDocumentItem): OpenDocument;
  /** Takes the changes in their order, each refers to the text after the one before; `undefined` where the document is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined;
  save(uri: string): OpenDocument | undefined;
  close(uri: string): OpenDocument | undefined;
}

export function createDocuments(placesOf: (text: string) => Places): Documents {
  const documents = new Map<string, OpenDocument>();
  const byKey = new Map<string, OpenDocument>();
  const put = (document: OpenDocument): OpenDocument => {
    documents.set(document.uri, document);
    byKey.set(document.key, document);
    return document;
  };
  return {
    get: (uri) => documents.get(uri),
    byKey: (key) => byKey.get(key),
    all: () => [...documents.values()],
    open({ uri, languageId, version, text }) {
      return put({
        uri,
        key: keyOf(uri),
        path: pathOf(uri),
        languageId,
        version,
        text,
        places: placesOf(text),
        savedVersion: version,
      });
    },
    change(uri, version, changes) {
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      let { text, places } = document;
      for (const change of changes) {
        if ("range" in change) {
          const replaced = places.span(change.range);
          text = text.slice(0, replaced.start) + change.text + text.slice(replaced.end);
          places = places.edited(text, replaced, change.text);
        } else {
          text = change.text;
          places = placesOf(text);
        }
      }
      return put({ ...document, version, text, places });
    },
    save(uri) {
      const document = documents.get(uri);
      return document === undefined ? undefined : put({ ...document, savedVersion: document.version });
    },
    close(uri) {
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      documents.delete(uri);
      if (byKey.get(document.key)?.uri === uri) byKey.delete(document.key);
      return document;
    },
  };
}
