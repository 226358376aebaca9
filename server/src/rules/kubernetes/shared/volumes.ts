import type { PodTemplate, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";

/** The names that containers may mount: the pod's volumes and a StatefulSet's claim templates. `undefined` where some are not known. */
export function volumeNames(resource: Resource, pod: PodTemplate): ReadonlySet<string> | undefined {
  const volumes = pod.get("volumes");
  const templates = resource.get("spec", "volumeClaimTemplates");
  if ([volumes, templates].some((node) => !isNull(node) && node?.type !== "seq")) return undefined;
  const nodes: readonly (YamlNode | undefined)[] = [
    ...itemsOf(volumes).map((volume) => getPath(volume, "name")),
    ...itemsOf(templates).map((template) => getPath(template, "metadata", "name")),
  ];
  if (nodes.some((node) => isUnknown(node, "kubernetes"))) return undefined;
  return new Set(nodes.flatMap((node) => scalarText(node) ?? []));
}

/** The names that the pod's containers mount. */
export function mountedNames({ containers }: PodTemplate): ReadonlySet<string> {
  return new Set(
    containers.flatMap((container) =>
      ["volumeMounts", "volumeDevices"].flatMap((key) =>
        itemsOf(container.get(key)).flatMap((mount) => scalarText(getPath(mount, "name")) ?? []),
      ),
    ),
  );
}
