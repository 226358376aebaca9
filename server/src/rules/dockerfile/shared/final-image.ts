import { type BaseImageFacts, baseImageFacts, baseImageOf } from "../../../knowledge/base-images/index.ts";
import type {
  CommandInstruction,
  DockerfileModel,
  Instruction,
  Stage,
  Word,
} from "../../../languages/dockerfile/model.ts";

/** The image a file makes, and what it is made from. */
export interface FinalImage {
  readonly stage: Stage;
  /** The word behind the last `FROM`: a finding on what is missing stands there. */
  readonly word: Word;
  /** What it is made from, as written at the bottom of the chain: `node:22-alpine`, `scratch`. */
  readonly base: string;
  /** `undefined` where the base image is not among those known. */
  readonly facts: BaseImageFacts | undefined;
}

/** `undefined` for a piece of a Dockerfile, and where a variable decides what the image is made from. */
export function finalImage(model: DockerfileModel): FinalImage | undefined {
  const stage = model.finalStage;
  const word = stage?.from.imageWord;
  if (stage === undefined || word === undefined) return undefined;
  const facts = baseFactsOf(stage);
  if (stage.scratch) return { stage, word, base: "scratch", facts };
  return stage.baseImage === undefined ? undefined : { stage, word, base: stage.baseImage.text, facts };
}

/** What is known of the image at the bottom of a stage. */
export function baseFactsOf(stage: Stage): BaseImageFacts | undefined {
  if (stage.scratch) return baseImageFacts("docker.io/library/scratch", undefined);
  return stage.baseImage === undefined ? undefined : baseImageOf(stage.baseImage);
}

/** The stage whose `FROM` names the base image. */
export function bottomOf(stage: Stage): Stage {
  let bottom = stage;
  while (bottom.parent !== undefined) bottom = bottom.parent;
  return bottom;
}

/** All that is done to the file system and the settings of a stage, what its parents do first. */
export function instructionsOf(stage: Stage): readonly Instruction[] {
  const parts: (readonly Instruction[])[] = [];
  for (let at: Stage | undefined = stage; at !== undefined; at = at.parent) parts.push(at.instructions);
  return parts.reverse().flat();
}

/** The `ENTRYPOINT` or `CMD` in effect in a stage, where the file sets one. */
export function commandOf(stage: Stage, keyword: "ENTRYPOINT" | "CMD"): CommandInstruction | undefined {
  const last = stage.last(keyword);
  return last?.name === "ENTRYPOINT" || last?.name === "CMD" ? last : undefined;
}
