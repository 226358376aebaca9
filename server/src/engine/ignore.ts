import type { LineComment } from "../languages/comment.ts";
import type { DockerfileModel } from "../languages/dockerfile/model.ts";
import type { IgnoreModel } from "../languages/ignore/index.ts";
import type { Kind, Models, ParsedFile } from "../languages/index.ts";
import type { YamlDocument } from "../languages/yaml/node.ts";
import { parseYaml } from "../languages/yaml/parse.ts";
import { applyEdits, insert, shiftEdit, type TextEdit } from "../text/edit.ts";
import { linesOf } from "../text/lines.ts";
import { shift } from "../text/span.ts";
import { internalErrorId } from "./analyze.ts";
import type { Finding } from "./finding.ts";
import { isForeignDirective } from "./foreign-comments.ts";
import { partsOf } from "./own-directives.ts";

/**
 * The edit that silences a finding by a comment of ours: above the instruction in a Dockerfile or the pattern of an ignore file, at the end of the line or above it in YAML,
 * or by one more name in the comment that is already there. `undefined` where no comment can stand or helps: in JSON, for parser
 * directives, for problems of our own comments.
 */
export function ignoreHere(parsed: ParsedFile, finding: Finding, reason?: string): TextEdit | undefined {
  const unit = parsed.units.findLast(({ base }) => base <= finding.at.start) ?? parsed.units[0];
  // A comment does not speak for other comments, or for itself.
  if (unit === undefined || finding.rule.startsWith("seaworthy/")) return undefined;
  const at = finding.at.start - unit.base;
  const name = slugOf(finding);
  const edit = silencing(parsed, unit.model, at, name, reason);
  return edit === undefined ? undefined : shiftEdit(edit, unit.base);
}

function silencing(
  parsed: ParsedFile,
  model: Models[Kind],
  at: number,
  name: string,
  reason: string | undefined,
): TextEdit | undefined {
  if ("entries" in model) return patternIgnore(model, at, name, reason);
  if (!("document" in model)) return dockerfileIgnore(model, at, name, reason);
  return isJson(parsed) ? undefined : yamlIgnore(model.document, at, name, reason);
}

function patternIgnore(model: IgnoreModel, at: number, name: string, reason: string | undefined): TextEdit | undefined {
  const lines = linesOf(model.text);
  const own = lines.lineAt(at);
  const above = model.comments.find(({ span }) => lines.lineAt(span.start) === own - 1);
  const merged = above && withName(model.text, above, "ignore", name, reason);
  // Blanks before it would make it a pattern.
  const mark = own === 0 && model.text.startsWith("\uFEFF") ? 1 : 0;
  return (
    merged ?? insert(lines.start(own) + mark, `# seaworthy ignore ${name}${reasonPart(reason)}${model.lineEnding}`)
  );
}

/** The same for the whole file: an `ignore-file` comment at its top, below parser directives. */
export function ignoreInFile(parsed: ParsedFile, finding: Finding, reason?: string): TextEdit | undefined {
  const unit = parsed.units[0];
  if (unit === undefined || isJson(parsed) || finding.rule === internalErrorId) return undefined;
  const { text } = parsed.file;
  const name = slugOf(finding);
  const comments = "document" in unit.model ? unit.model.document.comments : unit.model.comments;
  for (const comment of comments) {
    const merged = withName(text, { ...comment, span: shift(comment.span, unit.base) }, "ignore-file", name, reason);
    if (merged !== undefined) return merged;
  }
  const lines = linesOf(text);
  const directives = "directives" in unit.model ? unit.model.directives : [];
  const last = directives.at(-1);
  const line = last === undefined ? 0 : lines.lineAt(last.span.start) + 1;
  const comment = `# seaworthy ignore-file ${name}${reasonPart(reason)}`;
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  if (line >= lines.count) return insert(text.length, `${ending}${comment}`);
  const byteOrderMark = line === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return insert(lines.start(line) + byteOrderMark, `${comment}${ending}`);
}

