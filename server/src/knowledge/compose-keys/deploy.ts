import {
  type ComposeKeys,
  type KeyType,
  choice,
  composeOnly,
  duration,
  either,
  key,
  list,
  nothing,
  number,
  openRecord,
  pairs,
  record,
  text,
  texts,
  whole,
} from "./shape.ts";

const notNegative: KeyType = { kind: "whole", least: 0 };
const count: KeyType = { kind: "whole", words: ["all"] };

const gpuKeys: ComposeKeys = {
  capabilities: key(texts, "What the device has to be able to do: `gpu`, `tpu`, `utility`."),
  driver: key(text, "The driver that provides it, such as `nvidia`."),
  count: key(count, "How many of them, or `all`. Not together with `device_ids`."),
  device_ids: key(texts, "Which of them, by id. Not together with `count`."),
  options: key(pairs, "Options for the driver."),
};

/** A device that the host has to have. */
const reservedDevices: KeyType = list(record(gpuKeys, ["capabilities"]));

/** `gpus`, which asks for nothing and refuses nothing. */
export const gpus: KeyType = either(choice("all"), list(openRecord(gpuKeys)));

const rolloutKeys: ComposeKeys = {
  parallelism: key(notNegative, "How many tasks are replaced at a time; `0` for all of them."),
  delay: key(duration, "How long to wait between two groups of tasks."),
  failure_action: key(text, "What to do when it fails: `pause`, `continue`, or for updates `rollback`."),
  monitor: key(duration, "How long a new task is watched before it counts as good."),
  max_failure_ratio: key(number, "The share of tasks that may fail, from `0` to `1`."),
  order: key(
    choice("start-first", "stop-first"),
    "Whether the new task starts before the old one stops, or after it. `stop-first` if left out.",
  ),
};

const limitKeys: ComposeKeys = {
  cpus: key(number, "The most processors it may use; fractions are allowed. A stack wants the number in quotes."),
  memory: key(
    { kind: "bytes", strict: true },
    "The most memory it may use, with a unit: `512M`. Beyond it the process is killed.",
  ),
  pids: key(whole, "The most processes and threads it may have at once."),
};

const resourceSpecKeys: ComposeKeys = {
  kind: key(text, "The name of the resource, as the nodes advertise it."),
  value: key(whole, "How much of it."),
};

const genericResourceKeys: ComposeKeys = {
  discrete_resource_spec: key(record(resourceSpecKeys), "A countable resource that nodes advertise."),
};

const reservationKeys: ComposeKeys = {
  cpus: key(number, "The processors a node must have free. A stack wants the number in quotes."),
  memory: key({ kind: "bytes", strict: true }, "The memory a node must have free, with a unit: `256M`."),
  generic_resources: key(list(record(genericResourceKeys)), "Resources of one's own that a node must have free."),
  devices: key(reservedDevices, "Devices that the host must have, such as GPUs.", composeOnly),
};

const resourceKeys: ComposeKeys = {
  limits: key(record(limitKeys), "What the service may use at most."),
  reservations: key(record(reservationKeys), "What must be free for it to be placed."),
};

const restartPolicyKeys: ComposeKeys = {
  condition: key(text, "When to start again: `none`, `on-failure` or `any`. `any` if left out."),
  delay: key(duration, "How long to wait before."),
  max_attempts: key(notNegative, "How often to try before giving up. For ever if left out."),
  window: key(duration, "How long it has to run to count as started."),
};

const preferenceKeys: ComposeKeys = {
  spread: key(text, "The label of nodes over whose values the tasks are spread: `node.labels.zone`."),
};

const placementKeys: ComposeKeys = {
  constraints: key(list(text), "What a node must be like to run it: `node.role==worker`, `node.labels.disk==ssd`."),
  preferences: key(list(record(preferenceKeys)), "How to spread tasks over the nodes."),
  max_replicas_per_node: key(notNegative, "The most tasks on one node."),
};

/** `deploy`. Source: https://docs.docker.com/reference/compose-file/deploy/ */
export const deployment: KeyType = either(
  record({
    mode: key(
      text,
      "`replicated` (a number of tasks), `global` (one on each node), or `replicated-job` and `global-job` for what ends.",
    ),
    replicas: key(whole, "How many containers of it run."),
    endpoint_mode: key(
      text,
      "How others find it in a swarm: one virtual address (`vip`) or all of them by DNS (`dnsrr`).",
    ),
    labels: key(pairs, "Labels of the service in the swarm, not of its containers."),
    resources: key(record(resourceKeys), "What it may use, and what must be free for it."),
    restart_policy: key(
      record(restartPolicyKeys),
      "Whether and when its containers are started again. Wins over `restart`.",
    ),
    placement: key(record(placementKeys), "On which nodes of a swarm it may run."),
    update_config: key(record(rolloutKeys), "How a swarm replaces the tasks of an older version."),
    rollback_config: key(record(rolloutKeys), "How a swarm goes back to the version before."),
  }),
  nothing,
);
