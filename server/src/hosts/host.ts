import type { Credential, RegistryFetch } from "../registry/answers.ts";

/** What the language server needs of the machine it runs on. */
export interface Host {
  /** The text of the file at an absolute path, written with `/`; `undefined` where there is none or it cannot be read. */
  readFile(path: string): Promise<string | undefined>;
  /** The size of that file in bytes; `undefined` where there is none. */
  sizeOf(path: string): Promise<number | undefined>;
  /** Names of the files in the folder at that path; none where there is no such folder. */
  namesIn(path: string): Promise<readonly string[]>;
  /** Names of the folders in the folder at that path, links to folders left out; none where there is no such folder. */
  foldersIn(path: string): Promise<readonly string[]>;
  /** Settles once everything that was waiting for its turn has had it. */
  nextTurn(): Promise<void>;
  /** Milliseconds since some fixed moment; only good for differences. */
  now(): number;
  /** Runs a program of the machine; left out where there is none to run, as in a browser. Never rejects. */
  runOnFiles?(run: ProgramRun): Promise<ProgramResult>;
  /** Asks over the machine's network, its proxies and its certificates; left out where there is none. */
  readonly fetch?: RegistryFetch;
  /** What Docker and Podman know; left out where neither can be there. */
  readonly credentialsOf?: CredentialLookup;
}

/**
 * The credentials that people gave to Docker or Podman for a registry, by the name that references have: `docker.io`, `localhost:5000`. `undefined`: there
 * are none. `repository` (`team/app`) decides where credentials are for a part of a registry only. Never rejects. `tell` is given one sentence about each thing that
 * is broken and that the person can mend, once per host; no secret is in it.
 */
export type CredentialLookup = (
  registry: string,
  options?: { readonly repository?: string; readonly tell?: (notice: string) => void },
) => Promise<Credential | undefined>;

/** A program and the files it is to see, in a folder of their own that is also the one it runs in. No shell reads this. */
export interface ProgramRun {
  /** A name that is looked for on the PATH, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Texts by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** What it can read from its standard input; nothing where left out. */
  readonly input?: string;
  /** Milliseconds after which it is stopped. */
  readonly patience: number;
}

/** What a program wrote, whatever it ended with; `missing`: there is no such program. */
export type ProgramResult =
  | { readonly type: "done"; readonly output: string; readonly errors: string }
  | { readonly type: "missing" }
  | { readonly type: "failed"; readonly reason: string };
