/** What the machine offers to the language server and the command line. All paths are absolute and use `/`. */
export interface Host {
  /** The text of a file; `undefined` where there is none or it cannot be read. */
  readFile(path: string): Promise<string | undefined>;
  /** The names in a folder, in the order of their code units; `undefined` where there is none or it cannot be read. */
  readDirectory(path: string): Promise<readonly DirectoryEntry[] | undefined>;
  /** Settles once everything that was waiting for its turn has had it. */
  nextTurn(): Promise<void>;
  /** Milliseconds since some fixed moment; only good for differences. */
  now(): number;
}

export interface DirectoryEntry {
  readonly name: string;
  /** What a symbolic link leads to is not looked at. */
  readonly type: "file" | "directory" | "link" | "other";
}
