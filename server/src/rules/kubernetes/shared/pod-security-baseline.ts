import {
  appArmorAnnotationPrefix,
  baselineCapabilities,
  hasSeccompFields,
  isAllowedAppArmorAnnotation,
  isAllowedSeccompAnnotation,
  isAllowedSelinuxType,
  isSafeSysctl,
  type PodSecurityCheck,
  seccompAnnotations,
  userNamespaceCounts,
} from "../../../knowledge/pod-security.ts";
import type { PodTemplate } from "../../../languages/kubernetes/model.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { containerHolders, everyHolder, type Holder, holderName, podHolder, written } from "./pod-security-place.ts";
import type { PodSecurityFinder, PodSecurityViolation } from "./pod-security.ts";
import { flagOf, numberOf } from "./security-context.ts";

type BaselineCheck = Exclude<
  PodSecurityCheck,
  | "restrictedVolumes"
  | "allowPrivilegeEscalation"
  | "runAsNonRoot"
  | "runAsUser"
  | "seccompProfile_restricted"
  | "capabilities_restricted"
  | "procMount_restricted"
>;

/** What each check of `baseline` finds. Fields only count where a release has them. */
export const baselineFinders: Readonly<Record<BaselineCheck, PodSecurityFinder>> = {
  hostNamespaces: (pod) =>
    ["hostNetwork", "hostPID", "hostIPC"].flatMap((key) => {
      const entry = pod.entry(key);
      if (entry === undefined || flagOf(entry.value) !== true) return [];
      return [written(podHolder(pod), [key], entry.keySpan, key, `\`${key}: true\``)];
    }),
  privileged: (pod) => containerHolders(pod).flatMap((holder) => flagged(holder, ["privileged"])),
  capabilities_baseline: (pod) => addedCapabilities(pod).filter(({ value }) => !baselineCapabilities.has(value)),
  hostPathVolumes: (pod) =>
    itemsOf(pod.get("volumes")).flatMap((volume, index) => {
      const entry = volume.type === "map" ? volume.get("hostPath") : undefined;
      if (entry === undefined || isNull(entry.value) || isUnknown(entry.value, "kubernetes")) return [];
      const name = scalarText(getPath(volume, "name"));
      const path = scalarText(getPath(entry.value, "path")) ?? "";
      const what = `the \`hostPath\` volume${name === undefined ? "" : ` \`${name}\``}`;
      return [written(podHolder(pod), ["volumes", index], entry.keySpan, path, what)];
    }),
  hostPorts: (pod) =>
    containerHolders(pod).flatMap((holder) =>
      itemsOf(holder.get("ports")).flatMap((port, index) => {
        const entry = port.type === "map" ? port.get("hostPort") : undefined;
        const number = numberOf(entry?.value);
        if (entry === undefined || typeof number !== "number" || number === 0) return [];
        const what = `\`hostPort: ${number}\` of ${holderName(holder)}`;
        return [written(holder, ["ports", index, "hostPort"], entry.keySpan, String(number), what)];
      }),
    ),
  hostProbesAndHostLifecycle: (pod) => containerHolders(pod).flatMap(askedHosts),
  appArmorProfile: (pod) => [
    ...everyHolder(pod).flatMap((holder) => unlisted(holder, "appArmorProfile", "AppArmor")),
    ...annotated(pod, (name) => name.startsWith(appArmorAnnotationPrefix), isAllowedAppArmorAnnotation, "AppArmor"),
  ],
  seLinuxOptions: (pod, release) => everyHolder(pod).flatMap((holder) => selinuxOptions(holder, release)),
  procMount: (pod, release) =>
    userNamespaceCounts(release) && flagOf(pod.get("hostUsers")) === false ? [] : unmaskedProc(pod),
  seccompProfile_baseline: (pod, release) => (hasSeccompFields(release) ? unlistedSeccomp(pod) : annotatedSeccomp(pod)),
  sysctls: (pod, release) =>
    itemsOf(pod.get("securityContext", "sysctls")).flatMap((item, index) => {
      const node = getPath(item, "name");
      const name = scalarText(node);
      if (node === undefined || name === undefined || isUnknown(node, "kubernetes")) return [];
      if (isSafeSysctl(name, release)) return [];
      return [written(podHolder(pod), ["securityContext", "sysctls", index], node.span, name, `sysctl \`${name}\``)];
    }),
  windowsHostProcess: (pod) => everyHolder(pod).flatMap((holder) => flagged(holder, ["windowsOptions", "hostProcess"])),
};

