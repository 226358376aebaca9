import type { ComposeFacts, FileFacts, WorkloadFacts } from "./facts.ts";

/** What a rule may ask about the files around the one it checks. Bound to that file: questions are answered from its point of view. */
export interface WorkspaceView {
  /** The file the questions are asked for. */
  readonly path: string;
  /**
   * The patterns that decide what `COPY . .` of this Dockerfile takes: of `<name>.dockerignore` beside it, else of `.dockerignore` at the root
   * of its build context. `undefined`: it is known that there is none. `"unknown"`: the context is not known or was not looked at.
   */
  ignorePatterns(): readonly string[] | undefined | "unknown";
  /** Compose services that build this Dockerfile. */
  builders(): readonly { readonly path: string; readonly service: ComposeFacts["services"][number] }[];
  /** The facts of a Dockerfile that a service of this Compose file builds. */
  dockerfile(path: string): FileFacts | undefined;
  /** Workloads of this file. */
  workloadsInFile(): readonly WorkloadFacts[];
  /** Workloads of every file of the workspace, this one's included. */
  workloads(): readonly (WorkloadFacts & { readonly path: string })[];
}
