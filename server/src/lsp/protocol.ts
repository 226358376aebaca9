import type { Kind } from "../languages/index.ts";

/**
 * What a client may say in `initializationOptions`; everything may be left out, and other editors leave all of it out.
 * `files: "client"`: files are read by asking the client (`seaworthy/readFile`), for editors whose files are not on the server's disk.
 * `trusted: false`: no program is run, as nobody vouches for the files yet. `status: true`: the client wants `seaworthy/status` notifications.
 * `settings`: what `seaworthy.*` would hold, for clients that do not answer `workspace/configuration`.
 */
export interface ClientOptions {
  readonly files: "client" | "host";
  readonly status: boolean;
  readonly trusted: boolean;
  readonly settings: unknown;
}

/** Server to client: the text of a file, `null` where there is none. */
export const readFileRequest = "seaworthy/readFile";

export interface ReadFileParams {
  readonly uri: string;
}

export interface ReadFileResult {
  readonly text: string;
}

/** Server to client: what a check of an open document came to, for an item in the status bar. */
export const statusNotification = "seaworthy/status";

export interface StatusParams {
  readonly uri: string;
  readonly version: number;
  /** `config` is a config file of ours; `null` a document that is none of our business. */
  readonly kind: Kind | "config" | null;
  readonly counts: { readonly error: number; readonly warning: number; readonly info: number; readonly hint: number };
  /** Findings that have a fix: one that changes nothing of what runs, and one that a person should look at. */
  readonly fixable: { readonly safe: number; readonly review: number };
  /** Findings that a comment, an annotation or a baseline accepted. */
  readonly suppressed: number;
  /** How long the check took. */
  readonly milliseconds: number;
  /** Which config applies, in words. */
  readonly config: string;
  /** Why there is less to see than one might expect; `message` says it in words. */
  readonly note?: { readonly code: StatusNote; readonly message: string };
}

export type StatusNote = "templated" | "too-large" | "excluded" | "disabled" | "on-save" | "not-ours";
