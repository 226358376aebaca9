import { distance } from "fastest-levenshtein";

/** The candidate that `name` is most likely a slip of; `undefined` where none is near enough, or all are further away than `most` letters. */
export function closestOf(name: string, candidates: Iterable<string>, most = Infinity): string | undefined {
  const lower = name.toLowerCase();
  let best: string | undefined;
  let least = Math.min(most, name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3))) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const other = candidate.toLowerCase();
    if (other === lower) return candidate;
    // Nothing but the same letters is nearer than one that is off by one.
    if (least === 1) continue;
    const far = distance(lower, other);
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
}
