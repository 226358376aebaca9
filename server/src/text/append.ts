import { insert, type TextEdit } from "./edit.ts";

/**
 * Puts lines at the end of a text, with its own line ending; a last line without one gets it first. Lines that are there already are left out, but for
 * exceptions (`!…`) of ignore files, which have to stand behind what they are excepted from.
 */
export function appendLines(text: string, lines: readonly string[]): TextEdit {
  const there = new Set(text.split(/\r?\n/));
  const fresh = lines.filter((line) => line.startsWith("!") || !there.has(line));
  if (fresh.length === 0) return insert(text.length, "");
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const open = text !== "" && text !== "\uFEFF" && !text.endsWith("\n");
  return insert(text.length, (open ? ending : "") + fresh.map((line) => line + ending).join(""));
}
