/**
 * What `docker stack deploy` makes of the keys of a Compose file.
 *
 * Sources: docker/cli (August 2026): cli/compose/schema/data/config_schema_v3.0.json to v3.13.json for what is refused and since which version of the
 * format something is known, cli/compose/types/types.go for what is ignored, cli/compose/convert for what reaches the swarm at all.
 */
export interface StackKey {
  /**
   * `refused`: nothing of the file is deployed. `ignored`: the stack comes up without it, and at most a line on the terminal says so. `needless`: the
   * same, and nothing is lost.
   */
  readonly fate: "refused" | "ignored" | "needless";
  /** What a stack says instead: the end of a sentence, behind a colon. */
  readonly advice: string;
  /** Where a stack says the same with the same value, as keys from the service down. */
  readonly instead?: readonly string[];
  /** Nothing of what the service does for others goes with it. */
  readonly droppable?: boolean;
}

const limits = ["deploy", "resources", "limits"];
const reservations = ["deploy", "resources", "reservations"];

const inLimits = "say it as `deploy.resources.limits.cpus`";
const noAdjusting = "a swarm cannot set it, so remove it or set it on the nodes";

function refused(advice: string, more: Pick<StackKey, "instead" | "droppable"> = {}): StackKey {
  return { fate: "refused", advice, ...more };
}

function ignored(advice: string): StackKey {
  return { fate: "ignored", advice };
}

/** Keys of a service that Compose knows and a stack does not. */
export const stackServiceKeys: ReadonlyMap<string, StackKey> = new Map([
  ["annotations", refused("use `labels`, or `deploy.labels` for those of the service", { droppable: true })],
  ["attach", refused("a stack attaches to nothing, so remove it", { droppable: true })],
  ["blkio_config", refused(noAdjusting)],
  ["cgroup", refused(noAdjusting)],
  ["cpu_count", refused(inLimits)],
  ["cpu_percent", refused(inLimits)],
  ["cpu_period", refused(inLimits)],
  ["cpu_quota", refused(inLimits)],
  ["cpu_rt_period", refused(inLimits)],
  ["cpu_rt_runtime", refused(inLimits)],
  ["cpu_shares", refused("say it as `deploy.resources.reservations.cpus`")],
  ["cpus", refused(inLimits, { instead: [...limits, "cpus"] })],
  ["cpuset", refused(inLimits)],
  ["develop", refused("keep it in a file of its own for development", { droppable: true })],
  ["device_cgroup_rules", refused(noAdjusting)],
  ["dns_opt", refused("a swarm has `dns` and `dns_search` alone")],
  ["extends", refused("write the service out, or use an anchor (`&name`, `<<: *name`)")],
  [
    "gpus",
    refused(
      "announce the cards as generic resources of the nodes and reserve them by `deploy.resources.reservations.generic_resources`",
    ),
  ],
  ["group_add", refused("give the groups to the user in the image")],
  ["label_file", refused("write the labels out")],
  ["mem_limit", refused("say it as `deploy.resources.limits.memory`", { instead: [...limits, "memory"] })],
  [
    "mem_reservation",
    refused("say it as `deploy.resources.reservations.memory`", { instead: [...reservations, "memory"] }),
  ],
  ["mem_swappiness", refused(noAdjusting)],
  ["memswap_limit", refused("a stack can limit memory alone (`deploy.resources.limits.memory`)")],
  ["models", refused("run the model as a service of its own and pass its address as a variable")],
  ["oom_kill_disable", refused("remove it, and limit memory by `deploy.resources.limits.memory`", { droppable: true })],
  ["pids_limit", refused("say it as `deploy.resources.limits.pids`", { instead: [...limits, "pids"] })],
  ["platform", refused("choose the nodes by `deploy.placement.constraints` (`node.platform.arch == x86_64`)")],
  ["post_start", refused("do it in the image's entrypoint")],
  ["pre_start", refused("do it in the image's entrypoint")],
  ["pre_stop", refused("do it in the image's entrypoint, when it is sent `stop_signal`")],
  ["profiles", refused("put the service into a stack file of its own")],
  ["provider", refused("a stack runs containers alone")],
  ["pull_policy", refused("remove it; `docker stack deploy --resolve-image` decides", { droppable: true })],
  ["pull_refresh_after", refused("remove it; `docker stack deploy --resolve-image` decides", { droppable: true })],
  ["runtime", refused("make it the default runtime of the nodes that may run it")],
  ["scale", refused("say it as `deploy.replicas`", { instead: ["deploy", "replicas"] })],
  ["storage_opt", refused(noAdjusting)],
  ["use_api_socket", refused("mount the socket and a secret with the credentials")],
  ["uts", refused(noAdjusting)],
  ["volumes_from", refused("mount one named volume in both services")],

  ["cgroup_parent", ignored(noAdjusting)],
  ["cgroupns_mode", ignored(noAdjusting)],
  ["devices", ignored("mount the device as a volume, and place the service where it is")],
  ["domainname", ignored("write the whole name in `hostname`")],
  ["external_links", ignored("put both services on one external network")],
  ["ipc", ignored(noAdjusting)],
  [
    "links",
    ignored("services on one network reach each other by their names; further ones are `aliases` of the network"),
  ],
  ["mac_address", ignored("a swarm hands out addresses itself")],
  ["network_mode", ignored("attach the service to an external network instead (`name: host` for the node's own)")],
  ["pid", ignored(noAdjusting)],
  ["privileged", ignored("give it the capabilities it needs by `cap_add`, or run it outside the swarm")],
  ["restart", ignored("say it as `deploy.restart_policy`")],
  ["security_opt", ignored("set it as the default of the nodes' engines")],
  ["shm_size", ignored("mount a `tmpfs` of that size at `/dev/shm`")],
  // Of this one not even the line: cli/compose/convert/service.go does not read it.
  ["tmpfs", ignored("mount each folder in the long form of `volumes`, with `type: tmpfs`")],
  ["userns_mode", ignored(noAdjusting)],

  ["container_name", { fate: "needless", advice: "tasks get names of their own" }],
  ["expose", { fate: "needless", advice: "services on one network reach each other on every port" }],
]);

