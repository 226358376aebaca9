import type { TextEdit } from "../../../../text/edit.ts";
import { booleanOf, isUnknown } from "../../../../languages/yaml/path.ts";
import { readOnlyRoot } from "./file-system.ts";
import { limits } from "./limits.ts";
import { growsWithin, type Hardened, type HardeningPart, isShared, together } from "./part.ts";
import { droppedCapabilities, noNewPrivileges, unprivilegedUser } from "./privileges.ts";
import { initProcess } from "./process.ts";

export type { Hardened, HardeningPart } from "./part.ts";

/**
 * What is missing to harden a service, in the order it is to be written. Nothing of a service that is privileged, since little of it would hold, and
 * nothing where other services take over what is written in this one: they would be hardened along with it.
 */
export function hardeningOf(hardened: Hardened): readonly HardeningPart[] {
  if (!canBeHardened(hardened)) return [];
  return ordered(hardened, [
    ...present(
      unprivilegedUser(hardened),
      initProcess(hardened),
      readOnlyRoot(hardened),
      droppedCapabilities(hardened),
      noNewPrivileges(hardened),
    ),
    ...limits(hardened),
  ]);
}

/** The parts of it that the image is known to work with. Limits are none: they have to be measured. */
export function certainHardening(hardened: Hardened): readonly HardeningPart[] {
  if (!canBeHardened(hardened)) return [];
  const parts = present(readOnlyRoot(hardened), droppedCapabilities(hardened), noNewPrivileges(hardened));
  return parts.filter(({ certain }) => certain);
}

/** The edits of several parts as one list; `undefined` where they cannot be made together. */
export function editsOf(hardened: Hardened, parts: readonly HardeningPart[]): readonly TextEdit[] | undefined {
  return together(
    hardened,
    parts.map(({ edits }) => edits),
  );
}

/** What adds to lists and maps that are there comes first: see {@link growsWithin}. */
function ordered(hardened: Hardened, parts: readonly HardeningPart[]): readonly HardeningPart[] {
  const grows = ({ edits }: HardeningPart): boolean => edits.some((edit) => growsWithin(hardened, edit));
  return [...parts.filter(grows), ...parts.filter((part) => !grows(part))];
}

function canBeHardened({ model, service }: Hardened): boolean {
  const privileged = service.get("privileged");
  if (booleanOf(privileged) === true || isUnknown(privileged)) return false;
  return (
    service.map.alias === undefined &&
    service.map.tag === undefined &&
    !model.document.templated &&
    !isShared(model, service)
  );
}

function present(...parts: readonly (HardeningPart | undefined)[]): readonly HardeningPart[] {
  return parts.filter((part) => part !== undefined);
}
