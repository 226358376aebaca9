import { atLeast } from "./deprecated-apis.ts";

/**
 * The Pod Security Standards, as the admission plugin of each Kubernetes release checks them. Releases are those of the policy, `1.31`.
 * Sources: https://kubernetes.io/docs/concepts/security/pod-security-standards/ and the package `k8s.io/pod-security-admission/policy`.
 */
export type PodSecurityLevel = "baseline" | "restricted";

/** The checks, by the names that the plugin itself gives them. */
export type PodSecurityCheck =
  | "hostNamespaces"
  | "privileged"
  | "capabilities_baseline"
  | "hostPathVolumes"
  | "hostPorts"
  | "hostProbesAndHostLifecycle"
  | "appArmorProfile"
  | "seLinuxOptions"
  | "procMount"
  | "seccompProfile_baseline"
  | "sysctls"
  | "windowsHostProcess"
  | "restrictedVolumes"
  | "allowPrivilegeEscalation"
  | "runAsNonRoot"
  | "runAsUser"
  | "seccompProfile_restricted"
  | "capabilities_restricted"
  | "procMount_restricted";

interface CheckFacts {
  readonly level: PodSecurityLevel;
  /** The first release that has it. */
  readonly from: string;
  /** The milder check that `restricted` leaves out wherever it has this one. */
  readonly instead?: PodSecurityCheck;
}

/** The level of each check, and since when there is such a check. */
export const podSecurityChecks: Readonly<Record<PodSecurityCheck, CheckFacts>> = {
  hostNamespaces: { level: "baseline", from: "1.0" },
  privileged: { level: "baseline", from: "1.0" },
  capabilities_baseline: { level: "baseline", from: "1.0" },
  hostPathVolumes: { level: "baseline", from: "1.0" },
  hostPorts: { level: "baseline", from: "1.0" },
  hostProbesAndHostLifecycle: { level: "baseline", from: "1.34" },
  appArmorProfile: { level: "baseline", from: "1.0" },
  seLinuxOptions: { level: "baseline", from: "1.0" },
  procMount: { level: "baseline", from: "1.0" },
  seccompProfile_baseline: { level: "baseline", from: "1.0" },
  sysctls: { level: "baseline", from: "1.0" },
  windowsHostProcess: { level: "baseline", from: "1.0" },
  restrictedVolumes: { level: "restricted", from: "1.0", instead: "hostPathVolumes" },
  allowPrivilegeEscalation: { level: "restricted", from: "1.8" },
  runAsNonRoot: { level: "restricted", from: "1.0" },
  runAsUser: { level: "restricted", from: "1.23" },
  seccompProfile_restricted: { level: "restricted", from: "1.19", instead: "seccompProfile_baseline" },
  capabilities_restricted: { level: "restricted", from: "1.22", instead: "capabilities_baseline" },
  procMount_restricted: { level: "restricted", from: "1.35", instead: "procMount" },
};

/** The checks that hold at a level in a release: those of `restricted` with what is left of `baseline`. */
export function checksOf(level: PodSecurityLevel, release: string): readonly PodSecurityCheck[] {
  const names = Object.keys(podSecurityChecks).filter(isCheck);
  const holding = names.filter((name) => {
    const facts = podSecurityChecks[name];
    return (level === "restricted" || facts.level === "baseline") && atLeast(release, facts.from);
  });
  const replaced = new Set(holding.map((name) => podSecurityChecks[name].instead));
  return holding.filter((name) => !replaced.has(name));
}

function isCheck(name: string): name is PodSecurityCheck {
  return Object.hasOwn(podSecurityChecks, name);
}

/**
 * The capabilities that `baseline` lets a container add: what engines used to give anyway, but for raw sockets. Names count as they are written: in capitals,
 * without `CAP_`.
 */
export const baselineCapabilities: ReadonlySet<string> = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** The kinds of volume that `restricted` refuses, by the key that makes a volume one; a hostPath is among them. */
export const restrictedVolumeTypes: ReadonlySet<string> = new Set([
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "cephfs",
  "cinder",
  "fc",
  "flexVolume",
  "flocker",
  "gcePersistentDisk",
  "gitRepo",
  "glusterfs",
  "hostPath",
  "iscsi",
  "nfs",
  "photonPersistentDisk",
  "portworxVolume",
  "quobyte",
  "rbd",
  "scaleIO",
  "storageos",
  "vsphereVolume",
]);

