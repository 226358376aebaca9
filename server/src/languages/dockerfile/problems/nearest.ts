import { distance } from "fastest-levenshtein";

/** The name a slip of the keyboard was meant to be: at most two changes away, and fewer than the word has letters to spare. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(written.length / 2));
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= least) continue;
    const changes = distance(written.toLowerCase(), name.toLowerCase());
    if (changes < least) {
      least = changes;
      best = name;
    }
  }
  return best;
}
