import { type Span, shift } from "../../text/span.ts";
import type { ShellScript } from "../shell/model.ts";
import { type Piece, type Place, placeOfPieces } from "../shell/place.ts";
import { scriptAt } from "../shell/script.ts";
import { lineAt } from "./blanks.ts";
import type { Site } from "./instruction.ts";
import type { Heredoc } from "./model.ts";
import { isReadBy, isReadByShell } from "./reader.ts";

/** The body of an instruction in shell form; `undefined` in exec form and where no POSIX shell or bash reads it. */
export function scriptOf(site: Site): ShellScript | undefined {
  const { chunk, start, heredocs } = site;
  const { rest, json, commandStart } = chunk.syntax;
  if (json !== undefined || rest.end <= commandStart) return undefined;
  const [heredoc] = heredocs;
  if (chunk.name === "RUN" && heredoc !== undefined && heredocs.length === 1 && chunk.words.length === 1) {
    // The body is the script, and its first line may name what reads it.
    const reader = shebang(heredoc.body);
    if (!(reader === undefined ? isReadByShell(site) : isReadBy(reader))) return undefined;
    const { text, pieces } = withBodies("", heredocs);
    return scriptAt(chunk.outlineOfBody(text), placeOfPieces(pieces));
  }
  if (!isReadByShell(site)) return undefined;
  const head: Place = {
    span: (from, to) => shift(chunk.line.place.span(commandStart + from, commandStart + to), start),
  };
  if (chunk.name !== "RUN" || heredoc === undefined) return scriptAt(chunk.outline, head);
  const command = chunk.line.text.slice(commandStart, rest.end);
  const { text, pieces } = withBodies(`${command}\n`, heredocs);
  return scriptAt(chunk.outlineOfBody(text), behind(head, command.length, placeOfPieces(pieces)));
}

/** The first `length` characters and the line's end behind them stand in one place, the rest in another. */
function behind(head: Place, length: number, rest: Place): Place {
  const character = (offset: number): Span =>
    offset > length ? rest.span(offset, offset + 1) : head.span(offset, Math.min(length, offset + 1));
  return {
    span(from, to) {
      const { start } = character(from);
      return { start, end: to > from ? Math.max(start, character(to - 1).end) : start };
    },
  };
}

/**
 * A command, and behind it the lines of its heredocs and their ends, as the builder hands them to the shell. Windows line endings become plain
 * ones: the shell would stumble over them, but what was meant is clear. Without a command the lines of the one heredoc are the script.
 */
function withBodies(
  command: string,
  heredocs: readonly Heredoc[],
): { readonly text: string; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  let text = command;
  for (const { body, bodySpan, delimiter } of heredocs) {
    let at = 0;
    do {
      const line = lineAt(body, at);
      pieces.push({ from: text.length, origin: bodySpan.start + at, length: line.next - at });
      text += body.slice(at, line.end) + (line.next > line.end ? "\n" : "");
      at = line.next;
    } while (at < body.length);
    if (command !== "") text += `${delimiter}\n`;
  }
  return { text, pieces };
}

function shebang(body: string): readonly string[] | undefined {
  return /^\s*#!\s*([^\r\n]*)/.exec(body)?.[1]?.trim().split(/\s+/);
}
