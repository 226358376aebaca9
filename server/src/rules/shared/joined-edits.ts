import { type TextEdit, mergeEdits, minimalEdit, replace } from "../../text/edit.ts";

/**
 * Several changes of one document as one list of edits. An insertion may take the character before it with it (see `insertLines`), and
 * that may be the last one of a value that is changed as well: both are then written as one edit. `undefined` where any change is, or two contradict.
 */
export function joined(
  text: string,
  changes: readonly (readonly TextEdit[] | undefined)[],
): readonly TextEdit[] | undefined {
  if (changes.includes(undefined)) return undefined;
  const edits = changes.flatMap((change) => change ?? []);
  const merged = mergeEdits(edits);
  if (merged !== undefined) return merged;
  const out: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    const last = out.at(-1);
    if (last === undefined || edit.span.start >= last.span.end) {
      out.push(edit);
      continue;
    }
    const inserted = minimalEdit(text, edit);
    if (inserted === undefined || inserted.span.start !== inserted.span.end || inserted.span.start !== last.span.end) {
      return undefined;
    }
    out[out.length - 1] = replace(last.span, last.text + inserted.text);
  }
  return mergeEdits(out);
}
