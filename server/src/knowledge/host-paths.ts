/**
 * What a folder or file of the host is to whoever can see it from a container. `system`: who writes there is root on the host, and who reads there
 * learns its secrets. `programs`: who writes there is root on the host, and reading gives nothing away. `kernel`: an interface to the kernel or its devices. `keys`: private keys and credentials of a person.
 * `accounts`: names of users, no secrets. `configuration`: the host's own settings, which containers may well read and have no reason to change.
 */
export type HostPathMeaning = "system" | "programs" | "kernel" | "keys" | "accounts" | "configuration";

/** These and all that is below them. Sources: https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html, hier(7), CIS Docker Benchmark 5.5. */
const systemTrees: readonly string[] = [
  "/etc/cron.d",
  "/etc/cron.daily",
  "/etc/cron.hourly",
  "/etc/crontab",
  "/etc/docker",
  "/etc/gshadow",
  "/etc/kubernetes",
  "/etc/ld.so.preload",
  "/etc/pam.d",
  "/etc/shadow",
  "/etc/ssh",
  "/etc/sudoers",
  "/etc/sudoers.d",
  "/etc/systemd",
  "/root/.ssh",
  "/var/lib/containerd",
  "/var/lib/kubelet",
  "/var/spool/cron",
];

/** The kernel and the programs, with all that is below. */
const programTrees: readonly string[] = [
  "/bin",
  "/boot",
  "/lib/systemd",
  "/sbin",
  "/usr/bin",
  "/usr/sbin",
  "/usr/lib/systemd",
  "/usr/local/sbin",
];

const programFolders: ReadonlySet<string> = new Set([
  "/lib",
  "/lib64",
  "/usr",
  "/usr/lib",
  "/usr/local",
  "/usr/local/bin",
]);

/** Only these themselves: what is below them may be the service's own. */
const systemFolders: ReadonlySet<string> = new Set([
  "/etc",
  "/proc",
  "/root",
  "/var",
  "/var/lib",
  "/var/lib/docker",
  "/var/lib/docker/overlay2",
  "/var/spool",
]);

const kernelFolders: ReadonlySet<string> = new Set([
  "/dev",
  "/dev/mem",
  "/dev/shm",
  "/proc/sys",
  "/proc/sysrq-trigger",
  "/sys",
  "/sys/kernel",
  "/sys/kernel/debug",
]);

const accountFiles: ReadonlySet<string> = new Set(["/etc/passwd", "/etc/group"]);

/** What containers are given so that their clock, names and certificates are the host's. */
const configurationFiles: ReadonlySet<string> = new Set([
  "/etc/hostname",
  "/etc/hosts",
  "/etc/localtime",
  "/etc/machine-id",
  "/etc/os-release",
  "/etc/resolv.conf",
  "/etc/timezone",
]);

/** Folders of a person's home, by whatever variable that is written. */
const keyFolder =
  /(?:^|\/)\.(?:ssh|aws|gnupg|kube|azure|docker\/config\.json|config\/gcloud|netrc|git-credentials)(?:\/|$)/;

/** Files in them that are no secrets. */
const publicFile = /\/\.ssh\/(?:known_hosts|config|[^/]*\.pub)$/;

/** What a path of the host means; `path` normalised, without a slash at its end. `undefined` for any other. */
export function hostPathMeaning(path: string): HostPathMeaning | undefined {
  if (configurationFiles.has(path)) return "configuration";
  if (accountFiles.has(path)) return "accounts";
  if (systemFolders.has(path) || isBelow(path, systemTrees)) return "system";
  if (programFolders.has(path) || isBelow(path, programTrees)) return "programs";
  if (kernelFolders.has(path)) return "kernel";
  return path === "/home" || (keyFolder.test(path) && !publicFile.test(path)) ? "keys" : undefined;
}

function isBelow(path: string, trees: readonly string[]): boolean {
  return trees.some((tree) => path === tree || path.startsWith(`${tree}/`));
}

/**
 * Devices by which a container gets at the whole host: its disks, its memory, its kernel's log. `/dev/kmem` and `/dev/raw` are left out, which
 * kernels have not had for years.
 * Source: https://www.kernel.org/doc/Documentation/admin-guide/devices.txt
 */
const wholeHostDevice =
  /^\/dev(?:\/(?:(?:sd|hd|vd|xvd)[a-z]+\d*|nvme\d+(?:n\d+(?:p\d+)?)?|mmcblk\d+(?:p\d+)?|md(?:\d+|\/.+)|dm-\d+|mapper\/(?!control$).+|disk\/.+|nbd\d+|rbd\d+|zd\d+|sg\d+|bsg\/.+|loop\d*|loop-control|mem|port|kmsg))?$/;

/** What a device of the host opens: `disk`, `memory` or `log`, `all` for `/dev` itself; `undefined` for one that is for its own purpose only. */
export function deviceMeaning(path: string): "disk" | "memory" | "log" | "all" | undefined {
  if (!wholeHostDevice.test(path)) return undefined;
  if (path === "/dev") return "all";
  if (path === "/dev/mem" || path === "/dev/port") return "memory";
  return path === "/dev/kmsg" ? "log" : "disk";
}

/**
 * Programs whose job is to watch the host, which they can only do with its processes, network and file systems in sight; by words in the names of
 * their images.
 */
const hostWatcher =
  /(?:^|[/_.-])(?:node[-_]exporter|cadvisor|process-exporter|datadog|agent\/datadog|dd-agent|telegraf|netdata|glances|promtail|grafana-agent|alloy|fluent-?bit|fluentd|filebeat|metricbeat|auditbeat|packetbeat|elastic-agent|vector|newrelic|infrastructure|dynatrace|oneagent|sysdig|falco|wazuh-agent|crowdsec|zabbix-agent2?|otel-collector\S*|opentelemetry-collector\S*|beszel-agent|smartctl[-_]exporter|scrutiny|dozzle|ctop|prometheus-node)(?:$|[/_.:-])/i;

/** Whether an image watches the host it runs on. */
export function watchesHost(canonical: string): boolean {
  return hostWatcher.test(canonical);
}
