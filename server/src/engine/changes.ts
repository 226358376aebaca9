import { diffArrays } from "diff";
import { minimalEdit, type TextEdit } from "../text/edit.ts";
import { span } from "../text/span.ts";

/** The change from one text to another as few small edits, found line by line; `[]` where they are equal. */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const edits: TextEdit[] = [];
  let at = 0;
  let removed = "";
  let added = "";
  const flush = (): void => {
    const edit = minimalEdit(before, { span: span(at - removed.length, at), text: added });
    if (edit !== undefined) edits.push(edit);
    removed = "";
    added = "";
  };
  for (const part of diffArrays(linesWithEndings(before), linesWithEndings(after))) {
    const text = part.value.join("");
    if (part.added) added += text;
    else if (part.removed) {
      removed += text;
      at += text.length;
    } else {
      flush();
      at += text.length;
    }
  }
  flush();
  return edits;
}

function linesWithEndings(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}
