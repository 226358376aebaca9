import { knownImage } from "../image/known.ts";
import type { Descriptions } from "../image/description.ts";
import type { ImageUse } from "../image/reference.ts";
import type { Span } from "../../text/span.ts";
import type { FromInstruction, Instruction, ParserDirective, RunInstruction, TransferInstruction } from "./model.ts";

/** Every image a build pulls by name: bases, `COPY --from`, `RUN --mount=from=` and the frontend. Stages of the file are none. */
export function imageUses(
  instructions: readonly Instruction[],
  directives: readonly ParserDirective[],
  isStage: (name: string, user: Instruction) => boolean,
  descriptions: Descriptions,
): readonly ImageUse[] {
  const uses: ImageUse[] = [];
  const syntax = directives.find((directive) => directive.name === "syntax");
  if (syntax !== undefined) {
    const [value = ""] = syntax.value.split(" ");
    const { start } = syntax.valueSpan;
    uses.push({
      ...imageOf(value, descriptions),
      span: { start, end: start + value.length },
      role: "frontend",
      built: false,
    });
  }
  for (const written of instructions) {
    const instruction = written.name === "ONBUILD" ? written.trigger : written;
    for (const use of usesOf(instruction, isStage, descriptions)) uses.push(use);
  }
  return uses;
}

function usesOf(
  instruction: Instruction | undefined,
  isStage: (name: string, user: Instruction) => boolean,
  descriptions: Descriptions,
): readonly ImageUse[] {
  switch (instruction?.name) {
    case "FROM":
      return baseUse(instruction);
    case "COPY":
      return copyUse(instruction, descriptions);
    case "RUN":
      return instruction.flags.length === 0 ? [] : mountUses(instruction, isStage, descriptions);
    default:
      return [];
  }
}

function baseUse(from: FromInstruction): readonly ImageUse[] {
  const word = from.imageWord;
  if (word === undefined || from.base !== undefined || word.resolved?.toLowerCase() === "scratch") return [];
  return [
    {
      ...ownerOf(from),
      reference: from.image,
      // A variable may make the word something that is no image's name.
      facts: from.image === undefined ? undefined : from.facts,
      description: from.description,
      span: bare(word.text, word.span),
      role: "base",
      built: false,
    },
  ];
}

function copyUse(copy: TransferInstruction, descriptions: Descriptions): readonly ImageUse[] {
  const { from } = copy;
  if (from === undefined || from.stage !== undefined || /^\d+$/.test(from.value)) return [];
  const image = foreign(from.value, descriptions);
  return [{ ...ownerOf(copy), ...image, span: from.span, role: "copy-source", built: false }];
}

function mountUses(
  run: RunInstruction,
  isStage: (name: string, user: Instruction) => boolean,
  descriptions: Descriptions,
): readonly ImageUse[] {
  return run.flags.flatMap(({ name, value, valueSpan }): readonly ImageUse[] => {
    const match = name === "mount" && value !== undefined ? /(?:^|,)from=([^,]+)/d.exec(value) : null;
    const place = match?.indices?.[1];
    const from = match?.[1];
    if (from === undefined || place === undefined || valueSpan === undefined || isStage(from, run)) return [];
    // A value with quotes or a continuation in it stands elsewhere than it reads.
    const direct = valueSpan.end - valueSpan.start === value?.length;
    const span = direct ? { start: valueSpan.start + place[0], end: valueSpan.start + place[1] } : valueSpan;
    return [{ ...ownerOf(run), ...foreign(from, descriptions), span, role: "mount-source", built: false }];
  });
}

function ownerOf(instruction: Instruction): { readonly owner?: string } {
  const name = instruction.stage?.name;
  return name === undefined ? {} : { owner: name };
}

/** A bare name may be a build context given on the command line (`--build-context name=…`), so nothing can be said of it. */
function foreign(name: string, descriptions: Descriptions): NamedImage {
  return /[/:@]/.test(name)
    ? imageOf(name, descriptions)
    : { reference: undefined, facts: undefined, description: undefined };
}

type NamedImage = Pick<ImageUse, "reference" | "facts" | "description">;

function imageOf(name: string, descriptions: Descriptions): NamedImage {
  const { reference, facts, description } = knownImage(name, name, descriptions);
  return { reference, facts, description };
}

function bare(text: string, span: Span): Span {
  const quoted = text.length > 1 && /^["']/.test(text) && text.endsWith(text.charAt(0));
  return quoted ? { start: span.start + 1, end: span.end - 1 } : span;
}
