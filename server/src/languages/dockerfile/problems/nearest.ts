import { distance } from "fastest-levenshtein";

/** The name a slip of the keyboard was meant to be: a change for every three letters, two at most; two letters swapped count as one. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  let best: string | undefined;
  let least = Math.min(2, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const name of names) {
    if (Math.abs(name.length - word.length) >= least) continue;
    const other = name.toLowerCase();
    const changes = distance(word, other) - (letters(word) === letters(other) ? 1 : 0);
    if (changes < least) {
      least = changes;
      best = name;
    }
  }
  return best;
}

function letters(word: string): string {
  return Array.from(word).sort().join("");
}
