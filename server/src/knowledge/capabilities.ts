/** What a capability that is added to a container opens, by what it reaches: the worst first. */
export type CapabilityReach = "takeover" | "network" | "tracing" | "host-wide" | "resources" | "kernel-log";

interface Reach {
  readonly reach: CapabilityReach;
  /** What a process can do with it, to be put behind "lets a process". */
  readonly allows: string;
}

/**
 * The capabilities that reach beyond the container, without `CAP_`. Those that an engine gives anyway are left out, and so are `IPC_LOCK` and the
 * like, which only concern the container's own memory.
 * Sources: https://man7.org/linux/man-pages/man7/capabilities.7.html, and what `docker run` gives by default:
 * https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
 */
const reaching: ReadonlyMap<string, Reach> = new Map<string, Reach>([
  ["ALL", { reach: "takeover", allows: "do all that root on the host may" }],
  [
    "SYS_ADMIN",
    {
      reach: "takeover",
      allows: "mount file systems and change namespaces, from where it is not far to root on the host",
    },
  ],
  ["SYS_MODULE", { reach: "takeover", allows: "load modules into the host's kernel" }],
  ["SYS_RAWIO", { reach: "takeover", allows: "read and write the host's memory and disks past every permission" }],
  [
    "DAC_READ_SEARCH",
    { reach: "takeover", allows: "open files of the host by their numbers, outside of its own file system" },
  ],
  ["NET_ADMIN", { reach: "network", allows: "change addresses, routes and firewall rules" }],
  ["SYS_PTRACE", { reach: "tracing", allows: "read and change the memory of other processes" }],
  ["CHECKPOINT_RESTORE", { reach: "tracing", allows: "look into and restore other processes" }],
  ["SYS_TIME", { reach: "host-wide", allows: "set the host's clock, and with it every certificate and log" }],
  ["SYS_BOOT", { reach: "host-wide", allows: "restart the host" }],
  ["PERFMON", { reach: "host-wide", allows: "watch the whole kernel at work" }],
  ["BPF", { reach: "host-wide", allows: "load programs into the host's kernel" }],
  ["MAC_ADMIN", { reach: "host-wide", allows: "change the host's mandatory access control" }],
  ["MAC_OVERRIDE", { reach: "host-wide", allows: "pass over the host's mandatory access control" }],
  ["AUDIT_CONTROL", { reach: "host-wide", allows: "switch off the host's audit" }],
  ["AUDIT_READ", { reach: "host-wide", allows: "read the host's audit" }],
  ["LINUX_IMMUTABLE", { reach: "host-wide", allows: "lift the protection of files that nobody may change" }],
  ["SYS_PACCT", { reach: "host-wide", allows: "switch the host's process accounting" }],
  ["SYS_TTY_CONFIG", { reach: "host-wide", allows: "take over the host's terminals" }],
  ["WAKE_ALARM", { reach: "host-wide", allows: "wake the host up" }],
  ["BLOCK_SUSPEND", { reach: "host-wide", allows: "keep the host from going to sleep" }],
  ["SYS_NICE", { reach: "resources", allows: "put itself before every other process of the host" }],
  ["SYS_RESOURCE", { reach: "resources", allows: "pass over limits and quotas" }],
  ["LEASE", { reach: "resources", allows: "hold up others that open its files" }],
  ["IPC_OWNER", { reach: "resources", allows: "pass over the permissions of shared memory" }],
  ["SYSLOG", { reach: "kernel-log", allows: "read and clear the kernel's log, with the addresses it gives away" }],
]);

/** Every capability there is, without `CAP_`, and `ALL` for all of them. Source: https://man7.org/linux/man-pages/man7/capabilities.7.html */
export const linuxCapabilities: ReadonlySet<string> = new Set([
  ...reaching.keys(),
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "IPC_LOCK",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "NET_BROADCAST",
  "NET_RAW",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** The name as Docker compares it: upper case, without `CAP_` and the spaces around it. */
export function capabilityName(written: string): string {
  return written.trim().toUpperCase().replace(/^CAP_/, "");
}

/** What a capability opens beyond the container, by a name in whatever spelling; `undefined` where it opens nothing, or is not known. */
export function reachOf(written: string): Reach | undefined {
  return reaching.get(capabilityName(written));
}

/**
 * What the entrypoint of most images needs that starts as root: it changes owners, reads what is not its own, binds a low port, becomes another
 * user, and as an init passes on signals to that user's process. Of the fourteen that engines give, seven are left out, among them raw sockets,
 * device nodes and file capabilities.
 */
export const usualCapabilities: readonly string[] = [
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "KILL",
  "NET_BIND_SERVICE",
  "SETGID",
  "SETUID",
];

/**
 * Programs that become another user by a setuid program or `sudo` while they run: browsers' sandboxes, mail and print servers, notebooks and editors in
 * which people use `sudo`; by words in the names of their images.
 */
const setuidUser =
  /(?:^|[/_.-])(?:selenium|chrom(?:e|ium)|browserless|playwright|puppeteer|jupyter\w*|[a-z]*-?notebook|code-server|openvscode-server|gitpod|devcontainers?|mailserver|docker-mailserver|mailcow|mailu|postfix|exim\d?|cups\w*|nagios|icinga2?|smokeping|zabbix-server\S*|zabbix-proxy\S*|sudo|openssh-server|sshd|pi-?hole|pgadmin4)(?:$|[/_.:-])/i;

/** Whether an image is known to need setuid programs, which `no-new-privileges` takes away. */
export function needsSetuid(canonical: string): boolean {
  return setuidUser.test(canonical);
}
