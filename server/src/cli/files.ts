import {
  mkdirSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  chmodSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";

/** A file as it was read. */
export interface TextFile {
  /** Without a byte order mark. */
  readonly text: string;
  readonly mark: boolean;
  /** Whether writing the text gives the same bytes again; not so where the file is not UTF-8. */
  readonly faithful: boolean;
}

/** More than this many bytes are not read: nobody wrote such a file by hand. */
const largestFile = 10_000_000;

/** Throws what the file system throws, and an error of its own for a file larger than `largestFile`. */
export function readText(path: string): TextFile {
  const bytes = readFileSync(path);
  if (bytes.length > largestFile) throw new Error(`larger than ${largestFile / 1_000_000} MB`);
  const decoded = bytes.toString("utf8");
  const mark = decoded.charCodeAt(0) === 0xfeff;
  const faithful = !decoded.includes("\ufffd") || Buffer.from(decoded, "utf8").equals(bytes);
  return { text: mark ? decoded.slice(1) : decoded, mark, faithful };
}

/**
 * Replaces a file's text as a whole or not at all: a new file beside it takes its place, with its mode. Behind a link the file it leads to is
 * replaced. Throws what the file system throws; the file is then as it was.
 */
export function writeText(path: string, text: string, mark = false): void {
  const target = realpathOf(path);
  const mode = modeOf(target);
  const beside = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    const handle = openSync(beside, "wx", mode ?? 0o666);
    try {
      writeFileSync(handle, mark ? `\ufeff${text}` : text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // the mode given to `openSync` is cut by the umask
    if (mode !== undefined) chmodSync(beside, mode);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Writes a file that is not there yet, and makes the folders that it is to be in. Throws what the file system throws, `EEXIST` among it. */
export function writeNewText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: "wx" });
}

/** Where a link leads; the path itself where it leads nowhere. */
export function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function modeOf(path: string): number | undefined {
  try {
    return statSync(path).mode & 0o7777;
  } catch {
    return undefined;
  }
}
