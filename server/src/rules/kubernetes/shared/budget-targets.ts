import type { Resource } from "../../../languages/kubernetes/model.ts";
import { selects, wantedLabels } from "../../../workspace/label-selector.ts";
import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import type { ManifestView, PlacedObject, PlacedWorkload } from "../../../workspace/manifests.ts";
import { plainAt, type PlainValue } from "../../../workspace/plain-value.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/**
 * Whether a disruption budget, given by its `spec.selector`, selects the pods of a workload. No selector selects nothing, and before `policy/v1` neither did an
 * empty one.
 */
export function covers(
  budget: { readonly namespace: string | undefined; readonly selector: PlainValue | undefined },
  workload: PlacedWorkload,
): boolean {
  return mayBeOne(budget.namespace, workload.namespace) && selects(budget.selector, workload.workload.labels);
}

/** The siblings whose pods a budget selects. */
export function coveredBy(
  manifests: ManifestView,
  budget: { readonly namespace: string | undefined; readonly selector: PlainValue | undefined },
): readonly PlacedWorkload[] {
  return manifests.workloads(wantedLabels(budget.selector)).filter((workload) => covers(budget, workload));
}

/** A workload of the file that is checked, as its kustomizations make it: with their labels and the number of replicas that they set. */
export function placedWorkload(
  workspace: WorkspaceView,
  { resourceKind, name, namespace }: Resource,
): PlacedWorkload["workload"] | undefined {
  if (name === undefined) return undefined;
  const found = workspace.manifests().find({ kind: resourceKind, name, namespace });
  return found?.path === workspace.path ? found.workload : undefined;
}

/** `spec.selector` of an object that was told of. */
export function selectorIn({ value }: PlacedObject): PlainValue | undefined {
  return plainAt(value, "spec", "selector");
}
