import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { type IgnoreEntry, type IgnoreModel, ignoredBy, ignores, mayReachBelow } from "../../languages/ignore/index.ts";
import { insert, remove, replace } from "../../text/edit.ts";

export default defineRule("ignore", {
  slug: "ineffective-pattern",
  summary: "A line of the ignore file does not do what it looks like.",
  why: `A pattern that fits nothing is no error: what it should keep out goes into the build context, and with \`COPY . .\` into the image, and nobody is told. An ignore
file for builds is not read like a \`.gitignore\`, a shell or a list in quotes: a comment takes a whole line and begins in its first column, \`{a,b}\` and quotes
stand for themselves, \`\\\` takes the meaning from the next character, and of two lines that fit a path the last one decides, so that a \`!\` before what it
should soften does nothing.

Lines that are merely of no use, one that says again what stands above it, or a \`!\` for what nothing leaves out, are hints.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/build/concepts/context/#dockerignore-files"],
  fix: "review",
  examples: [
    { bad: ".git\nnode_modules # installed in the image\n", good: ".git\n# installed in the image\nnode_modules\n" },
    { bad: "!docs/api.md\ndocs\n", good: "docs\n!docs/api.md\n" },
    { bad: "*.{log,tmp}\n", good: "*.log\n*.tmp\n" },
  ],
  *check(model) {
    const seen = new Map<string, number>();
    for (const [index, entry] of model.entries.entries()) {
      const problem = misread(entry, model) ?? misplaced(index, model, seen);
      if (problem !== undefined) yield problem;
      seen.set(keyOf(entry), index);
    }
  },
});

/** A pattern that is not read as it was meant. */
function misread(entry: IgnoreEntry, model: IgnoreModel): Problem | undefined {
  const { written, pattern, span, negated } = entry;
  const mark = negated ? "!" : "";
  const start = span.end - written.length;
  const rewritten = (title: string, patterns: readonly string[]): (() => readonly Fix[]) => {
    const text = patterns.map((one) => mark + one).join(model.lineEnding);
    return () => [{ title, safety: "review", edits: [replace(span, text)] }];
  };
  if (!negated && written.startsWith("#")) {
    return {
      at: { start, end: start + 1 },
      message: "A comment begins in the first column: behind blanks this is a pattern, which fits a file of that name.",
      fixes: () => [
        { title: "Take the blanks out", safety: "safe", edits: [remove({ start: entry.lineSpan.start, end: start })] },
      ],
      severity: "hint",
    };
  }
  const comment = /\s+#/.exec(written);
  if (comment !== null) {
    const before = written.slice(0, comment.index);
    const said = written.slice(comment.index).trim();
    return {
      at: { start: start + comment.index + comment[0].length - 1, end: span.end },
      message: `There is no comment behind a pattern: this fits a file that is called \`${written}\`; put the comment on a line above.`,
      fixes: () => [
        {
          title: "Put the comment on a line above (the pattern takes effect)",
          safety: "review",
          edits: [replace({ start: entry.lineSpan.start, end: span.end }, said + model.lineEnding + mark + before)],
        },
      ],
    };
  }
  const quoted = /^(["'])(.+)\1$/.exec(written)?.[2];
  if (quoted !== undefined) {
    return {
      at: span,
      message: `The quotes are taken for a part of the name: \`${written}\` fits nothing that is called \`${quoted}\`; leave them out.`,
      fixes: rewritten(`Write \`${mark}${quoted}\` (the pattern takes effect)`, [quoted]),
    };
  }
  const choices = choicesOf(written);
  if (choices !== undefined) {
    return {
      at: span,
      message: `\`{…}\` is no choice here but stands for itself, so \`${written}\` fits nothing: write a line for each.`,
      fixes: rewritten("Write a line for each (they take effect)", choices),
    };
  }
  if (/^[^\\]+\\[A-Za-z0-9._-]/.test(written)) {
    const slashed = written.replaceAll("\\", "/");
    return {
      at: span,
      message: `\`\\\` separates folders on Windows alone; anywhere else it takes the meaning from the next character: write \`${slashed}\`.`,
      fixes: rewritten(`Write \`${mark}${slashed}\` (the pattern takes effect on other systems)`, [slashed]),
    };
  }
  if (pattern === "." || pattern === "/") {
    return {
      at: span,
      message: `\`${written}\` fits nothing, not the whole context: write \`*\` to begin with nothing.`,
      fixes: rewritten(`Write \`${mark}*\` (it ${negated ? "lets everything in" : "leaves everything out"})`, ["*"]),
    };
  }
  if (pattern === ".." || pattern.startsWith("../")) {
    return {
      at: span,
      message: `\`${written}\` leads out of the build context, where nothing is taken from: take it out, or write the path from the context's root.`,
    };
  }
  return undefined;
}

/** A line whose place, or some other line, leaves it nothing to do. */
function misplaced(index: number, model: IgnoreModel, seen: ReadonlyMap<string, number>): Problem | undefined {
  const entry = model.entries[index];
  if (entry === undefined || entry.pattern === "") return undefined;
  const earlier = seen.get(keyOf(entry));
  const between = earlier === undefined ? [] : model.entries.slice(earlier + 1, index);
  const original = earlier === undefined ? undefined : model.entries[earlier];
  if (original !== undefined && between.every(({ negated }) => negated === entry.negated)) {
    return {
      at: entry.span,
      message: `\`${markedOf(entry)}\` stands above already: take this line out.`,
      fixes: () => [{ title: "Take the line out", safety: "safe", edits: [remove(entry.lineSpan)] }],
      related: [{ at: original.span, message: "stands here already" }],
      severity: "hint",
      tag: "unnecessary",
    };
  }
  return entry.negated ? uselessNegation(entry, index, model) : undefined;
}

function uselessNegation(entry: IgnoreEntry, index: number, model: IgnoreModel): Problem | undefined {
  const { pattern } = entry;
  // What a glob fits is anybody's guess.
  if (/[*?[\\]/.test(pattern)) return undefined;
  const before = model.patterns.slice(0, index);
  const leavesOut =
    ignores(before, pattern) || before.some((one) => !one.startsWith("!") && mayReachBelow(one, pattern));
  if (leavesOut) return undefined;
  const place = ignoredBy(model.patterns, pattern);
  const culprit = place === undefined ? undefined : model.entries[place];
  if (culprit === undefined) {
    // Something behind it may be meant to be softened by it, in a way that is not known.
    if (model.entries.slice(index + 1).some(({ negated, pattern: one }) => !negated && mayReachBelow(one, pattern)))
      return undefined;
    return {
      at: entry.span,
      message: `Nothing leaves \`${pattern}\` out, so there is nothing to let in again: take this line out.`,
      fixes: () => [{ title: "Take the line out", safety: "safe", edits: [remove(entry.lineSpan)] }],
      severity: "hint",
      tag: "unnecessary",
    };
  }
  return {
    at: entry.span,
    message: `\`${markedOf(culprit)}\` below leaves \`${pattern}\` out all the same, as the last line that fits decides: move this one behind it.`,
    fixes: () => [
      {
        title: `Move it behind \`${markedOf(culprit)}\` (\`${pattern}\` goes into the build context then)`,
        safety: "review",
        edits: [remove(entry.lineSpan), insert(culprit.span.end, model.lineEnding + markedOf(entry))],
      },
    ],
    related: [{ at: culprit.span, message: "left out here" }],
  };
}

/** `*.{a,b}` as its choices; one pair of braces, which is what people write. */
function choicesOf(written: string): readonly string[] | undefined {
  const match = /^([^{}\\]*)\{([^{}\\]*,[^{}\\]*)\}([^{}\\]*)$/.exec(written);
  if (match === null) return undefined;
  const [, head = "", choices = "", tail = ""] = match;
  return choices.split(",").map((choice) => head + choice.trim() + tail);
}

function keyOf({ negated, pattern }: IgnoreEntry): string {
  return `${negated ? "!" : ""}${pattern}`;
}

function markedOf({ negated, written }: IgnoreEntry): string {
  return `${negated ? "!" : ""}${written}`;
}
