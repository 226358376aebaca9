import type { BaseImageFacts } from "../../../knowledge/base-images/index.ts";
import type { ImageDescription } from "../../../languages/image/index.ts";
import type { CommandInstruction, DockerfileModel, Stage, Word } from "../../../languages/dockerfile/model.ts";

/** The image a file makes, and what it is made from. */
export interface FinalImage {
  readonly stage: Stage;
  /** The word behind the last `FROM`: a finding on what is missing stands there. */
  readonly word: Word;
  /** What it is made from, as written at the bottom of the chain: `node:22-alpine`, `scratch`. */
  readonly base: string;
  /** `undefined` where the base image is not among those known. */
  readonly facts: BaseImageFacts | undefined;
  /** What its registry said of the base image, where somebody asked. */
  readonly description: ImageDescription | undefined;
}

/** `undefined` for a piece of a Dockerfile, and where a variable decides what the image is made from. */
export function finalImage(model: DockerfileModel): FinalImage | undefined {
  const stage = model.finalStage;
  const word = stage?.from.imageWord;
  if (stage === undefined || word === undefined) return undefined;
  const { baseFacts: facts, baseDescription: description } = stage;
  if (stage.scratch) return { stage, word, base: "scratch", facts, description };
  return stage.baseImage === undefined ? undefined : { stage, word, base: stage.baseImage.text, facts, description };
}

/** The stage whose `FROM` names the base image. */
export function bottomOf(stage: Stage): Stage {
  let bottom = stage;
  while (bottom.parent !== undefined) bottom = bottom.parent;
  return bottom;
}

/** The `ENTRYPOINT` or `CMD` in effect in a stage, where the file sets one. */
export function commandOf(stage: Stage, keyword: "ENTRYPOINT" | "CMD"): CommandInstruction | undefined {
  const last = stage.last(keyword);
  return last?.name === "ENTRYPOINT" || last?.name === "CMD" ? last : undefined;
}

/** Whether a container of the image starts with this instruction: it is the last of its kind in the final stage, or in a piece of a Dockerfile. */
export function isCommandInEffect(instruction: CommandInstruction, model: DockerfileModel): boolean {
  if (instruction.onbuild || (instruction.name !== "CMD" && instruction.name !== "ENTRYPOINT")) return false;
  if (model.finalStage !== undefined) return commandOf(model.finalStage, instruction.name) === instruction;
  return model.instructions.findLast(({ name }) => name === instruction.name) === instruction;
}
