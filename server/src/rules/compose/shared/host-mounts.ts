import type { ComposeModel, ComposeMount } from "../../../languages/compose/model.ts";
import { booleanOf, getPath, scalarText } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";

/** The host's path behind a mount as it is written, be it bound by the service or by the volume it names; `undefined` where there is none. */
export function hostPathOf(model: ComposeModel, mount: ComposeMount): string | undefined {
  if (mount.source === undefined) return undefined;
  // A variable and a slash behind it: `${HOME}/.ssh`.
  if (mount.type === "bind" || (mount.type === "unknown" && mount.source.includes("/"))) return mount.source;
  return mount.type === "volume" ? boundBy(model, mount.source)?.path : undefined;
}

/** Whether what is mounted can only be read, by the mount or by the volume it names. */
export function isReadOnly(model: ComposeModel, mount: ComposeMount): boolean {
  if (mount.readOnly || booleanOf(getPath(mount.node, "read_only")) === true) return true;
  return mount.type === "volume" && mount.source !== undefined && boundBy(model, mount.source)?.readOnly === true;
}

/** What a named volume binds, where it is a bind mount in disguise. */
function boundBy(
  model: ComposeModel,
  volume: string,
): { readonly path: string; readonly readOnly: boolean } | undefined {
  const options = getPath(model.volumes.get(volume)?.value, "driver_opts");
  const flags = (scalarText(getPath(options, "o")) ?? "").split(",");
  const path = scalarText(getPath(options, "device"));
  return path !== undefined && flags.includes("bind") ? { path, readOnly: flags.includes("ro") } : undefined;
}

/** Where a mount is reported for what it mounts: the item in short form, the source in long form. */
export function sourceSpan(mount: ComposeMount): Span {
  return mount.node.type === "map" ? (getPath(mount.node, "source") ?? mount.node).span : mount.span;
}
