import { groupOf } from "../../../languages/kubernetes/api-group.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry } from "../../../languages/yaml/node.ts";
import { type Amount, amountOf } from "./availability.ts";

/** A PodDisruptionBudget of a document. */
export interface Budget {
  readonly resource: Resource;
  readonly whole: boolean;
  readonly minAvailable: Policy;
  readonly maxUnavailable: Policy;
}

/** One of its two policies; `entry` is there for whatever is written, also null. */
export interface Policy {
  readonly key: "minAvailable" | "maxUnavailable";
  readonly entry: YamlEntry | undefined;
  readonly amount: Amount | undefined;
}

/** The disruption budgets of a document. Early ones are known by their kind alone: people forget the group. */
export function budgetsOf(model: KubernetesModel): readonly Budget[] {
  return model.resources.flatMap((resource) => {
    if (resource.resourceKind !== "PodDisruptionBudget" || !["policy", ""].includes(groupOf(resource.apiVersion)))
      return [];
    const policy = (key: Policy["key"]): Policy => {
      const entry = resource.get("spec", key) === undefined ? undefined : resource.entry("spec", key);
      return { key, entry, amount: amountOf(entry?.value) };
    };
    return [
      {
        resource,
        whole: !model.templated && !resource.partial,
        minAvailable: policy("minAvailable"),
        maxUnavailable: policy("maxUnavailable"),
      },
    ];
  });
}
