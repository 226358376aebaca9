import { shift } from "../../text/span.ts";
import { isShell } from "../shell/inner.ts";
import type { ShellScript } from "../shell/model.ts";
import { type Place, placeAt } from "../shell/place.ts";
import { scriptAt } from "../shell/script.ts";
import type { Site } from "./instruction.ts";

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
    return scriptAt(chunk.outlineOfBody(heredoc.body), placeAt(heredoc.bodySpan.start));
  }
  if (!isReadByShell(site)) return undefined;
  const head: Place = {
    span: (from, to) => shift(chunk.line.span(commandStart + from, commandStart + to), start),
  };
  if (chunk.name !== "RUN" || heredoc === undefined) return scriptAt(chunk.outline, head);
  let text = `${chunk.line.text.slice(commandStart, rest.end)}\n`;
  const bodies: { readonly from: number; readonly origin: number }[] = [];
  for (const { body, bodySpan, delimiter } of heredocs) {
    bodies.push({ from: text.length, origin: bodySpan.start });
    text += `${body}${delimiter}\n`;
  }
  return scriptAt(chunk.outlineOfBody(text), withBodies(head, bodies));
}

/** The command's own line, and behind it the bodies of its heredocs. */
function withBodies(head: Place, bodies: readonly { readonly from: number; readonly origin: number }[]): Place {
  const character = (offset: number): number => {
    const body = bodies.findLast(({ from }) => from <= offset);
    return body === undefined ? head.span(offset, offset + 1).start : body.origin + offset - body.from;
  };
  return {
    span(from, to) {
      const start = character(from);
      return { start, end: to > from ? character(to - 1) + 1 : start };
    },
  };
}

function isReadByShell({ scope, order, stage }: Site): boolean {
  const shell = scope.shellBefore(order);
  if (shell !== undefined) return isReadBy(shell);
  return stage()?.windows !== true;
}

function isReadBy(command: readonly string[]): boolean {
  const [program = "", ...rest] = command;
  if (isShell(program)) return true;
  return /(?:^|\/)(?:env|busybox)$/.test(program) && rest.some((word) => isShell(word));
}

function shebang(body: string): readonly string[] | undefined {
  return /^\s*#!\s*([^\r\n]*)/.exec(body)?.[1]?.trim().split(/\s+/);
}
