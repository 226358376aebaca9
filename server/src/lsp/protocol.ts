import type { Position } from "vscode-languageserver";
import type { Kind } from "../languages/index.ts";
import type { HttpRequest, HttpResponse } from "../registry/answers.ts";

/**
 * What a client may say in `initializationOptions`; everything may be left out, and other editors leave all of it out.
 * `files: "client"`: files are read by asking the client (`seaworthy/readFile`), for editors whose files are not on the server's disk.
 * `trusted: false`: no program is run and no registry asked, as nobody vouches for the files yet. `status: true`: the client wants `seaworthy/status`
 * notifications. `fetch: "client"`: registries are asked through the client (`seaworthy/fetch`), for editors that know the way to the network better than
 * the server. `choose: true`: the client has a list to choose from (`seaworthy/choose`) that is longer than what fits in a message. `lookUpCommand`: a
 * command of the client that hovers may link to; its argument is an `ImageArguments`.
 * `settings`: what `seaworthy.*` would hold, for clients that do not answer `workspace/configuration`.
 */
export interface ClientOptions {
  readonly files: "client" | "host";
  readonly status: boolean;
  readonly trusted: boolean;
  readonly fetch: "client" | "host";
  readonly choose: boolean;
  readonly lookUpCommand: string | undefined;
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

/**
 * Commands that ask registries, for `workspace/executeCommand`. The first three take an `ImageArguments`, the last a `FilesArguments`. What comes of them is an
 * edit (`workspace/applyEdit`), and a message where a person must know something; their own answer is `null`.
 */
export const imageCommands = {
  /** Writes the digest that the tag stands for now, whether there is one already or not. */
  pin: "seaworthy.image.pin",
  /** Has a person choose from the registry's tags. */
  chooseVersion: "seaworthy.image.chooseVersion",
  /** Asks what the image is: rules and hovers know it then, for some minutes. */
  lookUp: "seaworthy.image.lookUp",
  pinFiles: "seaworthy.image.pinFiles",
} as const;

export type ImageCommand = (typeof imageCommands)[keyof typeof imageCommands];

/** An image reference in an open document. */
export interface ImageArguments {
  readonly uri: string;
  readonly position: Position;
  /** The reference as it was written when the command was offered: it is found again where it has moved since. */
  readonly image?: string;
}

/** The files whose images are pinned: open documents, or stored files. */
export interface FilesArguments {
  readonly uris: readonly string[];
  /** Digests that are there are brought up to date as well. */
  readonly update?: boolean;
}

/** Server to client: one exchange over HTTP; redirects are not followed. It can be cancelled. */
export const fetchRequest = "seaworthy/fetch";

export type FetchParams = HttpRequest;

/** As `HttpResponse` with the body in base64, or why there is none: `code` is the innermost one of the runtime, `ECONNREFUSED`. */
export type FetchResult =
  | (Omit<HttpResponse, "body"> & { readonly body: string })
  | { readonly error: { readonly message: string; readonly code?: string } };

/** Server to client: which of these a person wants; `null` where none. */
export const chooseRequest = "seaworthy/choose";

export interface ChooseParams {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly ChooseItem[];
}

export interface ChooseItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** An index of `items`. */
export type ChooseResult = number | null;
