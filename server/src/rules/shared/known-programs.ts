import type { ImageTools } from "../../knowledge/base-images/index.ts";
import { nameOf } from "../../text/path.ts";

/** A program whose presence in an image is known. */
export type KnownProgram = keyof ImageTools | "bash";

/** The program that a command's first word names, where it is one whose presence is known. */
export function knownProgram(word: string): KnownProgram | undefined {
  const name = nameOf(word);
  if (/^python3?$/.test(name)) return "python";
  if (/^(?:nc|netcat|ncat)$/.test(name)) return "nc";
  return knownPrograms.find((program) => program === name);
}

/** Each of them, by its name; `python` stands for `python3` as well, `nc` for `netcat` and `ncat`. */
export const knownPrograms: readonly KnownProgram[] = [
  "curl",
  "wget",
  "nc",
  "node",
  "python",
  "php",
  "ruby",
  "perl",
  "java",
  "bash",
  "bun",
  "deno",
  "pwsh",
];
