import type { ImageTools } from "../../knowledge/base-images/index.ts";
import { nameOf } from "../../text/path.ts";

/** A program whose presence in an image is known. */
export type KnownProgram = keyof ImageTools | "bash";

/** The program that a command's first word names, where it is one whose presence is known. */
export function knownProgram(word: string): KnownProgram | undefined {
  const name = nameOf(word);
  if (/^python3?$/.test(name)) return "python";
  if (/^(?:nc|netcat|ncat)$/.test(name)) return "nc";
  return programs.find((program) => program === name);
}

const programs: readonly KnownProgram[] = [
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
