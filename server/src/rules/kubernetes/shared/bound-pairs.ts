import type { Container, KubernetesModel } from "../../../languages/kubernetes/model.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import { entriesOf, isNull, isUnknown } from "../../../languages/yaml/path.ts";
import { containersOf, workloadsOf } from "./workloads.ts";

/** A request and the limit beside it, both written out. */
export interface BoundPair {
  /** `undefined` for those of the whole pod. */
  readonly container: Container | undefined;
  /** `cpu`, `memory`, `nvidia.com/gpu`. */
  readonly amount: string;
  readonly request: YamlScalar;
  readonly limit: YamlScalar;
}

/** Whatever has both a request and a limit, of every container and of pods. Judged in patches and templates, too, since both are there. */
export function boundPairs(model: KubernetesModel): readonly BoundPair[] {
  return model.once(allPairs);
}

function allPairs(model: KubernetesModel): readonly BoundPair[] {
  return [...pairsOf(model)];
}

function* pairsOf(model: KubernetesModel): Iterable<BoundPair> {
  for (const { container } of containersOf(model)) yield* pairsIn(container, container);
  for (const { pod } of workloadsOf(model)) yield* pairsIn(pod, undefined);
}

function* pairsIn(holder: Pick<Container, "get">, container: Container | undefined): Iterable<BoundPair> {
  const requests = holder.get("resources", "requests");
  if (requests === undefined) return;
  for (const { key, value: request } of entriesOf(requests)) {
    const limit = holder.get("resources", "limits", key);
    if (request.type !== "scalar" || limit?.type !== "scalar") continue;
    if (isNull(request) || isUnknown(request, "kubernetes") || isUnknown(limit, "kubernetes")) continue;
    yield { container, amount: key, request, limit };
  }
}