function dockerfileIgnore(
  model: DockerfileModel,
  at: number,
  name: string,
  reason: string | undefined,
): TextEdit | undefined {
  const instruction = model.instructions.find(({ span }) => span.start <= at && at <= span.end);
  if (instruction === undefined) return undefined;
  const lines = linesOf(model.text);
  const parserLines = new Set(model.directives.map(({ span }) => lines.lineAt(span.start)));
  const commentAt = new Map(model.comments.map((comment) => [lines.lineAt(comment.span.start), comment]));
  const own = lines.lineAt(instruction.span.start);
  let line = own;
  for (let above = own - 1; above >= 0; above--) {
    const comment = commentAt.get(above);
    if (comment === undefined || parserLines.has(above)) break;
    const merged = withName(model.text, comment, "ignore", name, reason);
    if (merged !== undefined) return merged;
    // Some tools only look at the line right above the instruction, so theirs stay there.
    if (line === above + 1 && isForeignDirective(comment.text)) line = above;
  }
  const indentation = model.text.slice(lines.start(own), instruction.span.start);
  return insert(lines.start(line), `${indentation}# seaworthy ignore ${name}${reasonPart(reason)}${model.lineEnding}`);
}

function yamlIgnore(
  document: YamlDocument,
  at: number,
  name: string,
  reason: string | undefined,
): TextEdit | undefined {
  const { text } = document;
  const lines = linesOf(text);
  const line = lines.lineAt(at);
  const own = document.comments.find(({ span, alone }) => !alone && lines.lineAt(span.start) === line);
  if (own !== undefined) {
    const merged = withName(text, own, "ignore", name, reason);
    if (merged !== undefined) return merged;
  }
  for (let above = line - 1; above >= 0; above--) {
    const comment = document.comments.find(({ span, alone }) => alone && lines.lineAt(span.start) === above);
    if (comment === undefined) break;
    const merged = withName(text, comment, "ignore", name, reason);
    if (merged !== undefined) return merged;
  }
  const range = lines.span(line);
  const written = text.slice(range.start, range.end);
  const comment = `# seaworthy ignore ${name}${reasonPart(reason)}`;
  const indentation = /^[ \t\uFEFF]*/.exec(written)?.[0] ?? "";
  const behind = insert(range.start + written.trimEnd().length, ` ${comment}`);
  const above = insert(
    range.start + (indentation.startsWith("\uFEFF") ? 1 : 0),
    `${indentation.replace("\uFEFF", "")}${comment}${document.lineEnding}`,
  );
  const short = written.trimEnd().length + 1 + comment.length <= 80;
  const choices = own === undefined && short ? [behind, above] : own === undefined ? [above, behind] : [above];
  // Inside a quoted or block scalar the words would become part of the value; then the other place, or none, is right.
  return choices.find((edit) => readsAsComment(document, edit, comment));
}

function readsAsComment(document: YamlDocument, edit: TextEdit, comment: string): boolean {
  const after = applyEdits(document.text, [edit]);
  if (after === undefined) return false;
  const parsed = parseYaml(after);
  const known = parsed.comments.some(({ span }) => after.slice(span.start, span.end) === comment);
  return known && parsed.problems.length <= document.problems.length;
}

/** The edit that puts one more name into a directive of ours; `undefined` where the comment is none of that verb. */
function withName(
  text: string,
  comment: LineComment,
  verb: "ignore" | "ignore-file",
  name: string,
  reason: string | undefined,
): TextEdit | undefined {
  const parts = partsOf(text, comment);
  if (parts === undefined || parts.verb !== verb || parts.names.length === 0) return undefined;
  // A reason is given for the names before it; another one needs a comment of its own.
  if (reason !== undefined && reason !== parts.reason) return undefined;
  return insert(parts.namesEnd, `, ${name}`);
}

function slugOf(finding: Finding): string {
  if (finding.code !== undefined) return finding.code;
  return finding.rule.slice(finding.rule.indexOf("/") + 1);
}

function reasonPart(reason: string | undefined): string {
  const line = reason?.replaceAll(/\s+/g, " ").trim() ?? "";
  return line === "" ? "" : ` -- ${line}`;
}

function isJson(parsed: ParsedFile): boolean {
  return parsed.file.path.toLowerCase().endsWith(".json") || parsed.file.languageId === "json";
}
