import { buildKeys, hosts } from "./build.ts";
import { deployment, gpus } from "./deploy.ts";
import {
  attachmentKeys,
  deviceKeys,
  fileMounts,
  hookKeys,
  mountKeys,
  portKeys,
  providerKeys,
  startHookKeys,
  ulimits,
} from "./mounted.ts";
import {
  type ComposeKeys,
  type KeyType,
  bytes,
  choice,
  closedRecord,
  composeOnly,
  distinctTexts,
  duration,
  either,
  flag,
  key,
  list,
  map,
  nothing,
  number,
  pairs,
  partName,
  record,
  set,
  since,
  text,
  textLike,
  textOrNumber,
  textOrTexts,
  texts,
  whole,
} from "./shape.ts";

/** A command line, or its words; nothing puts the image's own back. */
const command: KeyType = either(text, list(text), nothing);

const healthcheckKeys: ComposeKeys = {
  test: key(
    either(text, list(text)),
    "The command that tells whether the container is well: a text for the shell, or a list that begins with `CMD`, `CMD-SHELL` or `NONE`.",
  ),
  interval: key(duration, "The time between two checks. `30s` if left out."),
  timeout: key(duration, "The longest that a check may take. `30s` if left out."),
  retries: key(
    { kind: "whole", least: 0 },
    "How many checks in a row must fail for it to be unhealthy. `3` if left out.",
  ),
  start_period: key(duration, "The time after the start in which failed checks do not count."),
  start_interval: key(duration, "The time between two checks during `start_period`.", { since: "2.20.2" }),
  disable: key(flag, "Turns off the check that the image brings."),
};

const dependencyKeys: ComposeKeys = {
  condition: key(
    choice("service_started", "service_healthy", "service_completed_successfully"),
    "What to wait for: that it runs, that its health check passes, or that it has ended without an error.",
  ),
  restart: key(flag, "Starts this service again when Compose does so with the dependency.", since("2.17.0")),
  required: key(flag, "With `false`, only warns where the dependency is not there.", since("2.20.0")),
};

const envFileKeys: ComposeKeys = {
  path: key(text, "The path of the file."),
  required: key(flag, "With `false`, the file may be missing.", since("2.24.0")),
  format: key(text, "`raw` takes values as they are, without filling in variables.", since("2.30.0")),
};