/** Every capability that a container adds, whatever it is. */
export function addedCapabilities(pod: PodTemplate): readonly PodSecurityViolation[] {
  const path = ["securityContext", "capabilities", "add"] as const;
  return containerHolders(pod).flatMap((holder) =>
    itemsOf(holder.get(...path)).flatMap((item, index) => {
      const name = scalarText(item);
      if (name === undefined || isUnknown(item, "kubernetes")) return [];
      return [written(holder, [...path, index], item.span, name, `\`${name}\` added to ${holderName(holder)}`)];
    }),
  );
}

/** Every `procMount` that shows more of `/proc` than usual. */
export function unmaskedProc(pod: PodTemplate): readonly PodSecurityViolation[] {
  return containerHolders(pod).flatMap((holder) => {
    const entry = holder.entry("securityContext", "procMount");
    const type = scalarText(entry?.value);
    if (entry === undefined || type === undefined || type === "Default" || isUnknown(entry.value, "kubernetes"))
      return [];
    const what = `\`procMount: ${type}\` of ${holderName(holder)}`;
    return [written(holder, ["securityContext", "procMount"], entry.keySpan, type, what)];
  });
}

/** Every seccomp profile that is told by a field and is neither the runtime's nor the node's. */
export function unlistedSeccomp(pod: PodTemplate): readonly PodSecurityViolation[] {
  return everyHolder(pod).flatMap((holder) => unlisted(holder, "seccompProfile", "seccomp"));
}

function annotatedSeccomp(pod: PodTemplate): readonly PodSecurityViolation[] {
  const { pod: ofPod, containerPrefix } = seccompAnnotations;
  const names = new Set<string>([ofPod, ...pod.containers.map(({ name }) => `${containerPrefix}${name ?? ""}`)]);
  return annotated(pod, (name) => names.has(name), isAllowedSeccompAnnotation, "seccomp");
}

/** A boolean of the security context that must not be true. */
function flagged(holder: Holder, path: readonly string[]): readonly PodSecurityViolation[] {
  const entry = holder.entry("securityContext", ...path);
  if (entry === undefined || flagOf(entry.value) !== true) return [];
  const key = path.at(-1) ?? "";
  return [
    written(holder, ["securityContext", ...path], entry.keySpan, key, `\`${key}: true\` of ${holderName(holder)}`),
  ];
}

/** A profile's type that is neither the runtime's nor the node's. */
function unlisted(holder: Holder, key: string, name: string): readonly PodSecurityViolation[] {
  const path = ["securityContext", key, "type"];
  const node = holder.get(...path);
  const type = scalarText(node);
  if (node === undefined || type === undefined || isUnknown(node, "kubernetes")) return [];
  if (type === "RuntimeDefault" || type === "Localhost") return [];
  return [written(holder, path, node.span, type, `${name} profile \`${type}\` of ${holderName(holder)}`)];
}

function annotated(
  pod: PodTemplate,
  concerns: (name: string) => boolean,
  allowed: (value: string) => boolean,
  kind: string,
): readonly PodSecurityViolation[] {
  return pod.annotations.flatMap(({ name, value, span }) => {
    if (!concerns(name) || value.includes("{{") || value.includes("${") || allowed(value)) return [];
    const what = `annotation \`${name}: ${value}\``;
    const place = pod.metadata === undefined ? undefined : { map: pod.metadata, path: ["annotations", name] };
    return [{ at: span, what: `${kind} ${what}`, missing: false, container: undefined, place, value }];
  });
}

function selinuxOptions(holder: Holder, release: string): readonly PodSecurityViolation[] {
  return ["type", "user", "role"].flatMap((key) => {
    const path = ["securityContext", "seLinuxOptions", key];
    const node = holder.get(...path);
    const text = scalarText(node);
    if (node === undefined || text === undefined || text === "" || isUnknown(node, "kubernetes")) return [];
    if (key === "type" && isAllowedSelinuxType(text, release)) return [];
    return [written(holder, path, node.span, text, `SELinux ${key} \`${text}\` of ${holderName(holder)}`)];
  });
}

const handlers: readonly (readonly string[])[] = [
  ["livenessProbe"],
  ["readinessProbe"],
  ["startupProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

function askedHosts(holder: Holder): readonly PodSecurityViolation[] {
  return handlers.flatMap((handler) =>
    ["httpGet", "tcpSocket"].flatMap((action) => {
      const path = [...handler, action, "host"];
      const entry = holder.entry(...path);
      const host = scalarText(entry?.value);
      if (entry === undefined || host === undefined || host === "" || isUnknown(entry.value, "kubernetes")) return [];
      const what = `\`host: ${host}\` in the \`${handler.at(-1) ?? ""}\` of ${holderName(holder)}`;
      return [written(holder, path, entry.keySpan, host, what)];
    }),
  );
}
