import { partOf } from "../../languages/scalar-place.ts";
import { isShell, parseShell } from "../../languages/shell/index.ts";
import type { ShellScript } from "../../languages/shell/model.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";

/** `sh -c …`, the script being the word at the index. */
export function isShellScript(words: readonly string[], index: number): boolean {
  const program = words[0]?.split("/").at(-1) ?? "";
  return isShell(program) && /^-[a-z]*c$/.test(words[index - 1] ?? "");
}

/**
 * One script of the words of a list, each in `quote`, or of a single word that is a script. Places are those of the document. Where it starts with an option, the
 * image brings the program.
 */
export function scriptOfWords(text: string, words: readonly YamlScalar[], quote: string): ShellScript {
  let script = words[0]?.text.startsWith("-") === true ? "program" : "";
  const pieces: { readonly from: number; readonly word: YamlScalar }[] = [];
  for (const word of words) {
    if (script !== "") script += " ";
    pieces.push({ from: script.length + quote.length, word });
    // A word with the quote in it cannot be written as one: the others still can be read.
    const blank = quote !== "" && word.text.includes(quote);
    // `$$` is the shell's `$`; so that each character keeps its place, something else stands in front of it.
    script += quote + (blank ? "_".repeat(word.text.length) : word.text.replaceAll("$$", "_$")) + quote;
  }
  return parseShell(script, {
    span(start, end) {
      const { from, word } = pieces.findLast((piece) => piece.from <= start + quote.length) ?? { from: 0 };
      if (word === undefined) return { start: 0, end: 0 };
      const within = (offset: number): number => Math.min(Math.max(0, offset - from), word.text.length);
      return partOf(text, word, within(start), within(end));
    },
  });
}
