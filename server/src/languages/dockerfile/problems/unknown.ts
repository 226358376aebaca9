import { insert } from "../../../text/edit.ts";
import type { SyntaxProblem } from "../../problem.ts";
import { keywords } from "../keywords.ts";
import type { Instruction } from "../model.ts";
import { corrected } from "./correction.ts";
import { nearest } from "./nearest.ts";

/** What to say of a word that is no instruction. `previous` is the instruction before it, where there is one. */
export function unknownProblem(
  { keyword, keywordSpan: at }: Instruction,
  previous?: Instruction,
  escape = "\\",
): SyntaxProblem {
  const meant = nearest(keyword, keywords);
  if (meant !== undefined) {
    const written = keyword === keyword.toLowerCase() ? meant.toLowerCase() : meant;
    return corrected(at, `\`${keyword}\` is not an instruction: did you mean \`${meant}\`?`, written);
  }
  if (previous === undefined || previous.heredocs.length > 0) {
    return { at, message: `\`${keyword}\` is not an instruction.` };
  }
  const mark = escape === "`" ? "a backquote" : "`\\`";
  const message = `\`${keyword}\` is not an instruction: if it belongs to the \`${previous.name}\` above, put ${mark} at the end of the line before it.`;
  const goesOn = previous.name === "RUN" && /^(?:&&|\|\|?|[;)}]|--?[a-z])/i.test(keyword);
  if (!goesOn) return { at, message };
  return {
    at,
    message,
    fix: { title: `Put ${mark} at the end of the line before it`, edits: [insert(previous.span.end, ` ${escape}`)] },
  };
}
