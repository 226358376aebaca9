import type { Severity } from "../../../engine/rule.ts";
import { hostPathMeaning, watchesHost } from "../../../knowledge/host-paths.ts";
import { containerSocket } from "../../shared/container-sockets.ts";
import type { HostPath } from "./host-path.ts";

/** What a sensitive volume of the node is. */
export interface SensitiveHostPath {
  /** To put behind the path: "holds its keys". */
  readonly what: string;
  readonly severity: Severity;
  /** Whether writing is what makes it dangerous. */
  readonly readOnlyHelps: boolean;
}

/**
 * Whether a volume gives a pod the system, kernel or keys of its node, by what is mounted and how. `undefined` for what is no danger, and for sockets of
 * container runtimes, which have a rule of their own.
 */
export function sensitiveHostPath({ path, mounts }: HostPath): SensitiveHostPath | undefined {
  if (containerSocket(path) !== undefined || isPluginFolder.test(path)) return undefined;
  const readOnly = mounts.length > 0 && mounts.every((mount) => mount.readOnly !== false);
  const watched = mounts.length > 0 && mounts.every(({ container }) => watchesHost(container.image?.canonical ?? ""));
  if (readOnly && watched) return undefined;
  // Storage drivers mount what they serve below it; it still holds the secrets of every pod.
  const isDriver = path === "/var/lib/kubelet/pods";
  const mild = readOnly || watched || isDriver;
  const meaning = path === "/" || /^(?:\/var)?\/run$/.test(path) ? "system" : hostPathMeaning(path);
  switch (meaning) {
    case "system":
      return readOnly
        ? { what: "holds its keys and the secrets of other pods", severity: "info", readOnlyHelps: false }
        : {
            what: "lets whoever writes there become root on it",
            severity: watched || isDriver ? "info" : "warning",
            readOnlyHelps: true,
          };
    case "programs":
      return readOnly
        ? undefined
        : {
            what: "holds its programs, so that whoever writes there is root on it",
            severity: mild ? "info" : "warning",
            readOnlyHelps: true,
          };
    case "kernel":
      return { what: "opens its kernel and devices", severity: mild ? "hint" : "warning", readOnlyHelps: true };
    case "keys":
      return { what: "holds keys and tokens of people", severity: "warning", readOnlyHelps: false };
    default:
      return undefined;
  }
}

/** Where storage drivers and device plugins put their sockets for the kubelet, which is the way to talk to it. */
const isPluginFolder = /^\/var\/lib\/kubelet\/(?:plugins\/.|plugins_registry(?:\/|$)|device-plugins(?:\/|$))/;
