import { checksOf, type PodSecurityCheck, type PodSecurityLevel } from "../../../knowledge/pod-security.ts";
import type { Container, PodTemplate } from "../../../languages/kubernetes/model.ts";
import type { YamlMap } from "../../../languages/yaml/node.ts";
import type { PathStep } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import { baselineFinders } from "./pod-security-baseline.ts";
import { restrictedFinders } from "./pod-security-restricted.ts";

/** A place for which a level of the Pod Security Standards refuses a pod. */
export interface PodSecurityViolation {
  /** The key or value at fault; where something is missing, the container's `at`. */
  readonly at: Span;
  /** What is refused, for a list in a sentence: "`hostNetwork: true`", "`api` without `runAsNonRoot: true`". */
  readonly what: string;
  /** Nothing is written there, and something should be: not to be said of patches and templates. */
  readonly missing: boolean;
  /** `undefined` for what the pod says. */
  readonly container: Container | undefined;
  /** Where it is written, for a fix; `undefined` where it is missing. */
  readonly place: SettingPlace | undefined;
  /** The value at fault, as text: a capability's name, a sysctl's, a type. */
  readonly value: string;
}

/** A path within a map, such as a pod's spec or a container. */
export interface SettingPlace {
  readonly map: YamlMap;
  readonly path: readonly PathStep[];
}

/** What a check finds in a pod. Values that a template fills in are not judged. */
export type PodSecurityFinder = (pod: PodTemplate, release: string) => readonly PodSecurityViolation[];

/** What one check of the standards refuses about a pod, whether or not the release has that check. */
export function violationsOf(
  check: PodSecurityCheck,
  pod: PodTemplate,
  release: string,
): readonly PodSecurityViolation[] {
  return finders[check](pod, release);
}

/** What a level, as a release checks it, refuses about a pod; first what `baseline` refuses, check by check. */
export function podSecurityProblems(
  pod: PodTemplate,
  release: string,
  level: PodSecurityLevel,
): readonly (PodSecurityViolation & { readonly check: PodSecurityCheck })[] {
  return checksOf(level, release).flatMap((check) =>
    violationsOf(check, pod, release).map((violation) => ({ ...violation, check })),
  );
}

const finders: Readonly<Record<PodSecurityCheck, PodSecurityFinder>> = { ...baselineFinders, ...restrictedFinders };
