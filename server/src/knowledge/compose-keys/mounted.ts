import {
  type ComposeKeys,
  type KeyType,
  choice,
  composeOnly,
  either,
  flag,
  key,
  list,
  map,
  pairs,
  record,
  scalar,
  since,
  text,
  textOrNumber,
  texts,
  whole,
} from "./shape.ts";

/** The long form of a secret or config that a service reads. */
const fileMountKeys: ComposeKeys = {
  source: key(text, "The name under the top-level `secrets` or `configs`."),
  target: key(text, "Where the container sees the file: a path, or for secrets a name below `/run/secrets`."),
  uid: key(text, "The number of the user who owns the file, in quotes."),
  gid: key(text, "The number of the group that owns the file, in quotes."),
  mode: key(whole, "The file's permissions, as an octal number: `0440`."),
};

/** A list of secrets or configs, by name or in the long form. */
export const fileMounts: KeyType = list(either(text, record(fileMountKeys)));

const ulimitKeys: ComposeKeys = {
  soft: key(whole, "The limit that holds at first; the process may raise it up to `hard`."),
  hard: key(whole, "The highest that the process may go."),
};

/** Limits by name: one number for both, or `soft` and `hard`. */
export const ulimits: KeyType = map(either(whole, record(ulimitKeys, ["soft", "hard"])), "a limit");

const bindKeys: ComposeKeys = {
  propagation: key(
    text,
    "Whether mounts made inside show outside, and the reverse: `rprivate`, `rshared`, `rslave`, …",
  ),
  create_host_path: key(
    flag,
    "Makes the folder on the host where it is missing. On by default. Ignored by stacks, which never make it.",
  ),
  recursive: key(
    choice("enabled", "disabled", "writable", "readonly"),
    "How mounts below the folder come along. Ignored by stacks.",
  ),
  selinux: key(
    choice("z", "Z"),
    "Relabels the folder for SELinux: `z` shared by containers, `Z` for this one alone. Ignored by stacks.",
  ),
};

const volumeOptionKeys: ComposeKeys = {
  nocopy: key(flag, "Leaves a new volume empty, where it would else be filled with what the image has at that path."),
  subpath: key(text, "A folder inside the volume to mount in place of its root."),
  labels: key(pairs, "Labels of an anonymous volume."),
};

const tmpfsKeys: ComposeKeys = {
  size: key({ kind: "bytes", least: 0 }, "How much memory the file system may take. Unlimited if left out."),
  mode: key(textOrNumber, "Permissions of its root, as an octal number: `1777`. Ignored by stacks.", {
    since: "2.14.0",
  }),
};

const imageMountKeys: ComposeKeys = {
  subpath: key(text, "A folder inside the image to mount in place of its root."),
};

/** The long form of an item of a service's `volumes`. Source: https://docs.docker.com/reference/compose-file/services/#long-syntax-6 */
export const mountKeys: ComposeKeys = {
  type: key(
    choice("bind", "volume", "tmpfs", "cluster", "npipe", "image"),
    "What is mounted: a path of the host (`bind`), a named or anonymous `volume`, memory (`tmpfs`), a Windows pipe (`npipe`), the files of an `image`.",
  ),
  source: key(text, "What is mounted: a path of the host, a volume's name, or an image."),
  target: key(text, "Where the container sees it: an absolute path."),
  read_only: key(flag, "Lets the container read only."),
  consistency: key(text, "A hint of old Docker Desktop for Mac. Ignored today."),
  bind: key(record(bindKeys), "Options of a `bind` mount."),
  volume: key(record(volumeOptionKeys), "Options of a `volume` mount."),
  tmpfs: key(record(tmpfsKeys), "Options of a `tmpfs` mount."),
  image: key(record(imageMountKeys), "Options of an `image` mount.", since("2.35.0")),
};

/** The long form of an item of `ports`. */
export const portKeys: ComposeKeys = {
  name: key(text, "A name for readers.", since("2.26.0")),
  target: key({ kind: "whole", least: 0 }, "The port in the container."),
  published: key(textOrNumber, "The port, or in quotes a range of ports, on the host."),
  host_ip: key(text, "The address of the host to listen on. All of them if left out.", composeOnly),
  protocol: key(text, "`tcp` or `udp`. `tcp` if left out."),
  app_protocol: key(text, "What is spoken on the port, such as `http`. Information for platforms.", since("2.26.0")),
  mode: key(
    text,
    "In a swarm, `ingress` balances the port over all nodes, `host` opens it on the node that runs the task.",
  ),
};

/** The long form of an item of a service's `devices`. */
export const deviceKeys: ComposeKeys = {
  source: key(text, "The device on the host, or a CDI name."),
  target: key(text, "Where the container sees it."),
  permissions: key(text, "What the container may do with it: any of `r`, `w` and `m` (make nodes)."),
};

/** How a service takes part in one network. */
export const attachmentKeys: ComposeKeys = {
  aliases: key(texts, "Further names by which others on that network find the service."),
  ipv4_address: key(text, "A fixed IPv4 address. The network needs a `subnet` in its `ipam`. Ignored by stacks."),
  ipv6_address: key(text, "A fixed IPv6 address. The network needs a `subnet` in its `ipam`. Ignored by stacks."),
  link_local_ips: key(texts, "Link-local addresses, managed by the operator.", composeOnly),
  mac_address: key(text, "The hardware address on that network.", since("2.23.2")),
  interface_name: key(text, "The name of the interface in the container, such as `eth0`.", since("2.36.0")),
  driver_opts: key(map(textOrNumber, "an option"), "Options for the network's driver, for this service alone.", {
    since: "2.27.1",
  }),
  priority: key(
    { kind: "number", strict: true },
    "The order in which networks are joined: the highest first.",
    composeOnly,
  ),
  gw_priority: key(
    { kind: "number", strict: true },
    "Which network is the default gateway: the highest one.",
    since("2.33.1"),
  ),
};

/** A command that runs when a container has started, or before it is stopped. */
export const hookKeys: ComposeKeys = {
  command: key(either(text, list(text), { kind: "nothing" }), "What to run in the container."),
  user: key(text, "Who runs it. The container's user if left out."),
  privileged: key(flag, "Runs it with all capabilities."),
  working_dir: key(text, "The folder it starts in."),
  environment: key(pairs, "Environment variables for it, beside the container's."),
};

/** A command that runs before the service's own container does. */
export const startHookKeys: ComposeKeys = {
  ...hookKeys,
  image: key(text, "The image it runs in. The service's if left out."),
  per_replica: key(flag, "Runs it once for each replica, not once for the service."),
};

/** Options of a program that provides a service in place of a container. */
export const providerKeys: ComposeKeys = {
  type: key(text, "The program: a plug-in of the Docker CLI, or one on the path."),
  options: key(map(either(scalar, list(scalar)), "an option"), "What it is given."),
};
