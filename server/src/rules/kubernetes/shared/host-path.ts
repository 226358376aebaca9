import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { removePath, setPath } from "../../../languages/yaml/edit.ts";
import type { YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { booleanOf, getPath, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { normalizePath } from "../../../text/path.ts";
import type { Span } from "../../../text/span.ts";
import { joined } from "../../shared/joined-edits.ts";

/** A volume that is a folder, file or socket of the node. */
export interface HostPath {
  /** Its place in the pod's `volumes`. */
  readonly index: number;
  readonly name: string | undefined;
  /** As it is written. */
  readonly written: string;
  /** Without a slash at its end, dots and doubled slashes; `/` for all of the node. */
  readonly path: string;
  /** Where the path is written. */
  readonly at: Span;
  readonly mounts: readonly HostPathMount[];
}

/** Where a container mounts it. */
export interface HostPathMount {
  readonly container: Container;
  /** Its place in the container's `volumeMounts`. */
  readonly index: number;
  readonly map: YamlMap;
  /** `"unknown"` where a template decides. */
  readonly readOnly: boolean | "unknown";
}

/** The volumes of a pod that are the node's, with who mounts them. Paths that a template fills in are left out. */
export function hostPathsOf(pod: PodTemplate): readonly HostPath[] {
  return itemsOf(pod.get("volumes")).flatMap((volume, index) => {
    const node = getPath(volume, "hostPath", "path");
    const written = scalarText(node);
    if (node === undefined || written === undefined || isUnknown(node, "kubernetes")) return [];
    const name = scalarText(getPath(volume, "name"));
    const path = normalizePath(written) || "/";
    return [{ index, name, written, path, at: node.span, mounts: name === undefined ? [] : mountsOf(pod, name) }];
  });
}

function mountsOf(pod: PodTemplate, volume: string): readonly HostPathMount[] {
  return pod.containers.flatMap((container) =>
    itemsOf(container.get("volumeMounts")).flatMap((map, index) => {
      if (map.type !== "map" || scalarText(getPath(map, "name")) !== volume) return [];
      return [{ container, index, map, readOnly: readOnlyOf(getPath(map, "readOnly")) }];
    }),
  );
}

function readOnlyOf(node: YamlNode | undefined): boolean | "unknown" {
  return isUnknown(node, "kubernetes") ? "unknown" : booleanOf(node) === true;
}

/** The edits that take a volume away together with its mounts; `undefined` where one of them is written elsewhere. */
export function withoutVolume(
  { document }: KubernetesModel,
  pod: PodTemplate,
  { index, mounts }: HostPath,
): readonly TextEdit[] | undefined {
  const containers = [...new Set(mounts.map(({ container }) => container))];
  return joined(document.text, [
    removePath(document, pod.spec, ["volumes", index]),
    ...containers.flatMap((container) => {
      const own = mounts.filter((mount) => mount.container === container);
      const all = own.length === itemsOf(container.get("volumeMounts")).length;
      if (all) return [removePath(document, container.map, ["volumeMounts"])];
      return own.map((mount) => removePath(document, container.map, ["volumeMounts", mount.index]));
    }),
  ]);
}

/** The edits that make those mounts read-only that are not; `undefined` where one of them is written elsewhere. */
export function mountedReadOnly(
  { document }: KubernetesModel,
  mounts: readonly HostPathMount[],
): readonly TextEdit[] | undefined {
  const writable = mounts.filter(({ readOnly }) => readOnly === false);
  return joined(
    document.text,
    writable.map(({ map }) => setPath(document, map, ["readOnly"], true)),
  );
}
