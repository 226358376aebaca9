import type { SyntaxProblem } from "../../problem.ts";
import type { DockerfileModel } from "../model.ts";
import type { Piece } from "../split.ts";

export function problemsOf(_model: DockerfileModel, _pieces: readonly Piece[]): readonly SyntaxProblem[] {
  return [];
}
