import { nameOf } from "../../text/path.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { booleanOf, entriesOf, getPath, scalarText } from "../yaml/path.ts";
import type { ComposeModel } from "./model.ts";

/**
 * Keys of a service that `docker stack deploy` refuses: a file with one of them is never a stack file.
 * Source: the schema of version 3 in docker/cli, cli/compose/schema/data.
 */
const refusedByStack: readonly string[] = [
  "extends",
  "profiles",
  "platform",
  "pull_policy",
  "scale",
  "mem_limit",
  "mem_reservation",
  "memswap_limit",
  "cpus",
  "cpu_count",
  "cpu_percent",
  "pids_limit",
  "gpus",
  "develop",
  "provider",
  "models",
  "runtime",
  "volumes_from",
  "post_start",
  "pre_stop",
];

/** Parts of `deploy` that plain Compose ignores. `replicas`, `resources`, `restart_policy` and `labels` it does not. */
const swarmOnly: readonly string[] = ["update_config", "rollback_config", "placement", "endpoint_mode"];

export function dialectOf(root: YamlMap, path: string): ComposeModel["dialect"] {
  const services = entriesOf(getPath(root, "services")).map(({ value }) => value);
  if (["name", "include", "models"].some((key) => root.get(key) !== undefined)) return "compose";
  if (services.some(isPlainService)) return "compose";
  if (/(?:^|[._-])stack(?:[._-]|$)/i.test(nameOf(path))) return "stack";
  return services.some(isSwarmService) || hasSwarmParts(root) ? "stack" : "compose";
}

function isPlainService(service: YamlNode): boolean {
  // The long form of `depends_on` too is unknown to stacks.
  return (
    refusedByStack.some((key) => getPath(service, key) !== undefined) || getPath(service, "depends_on")?.type === "map"
  );
}

function isSwarmService(service: YamlNode): boolean {
  const deploy = getPath(service, "deploy");
  if (swarmOnly.some((key) => getPath(deploy, key) !== undefined)) return true;
  return ["global", "global-job", "replicated-job"].includes(scalarText(getPath(deploy, "mode")) ?? "");
}

function hasSwarmParts(root: YamlMap): boolean {
  const values = (key: string): readonly YamlNode[] => entriesOf(root.get(key)?.value).map(({ value }) => value);
  return (
    values("networks").some((network) => scalarText(getPath(network, "driver")) === "overlay") ||
    [...values("secrets"), ...values("configs")].some((part) => {
      const external = getPath(part, "external");
      return external?.type === "map" || booleanOf(external) === true;
    })
  );
}

const developmentFolders = /(?:^|\/)(?:\.devcontainer|tests?|__tests__|testdata|test-data|fixtures|e2e)\//i;

/** By the words of the file's name; whatever lies in `.devcontainer`, or among tests and what they read, is for development. */
export function roleOf(path: string): ComposeModel["role"] {
  const words = nameOf(path).toLowerCase().split(/[._-]/);
  if (words.includes("override")) return "override";
  const development = words.some((word) =>
    /^(?:dev|devel|develop|development|tests?|testing|e2e|ci|local|debug)$/.test(word),
  );
  return development || developmentFolders.test(path) ? "development" : "main";
}
