import type { DockerfileModel, Instruction, Stage } from "../../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { insert, replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";

/** What stands behind a `--from=` or in the `from=` of a mount: a stage by name or number, a build context or an image. */
export interface StageSource {
  /** As written, without quotes. */
  readonly name: string;
  readonly span: Span;
  readonly instruction: Instruction;
}

/** Where an instruction takes files from besides its own stage and the build context. */
export function stageSources(instruction: Instruction): readonly StageSource[] {
  if (instruction.name === "COPY") {
    const { from } = instruction;
    return from === undefined ? [] : [{ ...bare(from.value, from.span), instruction }];
  }
  if (instruction.name !== "RUN" || instruction.flags.length === 0) return [];
  return instruction.flags.flatMap(({ name, value, valueSpan }) => {
    const match = name === "mount" && value !== undefined ? /(?:^|,)from=([^,]+)/d.exec(value) : null;
    const place = match?.indices?.[1];
    const source = match?.[1];
    if (source === undefined || place === undefined || valueSpan === undefined) return [];
    // A value with quotes or a continuation in it stands elsewhere than it reads.
    if (valueSpan.end - valueSpan.start !== value?.length) return [];
    return [
      { name: source, span: { start: valueSpan.start + place[0], end: valueSpan.start + place[1] }, instruction },
    ];
  });
}

/**
 * The stage that BuildKit takes files from: the last one of that name, wherever it stands, else the one of that number. A `FROM` is another
 * matter: it sees only what stands before it.
 */
export function sourceStage(model: DockerfileModel, name: string): Stage | undefined {
  if (/^\d{1,6}$/.test(name)) return model.stages[Number(name)];
  const lower = name.toLowerCase();
  return model.stages.findLast((stage) => stage.name?.toLowerCase() === lower);
}

/** The stages that a stage needs: the one it is based on, and those it takes files from. */
export function neededStages(model: DockerfileModel, stage: Stage): readonly Stage[] {
  const needed: Stage[] = stage.parent === undefined ? [] : [stage.parent];
  for (const instruction of stage.instructions) {
    for (const { name } of stageSources(instruction)) {
      const source = sourceStage(model, name);
      if (source !== undefined) needed.push(source);
    }
  }
  return needed;
}

/** Whether the text could be a stage's name: what a builder takes, in any case. */
export function isStageName(text: string): boolean {
  return /^[a-z][\w.-]*$/i.test(text);
}

/** A name that no stage has: the one given, or the same with a number. */
export function freeStageName(model: DockerfileModel, wanted: string): string {
  const taken = new Set(model.stages.map((stage) => stage.name?.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}-${number}`;
  return name;
}

/** Gives a stage another name, or its first one; the places that speak of it are not touched. */
export function nameEdit(stage: Stage, name: string): TextEdit | undefined {
  const { alias, imageWord, keyword } = stage.from;
  if (alias !== undefined) return replace(alias.span, name);
  if (imageWord === undefined) return undefined;
  return insert(imageWord.span.end, ` ${keyword === keyword.toLowerCase() ? "as" : "AS"} ${name}`);
}

/**
 * Puts `name` wherever the file speaks of a stage: by its number, or by its name as far as that means this stage. `undefined` where one of the
 * places cannot be told, as with a variable in it.
 */
export function mentionEdits(model: DockerfileModel, stage: Stage, name: string): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { from } of model.stages) {
    const { base, imageWord } = from;
    if (imageWord?.variable === true && stage.name !== undefined && couldName(imageWord.text, stage.name)) {
      return undefined;
    }
    if (base === stage && imageWord !== undefined) edits.push(replace(imageWord.span, name));
  }
  for (const written of model.instructions) {
    const instruction = written.name === "ONBUILD" ? (written.trigger ?? written) : written;
    for (const source of stageSources(instruction)) {
      if (sourceStage(model, source.name) === stage) edits.push(replace(source.span, name));
    }
  }
  return edits;
}

/** Whether a text with variables in it could stand for a name. */
export function couldName(text: string, name: string): boolean {
  const parts = text.split(/\$(?:\{[^}]*\}|\w+)/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
}

function bare(text: string, span: Span): { readonly name: string; readonly span: Span } {
  const quoted = text.length > 1 && /^["']/.test(text) && text.endsWith(text.charAt(0));
  return quoted
    ? { name: text.slice(1, -1), span: { start: span.start + 1, end: span.end - 1 } }
    : { name: text, span };
}
