import {
  type PodSecurityCheck,
  restrictedVolumeTypes,
  userNamespaceCounts,
  windowsIsSpared,
} from "../../../knowledge/pod-security.ts";
import type { Container, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { addedCapabilities, unlistedSeccomp, unmaskedProc } from "./pod-security-baseline.ts";
import {
  containerHolder,
  everyHolder,
  holderName,
  isOpaque,
  missingIn,
  podHolder,
  written,
} from "./pod-security-place.ts";
import type { PodSecurityFinder, PodSecurityViolation } from "./pod-security.ts";
import { flagOf, numberOf } from "./security-context.ts";

type RestrictedCheck = Extract<
  PodSecurityCheck,
  | "restrictedVolumes"
  | "allowPrivilegeEscalation"
  | "runAsNonRoot"
  | "runAsUser"
  | "seccompProfile_restricted"
  | "capabilities_restricted"
  | "procMount_restricted"
>;

/** What each check of `restricted` finds. */
export const restrictedFinders: Readonly<Record<RestrictedCheck, PodSecurityFinder>> = {
  restrictedVolumes: (pod) =>
    itemsOf(pod.get("volumes")).flatMap((volume, index) => {
      if (volume.type !== "map") return [];
      const name = scalarText(getPath(volume, "name"));
      return volume.entries.flatMap(({ key, keySpan, value }) => {
        if (!restrictedVolumeTypes.has(key) || isNull(value) || isUnknown(value, "kubernetes")) return [];
        const what = `the \`${key}\` volume${name === undefined ? "" : ` \`${name}\``}`;
        return [written(podHolder(pod), ["volumes", index], keySpan, key, what)];
      });
    }),
  allowPrivilegeEscalation: (pod, release) => (isSparedWindows(pod, release) ? [] : pod.containers.flatMap(escalation)),
  runAsNonRoot: (pod, release) => (isRemapped(pod, release) ? [] : nonRoot(pod)),
  runAsUser: (pod, release) =>
    isRemapped(pod, release)
      ? []
      : everyHolder(pod).flatMap((holder) => {
          const path = ["securityContext", "runAsUser"];
          const entry = holder.entry(...path);
          if (entry === undefined || numberOf(entry.value) !== 0) return [];
          return [written(holder, path, entry.keySpan, "0", `\`runAsUser: 0\` of ${holderName(holder)}`)];
        }),
  seccompProfile_restricted: (pod, release) =>
    isSparedWindows(pod, release)
      ? []
      : [...unlistedSeccomp(pod), ...pod.containers.filter(lacksSeccomp(pod)).map(withoutSeccomp)],
  capabilities_restricted: (pod, release) =>
    isSparedWindows(pod, release)
      ? []
      : [
          ...addedCapabilities(pod).filter(({ value }) => value !== "NET_BIND_SERVICE"),
          ...pod.containers.filter(keepsCapabilities).map((container) => missingIn(container, '`drop: ["ALL"]`')),
        ],
  procMount_restricted: unmaskedProc,
};

/** `os.name` alone counts: a node selector says where a pod runs, and the standards do not look at it. */
function isSparedWindows(pod: PodTemplate, release: string): boolean {
  return windowsIsSpared(release) && scalarText(pod.get("os", "name")) === "windows";
}

/** Root in the pod is nobody on the node. */
function isRemapped(pod: PodTemplate, release: string): boolean {
  return userNamespaceCounts(release) && flagOf(pod.get("hostUsers")) === false;
}

function escalation(container: Container): readonly PodSecurityViolation[] {
  const key = "allowPrivilegeEscalation";
  const entry = container.entry("securityContext", key);
  const flag = flagOf(entry?.value);
  if (flag === false || flag === "unknown" || isOpaque(container)) return [];
  if (entry === undefined || flag === undefined) return [missingIn(container, `\`${key}: false\``)];
  const holder = containerHolder(container);
  return [
    written(holder, ["securityContext", key], entry.keySpan, "true", `\`${key}: true\` of ${holderName(holder)}`),
  ];
}

/** A `false` of the pod is refused even where every container says otherwise. */
function nonRoot(pod: PodTemplate): readonly PodSecurityViolation[] {
  const path = ["securityContext", "runAsNonRoot"];
  const found = everyHolder(pod).flatMap((holder) => {
    const entry = holder.entry(...path);
    if (entry === undefined || flagOf(entry.value) !== false) return [];
    return [written(holder, path, entry.keySpan, "false", `\`runAsNonRoot: false\` of ${holderName(holder)}`)];
  });
  const ofPod = flagOf(pod.get(...path));
  if (ofPod === true || ofPod === "unknown" || isOpaque(pod)) return found;
  const silent = pod.containers.filter((container) => container.get(...path) === undefined && !isOpaque(container));
  return [...found, ...silent.map((container) => missingIn(container, "`runAsNonRoot: true`"))];
}

/** A profile that is not allowed is reported by itself, and is none for the containers that go by it. */
function lacksSeccomp(pod: PodTemplate): (container: Container) => boolean {
  const path = ["seccompProfile", "type"] as const;
  const ofPod = pod.get("securityContext", ...path);
  const covered = isOpaque(pod, ...path) || ["RuntimeDefault", "Localhost"].includes(scalarText(ofPod) ?? "");
  return (container) =>
    !covered && !isOpaque(container, ...path) && container.get("securityContext", ...path) === undefined;
}

function withoutSeccomp(container: Container): PodSecurityViolation {
  return missingIn(container, "a seccomp profile");
}

function keepsCapabilities(container: Container): boolean {
  const path = ["capabilities", "drop"] as const;
  if (isOpaque(container, ...path)) return false;
  const dropped = itemsOf(container.get("securityContext", ...path));
  return !dropped.some((item) => isUnknown(item, "kubernetes") || scalarText(item) === "ALL");
}
