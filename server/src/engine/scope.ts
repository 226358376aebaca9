import type { Unit } from "../languages/index.ts";
import type { LineComment } from "../languages/comment.ts";
import type { DockerfileModel, Instruction } from "../languages/dockerfile/model.ts";
import type { IgnoreModel } from "../languages/ignore/index.ts";
import type { YamlDocument, YamlNode } from "../languages/yaml/node.ts";
import { type Lines, linesOf } from "../text/lines.ts";
import { type Span, span } from "../text/span.ts";

/**
 * What a comment of a unit can speak for. Spans count from the unit's start; a finding is meant where its first character lies within
 * one or at its end.
 */
export interface Scopes {
  readonly text: string;
  readonly comments: readonly LineComment[];
  /**
   * What stands below a comment: the next instruction with all its lines, or the whole node that begins on the next line of YAML (an entry
   * with its value, an item; the document, where the comment stands above its first key).
   */
  next(comment: LineComment): Span | undefined;
  /** The next line that is no comment, with the rest of a scalar that begins on it; the next instruction. */
  nextLine(comment: LineComment): Span | undefined;
  /** The line a comment stands at the end of. */
  line(comment: LineComment): Span;
  /** The build stage whose FROM stands below a comment. */
  stage(comment: LineComment): Span | undefined;
}

/** The scopes of one unit of a file. */
export function scopesOf(unit: Unit): Scopes {
  const { model } = unit;
  if ("document" in model) return yamlScopes(model.document);
  return "entries" in model ? ignoreScopes(model) : dockerfileScopes(model);
}

function ignoreScopes({ text, comments }: IgnoreModel): Scopes {
  const next = (comment: LineComment): Span | undefined => nextLine(text, linesOf(text), comment);
  return { text, comments, next, nextLine: next, line: (comment) => comment.span, stage: () => undefined };
}

function dockerfileScopes(model: DockerfileModel): Scopes {
  const below = (comment: LineComment): Instruction | undefined =>
    model.instructions.find((instruction) => instruction.span.start >= comment.span.end);
  const next = (comment: LineComment): Span | undefined => {
    const around = model.instructions.some(
      ({ span }) => span.start <= comment.span.start && comment.span.end <= span.end,
    );
    return around ? nextLine(model.text, linesOf(model.text), comment) : below(comment)?.span;
  };
  return {
    text: model.text,
    comments: model.comments,
    next,
    nextLine: next,
    line: (comment) => comment.span,
    stage(comment) {
      const from = below(comment);
      const stage = model.stages.find((candidate) => candidate.from === from);
      const last = stage?.instructions.at(-1);
      return stage === undefined || last === undefined ? undefined : span(stage.from.span.start, last.span.end);
    },
  };
}

function yamlScopes(document: YamlDocument): Scopes {
  const { text } = document;
  let lazyLines: Lines | undefined;
  const lines = (): Lines => (lazyLines ??= linesOf(text));
  const reach = (range: Span, counts: (node: YamlNode) => boolean): Span => {
    let end = range.end;
    for (const { node, start } of nodesIn(document.root, range)) {
      if (start >= range.start && start <= range.end && counts(node)) end = Math.max(end, node.span.end);
    }
    return span(range.start, end);
  };
  const below = (comment: LineComment, counts: (node: YamlNode) => boolean): Span | undefined => {
    const range = nextLine(text, lines(), comment);
    return range === undefined ? undefined : reach(range, counts);
  };
  return {
    text,
    comments: document.comments,
    next: (comment) => below(comment, () => true),
    nextLine: (comment) => below(comment, isScalar),
    line: (comment) => reach(lines().span(lines().lineAt(comment.span.start)), isScalar),
    stage: () => undefined,
  };
}

function isScalar(node: YamlNode): boolean {
  return node.type === "scalar";
}

/** The next line that is neither blank nor a comment, from its indentation to its end. */
function nextLine(text: string, lines: Lines, comment: LineComment): Span | undefined {
  for (let line = lines.lineAt(comment.span.start) + 1; line < lines.count; line++) {
    const range = lines.span(line);
    const content = text.slice(range.start, range.end).trim();
    if (content !== "" && !content.startsWith("#")) return range;
  }
  return undefined;
}

/**
 * The nodes around and in a range with the place each begins at (an entry's value begins at its key), parents first. Nodes that
 * came through an alias or a merge are left out: they stand elsewhere.
 */
function* nodesIn(root: YamlNode | undefined, range: Span): Generator<{ node: YamlNode; start: number }> {
  const stack: { node: YamlNode; start: number }[] = [];
  if (root !== undefined) stack.push({ node: root, start: root.span.start });
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    yield at;
    const { node } = at;
    if (node.type === "map") {
      for (const entry of node.entries) {
        if (entry.merged !== undefined || entry.value.alias !== undefined) continue;
        if (entry.keySpan.start <= range.end && entry.value.span.end >= range.start) {
          stack.push({ node: entry.value, start: entry.keySpan.start });
        }
      }
    } else if (node.type === "seq") {
      for (const item of node.items) {
        if (item.alias !== undefined) continue;
        if (item.span.start <= range.end && item.span.end >= range.start)
          stack.push({ node: item, start: item.span.start });
      }
    }
  }
}
