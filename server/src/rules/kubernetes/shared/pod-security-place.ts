import type { Container, PodTemplate } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { isUnknown, type PathStep } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import type { PodSecurityViolation } from "./pod-security.ts";
import { nameOf } from "./workloads.ts";

/** Whoever has a security context: the pod, or one of its containers. */
export interface Holder {
  /** The pod's spec, or the container. */
  readonly map: YamlMap;
  /** `undefined` for the pod. */
  readonly container: Container | undefined;
  get(...path: readonly string[]): YamlNode | undefined;
  entry(...path: readonly string[]): YamlEntry | undefined;
}

/** The pod itself, in which a security context holds for every container that says nothing else. */
export function podHolder(pod: PodTemplate): Holder {
  return {
    map: pod.spec,
    container: undefined,
    get: (...path) => pod.get(...path),
    entry: (...path) => pod.entry(...path),
  };
}

/** A container with what it says itself. */
export function containerHolder(container: Container): Holder {
  return {
    map: container.map,
    container,
    get: (...path) => container.get(...path),
    entry: (...path) => container.entry(...path),
  };
}

/** Each container, init and ephemeral ones included. */
export function containerHolders(pod: PodTemplate): readonly Holder[] {
  return pod.containers.map(containerHolder);
}

/** The pod and its containers. */
export function everyHolder(pod: PodTemplate): readonly Holder[] {
  return [podHolder(pod), ...containerHolders(pod)];
}

/** A container's name or "the pod", to put behind "of": "`api`", "a container", "the pod". */
export function holderName({ container }: Pick<Holder, "container">): string {
  if (container === undefined) return "the pod";
  return container.name === undefined ? "a container" : `\`${container.name}\``;
}

/** The same, to begin a sentence with: "`api`", "This container", "The pod". */
export function subjectName({ container }: Pick<Holder, "container">): string {
  return container === undefined ? "The pod" : nameOf(container);
}

/** Something that is written, at a path within the holder. */
export function written(
  holder: Holder,
  path: readonly PathStep[],
  at: Span,
  value: string,
  what: string,
): PodSecurityViolation {
  return { at, what, missing: false, container: holder.container, place: { map: holder.map, path }, value };
}

/** Something that a container leaves out. */
export function missingIn(container: Container, what: string): PodSecurityViolation {
  return {
    at: container.at,
    what: `${holderName({ container })} without ${what}`,
    missing: true,
    container,
    place: undefined,
    value: "",
  };
}

/** Whether a template fills in the security context, or a part of it on the way to a setting, so that nobody knows what is in it. */
export function isOpaque(holder: Pick<Holder, "get">, ...path: readonly string[]): boolean {
  const steps = ["securityContext", ...path];
  return steps.some((_, index) => isUnknown(holder.get(...steps.slice(0, index + 1)), "kubernetes"));
}
