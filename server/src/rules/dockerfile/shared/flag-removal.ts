import type { Flag } from "../../../languages/dockerfile/model.ts";
import { type TextEdit, remove } from "../../../text/edit.ts";

/** Takes a flag out, with the blanks up to what follows on its line. */
export function flagRemoval(text: string, { span }: Flag): TextEdit {
  let { end } = span;
  while (text.charAt(end) === " " || text.charAt(end) === "\t") end += 1;
  return remove({ start: span.start, end });
}