/** Keys at the top of the file that Compose knows and a stack refuses. */
export const stackTopKeys: ReadonlyMap<string, StackKey> = new Map([
  ["name", refused("the stack is named by the command, `docker stack deploy <name>`", { droppable: true })],
  ["include", refused("pass each file by a `-c` of its own")],
  ["models", refused("run the model as a service of its own")],
]);

/** Keys further down that a stack refuses; `*` stands for a name that the author chose, or any item of a list. */
export const stackPartKeys: readonly {
  readonly path: string;
  readonly advice: string;
  readonly droppable?: boolean;
}[] = [
  { path: "services.*.deploy.resources.reservations.devices", advice: "reserve cards as `generic_resources`" },
  {
    path: "services.*.ports.*.host_ip",
    advice: "a swarm publishes on all addresses of a node, so keep others out by a firewall",
  },
  { path: "services.*.ports.*.name", advice: "remove it", droppable: true },
  { path: "services.*.ports.*.app_protocol", advice: "remove it", droppable: true },
  { path: "services.*.volumes.*.image", advice: "copy the files in the image's own build" },
  { path: "services.*.networks.*.priority", advice: "remove it", droppable: true },
  { path: "services.*.networks.*.gw_priority", advice: "remove it" },
  { path: "services.*.networks.*.interface_name", advice: "remove it" },
  { path: "services.*.networks.*.link_local_ips", advice: "remove it" },
  { path: "services.*.networks.*.mac_address", advice: "a swarm hands out addresses itself" },
  { path: "networks.*.enable_ipv4", advice: "create the network by hand and call it `external`" },
  { path: "networks.*.enable_ipv6", advice: "create the network by hand and call it `external`" },
  { path: "networks.*.ipam.options", advice: "create the network by hand and call it `external`" },
  { path: "networks.*.ipam.config.*.gateway", advice: "create the network by hand and call it `external`" },
  { path: "networks.*.ipam.config.*.ip_range", advice: "create the network by hand and call it `external`" },
  { path: "networks.*.ipam.config.*.aux_addresses", advice: "create the network by hand and call it `external`" },
  { path: "configs.*.content", advice: "put the content into a file and name it by `file`" },
  { path: "configs.*.environment", advice: "put the content into a file and name it by `file`" },
  {
    path: "secrets.*.environment",
    advice: "put the content into a file, or create the secret by hand and call it `external`",
  },
];

