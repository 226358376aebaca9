import type { Container, PodTemplate, Resource } from "../languages/kubernetes/model.ts";
import { entriesOf, getPath, isNull, isUnknown, itemsOf, scalarText } from "../languages/yaml/path.ts";
import type { YamlNode } from "../languages/yaml/node.ts";
import { nameOf } from "../text/path.ts";
import type { Labels } from "./label-selector.ts";

/** What a workload, or a bare Pod, tells of its pods. */
export interface WorkloadFacts {
  /** Labels of the pods it makes. */
  readonly labels: Labels;
  /** Ports that its containers and sidecars declare. `number` is `undefined` where it is not known. */
  readonly ports: readonly PortFacts[];
  /** As written, `undefined` where nothing is: one then, or what an autoscaler says. */
  readonly replicas: number | "unknown" | undefined;
  /** `serviceAccountName`, or the old `serviceAccount`; null where it is not known. */
  readonly serviceAccount: string | null | undefined;
  /** PersistentVolumeClaims that its pods mount by name. */
  readonly claims: readonly string[];
  /** Names of a StatefulSet's `volumeClaimTemplates`. */
  readonly claimTemplates: readonly string[];
  /** A StatefulSet's `serviceName`. */
  readonly serviceName: string | undefined;
  /** `Recreate`, `RollingUpdate`, `OnDelete`, of `strategy` or `updateStrategy`, as written. */
  readonly strategy: string | undefined;
  /** It says how its pods are to be spread over nodes or zones: anti-affinity among pods or topology constraints. */
  readonly spread: boolean;
  readonly containers: readonly ContainerFacts[];
  /** The last part of the names of the images, without tags, whose containers have a probe: `api` of `ghcr.io/acme/api:1.2`. */
  readonly probed: readonly string[];
  /**
   * Such names of the images whose containers must not run as root (`runAsNonRoot`) and are given no number to run as: the user that the image names
   * has to be one.
   */
  readonly numbered: readonly string[];
  /** Labels or ports hold something unknown (a template, a variable), or the rest of the object is written elsewhere. */
  readonly open: boolean;
}

export interface PortFacts {
  readonly name: string | undefined;
  readonly number: number | undefined;
  /** `TCP` where none is written. */
  readonly protocol: string;
}

/** A container of any role. */
export interface ContainerFacts {
  readonly name: string | undefined;
  readonly role: Container["role"];
  /** Resources that it requests, or its pod for all of them; a limit without a request is one. */
  readonly requests: readonly string[];
  /** Resources that it has a limit of, or its pod. */
  readonly limits: readonly string[];
}

/** What a workload tells; linear in its size. */
export function workloadFacts(resource: Resource, pod: PodTemplate): WorkloadFacts {
  const { containers } = pod;
  const imagesWhere = (test: (container: Container) => boolean): readonly string[] =>
    containers.flatMap((one) => (one.image !== undefined && test(one) ? [nameOf(one.image.repository)] : []));
  return {
    labels: Object.fromEntries(pod.labels),
    ports: containers
      .filter(({ role }) => role === "main" || role === "sidecar")
      .flatMap(({ ports }) =>
        ports.map(({ name, containerPort, protocol }) => ({ name, number: containerPort, protocol })),
      ),
    replicas: numberOf(resource.get("spec", "replicas")),
    serviceAccount: accountOf(pod),
    claims: itemsOf(pod.get("volumes")).flatMap(
      (volume) => known(getPath(volume, "persistentVolumeClaim", "claimName")) ?? [],
    ),
    claimTemplates: itemsOf(resource.get("spec", "volumeClaimTemplates")).flatMap(
      (template) => known(getPath(template, "metadata", "name")) ?? [],
    ),
    serviceName: known(resource.get("spec", "serviceName")),
    strategy: known(resource.get("spec", "strategy", "type") ?? resource.get("spec", "updateStrategy", "type")),
    spread: !isNull(pod.get("topologySpreadConstraints")) || !isNull(pod.get("affinity", "podAntiAffinity")),
    containers: containers.map((container) => ({
      name: container.name,
      role: container.role,
      requests: namesIn(container, pod, ["requests", "limits"]),
      limits: namesIn(container, pod, ["limits"]),
    })),
    probed: imagesWhere(isProbed),
    numbered: imagesWhere((container) => isCheckedForRoot(pod, container)),
    open: resource.fragment || isOpen(pod),
  };
}

function numberOf(node: YamlNode | undefined): number | "unknown" | undefined {
  if (isNull(node)) return undefined;
  return node?.type === "scalar" && typeof node.value === "number" ? node.value : "unknown";
}

function accountOf(pod: PodTemplate): WorkloadFacts["serviceAccount"] {
  const node = pod.get("serviceAccountName") ?? pod.get("serviceAccount");
  return isUnknown(node, "kubernetes") ? null : scalarText(node);
}

function known(node: YamlNode | undefined): string | undefined {
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}

function namesIn(container: Container, pod: PodTemplate, parts: readonly string[]): readonly string[] {
  const names = parts.flatMap((part) => [
    ...entriesOf(container.get("resources", part)).map(({ key }) => key),
    ...entriesOf(pod.get("resources", part)).map(({ key }) => key),
  ]);
  return [...new Set(names)];
}

function isProbed(container: Container): boolean {
  return ["livenessProbe", "readinessProbe", "startupProbe"].some((key) => container.entry(key) !== undefined);
}

/** What a container says of its user counts more than what its pod says. */
function isCheckedForRoot(pod: PodTemplate, container: Container): boolean {
  const setting = (key: string): YamlNode | undefined =>
    container.get("securityContext", key) ?? pod.get("securityContext", key);
  const nonRoot = setting("runAsNonRoot");
  return nonRoot?.type === "scalar" && nonRoot.value === true && setting("runAsUser") === undefined;
}

/** A label or port that is not known is left out of the facts. */
function isOpen(pod: PodTemplate): boolean {
  const labels = entriesOf(getPath(pod.metadata, "labels"));
  return labels.length !== pod.labels.size || pod.containers.some(({ ports }) => ports.some(isUnknownPort));
}

function isUnknownPort(port: { readonly containerPort: number | undefined }): boolean {
  return port.containerPort === undefined;
}
