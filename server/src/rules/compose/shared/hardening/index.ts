import type { ComposeModel, ComposeService } from "../../../../languages/compose/model.ts";
import type { WorkspaceView } from "../../../../workspace/workspace.ts";
import type { TextEdit } from "../../../../text/edit.ts";
import { booleanOf, isUnknown } from "../../../../languages/yaml/path.ts";
import { readOnlyRoot } from "./file-system.ts";
import { limits } from "./limits.ts";
import { growsWithin, type Hardened, type HardeningPart, sharedServices, together } from "./part.ts";
import { droppedCapabilities, noNewPrivileges, unprivilegedUser } from "./privileges.ts";
import { initProcess } from "./process.ts";

export type { Hardened, HardeningPart } from "./part.ts";

/** A part with its edits made. */
export interface MadePart extends Pick<HardeningPart, "title"> {
  readonly edits: readonly TextEdit[];
}

/**
 * What is missing to harden a service, those first that add to lists and maps which are there: see {@link growsWithin}. Nothing of a service that is
 * privileged, since little of it would hold, and nothing where other services take over what is written in this one: they would be hardened along with it.
 */
export function hardeningOf(hardened: Hardened): readonly MadePart[] {
  if (!canBeHardened(hardened, sharedServices(hardened.model))) return [];
  const parts = [
    ...present(
      unprivilegedUser(hardened),
      initProcess(hardened),
      readOnlyRoot(hardened),
      droppedCapabilities(hardened),
      noNewPrivileges(hardened),
    ),
    ...limits(hardened),
  ];
  const made = parts.flatMap(({ title, edits: make }): readonly MadePart[] => {
    const edits = make();
    return edits === undefined ? [] : [{ title, edits }];
  });
  const grows = ({ edits }: MadePart): boolean => edits.some((edit) => growsWithin(hardened, edit));
  return [...made.filter(grows), ...made.filter((part) => !grows(part))];
}

/** Tells the parts of it that a service's image is known to work with. Limits are none: they have to be measured. */
export function certainHardening(
  model: ComposeModel,
  workspace: WorkspaceView,
): (service: ComposeService) => readonly HardeningPart[] {
  const shared = sharedServices(model);
  return (service) => {
    const hardened = { model, service, workspace };
    if (!canBeHardened(hardened, shared)) return [];
    const parts = present(readOnlyRoot(hardened), droppedCapabilities(hardened), noNewPrivileges(hardened));
    return parts.filter(({ certain }) => certain);
  };
}

/** The edits of several parts as one list; `undefined` where they cannot be made together. */
export function editsOf(hardened: Hardened, parts: readonly HardeningPart[]): readonly TextEdit[] | undefined {
  return together(
    hardened,
    parts.map(({ edits }) => edits()),
  );
}

function canBeHardened({ model, service }: Hardened, shared: ReadonlySet<string>): boolean {
  const privileged = service.get("privileged");
  if (booleanOf(privileged) === true || isUnknown(privileged)) return false;
  return (
    service.map.alias === undefined &&
    service.map.tag === undefined &&
    !model.document.templated &&
    !shared.has(service.name)
  );
}

function present(...parts: readonly (HardeningPart | undefined)[]): readonly HardeningPart[] {
  return parts.filter((part) => part !== undefined);
}
