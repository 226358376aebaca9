import type { Fix } from "../../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { setPath } from "../../../languages/yaml/edit.ts";
import { asMap } from "../../../languages/yaml/path.ts";
import { minimalEdit } from "../../../text/edit.ts";
import { type Amount, type Bound, isLasting, limitOf, requestOf, resourcesUnknown } from "./resources.ts";
import { joined } from "../../shared/joined-edits.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { type GivenByNamespace, givenByNamespace } from "./limit-ranges.ts";
import { containersOf, type Placed } from "./workloads.ts";

/** What a container does not say of its needs. */
export interface Missing extends Placed {
  readonly cpuRequest: boolean;
  readonly memoryRequest: boolean;
  readonly cpuLimit: boolean;
  readonly memoryLimit: boolean;
}

/**
 * The containers that leave something out, ephemeral ones and init containers aside: these run shortly, and what the others ask for is there for them as well.
 * A rule takes those it is for, so that each container hears of it once. What a LimitRange of the namespace gives is not missing.
 */
export function* missingResources(model: KubernetesModel, workspace: WorkspaceView): Iterable<Missing> {
  const given = new Map<string | undefined, GivenByNamespace>();
  for (const missing of model.once(missingInFile)) {
    const { namespace } = missing.resource;
    const known = given.get(namespace) ?? givenByNamespace(workspace, namespace);
    given.set(namespace, known);
    const left = {
      cpuRequest: missing.cpuRequest && !known("requests", "cpu"),
      memoryRequest: missing.memoryRequest && !known("requests", "memory"),
      cpuLimit: missing.cpuLimit && !known("limits", "cpu"),
      memoryLimit: missing.memoryLimit && !known("limits", "memory"),
    };
    if (Object.values(left).includes(true)) yield { ...missing, ...left };
  }
}

function missingInFile(model: KubernetesModel): readonly Missing[] {
  return containersOf(model).flatMap((placed) => {
    const { pod, container, whole } = placed;
    if (!whole || !isLasting(container) || resourcesUnknown(container)) return [];
    const lacks = (of: typeof limitOf, amount: Amount): boolean => of(model, pod, container, amount) === undefined;
    const missing = {
      cpuRequest: lacks(requestOf, "cpu"),
      memoryRequest: lacks(requestOf, "memory"),
      cpuLimit: lacks(limitOf, "cpu"),
      memoryLimit: lacks(limitOf, "memory"),
    };
    return Object.values(missing).includes(true) ? [{ ...placed, ...missing }] : [];
  });
}

/** Amounts to be written under `resources`. */
export interface Wanted {
  readonly requests?: Readonly<Partial<Record<Amount, string>>>;
  readonly limits?: Readonly<Partial<Record<Amount, string>>>;
}

/** Writes amounts under `resources`, requests before limits where neither is there, beside what is. */
export function setResources(
  model: KubernetesModel,
  container: Container,
  wanted: Wanted,
  title: string,
): readonly Fix[] {
  const { document } = model;
  const resources = asMap(container.get("resources"));
  if (resources === undefined || resources.entries.length === 0) {
    return reviewed(title, setPath(document, container.map, ["resources"], { ...wanted }));
  }
  const bounds = (["requests", "limits"] as const).filter((bound) => wanted[bound] !== undefined);
  const isThere = (bound: Bound): boolean => container.get("resources", bound) !== undefined;
  // What goes into a map comes before what goes below it, since both may come to stand at one place.
  const changes = [
    ...bounds
      .filter(isThere)
      .flatMap((bound) =>
        Object.entries(wanted[bound] ?? {}).map(([amount, value]) =>
          setPath(document, container.map, ["resources", bound, amount], value),
        ),
      ),
    ...bounds
      .filter((bound) => !isThere(bound))
      .map((bound) => setPath(document, container.map, ["resources", bound], { ...wanted[bound] })),
  ];
  // Shorn of the character before them, insertions at one place keep their order.
  const shorn = changes.map((edits) => edits?.map((edit) => minimalEdit(document.text, edit) ?? edit));
  return reviewed(title, joined(document.text, shorn));
}
