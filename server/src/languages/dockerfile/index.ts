import { lineEndingOf } from "../../text/lines.ts";
import type { LineComment } from "../comment.ts";
import { type Once, onceFor } from "../once.ts";
import { type Descriptions, noDescriptions } from "../image/description.ts";
import type { ImageUse } from "../image/reference.ts";
import type { SyntaxProblem } from "../problem.ts";
import { Chunk } from "./chunk.ts";
import { imageUses } from "./images.ts";
import type { FindStage, Site } from "./instruction.ts";
import { createFrom, createInstruction } from "./instructions.ts";
import type { DockerfileModel, Instruction, ParserDirective, Stage } from "./model.ts";
import { type DirectiveBlock, parserDirectives } from "./parser-directives.ts";
import { problemsOf } from "./problems/index.ts";
import { createScope } from "./scope.ts";
import { type Piece, splitInstructions } from "./split.ts";
import { ReadStage, chainOf } from "./stage.ts";

type Surroundings = Pick<Site, "scope" | "stage" | "findStage" | "descriptions">;

/**
 * Reads a Dockerfile, or a piece of one. Pure, and never throws. What was found out about the instructions of `previous`, an earlier text
 * of the same file, is taken over for those that are still there. `descriptions`: what registries said of images; those of `previous` where left out.
 */
export function parseDockerfile(
  text: string,
  previous?: DockerfileModel,
  descriptions: Descriptions = previous?.descriptions ?? noDescriptions,
): DockerfileModel {
  return new ReadDockerfile(text, previous instanceof ReadDockerfile ? previous : undefined, descriptions);
}

class ReadDockerfile implements DockerfileModel {
  readonly text: string;
  readonly comments: readonly LineComment[];
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  readonly descriptions: Descriptions;
  readonly #directives: DirectiveBlock;
  readonly #pieces: readonly Piece[];
  readonly #chunks = new Map<string, Chunk>();
  readonly #names = new Map<string, Stage[]>();
  readonly once: Once<DockerfileModel> = onceFor<DockerfileModel>(this);
  #shipped: ReadonlySet<Stage> | undefined;
  #problems: readonly SyntaxProblem[] | undefined;
  #images: readonly ImageUse[] | undefined;

  constructor(text: string, previous: ReadDockerfile | undefined, descriptions: Descriptions) {
    this.text = text;
    this.descriptions = descriptions;
    this.#directives = parserDirectives(text);
    const { escape, end } = this.#directives;
    const known = previous?.escape === escape ? previous.#chunks : undefined;
    const chunkOf = (source: string): Chunk => {
      const chunk = this.#chunks.get(source) ?? known?.get(source) ?? new Chunk(source, escape);
      this.#chunks.set(chunk.source, chunk);
      return chunk;
    };
    const { pieces, comments } = splitInstructions(text, end, escape, chunkOf);
    this.#pieces = pieces;
    this.comments = comments;
    const { instructions, stages } = this.#read(pieces);
    this.instructions = instructions;
    this.stages = stages;
  }

  get escape(): "\\" | "`" {
    return this.#directives.escape;
  }

  get directives(): readonly ParserDirective[] {
    return this.#directives.directives;
  }

  get lineEnding(): "\n" | "\r\n" {
    return lineEndingOf(this.text);
  }

  get fragment(): boolean {
    return this.stages.length === 0;
  }

  get finalStage(): Stage | undefined {
    return this.stages.at(-1);
  }

  get problems(): readonly SyntaxProblem[] {
    return (this.#problems ??= problemsOf(this, this.#pieces));
  }

  get images(): readonly ImageUse[] {
    return (this.#images ??= imageUses(
      this.instructions,
      this.directives,
      (name, user) => this.#findStage(name, "name or number", user.stage?.index ?? 0) !== undefined,
      this.descriptions,
    ));
  }

  #read(pieces: readonly Piece[]): {
    readonly instructions: readonly Instruction[];
    readonly stages: readonly Stage[];
  } {
    const instructions: Instruction[] = [];
    const stages: ReadStage[] = [];
    const fragment = pieces.every((piece) => piece.chunk.name !== "FROM");
    const globals = createScope(fragment ? "fragment" : "global", undefined, () => undefined);
    let stage: ReadStage | undefined;
    const { descriptions } = this;
    let surroundings: Surroundings = {
      scope: globals,
      stage: () => undefined,
      findStage: () => undefined,
      descriptions,
    };
    for (const [order, piece] of pieces.entries()) {
      if (piece.chunk.name === "FROM") {
        const index = stages.length;
        const findStage: FindStage = (name, by) => this.#findStage(name, by, index);
        const current = (): Stage | undefined => stages[index];
        const from = createFrom(siteOf(piece, order, { scope: globals, stage: current, findStage, descriptions }));
        const base = stages.find((candidate) => candidate === from.base);
        const scope = createScope("stage", globals, () => base?.scope);
        stage = new ReadStage(index, from, scope, this.escape, (candidate) => this.#isShipped(candidate));
        stages.push(stage);
        this.#name(stage);
        surroundings = { scope, stage: current, findStage, descriptions };
        instructions.push(from);
        continue;
      }
      const instruction = createInstruction(siteOf(piece, order, surroundings));
      surroundings.scope.add(instruction, order);
      stage?.add(instruction);
      instructions.push(instruction);
    }
    return { instructions, stages };
  }

  #name(stage: Stage): void {
    const name = stage.name?.toLowerCase();
    if (name === undefined) return;
    const same = this.#names.get(name);
    if (same === undefined) this.#names.set(name, [stage]);
    else same.push(stage);
  }

  /** The last stage of that name, or the stage of that number, before the stage `index`. */
  #findStage(name: string, by: "name" | "name or number", index: number): Stage | undefined {
    const named = this.#names.get(name.toLowerCase())?.findLast((stage) => stage.index < index);
    if (named !== undefined || by === "name" || !/^\d{1,6}$/.test(name)) return named;
    return Number(name) < index ? this.stages[Number(name)] : undefined;
  }

  #isShipped(stage: Stage): boolean {
    this.#shipped ??= new Set(this.finalStage === undefined ? [] : chainOf(this.finalStage));
    return this.#shipped.has(stage);
  }
}

function siteOf(piece: Piece, order: number, { scope, stage, findStage, descriptions }: Surroundings): Site {
  const { chunk, start, end, heredocs } = piece;
  return { chunk, start, end, heredocs, order, scope, stage, findStage, onbuild: false, descriptions };
}
