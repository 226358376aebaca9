import { type TextEdit, mergeEdits, minimalEdit, replace } from "../../text/edit.ts";

/**
 * Several changes of one document as one list of edits. An insertion may take the character before it with it (see `insertLines`), and
 * that may be the last one of a value that is changed as well, or stand in lines that are taken away: both are then written as one edit. `undefined` where any
 * change is, or two contradict.
 */
export function joined(
  text: string,
  changes: readonly (readonly TextEdit[] | undefined)[],
): readonly TextEdit[] | undefined {
  if (changes.includes(undefined)) return undefined;
  const edits = changes.flatMap((change) => change ?? []);
  const merged = mergeEdits(edits);
  if (merged !== undefined) return withCommas(text, filled(text, merged));
  const out: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    const last = out.at(-1);
    if (last === undefined || edit.span.start >= last.span.end) {
      out.push(edit);
      continue;
    }
    const inserted = minimalEdit(text, edit);
    if (inserted === undefined || inserted.span.start !== inserted.span.end) return undefined;
    const more = inserted.span.start === last.span.end ? inserted.text : inPlaceOfLines(text, last, inserted);
    if (more === undefined) return undefined;
    out[out.length - 1] = replace(last.span, last.text + more);
  }
  const apart = mergeEdits(out);
  return apart && withCommas(text, filled(text, apart));
}

/**
 * The same for changes that only add lines. Where several add at one place, what goes deeper stands first: an item of the last list of a map before a key of
 * that map, and that before a key of the map around it. Of what is as deep, the order given counts.
 */
export function joinedByDepth(
  text: string,
  changes: readonly (readonly TextEdit[] | undefined)[],
): readonly TextEdit[] | undefined {
  if (changes.includes(undefined)) return undefined;
  const edits = changes.flatMap((change) => change ?? []).flatMap((edit) => minimalEdit(text, edit) ?? []);
  return joined(text, [edits.sort((a, b) => depthOf(b) - depthOf(a))]);
}

/** How deep the lines go that an edit adds: by the column of the first one, a dash counting as deeper than a key in the same one. */
export function depthOf({ text }: TextEdit): number {
  const [, indent = "", dash] = /^(?:\r?\n)?( *)(-)?/.exec(text) ?? [];
  return 2 * indent.length + (dash === undefined ? 0 : 1);
}

/** A collection that is emptied by one change and given lines by another one keeps no `{}` or `[]` in front of these. */
function filled(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.flatMap((edit, index) => {
    const next = edits[index + 1];
    const isFilled =
      next !== undefined &&
      /^\s*(?:\{\}|\[\])$/.test(edit.text) &&
      /^\s*$/.test(text.slice(edit.span.end, next.span.start)) &&
      /\S/.test(next.text);
    if (!isFilled) return [edit];
    return edit.span.start === edit.span.end ? [] : [replace(edit.span, "")];
  });
}

/**
 * Whether an edit is the comma that goes before a comment, so that another edit can add an entry on the next line: so the last entry of a map or list in flow
 * style grows.
 */
export function isCommaBeforeComment(text: string, { span, text: added }: TextEdit): boolean {
  return added === "," && span.start === span.end && /^[ \t]+#/.test(text.slice(span.end, span.end + 80));
}

/** Of several entries added behind such a comma all but the last need one of their own. */
function withCommas(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.flatMap((edit, index) => {
    const previous = edits.findLast((other, at) => at < index && isCommaBeforeComment(text, other));
    const next = edits[index + 1];
    const isFollowed =
      previous !== undefined &&
      next?.span.start === edit.span.start &&
      next.span.end === edit.span.start &&
      !edit.text.endsWith(",") &&
      !text.slice(previous.span.end, edit.span.start).includes("\n");
    return isFollowed && edit !== previous ? [replace(edit.span, `${edit.text},`)] : [edit];
  });
}

/** Lines put behind the last of those that go take their place. What goes may have been given lines so already. */
function inPlaceOfLines(text: string, { span, text: kept }: TextEdit, inserted: TextEdit): string | undefined {
  const isWhole = (span.start === 0 || text[span.start - 1] === "\n") && text[span.end - 1] === "\n";
  const ending = text[span.end - 2] === "\r" ? "\r\n" : "\n";
  const isLines = inserted.text.startsWith(ending) && (kept === "" || kept.endsWith(ending));
  return isWhole && isLines && inserted.span.start === span.end - ending.length
    ? inserted.text.slice(ending.length) + ending
    : undefined;
}
