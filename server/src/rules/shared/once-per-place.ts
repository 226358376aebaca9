import type { Problem } from "../../engine/rule.ts";

/** The first problem of each place: what is written once and used by several things through an anchor is one problem. */
export function* oncePerPlace(problems: Iterable<Problem>): Iterable<Problem> {
  const seen = new Set<number>();
  for (const problem of problems) {
    if (seen.has(problem.at.start)) continue;
    seen.add(problem.at.start);
    yield problem;
  }
}
