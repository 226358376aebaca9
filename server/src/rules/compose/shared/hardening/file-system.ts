import type { ServiceFacts } from "../../../../knowledge/services/index.ts";
import { isUnknown, itemsOf } from "../../../../languages/yaml/path.ts";
import { factsOf } from "../services.ts";
import { addItems, addKey, type Hardened, type HardeningPart, isOpen, takesItems, textsAt, together } from "./part.ts";

/**
 * A read-only root file system with the folders in memory that the image writes to. Nothing where it is known not to work so. Of an image that is not
 * known it is a try with `/tmp`.
 */
export function readOnlyRoot(hardened: Hardened): HardeningPart | undefined {
  const { model, service } = hardened;
  if (!isOpen(hardened, "read_only")) return undefined;
  if (itemsOf(service.get("tmpfs")).some((item) => isUnknown(item))) return undefined;
  const facts = factsOf(service);
  if (facts?.readOnly?.works === false || writesElsewhere(hardened, facts)) return undefined;
  const folders = (facts?.readOnly?.tmpfs ?? ["/tmp"]).filter((folder) => !isWritable(hardened, folder));
  // A swarm passes over `tmpfs`, and makes such a mount of the long form of a volume.
  const stack = model.dialect === "stack";
  // Two mounts of one folder are refused: a `tmpfs` that a swarm passes over is to be moved first.
  if (stack && folders.some((folder) => memoryFolders(hardened).some((target) => within(folder, target))))
    return undefined;
  const key = stack ? "volumes" : "tmpfs";
  if (folders.length > 0 && !takesItems(hardened, key)) return undefined;
  const items = stack ? folders.map((target) => ({ type: "tmpfs", target })) : folders;
  const memory = folders.length === 0 ? "" : `, with ${folders.join(", ")} in memory`;
  return {
    keys: folders.length === 0 ? ["read_only"] : ["read_only", key],
    missing: "`read_only`",
    title: `Make the root file system read-only${memory} (what writes elsewhere outside of volumes fails)`,
    edits: () => together(hardened, [addKey(hardened, "read_only", true), ...addItems(hardened, key, items)]),
    certain: facts?.readOnly?.works === true && keepsData(hardened, facts),
  };
}

/** Whether something is mounted that makes the image write to a place it has no folder in memory for. */
function writesElsewhere({ service }: Hardened, facts: ServiceFacts | undefined): boolean {
  const place = facts?.readOnly?.unlessMounted;
  return place !== undefined && service.mounts.some(({ target }) => target !== undefined && within(target, place));
}

/** Whether a folder lies in a volume, a bind mount or a tmpfs. */
function isWritable(hardened: Hardened, folder: string): boolean {
  const targets = [
    ...hardened.service.mounts.flatMap(({ target, readOnly }) => (target === undefined || readOnly ? [] : [target])),
    ...(hardened.model.dialect === "stack" ? [] : memoryFolders(hardened)),
  ];
  return targets.some((target) => within(folder, target));
}

/** The folders that `tmpfs` names. */
function memoryFolders(hardened: Hardened): readonly string[] {
  return textsAt(hardened, "tmpfs").map((text) => text.split(":")[0] ?? text);
}

/** Whether what the service keeps lies in a volume, be it one that the image declares, or is none of its business. */
function keepsData(hardened: Hardened, facts: ServiceFacts): boolean {
  return (
    facts.dataDirectories.every((folder) => facts.declaredVolumes?.some((volume) => within(folder, volume)) === true) ||
    facts.dataDirectories.some((folder) =>
      hardened.service.mounts.some(
        ({ target }) => target !== undefined && (within(folder, target) || within(target, folder)),
      ),
    )
  );
}

function within(path: string, folder: string): boolean {
  const base = folder.replace(/\/+$/, "");
  return path === base || path.startsWith(`${base}/`);
}
