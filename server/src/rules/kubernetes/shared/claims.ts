import type { PodTemplate, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import { asScalar, getPath, itemsOf } from "../../../languages/yaml/path.ts";
import type { ManifestView, PlacedObject } from "../../../workspace/manifests.ts";
import { plainItems } from "../../../workspace/plain-value.ts";

/** The names of the PersistentVolumeClaims that a pod mounts, where they are written. */
export function claimNames(pod: PodTemplate): readonly YamlScalar[] {
  return itemsOf(pod.get("volumes")).flatMap(
    (volume) => asScalar(getPath(volume, "persistentVolumeClaim", "claimName")) ?? [],
  );
}

/** A claim of the workspace by its name, with its access modes; `undefined` where none is known, or none of its modes. */
export function claimNamed(
  manifests: ManifestView,
  { namespace }: Resource,
  name: string,
): { readonly claim: PlacedObject; readonly modes: readonly string[] } | undefined {
  const { found } = manifests.lookUp({ group: "", kind: "PersistentVolumeClaim", name, namespace });
  const claim = found.find(({ partial }) => !partial);
  const modes = plainItems(claim?.value, "spec", "accessModes").map(String);
  return claim === undefined || modes.length === 0 ? undefined : { claim, modes };
}

/** Whether a volume of these access modes can be mounted by one node, or one pod, at a time only. */
export function isSingleWriter(modes: readonly string[]): boolean {
  return modes.every((mode) => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod");
}
