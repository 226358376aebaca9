/** An entry of a document's root, its lines cut further where its value is a map below it. Offsets are of line starts. */
export interface CutSection {
  readonly start: number;
  /** Where the first child starts; the section's end where there are none. */
  readonly headEnd: number;
  readonly children: readonly { readonly start: number; readonly end: number }[];
  /** The column of the children. */
  readonly indent: number;
}

/** Where a document's root starts, and its entries. */
export interface Cut {
  readonly start: number;
  readonly sections: readonly CutSection[];
}

/**
 * Cuts a document whose root is a map in block style at the lines where an entry starts: the value of an entry is indented deeper than its key, so that a
 * line that is indented like the key begins the next entry, unless the document is broken. `undefined` where a line is none that this can tell.
 */
export function cutSections(text: string): Cut | undefined {
  const sections: OpenSection[] = [];
  let section: OpenSection | undefined;
  let marked = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    const indent = indentAt(text, at, end);
    if (indent === "tab") return undefined;
    const first = text.charCodeAt(at + indent);
    const isEmpty = at + indent >= end || first === LINE_FEED || first === CARRIAGE_RETURN || first === HASH;
    if (isEmpty) {
      at = end;
      continue;
    }
    const line = text.slice(at + indent, end);
    if (indent === 0) {
      if (startsEntry.test(line)) {
        section = { start: at, alone: headAlone.test(line), whole: false, starts: [], indent: 0 };
        sections.push(section);
      } else if (section !== undefined) {
        // A list may stand as far out as its key.
        if (!startsItem.test(line)) return undefined;
        section.whole = true;
      } else if (marked || !/^(?:---[ \t]*(?:#.*)?\r?\n?$|%)/.test(line)) return undefined;
      else marked = line.startsWith("-");
    } else if (section === undefined) return undefined;
    else if (!addLine(section, at, indent, line)) return undefined;
    at = end;
  }
  const [first] = sections;
  return first === undefined ? undefined : { start: first.start, sections: closed(sections, text.length) };
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB = 9;
const HASH = 35;

interface OpenSection {
  readonly start: number;
  /** Its value is below its key. */
  readonly alone: boolean;
  /** It cannot be cut. */
  whole: boolean;
  readonly starts: number[];
  /** The column of the first line below the key; 0 where there was none yet. */
  indent: number;
}

/** A key without quotes or anything else before it. */
const startsEntry = /^[\w./~][^\s#"'{}[\],&*|>]*:(?:[ \r\n]|$)/;

const startsItem = /^-(?:[ \r\n]|$)/;

/** Nothing behind the key, so that its value is below it. */
const headAlone = /^[^\s#]*:[ \t]*(?:#.*)?\r?\n?$/;

/** `false` for a line that fits below nothing. */
function addLine(section: OpenSection, at: number, indent: number, line: string): boolean {
  if (!section.alone) return true;
  if (section.indent === 0) section.indent = indent;
  if (indent !== section.indent) return indent > section.indent;
  if (startsEntry.test(line)) section.starts.push(at);
  // A list of its own, a key in quotes, a text of several lines: the section is one piece.
  else if (section.starts.length === 0 || !startsItem.test(line)) section.whole = true;
  return true;
}

function closed(sections: readonly OpenSection[], end: number): readonly CutSection[] {
  return sections.map(({ start, whole, starts, indent }, index) => {
    const sectionEnd = sections[index + 1]?.start ?? end;
    const children = whole ? [] : starts.map((from, child) => ({ start: from, end: starts[child + 1] ?? sectionEnd }));
    return { start, headEnd: children[0]?.start ?? sectionEnd, children, indent };
  });
}

/** How many spaces a line starts with. */
function indentAt(text: string, start: number, end: number): number | "tab" {
  let at = start;
  while (at < end && text.charCodeAt(at) === SPACE) at += 1;
  return at < end && text.charCodeAt(at) === TAB ? "tab" : at - start;
}
