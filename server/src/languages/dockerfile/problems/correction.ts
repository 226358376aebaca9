import { replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { SyntaxProblem } from "../../problem.ts";

/** A problem whose place should most likely read `meant`; without `meant`, one that nobody can guess. */
export function corrected(at: Span, message: string, meant: string | undefined): SyntaxProblem {
  if (meant === undefined) return { at, message };
  return { at, message, fix: { title: `Write \`${meant}\``, edits: [replace(at, meant)] } };
}
