import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import { type Nanos, quantityOf } from "../../../languages/kubernetes/quantity.ts";
import type { YamlNode, YamlScalar } from "../../../languages/yaml/node.ts";
import { entriesOf, getPath, isNull, isUnknown, itemsOf } from "../../../languages/yaml/path.ts";

/** An amount as somebody wrote it. */
export interface WrittenQuantity {
  readonly node: YamlScalar;
  readonly text: string;
  /** `undefined` where the API server would refuse it. */
  readonly amount: Nanos | undefined;
  /** What it is an amount of: `memory`, `limits.cpu`, `sizeLimit`. */
  readonly name: string;
  readonly of: "cpu" | "memory" | "storage" | "other";
  /** `quota`: for a whole namespace, so that it may be any number. `bound`: the least or most that a LimitRange allows. */
  readonly role: "container" | "volume" | "quota" | "bound";
}

/** The amounts that are written in a document; what a template or a variable decides is left out. */
export function quantitiesOf(model: KubernetesModel): readonly WrittenQuantity[] {
  return model.once(allWritten);
}

function allWritten(model: KubernetesModel): readonly WrittenQuantity[] {
  return [...writtenIn(model)];
}

function* writtenIn(model: KubernetesModel): Iterable<WrittenQuantity> {
  for (const resource of model.resources) {
    for (const { map, role } of mapsOf(resource)) {
      for (const { key, value } of entriesOf(map)) {
        const written = read(key, value, role);
        if (written !== undefined) yield written;
      }
    }
  }
}

interface Amounts {
  readonly map: YamlNode | undefined;
  readonly role: WrittenQuantity["role"];
}

function* mapsOf(resource: Resource): Iterable<Amounts> {
  const { pod, resourceKind, apiVersion } = resource;
  if (pod !== undefined) {
    for (const holder of [...pod.containers, pod]) {
      for (const bound of ["requests", "limits"]) yield { map: holder.get("resources", bound), role: "container" };
    }
    for (const volume of itemsOf(pod.get("volumes"))) {
      yield { map: getPath(volume, "emptyDir"), role: "volume" };
      yield* ofClaim(getPath(volume, "ephemeral", "volumeClaimTemplate", "spec"));
    }
  }
  if (resourceKind === "StatefulSet" && apiVersion.startsWith("apps/")) {
    for (const claim of itemsOf(resource.get("spec", "volumeClaimTemplates"))) yield* ofClaim(getPath(claim, "spec"));
  }
  if (apiVersion !== "v1") return;
  if (resourceKind === "PersistentVolumeClaim") yield* ofClaim(resource.get("spec"));
  else if (resourceKind === "PersistentVolume") yield { map: resource.get("spec", "capacity"), role: "volume" };
  else if (resourceKind === "ResourceQuota") yield { map: resource.get("spec", "hard"), role: "quota" };
  else if (resourceKind === "LimitRange") {
    for (const limit of itemsOf(resource.get("spec", "limits"))) {
      for (const key of ["default", "defaultRequest"]) yield { map: getPath(limit, key), role: "container" };
      for (const key of ["min", "max"]) yield { map: getPath(limit, key), role: "bound" };
    }
  }
}

function* ofClaim(spec: YamlNode | undefined): Iterable<Amounts> {
  for (const bound of ["requests", "limits"]) yield { map: getPath(spec, "resources", bound), role: "volume" };
}

function read(name: string, node: YamlNode, role: Amounts["role"]): WrittenQuantity | undefined {
  // Beside it an `emptyDir` has a `medium`, which is no amount.
  if (node.type !== "scalar" || isNull(node) || isUnknown(node, "kubernetes") || name === "medium") return undefined;
  const { text } = node;
  return { node, text, amount: quantityOf(text), name, of: kindOf(name), role };
}

function kindOf(name: string): WrittenQuantity["of"] {
  const plain = name.replace(/^(?:requests|limits)\./, "");
  if (plain === "cpu" || plain === "memory") return plain;
  const isStorage = plain === "sizeLimit" || /(?:^|[.-])storage$/.test(plain);
  return isStorage ? "storage" : "other";
}
