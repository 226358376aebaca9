import { insert, type TextEdit } from "./edit.ts";

/** Puts lines at the end of a text, with its own line ending; a last line without one gets it first. */
export function appendLines(text: string, lines: readonly string[]): TextEdit {
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const open = text !== "" && text !== "\uFEFF" && !text.endsWith("\n");
  return insert(text.length, (open ? ending : "") + lines.map((line) => line + ending).join(""));
}
