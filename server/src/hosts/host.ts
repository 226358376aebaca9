/** What the language server needs of the machine it runs on. */
export interface Host {
  /** The text of the file at an absolute path, written with `/`; `undefined` where there is none or it cannot be read. */
  readFile(path: string): Promise<string | undefined>;
  /** The size of that file in bytes; `undefined` where there is none. */
  sizeOf(path: string): Promise<number | undefined>;
  /** Settles once everything that was waiting for its turn has had it. */
  nextTurn(): Promise<void>;
  /** Milliseconds since some fixed moment; only good for differences. */
  now(): number;
}
