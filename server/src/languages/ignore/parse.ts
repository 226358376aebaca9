import { normalizePath } from "../../text/path.ts";

/**
 * The patterns of a `.dockerignore`, in order, as the builder keeps them: comments and blank lines left out, paths cleaned, a leading `/` taken off,
 * a `!` kept. Source: https://docs.docker.com/build/concepts/context/#dockerignore-files and moby's patternmatcher/ignorefile.
 */
export function parseIgnoreFile(text: string): readonly string[] {
  const patterns: string[] = [];
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const line of lines) {
    // Only a `#` in the very first column begins a comment.
    if (line.startsWith("#")) continue;
    const trimmed = line.trim();
    if (trimmed === "") continue;
    const negated = trimmed.startsWith("!");
    const written = negated ? trimmed.slice(1).trim() : trimmed;
    if (written === "") {
      if (negated) patterns.push("!");
      continue;
    }
    const clean = normalizePath(written);
    const path = clean.length > 1 && clean.startsWith("/") ? clean.slice(1) : clean;
    patterns.push(negated ? `!${path}` : path);
  }
  return patterns;
}