/** Values that Compose takes as text or as a number alike, and a stack in one form alone. */
export const stackScalars: readonly { readonly path: string; readonly type: "text" | "number" | "boolean" }[] = [
  { path: "services.*.deploy.resources.limits.cpus", type: "text" },
  { path: "services.*.deploy.resources.reservations.cpus", type: "text" },
  { path: "services.*.deploy.resources.limits.pids", type: "number" },
  { path: "services.*.deploy.replicas", type: "number" },
  { path: "services.*.deploy.update_config.parallelism", type: "number" },
  { path: "services.*.deploy.rollback_config.parallelism", type: "number" },
  { path: "services.*.deploy.restart_policy.max_attempts", type: "number" },
  { path: "services.*.deploy.placement.max_replicas_per_node", type: "number" },
  { path: "services.*.healthcheck.retries", type: "number" },
  { path: "services.*.ports.*.target", type: "number" },
  { path: "services.*.ports.*.published", type: "number" },
  { path: "services.*.configs.*.mode", type: "number" },
  { path: "services.*.secrets.*.mode", type: "number" },
  { path: "services.*.healthcheck.disable", type: "boolean" },
  { path: "services.*.init", type: "boolean" },
  { path: "services.*.privileged", type: "boolean" },
  { path: "services.*.read_only", type: "boolean" },
  { path: "services.*.stdin_open", type: "boolean" },
  { path: "services.*.tty", type: "boolean" },
  { path: "services.*.volumes.*.read_only", type: "boolean" },
  { path: "networks.*.attachable", type: "boolean" },
  { path: "networks.*.internal", type: "boolean" },
];

/** The newest version of the format that the Docker command line knows: the 13 of `3.13`. */
export const newestStackVersion = 13;

/** Since which version of the format a key is known: 7 stands for `3.7`. What is not here is known since `3.0`. */
export const stackSince: readonly { readonly path: string; readonly minor: number }[] = [
  { path: "secrets", minor: 1 },
  { path: "services.*.secrets", minor: 1 },
  { path: "services.*.build.cache_from", minor: 2 },
  { path: "services.*.deploy.endpoint_mode", minor: 2 },
  { path: "networks.*.attachable", minor: 2 },
  { path: "configs", minor: 3 },
  { path: "services.*.configs", minor: 3 },
  { path: "services.*.credential_spec", minor: 3 },
  { path: "services.*.build.labels", minor: 3 },
  { path: "services.*.deploy.placement.preferences", minor: 3 },
  { path: "services.*.build.network", minor: 4 },
  { path: "services.*.build.target", minor: 4 },
  { path: "services.*.deploy.update_config.order", minor: 4 },
  { path: "services.*.healthcheck.start_period", minor: 4 },
  { path: "volumes.*.name", minor: 4 },
  { path: "services.*.build.shm_size", minor: 5 },
  { path: "services.*.deploy.resources.reservations.generic_resources", minor: 5 },
  { path: "services.*.isolation", minor: 5 },
  { path: "configs.*.name", minor: 5 },
  { path: "networks.*.name", minor: 5 },
  { path: "secrets.*.name", minor: 5 },
  { path: "services.*.volumes.*.tmpfs", minor: 6 },
  { path: "services.*.deploy.rollback_config", minor: 7 },
  { path: "services.*.init", minor: 7 },
  { path: "services.*.credential_spec.config", minor: 8 },
  { path: "services.*.deploy.placement.max_replicas_per_node", minor: 8 },
  { path: "configs.*.template_driver", minor: 8 },
  { path: "secrets.*.driver", minor: 8 },
  { path: "secrets.*.driver_opts", minor: 8 },
  { path: "secrets.*.template_driver", minor: 8 },
  { path: "services.*.build.extra_hosts", minor: 9 },
  { path: "services.*.cgroupns_mode", minor: 9 },
  { path: "services.*.deploy.resources.limits.pids", minor: 9 },
  { path: "volumes.*.x-cluster-spec", minor: 10 },
  { path: "services.*.healthcheck.start_interval", minor: 12 },
  { path: "services.*.networks.*.driver_opts", minor: 13 },
  { path: "services.*.oom_score_adj", minor: 13 },
];

/**
 * What a swarm reads below `deploy` and plain Compose passes over. Source: docker/compose, pkg/compose/create.go and convergence.go, which read
 * `replicas`, `resources.limits`, `memory` and `devices` of the reservations, and `condition` and `max_attempts` of the restart policy.
 */
export const swarmOnlyKeys: readonly { readonly path: string; readonly advice: string }[] = [
  { path: "mode", advice: "each service runs as often as `replicas` says" },
  { path: "endpoint_mode", advice: "names are always resolved to the containers" },
  { path: "update_config", advice: "`docker compose up` stops the old container and starts the new one" },
  { path: "rollback_config", advice: "nothing is rolled back" },
  { path: "placement", advice: "there is one machine alone" },
  { path: "labels", advice: "labels of the container are said by the service's own `labels`" },
  { path: "resources.reservations.cpus", advice: "nothing is set aside" },
  { path: "resources.reservations.generic_resources", advice: "reserve cards by `devices`" },
  { path: "restart_policy.delay", advice: "the engine waits as it sees fit" },
  { path: "restart_policy.window", advice: "the engine takes ten seconds for a success" },
];
