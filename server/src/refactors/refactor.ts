import type { EditFix, RuleKind, RuleModels } from "../engine/rule.ts";
import type { Kind } from "../languages/index.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";

/** What a refactor does at one place: one title for the whole, and a part for each thing that a person may want to leave out. */
export interface Refactoring {
  /** In the imperative, with what it is about: "Harden service `api`…". */
  readonly title: string;
  /** Each by itself, with what it may break in its title. They can be made together and, as far as their places go, without one another. */
  readonly parts: readonly Pick<EditFix, "title" | "edits">[];
}

/** What a refactor's file says. */
export interface RefactorSpec<K extends Kind> {
  readonly slug: string;
  /** What there is to do at `offset`, which counts from the start of the unit, as the places of the edits do; `undefined` where there is nothing. */
  offer(model: RuleModels[K & RuleKind], offset: number, workspace: WorkspaceView): Refactoring | undefined;
}

/** A change that a person asks for at a place, rather than one that mends a problem. Pure, as rules are. */
export interface Refactor {
  /** In kebab case: the last part of the code action's kind. */
  readonly slug: string;
  readonly kind: Kind;
  /** `model` must be of the refactor's own kind: who asks sees to it. */
  offer(model: RuleModels[Kind], offset: number, workspace: WorkspaceView): Refactoring | undefined;
}

/** Makes a refactor for the files of one kind. */
export function defineRefactor<K extends Kind>(kind: K, spec: RefactorSpec<K>): Refactor {
  return {
    slug: spec.slug,
    kind,
    offer: (model, offset, workspace) =>
      // Models are looked up by `kind`, which types cannot follow through a list of refactors.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      spec.offer(model as RuleModels[K & RuleKind], offset, workspace),
  };
}
