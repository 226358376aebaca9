import { normalizePath } from "../../text/path.ts";
import { span } from "../../text/span.ts";
import type { LineComment } from "../comment.ts";
import type { SyntaxProblem } from "../problem.ts";
import { pathPattern } from "./match.ts";
import type { IgnoreEntry, IgnoreModel } from "./model.ts";

/**
 * Reads a `.dockerignore` as the builder does: comments and blank lines left out, paths cleaned, a leading `/` taken off.
 * Source: https://docs.docker.com/build/concepts/context/#dockerignore-files and moby's patternmatcher/ignorefile.
 */
export function parseIgnoreFile(text: string): IgnoreModel {
  const entries: IgnoreEntry[] = [];
  const comments: LineComment[] = [];
  for (let start = text.startsWith("\uFEFF") ? 1 : 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, newline < 0 ? next : newline).replace(/\r$/, "");
    // Only a `#` in the very first column begins a comment.
    if (line.startsWith("#")) {
      const comment = line.trimEnd();
      comments.push({
        span: span(start, start + comment.length),
        text: comment.replace(/^#+/, "").trim(),
        alone: true,
      });
    } else if (line.trim() !== "") {
      entries.push(entryOf(line, start, next));
    }
    start = next;
  }
  return {
    text,
    lineEnding: text.includes("\r\n") ? "\r\n" : "\n",
    entries,
    comments,
    patterns: entries.map(({ negated, pattern }) => (negated ? `!${pattern}` : pattern)),
    problems: entries.flatMap(problemOf),
    images: [],
  };
}

/** What the builder refuses: it ends the build before its first step. */
function problemOf({ negated, pattern, written, span: at }: IgnoreEntry): readonly SyntaxProblem[] {
  if (negated && pattern === "") {
    return [{ at, message: "`!` alone lets nothing in and ends the build: write what it lets in behind it." }];
  }
  if (pathPattern(pattern) !== undefined) return [];
  const what = written.endsWith("\\") ? "ends in a `\\` that escapes nothing" : "opens a `[` that it does not close";
  return [
    {
      at,
      message: `\`${written}\` ${what}, and the builder refuses it: write \`\\\` before the character to take it as it is.`,
    },
  ];
}

function entryOf(line: string, start: number, next: number): IgnoreEntry {
  const trimmed = line.trim();
  const from = start + line.indexOf(trimmed);
  const negated = trimmed.startsWith("!");
  const written = negated ? trimmed.slice(1).trim() : trimmed;
  const clean = written === "" ? "" : normalizePath(written);
  return {
    negated,
    pattern: clean.length > 1 && clean.startsWith("/") ? clean.slice(1) : clean,
    written,
    span: span(from, from + trimmed.length),
    lineSpan: span(start, next),
  };
}
