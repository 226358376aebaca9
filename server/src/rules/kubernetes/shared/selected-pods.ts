import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import { type Labels, selects, wantedLabels } from "../../../workspace/label-selector.ts";
import type { ManifestView, PlacedWorkload } from "../../../workspace/manifests.ts";
import { isPlainMap, type PlainValue } from "../../../workspace/plain-value.ts";

/** What came of looking for the pods that a selector selects. */
export interface SelectedPods {
  /** No workload of the workspace has these labels, and none that might have them is unknown. */
  readonly none: boolean;
  /** Workloads of the namespace that are applied together with it: with none of them, the pods may well be elsewhere. */
  readonly beside: readonly PlacedWorkload[];
  /** The one that has most of the labels. */
  readonly nearest: PlacedWorkload | undefined;
}

/** Looks for pods, in one namespace where it is known, else in all. */
export function podsFor(
  manifests: ManifestView,
  selector: PlainValue | undefined,
  namespace: string | undefined,
): SelectedPods {
  const isHere = (one: PlacedWorkload): boolean => mayBeOne(one.namespace, namespace);
  const none = !manifests
    .allWorkloads(wantedLabels(selector))
    .some((one) => isHere(one) && (one.workload.open || selects(selector, one.workload.labels)));
  const beside = none && !manifests.open ? manifests.workloads().filter(isHere) : [];
  return { none, beside, nearest: nearestByLabels(wantedLabels(selector), beside) };
}

/** Whether a selector takes every pod: it is empty. */
export function takesAll(selector: PlainValue | undefined): boolean {
  if (!isPlainMap(selector)) return true;
  return Object.values(selector).every(
    (value) => value === null || (typeof value === "object" && Object.keys(value).length === 0),
  );
}

/** The workload whose pods have the most of these labels, a label of another value counting half; `undefined` where none has any. */
export function nearestByLabels(labels: Labels, workloads: readonly PlacedWorkload[]): PlacedWorkload | undefined {
  let best: PlacedWorkload | undefined;
  let most = 0;
  for (const one of workloads) {
    let score = 0;
    for (const [key, value] of Object.entries(labels)) {
      const has = one.workload.labels[key];
      score += has === value ? 2 : has === undefined ? 0 : 1;
    }
    if (score > most) {
      most = score;
      best = one;
    }
  }
  return best;
}
