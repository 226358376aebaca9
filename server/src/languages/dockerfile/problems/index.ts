import { shift } from "../../../text/span.ts";
import { parseImageReference } from "../../image/parse.ts";
import type { SyntaxProblem } from "../../problem.ts";
import type { DockerfileModel, FromInstruction, Instruction, ParserDirective } from "../model.ts";
import type { Chunk } from "../chunk.ts";
import type { Piece } from "../split.ts";
import { argumentProblems, isTemplate, unknownMessage } from "./arguments.ts";
import { flagProblems } from "./flags.ts";

/** What BuildKit would refuse to build, in the order of the text. `pieces` are what the instructions were made of. */
export function problemsOf(model: DockerfileModel, pieces: readonly Piece[]): readonly SyntaxProblem[] {
  const frontend = frontendOf(model.directives);
  const problems: SyntaxProblem[] = [];
  const add = (found: Iterable<SyntaxProblem>): void => {
    for (const problem of found) problems.push(problem);
  };
  let previous: Instruction | undefined;
  let early = false;
  for (const [index, instruction] of model.instructions.entries()) {
    if (instruction.name === "unknown") {
      // One lost continuation makes a row of them; the first tells all.
      if (previous?.name !== "unknown" && frontend !== "other" && !isTemplate(instruction.keyword)) {
        problems.push(unknownProblem(instruction, previous, model.escape));
      }
    } else if (instruction.name === "FROM") add(referenceProblems(instruction));
    else if (!model.fragment && instruction.stage === undefined && instruction.name !== "ARG" && !early) {
      early = true;
      problems.push({
        at: instruction.keywordSpan,
        message: `\`${instruction.name}\` stands before the first \`FROM\`, where only \`ARG\` may: move it into a stage.`,
      });
    }
    const piece = pieces[index];
    if (piece !== undefined) add(ownProblems(instruction, piece, frontend));
    previous = instruction;
  }
  return problems;
}

function ownProblems(instruction: Instruction, piece: Piece, frontend: Frontend): readonly SyntaxProblem[] {
  const own = piece.chunk.problems(frontend, () =>
    [...knownProblems(instruction, piece.chunk, frontend)].map(({ at, message }) => ({
      at: shift(at, -piece.start),
      message,
    })),
  );
  const open = piece.heredocs.filter((heredoc) => !heredoc.terminated);
  if (own.length === 0 && open.length === 0) return own;
  return [
    ...own.map(({ at, message }) => ({ at: shift(at, piece.start), message })),
    ...open.map(({ openerSpan, delimiter }) => ({
      at: openerSpan,
      message: `The heredoc \`${delimiter}\` never ends: put a line with only \`${delimiter}\` behind its text.`,
    })),
  ];
}

/** Whose grammar a file is written in: the stable frontend's, one of its previews, or one that nothing is known of. */
type Frontend = "stable" | "preview" | "other";

function frontendOf(directives: readonly ParserDirective[]): Frontend {
  const syntax = directives.find((directive) => directive.name === "syntax");
  if (syntax === undefined) return "stable";
  const [, repository, tag] = /^(?:docker\.io\/)?([^:@\s]+)(?::([\w.-]+))?/.exec(syntax.value) ?? [];
  if (repository !== "docker/dockerfile") return repository === "docker/dockerfile-upstream" ? "preview" : "other";
  return tag === undefined || /^(?:latest|\d+(?:\.\d+)*)$/.test(tag) ? "stable" : "preview";
}

function* knownProblems(instruction: Instruction, chunk: Chunk, frontend: Frontend): Generator<SyntaxProblem> {
  // Only a RUN holds such marks by itself, and little is said of one.
  if (instruction.name !== "RUN" && isTemplate(chunk.line.text)) return;
  const trigger = instruction.name === "ONBUILD" ? instruction.trigger : undefined;
  if (frontend === "stable") {
    yield* flagProblems(instruction);
    if (trigger !== undefined) yield* flagProblems(trigger);
  }
  if ((chunk.trigger?.chunk ?? chunk).syntax.json === "mixed") {
    yield {
      at: (trigger ?? instruction).argumentsSpan,
      message: "The exec form only holds strings: put each element in double quotes.",
    };
  } else yield* argumentProblems(instruction);
}

function* referenceProblems({ imageWord, base }: FromInstruction): Generator<SyntaxProblem> {
  if (imageWord === undefined || imageWord.variable || base !== undefined || isTemplate(imageWord.text)) return;
  const { value, span } = imageWord;
  if (value.toLowerCase() === "scratch" || parseImageReference(value) !== undefined) return;
  const lower = value.toLowerCase();
  const message =
    parseImageReference(lower) === undefined
      ? `\`${value}\` is not an image: it should read like \`registry/name:tag\`.`
      : `\`${value}\` is not an image: names of images are in lower case.`;
  yield { at: span, message };
}

function unknownProblem(
  { keyword, keywordSpan: at }: Instruction,
  previous: Instruction | undefined,
  escape: string,
): SyntaxProblem {
  if (previous === undefined || previous.heredocs.length > 0) return { at, message: unknownMessage(keyword) };
  const mark = escape === "`" ? "a backquote" : "`\\`";
  const hint = `if it belongs to the \`${previous.name}\` above, put ${mark} at the end of the line before it`;
  return { at, message: unknownMessage(keyword, hint) };
}
