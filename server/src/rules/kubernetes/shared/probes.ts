import type { Container } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, scalarText } from "../../../languages/yaml/path.ts";

/** The kinds of probe, in the order in which they begin. */
export const probeKinds = ["startup", "readiness", "liveness"] as const;

export type ProbeKind = (typeof probeKinds)[number];

/** A probe of a container that is written as a map. */
export interface Probe {
  readonly kind: ProbeKind;
  readonly key: `${ProbeKind}Probe`;
  readonly entry: YamlEntry;
  readonly map: YamlMap;
}

/** What a probe does: asks by HTTP, connects, asks by gRPC, or runs a program in the container. */
export const handlerKeys = ["httpGet", "tcpSocket", "grpc", "exec"] as const;

/** The probes of a container; those that a template fills in are left out. */
export function probesOf(container: Container): readonly Probe[] {
  return probeKinds.flatMap((kind) => probeOf(container, kind) ?? []);
}

/** One of them. */
export function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  const key = `${kind}Probe` as const;
  const entry = container.entry(key);
  return entry?.value.type === "map" ? { kind, key, entry, map: entry.value } : undefined;
}

/**
 * What holds where a field is left out.
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes
 */
const defaults = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
} as const;

export type ProbeNumber = keyof typeof defaults;

/** The names of the numbers that a probe is tuned by. */
export const probeNumbers: readonly ProbeNumber[] = [
  "initialDelaySeconds",
  "periodSeconds",
  "timeoutSeconds",
  "successThreshold",
  "failureThreshold",
];

/** A number of a probe as it holds, the default included; `undefined` where it is not known. Zero stands for the default, as for the API server. */
export function probeNumber({ map }: Pick<Probe, "map">, key: ProbeNumber): number | undefined {
  const node = getPath(map, key);
  if (isNull(node)) return defaults[key];
  if (node?.type !== "scalar" || typeof node.value !== "number") return undefined;
  return node.value === 0 ? defaults[key] : node.value;
}

/** How long a container may fail before the probe has its effect, in seconds. */
export function patience(probe: Probe): number | undefined {
  const period = probeNumber(probe, "periodSeconds");
  const threshold = probeNumber(probe, "failureThreshold");
  return period === undefined || threshold === undefined ? undefined : period * threshold;
}

/** The port that a probe asks, with the handler that does. */
export function portAsked(probe: Probe): { readonly node: YamlNode; readonly handler: string } | undefined {
  for (const handler of ["httpGet", "tcpSocket", "grpc"]) {
    const node = getPath(probe.map, handler, "port");
    if (node !== undefined && !isNull(node)) return { node, handler };
  }
  return undefined;
}

/** A port in words, be it a name or a number; `undefined` where it is not known. */
export function portText(node: YamlNode): string | undefined {
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}
