import { shiftEdit } from "../../../text/edit.ts";
import { shift } from "../../../text/span.ts";
import { parseImageReference } from "../../image/parse.ts";
import type { SyntaxProblem } from "../../problem.ts";
import type { DockerfileModel, FromInstruction, Instruction, ParserDirective } from "../model.ts";
import type { Chunk } from "../chunk.ts";
import type { Piece } from "../split.ts";
import { argumentProblems } from "./arguments.ts";
import { corrected } from "./correction.ts";
import { flagProblems } from "./flags.ts";
import { isTemplate } from "./template.ts";
import { unknownProblem } from "./unknown.ts";

/** What BuildKit would refuse to build, in the order of the text; what a rule of its own says is not among it. `pieces` are what the instructions were made of. */
export function problemsOf(model: DockerfileModel, pieces: readonly Piece[]): readonly SyntaxProblem[] {
  const frontend = frontendOf(model.directives);
  const problems: SyntaxProblem[] = [];
  const add = (found: Iterable<SyntaxProblem>): void => {
    for (const problem of found) problems.push(problem);
  };
  let previous: Instruction | undefined;
  for (const [index, instruction] of model.instructions.entries()) {
    if (instruction.name === "unknown") {
      // One lost continuation makes a row of them; the first tells all.
      if (previous?.name !== "unknown" && frontend !== "other" && !isTemplate(instruction.keyword)) {
        problems.push(unknownProblem(instruction, previous, model.escape));
      }
    } else if (instruction.name === "FROM") add(referenceProblems(instruction));
    const piece = pieces[index];
    if (piece !== undefined) add(ownProblems(instruction, piece, frontend));
    previous = instruction;
  }
  return problems;
}

function ownProblems(instruction: Instruction, piece: Piece, frontend: Frontend): readonly SyntaxProblem[] {
  const own = piece.chunk.problems(frontend, () =>
    [...knownProblems(instruction, piece.chunk, frontend)].map((problem) => shifted(problem, -piece.start)),
  );
  const open = piece.heredocs.filter((heredoc) => !heredoc.terminated);
  if (own.length === 0 && open.length === 0) return own;
  return [
    ...own.map((problem) => shifted(problem, piece.start)),
    ...open.map(({ openerSpan, delimiter }) => ({
      at: openerSpan,
      message: `The heredoc \`${delimiter}\` never ends: put a line with only \`${delimiter}\` behind its text.`,
    })),
  ];
}

function shifted(problem: SyntaxProblem, by: number): SyntaxProblem {
  const { fix } = problem;
  const moved = { ...problem, at: shift(problem.at, by) };
  if (fix === undefined) return moved;
  return { ...moved, fix: { title: fix.title, edits: fix.edits.map((edit) => shiftEdit(edit, by)) } };
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
  if (frontend !== "other") {
    yield* flagProblems(instruction, frontend);
    if (trigger !== undefined) yield* flagProblems(trigger, frontend);
  }
  if ((chunk.trigger?.chunk ?? chunk).syntax.json === "mixed") {
    yield {
      at: (trigger ?? instruction).argumentsSpan,
      message: "The exec form only holds strings: put each element in double quotes.",
    };
  } else yield* argumentProblems(instruction, chunk.escape);
}

function* referenceProblems({ imageWord, base }: FromInstruction): Generator<SyntaxProblem> {
  if (imageWord === undefined || imageWord.variable || base !== undefined || isTemplate(imageWord.text)) return;
  const { value, span } = imageWord;
  if (value.toLowerCase() === "scratch" || parseImageReference(value) !== undefined) return;
  const lower = value.toLowerCase();
  if (parseImageReference(lower) === undefined) {
    yield { at: span, message: `\`${value}\` is not an image: it should read like \`registry/name:tag\`.` };
    return;
  }
  // A tag may have capital letters.
  const meant = value.replace(/^[^@]*?(?=(?::[^/@:]*)?(?:@.*)?$)/, (name) => name.toLowerCase());
  const usable = imageWord.text === value && parseImageReference(meant) !== undefined;
  const message = `\`${value}\` is not an image: names of images are in lower case.`;
  yield corrected(span, message, usable ? meant : undefined);
}