const watchKeys: ComposeKeys = {
  path: key(text, "The file or folder to watch."),
  action: key(
    choice("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
    "What to do when it changes: build the image anew, copy the files into the container, restart it, or run a command there.",
  ),
  target: key(text, "Where `sync` copies the files to."),
  ignore: key(textOrTexts, "Patterns of files to leave out."),
  include: key(textOrTexts, "Patterns of files to take, and no others."),
  exec: key(record(hookKeys, ["command"]), "The command that `sync+exec` runs.", since("2.32.2")),
  initial_sync: key({ kind: "flag", strict: true }, "Copies the files once when watching begins."),
};

const loggingKeys: ComposeKeys = {
  driver: key(text, "What takes the output: `json-file`, `local`, `journald`, `syslog`, `none`, …"),
  options: key(
    map(either(textOrNumber, nothing), "an option"),
    "Options for that driver, such as `max-size` and `max-file`. `true` and `false` go in quotes.",
  ),
};

const blkioLimit: KeyType = list(
  closedRecord({
    path: key(text, "The device: `/dev/sda`."),
    rate: key(bytes, "Bytes, or operations, for each second."),
  }),
);

const blkioKeys: ComposeKeys = {
  weight: key(whole, "Its share among containers, from `10` to `1000`."),
  weight_device: key(
    list(closedRecord({ path: key(text, "The device."), weight: key(whole, "The share on it.") })),
    "Its share for one device.",
  ),
  device_read_bps: key(blkioLimit, "The most bytes a second read from a device."),
  device_read_iops: key(blkioLimit, "The most reads a second from a device."),
  device_write_bps: key(blkioLimit, "The most bytes a second written to a device."),
  device_write_iops: key(blkioLimit, "The most writes a second to a device."),
};

const credentialKeys: ComposeKeys = {
  config: key(text, "The config that holds it."),
  file: key(text, "The file that holds it, in Docker's `CredentialSpecs` folder."),
  registry: key(text, "The value in the host's Windows registry that holds it."),
};

const modelUseKeys: ComposeKeys = {
  endpoint_var: key(text, "The environment variable that gets the model's URL."),
  model_var: key(text, "The environment variable that gets the model's name."),
};

const pullPolicy = /^(?:always|never|build|if_not_present|missing|refresh|daily|weekly|every_(?:[0-9]+[wdhms])+)$/;

/** What a service can say. Source: https://docs.docker.com/reference/compose-file/services/ */
export const serviceKeys: ComposeKeys = {
  annotations: key(pairs, "Annotations of the container, for the runtime.", composeOnly),
  attach: key(flag, "With `false`, `up` does not show its output.", since("2.20.0")),
  blkio_config: key(closedRecord(blkioKeys), "Limits of reading from and writing to disks.", composeOnly),
  build: key(
    either(text, record(buildKeys)),
    "How to build the image: the context's folder, or a map that says more. Ignored by stacks.",
  ),
  cap_add: key(texts, "Capabilities of the kernel that the container gets beyond the usual."),
  cap_drop: key(texts, "Capabilities taken away: `ALL` for all of them."),
  cgroup: key(choice("host", "private"), "The cgroup namespace: the host's or its own.", since("2.15.0")),
  cgroup_parent: key(text, "The cgroup above the container's."),
  cgroupns_mode: key(text, "The cgroup namespace in a stack. Compose calls it `cgroup`.", { only: "stack" }),
  command: key(command, "Takes the place of the image's `CMD`."),
  configs: key(fileMounts, "Configs that the container reads as files."),
  container_name: key(text, "A fixed name. Only one container can have it, so the service cannot be scaled."),
  cpu_count: key({ kind: "whole", least: 0 }, "How many processors it may use, on Windows.", composeOnly),
  cpu_percent: key(
    { kind: "whole", least: 0, most: 100 },
    "The percentage of processors it may use, on Windows.",
    composeOnly,
  ),
  cpu_period: key(whole, "The length of the scheduler's period, in microseconds.", composeOnly),
  cpu_quota: key(whole, "The processor time in each period, in microseconds.", composeOnly),
  cpu_rt_period: key(whole, "The length of the real-time scheduler's period, in microseconds.", composeOnly),
  cpu_rt_runtime: key(whole, "The real-time processor time in each period, in microseconds.", composeOnly),
  cpu_shares: key(
    whole,
    "Its weight against other containers when processors are scarce. `1024` is the usual.",
    composeOnly,
  ),
  cpus: key(number, "The most processors it may use; fractions are allowed.", composeOnly),
  cpuset: key(text, "The processors it may run on: `0-3`, `0,2`.", composeOnly),
  credential_spec: key(record(credentialKeys), "The credentials of a Windows service account."),
  depends_on: key(
    either(distinctTexts, map(record(dependencyKeys, ["condition"]), "a service", partName)),
    "Services that start before it: a list of names, or a map that says what to wait for. A stack takes the list and does not wait.",
  ),
  deploy: key(
    deployment,
    "Replicas, resources, placement and updates. Most of it is for swarms; plain Compose reads some.",
  ),
  develop: key(
    either(
      record({
        watch: key(list(record(watchKeys, ["path", "action"])), "What `watch` keeps in step with the sources."),
      }),
      nothing,
    ),
    "Settings for development that `up` leaves alone.",
    since("2.22.0"),
  ),
  device_cgroup_rules: key(distinctTexts, "Rules for devices that come and go: `c 1:3 mr`.", composeOnly),
  devices: key(
    list(either(text, record(deviceKeys, ["source"]))),
    "Devices of the host that the container may use. Ignored by stacks.",
  ),
  dns: key(textOrTexts, "Servers that the container asks for names."),
  dns_opt: key(texts, "Options for the resolver: `timeout:3`.", composeOnly),
  dns_search: key(textOrTexts, "Domains in which it looks for short names."),
  domainname: key(text, "The domain in the container's own name."),
  entrypoint: key(command, "Takes the place of the image's `ENTRYPOINT`, and does away with its `CMD`."),
  env_file: key(
    either(text, list(either(text, closedRecord(envFileKeys, ["path"])))),
    "Files with environment variables for the container. What `environment` sets wins.",
  ),
  environment: key(
    pairs,
    "Environment variables: `NAME: value`, or a list of `NAME=value`. A name alone takes the caller's value.",
  ),
  expose: key(list(textOrNumber), "Ports for other services only. Says what is there; nothing is opened."),
  extends: key(
    either(
      text,
      closedRecord(
        {
          service: key(text, "The service to build upon."),
          file: key(text, "The file that has it. This one if left out."),
        },
        ["service"],
      ),
    ),
    "Another service to build upon.",
    composeOnly,
  ),
  external_links: key(
    distinctTexts,
    "Containers from outside the project to link to. A shared network does it better.",
  ),
  extra_hosts: key(hosts, "Names and addresses added to `/etc/hosts`."),
  gpus: key(gpus, "The GPUs it gets: `all`, or a list of requests.", since("2.30.0")),
  group_add: key(set(textOrNumber), "Further groups of the user in the container.", composeOnly),
  healthcheck: key(record(healthcheckKeys), "How to tell whether the container is well."),
  hostname: key(text, "The container's own name."),
  image: key(text, "The image to run, or the name that `build` gives to what it builds."),
  init: key(flag, "Runs a small init as process 1, which forwards signals and clears up after dead processes."),
  ipc: key(text, "Whose shared memory it sees: `shareable`, `private`, `host`, `service:name`."),
  isolation: key(text, "How the container is isolated. Only Windows has a choice."),
  label_file: key(textOrTexts, "Files with labels.", since("2.32.2")),
  labels: key(pairs, "Labels of the container."),
  links: key(texts, "Services to reach under another name. Networks do it without."),
  logging: key(record(loggingKeys), "What happens with its output."),
  mac_address: key(text, "The hardware address. Give it for each network since Compose 2.23.2."),
  mem_limit: key(bytes, "The most memory it may use: `512m`. Beyond it the process is killed.", composeOnly),
  mem_reservation: key(bytes, "The memory it is pushed back to when memory is scarce.", composeOnly),
  mem_swappiness: key(either(whole, bytes), "How willingly its memory is swapped out, from `0` to `100`.", composeOnly),
  memswap_limit: key(bytes, "The most memory and swap together; `-1` for as much swap as it likes.", composeOnly),
  models: key(
    either(distinctTexts, map(either(record(modelUseKeys), nothing), "a model")),
    "AI models it uses: their names, or a map that says which variables tell where they are.",
    since("2.38.0"),
  ),
  network_mode: key(text, "In place of networks: `host`, `none`, `service:name`, `container:name`. Ignored by stacks."),
  networks: key(
    either(distinctTexts, map(either(record(attachmentKeys), nothing), "a network", partName)),
    "The networks it is on: their names, or a map that says more. `default` if left out.",
  ),
  oom_kill_disable: key(flag, "Keeps the kernel from killing it when memory runs out.", composeOnly),
  oom_score_adj: key(
    { kind: "whole", least: -1000, most: 1000 },
    "How readily the kernel kills it when memory runs out, from `-1000` to `1000`.",
  ),
  pid: key(
    either(text, nothing),
    "Whose processes it sees: `host`, `service:name`. Its own if left out. Ignored by stacks.",
  ),
  pids_limit: key(whole, "The most processes and threads it may have at once; `-1` for any number.", composeOnly),
  platform: key(text, "The platform to run, and to build where nothing else is said: `linux/amd64`.", composeOnly),
  ports: key(
    list(either(textOrNumber, record(portKeys))),
    'Ports opened on the host: `"127.0.0.1:8080:80"`. Without an address, on all of them.',
  ),
  post_start: key(
    list(record(hookKeys, ["command"])),
    "Commands that run when the container has started.",
    since("2.30.0"),
  ),
  pre_start: key(
    list(record(startHookKeys)),
    "Commands that run before the container starts, in containers of their own.",
    composeOnly,
  ),
  pre_stop: key(
    list(record(hookKeys, ["command"])),
    "Commands that run before the container is stopped.",
    since("2.30.0"),
  ),
  privileged: key(flag, "Gives the container all of the host's devices and capabilities. Ignored by stacks."),
  profiles: key(texts, "The profiles it belongs to. Without any, it always runs.", composeOnly),
  provider: key(
    record(providerKeys, ["type"]),
    "A program that provides the service in place of a container.",
    since("2.36.0"),
  ),
  pull_policy: key(
    textLike(pullPolicy, "missing"),
    "When to pull the image: `always`, `missing`, `never`, `build`, `daily`, `weekly`, `every_<time>`.",
    composeOnly,
  ),
  pull_refresh_after: key(text, "The age from which `pull_policy: refresh` pulls anew.", composeOnly),
  read_only: key(flag, "Mounts the container's root file system read-only."),
  restart: key(
    text,
    "When to start it again: `no`, `always`, `on-failure`, `on-failure:5`, `unless-stopped`. Ignored by stacks.",
  ),
  runtime: key(text, "The OCI runtime: `runc`, `nvidia`, …", composeOnly),
  scale: key(whole, "How many containers of it run. `deploy.replicas` says the same.", composeOnly),
  secrets: key(fileMounts, "Secrets that the container reads as files below `/run/secrets`."),
  security_opt: key(
    distinctTexts,
    "Options for seccomp, AppArmor, SELinux, and `no-new-privileges:true`. Ignored by stacks.",
  ),
  shm_size: key(bytes, "The size of `/dev/shm`. `64m` if left out. Ignored by stacks."),
  stdin_open: key(flag, "Keeps standard input open."),
  stop_grace_period: key(
    duration,
    "How long it has to end after the stop signal, before it is killed. `10s` if left out.",
  ),
  stop_signal: key(text, "The signal that asks it to end. `SIGTERM` if left out."),
  storage_opt: key(
    map(either(textOrNumber, nothing), "an option"),
    "Options of the storage driver: `size: 10G`.",
    composeOnly,
  ),
  sysctls: key(pairs, "Settings of the kernel, those that belong to a container: `net.core.somaxconn: 1024`."),
  tmpfs: key(textOrTexts, "Folders that live in memory: `/run`, `/tmp:size=64m`. Ignored by stacks."),
  tty: key(flag, "Gives it a terminal."),
  ulimits: key(ulimits, "Limits of resources for its processes: `nofile`, `nproc`."),
  use_api_socket: key(
    { kind: "flag", strict: true },
    "Lets the container use Docker's API, and the caller's credentials for registries.",
    composeOnly,
  ),
  user: key(text, "Who runs the process: a name or number, and a group behind a colon."),
  userns_mode: key(text, "The user namespace: `host` for none of its own. Ignored by stacks."),
  uts: key(text, "The UTS namespace: `host` shares the host's name.", since("2.15.1")),
  volumes: key(
    list(either(text, record(mountKeys, ["type"]))),
    "What is mounted: `volume:/path`, `./folder:/path:ro`, or the long form.",
  ),
  volumes_from: key(distinctTexts, "Services or containers whose mounts it takes over.", composeOnly),
  working_dir: key(text, "The folder the process starts in."),
};
