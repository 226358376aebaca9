import { stackServiceKeys, stackTopKeys } from "../../knowledge/stack-keys.ts";
import { nameOf } from "../../text/path.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { booleanOf, entriesOf, getPath, isNull, scalarText } from "../yaml/path.ts";
import type { ComposeModel } from "./model.ts";

/** Which command reads the file. */
export type ComposeDialect = ComposeModel["dialect"];

/**
 * Told by the file's name and keys. A name such as `docker-stack.yml` decides alone; one such as `elk-stack.yml` may mean anything, so that what a
 * stack refuses speaks against it. Other files are stacks where they hold what only a swarm understands, and nothing that it refuses.
 */
export function dialectOf(root: YamlMap, path: string): ComposeDialect {
  const name = nameOf(path);
  if (/^(?:docker[._-])?stack[._-]|(?:^|[._-])swarm[._-]|^(?:docker-)?compose[._-]stack[._-]/i.test(name))
    return "stack";
  const swarm = isForSwarm(root);
  const named = /(?:^|[._-])stack[._-]/i.test(name);
  if (swarm && named) return "stack";
  return (swarm || named) && !isPlainCompose(root) ? "stack" : "compose";
}

/** Whether the file holds something that `docker stack deploy` refuses, so that nobody deploys it. */
export function isPlainCompose(root: YamlMap): boolean {
  return root.entries.some(({ key }) => stackTopKeys.has(key)) || servicesOf(root).some(isPlainService);
}

function servicesOf(root: YamlMap): readonly YamlNode[] {
  return entriesOf(getPath(root, "services")).map(({ value }) => value);
}

function isPlainService(service: YamlNode): boolean {
  const entries = entriesOf(service);
  if (entries.some(({ key }) => stackServiceKeys.get(key)?.fate === "refused")) return true;
  if (getPath(service, "depends_on")?.type === "map") return true;
  // A swarm pulls images, it builds none.
  return !isNull(getPath(service, "build")) && getPath(service, "image") === undefined;
}

/** Parts of `deploy` that show what a file is for. `replicas`, `resources` and `restart_policy` mean something to Compose too. */
const swarmOnly: readonly string[] = ["update_config", "rollback_config", "placement", "endpoint_mode", "labels"];

function isForSwarm(root: YamlMap): boolean {
  return servicesOf(root).some(isSwarmService) || hasSwarmParts(root);
}

function isSwarmService(service: YamlNode): boolean {
  const deploy = getPath(service, "deploy");
  if (deploy === undefined) return false;
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
