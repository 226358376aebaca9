import type { TextEdit } from "../../../text/edit.ts";

/** The edits, or `undefined` where they take an anchor away that an alias elsewhere needs. */
export function keepingAnchors(text: string, edits: readonly TextEdit[] | undefined): readonly TextEdit[] | undefined {
  if (edits === undefined) return undefined;
  // An anchor stands behind a blank or an indicator; in quotes it is text.
  const removed = edits.map(({ span }) => text.slice(span.start, span.end)).join("\n");
  for (const [anchor, name = ""] of removed.matchAll(/(?<![^\s,[{])&([^\s,[\]{}]+)/g)) {
    const kept = edits.some((edit) => edit.text.includes(anchor));
    if (!kept && aliases(text, name) > aliases(removed, name)) return undefined;
  }
  return edits;
}

/** How often an alias of this name stands in a text, as far as that can be told without reading it. */
export function aliases(text: string, name: string): number {
  const parts = text.split(`*${name}`);
  return parts.slice(1).filter((after) => /^(?:[\s,[\]{}]|$)/.test(after)).length;
}
