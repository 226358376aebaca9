import { serviceFacts } from "../../../knowledge/services/index.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { appendItem, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { YamlMap } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { joinedByDepth } from "../../shared/joined-edits.ts";

/** An `emptyDir` that comes with a read-only root file system, and where it is mounted. */
export interface ScratchFolder {
  readonly volume: string;
  readonly folder: string;
}

/**
 * The folders that a container has to be able to write to once its root file system is read-only, and that nothing is mounted at yet: those its image is known
 * to need, and `/tmp` for an image that is not known. `taken` are names of volumes that others are about to add. `undefined` where the image is known not
 * to work so, or what is mounted cannot be told.
 */
export function scratchFolders(
  pod: PodTemplate,
  container: Container,
  taken: ReadonlySet<string> = new Set(),
): readonly ScratchFolder[] | undefined {
  const mounts = itemsOf(container.get("volumeMounts"));
  if ([pod.get("volumes"), container.get("volumeMounts"), ...mounts].some((node) => isUnknown(node, "kubernetes"))) {
    return undefined;
  }
  const targets = mounts.flatMap((mount) => scalarText(getPath(mount, "mountPath")) ?? []);
  const facts =
    container.image === undefined ? undefined : serviceFacts(container.image.canonical, container.image.tag);
  const known = facts?.readOnly;
  if (known?.works === false) return undefined;
  if (known?.unlessMounted !== undefined && targets.some((target) => isWithin(target, known.unlessMounted ?? "/")))
    return undefined;
  const names = new Set([
    ...taken,
    ...itemsOf(pod.get("volumes")).flatMap((volume) => scalarText(getPath(volume, "name")) ?? []),
  ]);
  // What it keeps it would otherwise write to its own file system.
  const data = known === undefined ? [] : (facts?.dataDirectories ?? []).slice(0, 1);
  const kept = data.filter((folder) => !targets.some((target) => isWithin(target, folder)));
  return [...(known?.tmpfs ?? ["/tmp"]), ...kept]
    .filter((folder) => !targets.some((target) => isWithin(folder, target)))
    .map((folder) => {
      const volume = freeName(folder, container.name, names);
      names.add(volume);
      return { volume, folder };
    });
}

/** A container with the folders that it is to be given. */
export interface Scratch {
  readonly container: Container;
  readonly folders: readonly ScratchFolder[];
}

/** The edits that add the volumes to the pod and mount them, one list for each place; `undefined` among them where a list is written elsewhere. */
export function withScratchFolders(
  model: KubernetesModel,
  pod: PodTemplate,
  scratch: readonly Scratch[],
): readonly (readonly TextEdit[] | undefined)[] {
  const wanted = scratch.filter(({ folders }) => folders.length > 0);
  if (wanted.length === 0) return [];
  const mounts = wanted.map(({ container, folders }) =>
    withItems(
      model,
      container.map,
      "volumeMounts",
      folders.map(({ volume, folder }) => ({ name: volume, mountPath: folder })),
    ),
  );
  const volumes = wanted.flatMap(({ folders }) => folders.map(({ volume }) => ({ name: volume, emptyDir: {} })));
  return [...mounts, withItems(model, pod.spec, "volumes", volumes)];
}

/** Adds items to a list, which is made where it is missing. */
function withItems(
  { document }: KubernetesModel,
  map: YamlMap,
  key: string,
  items: readonly YamlValue[],
): readonly TextEdit[] | undefined {
  const entry = map.get(key);
  if (entry === undefined || isNull(entry.value)) return setPath(document, map, [key], items);
  const list = entry.value;
  if (list.type !== "seq" || entry.merged !== undefined) return undefined;
  if (list.items.length === 0) return setPath(document, map, [key], items);
  return joinedByDepth(
    document.text,
    items.map((item) => appendItem(document, list, item)),
  );
}

/** `/var/cache/nginx` as `var-cache-nginx`, with the container's name in front where that is taken. */
function freeName(folder: string, container: string | undefined, names: ReadonlySet<string>): string {
  const plain = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const candidates = [plain, `${container ?? "container"}-${plain}`, ...numbered.map((n) => `${plain}-${n}`)];
  return candidates.find((name) => !names.has(name)) ?? plain;
}

const numbered = [2, 3, 4, 5, 6, 7, 8, 9];

function isWithin(path: string, folder: string): boolean {
  const base = folder.replace(/\/+$/, "");
  return path === base || path.startsWith(`${base}/`);
}
