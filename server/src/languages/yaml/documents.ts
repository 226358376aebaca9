/** The text of one document of a stream, and where it starts in the file. */
export interface DocumentText {
  readonly base: number;
  readonly text: string;
}

/**
 * The documents of a YAML stream, each with its `---` line and what stands above it when that is only comments, directives and
 * blank lines. Documents that hold nothing at all are left out, except that there is always one. The texts need not cover the file.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  if (!text.includes("---") && !text.includes("...")) return [{ base: 0, text }];
  const documents: DocumentText[] = [];
  let base = 0;
  let state: "prelude" | "marked" | "body" = "prelude";
  const close = (end: number): void => {
    const part = text.slice(base, end);
    if (!isVoid(part)) documents.push({ base, text: part });
    base = end;
  };
  const markers = markersIn(text);
  for (let at = 0; at < text.length; ) {
    // What is within a document is nothing to look at, and most of a long stream.
    if (state !== "prelude") {
      at = markers.from(at);
      if (at === text.length) break;
    }
    const next = lineAfter(text, at);
    const start = at === 0 && text.charCodeAt(0) === 0xfeff ? 1 : at;
    if (isMarker(text, start, "---")) {
      if (state !== "prelude") close(at);
      state = "marked";
    } else if (isMarker(text, start, "...")) {
      close(next);
      state = "prelude";
    } else if (state === "prelude" && !isPrelude(text, start, next)) {
      state = "body";
    }
    at = next;
  }
  if (base < text.length) close(text.length);
  return documents.length > 0 ? documents : [{ base: 0, text }];
}

/** Finds lines that begin with `---` or `...`, from one line to the next. */
function markersIn(text: string): { from(line: number): number } {
  const next = (dashes: string) => {
    let found = -1;
    return (from: number): number => {
      if (found < from) {
        // The line feed before it is that of the line above.
        const before = from === 0 && text.startsWith(dashes) ? -1 : text.indexOf(`\n${dashes}`, Math.max(0, from - 1));
        found = before < 0 && !(from === 0 && text.startsWith(dashes)) ? text.length : before + 1;
      }
      return found;
    };
  };
  const starts = next("---");
  const ends = next("...");
  return { from: (line) => Math.min(starts(line), ends(line)) };
}

function lineAfter(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end + 1;
}

function isMarker(text: string, at: number, marker: string): boolean {
  if (!text.startsWith(marker, at)) return false;
  const next = text[at + 3];
  return next === undefined || next === " " || next === "\t" || next === "\n" || next === "\r";
}

/** A blank line, a comment, or a directive such as `%YAML 1.2`. */
function isPrelude(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) === 37) return true;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 35) return true;
    if (code !== 32 && code !== 9 && code !== 13 && code !== 10) return false;
  }
  return true;
}

function isVoid(text: string): boolean {
  return /^\uFEFF?(?:(?:---|\.\.\.)?[ \t]*(?:\r?\n|$))*$/.test(text);
}
