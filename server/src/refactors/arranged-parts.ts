import { depthOf, isCommaBeforeComment, joinedByDepth } from "../rules/shared/joined-edits.ts";
import type { Refactoring } from "./refactor.ts";

type Part = Refactoring["parts"][number];

/**
 * The parts in an order in which their edits can stand behind one another: of two that add lines at one place, what goes deeper comes first. The order given
 * is kept as far as that leaves it open. Parts that would each have to come before the other become one.
 */
export function arrangedParts(text: string, parts: readonly Part[]): readonly Part[] {
  const left = parts.flatMap((part) => {
    const edits = joinedByDepth(text, [part.edits]);
    return edits === undefined || edits.length === 0 ? [] : [{ ...part, edits }];
  });
  const arranged: Part[] = [];
  while (left.length > 0) {
    const free = left.findIndex((part) => left.every((other) => other === part || !isBefore(text, other, part)));
    const [next] = left.splice(Math.max(free, 0), 1);
    if (next === undefined) break;
    if (free >= 0) {
      arranged.push(next);
      continue;
    }
    const rival = left.findIndex((other) => isBefore(text, other, next) && isBefore(text, next, other));
    const [other] = left.splice(Math.max(rival, 0), 1);
    const edits = other === undefined ? undefined : joinedByDepth(text, [next.edits, other.edits]);
    if (other !== undefined && edits !== undefined) left.unshift({ title: joinedTitles([next, other]), edits });
  }
  return arranged;
}

/** Several titles as one, in a row. */
export function joinedTitles(parts: readonly Pick<Part, "title">[]): string {
  return parts
    .map(({ title }, index) => (index === 0 ? title : title.charAt(0).toLowerCase() + title.slice(1)))
    .join("; ");
}

/** Whether something of `a` has to stand before something of `b`; each before the other where both need one comma between them. */
function isBefore(text: string, a: Part, b: Part): boolean {
  return a.edits.some((one) =>
    b.edits.some(
      (other) =>
        one.span.start === other.span.start &&
        (depthOf(one) > depthOf(other) || (isCommaBeforeComment(text, one) && isCommaBeforeComment(text, other))),
    ),
  );
}