/** The sysctls that are safe to set, as each belongs to the pod alone, with the first release that lets pods have them. */
const safeSysctls: ReadonlyMap<string, string> = new Map([
  ["kernel.shm_rmid_forced", "1.0"],
  ["net.ipv4.ip_local_port_range", "1.0"],
  ["net.ipv4.tcp_syncookies", "1.0"],
  ["net.ipv4.ping_group_range", "1.0"],
  ["net.ipv4.ip_unprivileged_port_start", "1.0"],
  ["net.ipv4.ip_local_reserved_ports", "1.27"],
  ["net.ipv4.tcp_keepalive_time", "1.29"],
  ["net.ipv4.tcp_fin_timeout", "1.29"],
  ["net.ipv4.tcp_keepalive_intvl", "1.29"],
  ["net.ipv4.tcp_keepalive_probes", "1.29"],
  ["net.ipv4.tcp_rmem", "1.32"],
  ["net.ipv4.tcp_wmem", "1.32"],
  ["net.ipv4.tcp_slow_start_after_idle", "1.37"],
  ["net.ipv4.tcp_notsent_lowat", "1.37"],
]);

/** Whether a sysctl is one of the safe ones in a release. */
export function isSafeSysctl(name: string, release: string): boolean {
  const since = safeSysctls.get(name);
  return since !== undefined && atLeast(release, since);
}

/** The release in which a sysctl became one of the safe ones; `undefined` where none has. */
export function sysctlSafeSince(name: string): string | undefined {
  return safeSysctls.get(name);
}

const selinuxTypes: ReadonlyMap<string, string> = new Map([
  ["", "1.0"],
  ["container_t", "1.0"],
  ["container_init_t", "1.0"],
  ["container_kvm_t", "1.0"],
  ["container_engine_t", "1.31"],
]);

/** Whether `baseline` lets a container have an SELinux type. */
export function isAllowedSelinuxType(type: string, release: string): boolean {
  const since = selinuxTypes.get(type);
  return since !== undefined && atLeast(release, since);
}

/** Whether `hostUsers: false` makes up for running as root, and for an unmasked `/proc` where only `baseline` is asked for. */
export function userNamespaceCounts(release: string): boolean {
  return atLeast(release, "1.35");
}

/** Whether the checks of `restricted` that have no meaning on Windows are left out for pods that say `os.name: windows`. */
export function windowsIsSpared(release: string): boolean {
  return atLeast(release, "1.25");
}

/** Whether seccomp profiles are told by fields; before, by annotations. */
export function hasSeccompFields(release: string): boolean {
  return atLeast(release, "1.19");
}

/** The annotations that told the profiles before, `<prefix><container>` for one container. */
export const seccompAnnotations = {
  pod: "seccomp.security.alpha.kubernetes.io/pod",
  containerPrefix: "container.seccomp.security.alpha.kubernetes.io/",
} as const;

/** Whether such an annotation asks for a profile that `baseline` allows. */
export function isAllowedSeccompAnnotation(value: string): boolean {
  return value === "runtime/default" || value === "docker/default" || value.startsWith("localhost/");
}

/** `<prefix><container>` tells a container's AppArmor profile; a field does since 1.30. */
export const appArmorAnnotationPrefix = "container.apparmor.security.beta.kubernetes.io/";

/** Whether such an annotation asks for a profile that `baseline` allows. */
export function isAllowedAppArmorAnnotation(value: string): boolean {
  return value === "" || value === "runtime/default" || value.startsWith("localhost/");
}

/** Whether pods and containers have the field `appArmorProfile`. */
export function hasAppArmorField(release: string): boolean {
  return atLeast(release, "1.30");
}

/** The labels of a Namespace that say which level its pods are held to, and by the rules of which release. */
export const podSecurityLabels = {
  enforce: "pod-security.kubernetes.io/enforce",
  enforceVersion: "pod-security.kubernetes.io/enforce-version",
  warn: "pod-security.kubernetes.io/warn",
  audit: "pod-security.kubernetes.io/audit",
} as const;
