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
}

/** A program and the files it is to see, in a folder of their own that is also the one it runs in. No shell reads this. */
export interface ProgramRun {
  /** A name that is looked for on the PATH, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** Texts by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** Milliseconds after which it is stopped. */
  readonly patience: number;
}

/** What a program wrote, whatever it ended with; `missing`: there is no such program. */
export type ProgramResult =
  | { readonly type: "done"; readonly output: string; readonly errors: string }
  | { readonly type: "missing" }
  | { readonly type: "failed"; readonly reason: string };
