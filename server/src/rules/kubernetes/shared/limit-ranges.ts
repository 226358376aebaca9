import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import type { PlacedObject } from "../../../workspace/manifests.ts";
import { isPlainMap, type PlainValue, plainAt, plainItems } from "../../../workspace/plain-value.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import type { Bound } from "./resources.ts";

/** Whether the namespace gives every container that says nothing an amount of this resource. */
export type GivenByNamespace = (bound: Bound, amount: string) => boolean;

/**
 * What the LimitRanges beside a workload give its containers. `namespace` is as written; one that is written nowhere may be any.
 * Source: https://kubernetes.io/docs/concepts/policy/limit-range/, and the API server's defaults: `max` stands for a limit that is not there, a limit for a
 * request, and then `min`.
 */
export function givenByNamespace(workspace: WorkspaceView, namespace: string | undefined): GivenByNamespace {
  const ranges = workspace.manifests().siblings("LimitRange", "");
  if (ranges.length === 0) return () => false;
  const own = workspace.manifests().namespaceOf(namespace);
  const limits = ranges.filter((range) => mayBeOne(own, range.namespace)).flatMap((range) => containerLimits(range));
  return (bound, amount) => limits.some((limit) => keysFor(bound).some((key) => isSet(plainAt(limit, key, amount))));
}

function containerLimits({ value }: PlacedObject): readonly PlainValue[] {
  return plainItems(value, "spec", "limits").filter((limit) => isPlainMap(limit) && limit["type"] === "Container");
}

function keysFor(bound: Bound): readonly string[] {
  return bound === "limits" ? ["default", "max"] : ["defaultRequest", "default", "max", "min"];
}

function isSet(value: PlainValue | undefined): boolean {
  return value !== undefined && value !== null;
}
