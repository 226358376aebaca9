import type { KubernetesModel, PodTemplate } from "../languages/kubernetes/model.ts";
import type { YamlValue } from "../languages/yaml/edit.ts";
import type { YamlNode } from "../languages/yaml/node.ts";
import type { HardeningPart } from "../rules/kubernetes/shared/hardening.ts";
import type { Workload } from "../rules/kubernetes/shared/workloads.ts";
import { contains } from "../text/span.ts";

/** Whether a workload, its pod or one of its containers is written elsewhere, or used by others as well, by an anchor: what changes here changes there. */
export function isUsedElsewhere({ document }: KubernetesModel, { resource, pod }: Workload): boolean {
  const lists = ["containers", "initContainers", "volumes"].map((key) => pod.get(key));
  const ofContainers = pod.containers.flatMap((container) => [
    container.map,
    container.get("resources"),
    container.get("volumeMounts"),
  ]);
  const nodes = [...around(resource.map, pod.spec), pod.get("securityContext"), ...lists, ...ofContainers];
  const used = aliasesOf(document.text);
  return nodes.some((node) => node !== undefined && isTied(node, used));
}

/**
 * Whether a part is about a security context that several containers share by an anchor, and not all of them want the same of it, or something other than the
 * pod's containers uses it as well. `parts` are all that the pod lacks.
 */
export function isSharedUnevenly(
  model: KubernetesModel,
  pod: PodTemplate,
  part: HardeningPart,
  parts: readonly HardeningPart[],
): boolean {
  return part.settings.some(({ holder, path, value }) => {
    const context = holder.get("securityContext");
    const name = context?.alias ?? context?.anchor;
    if (context === undefined || name === undefined) return false;
    const users = pod.containers.filter(
      (container) => container.get("securityContext")?.span.start === context.span.start,
    );
    const used = [...model.document.text.matchAll(aliases)].filter(([, alias]) => alias === name).length;
    if (users.length !== used + 1) return true;
    const same = parts.flatMap(({ settings }) =>
      settings.filter((other) => other.path.join(".") === path.join(".") && isSame(other.value, value)),
    );
    return !users.every((user) => same.some((other) => other.holder.map === user.map));
  });
}

function isSame(a: YamlValue, b: YamlValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The nodes from `outer` down to `inner`, both included. */
function around(outer: YamlNode, inner: YamlNode): readonly YamlNode[] {
  if (outer === inner || outer.type === "scalar") return [outer];
  const within = outer.type === "map" ? outer.entries.map(({ value }) => value) : outer.items;
  const next = within.find((node) => contains(node.span, inner.span));
  return next === undefined ? [outer] : [outer, ...around(next, inner)];
}

function isTied({ alias, anchor }: YamlNode, used: ReadonlySet<string>): boolean {
  return alias !== undefined || (anchor !== undefined && used.has(anchor));
}

const aliases = /\*(?=([^\s,[\]{}]+))/g;

function aliasesOf(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(aliases)].map(([, alias]) => alias ?? ""));
}
