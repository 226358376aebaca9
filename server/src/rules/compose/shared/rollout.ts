import type { ComposeModel, ComposeMount, ComposeService } from "../../../languages/compose/model.ts";
import { booleanOf, getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { factsOf } from "./services.ts";

/** How many tasks a service has: a number, `global` for one on each node, `unknown` where a variable decides. */
export function replicasOf(service: ComposeService): number | "global" | "unknown" {
  const mode = service.get("deploy", "mode");
  if (isUnknown(mode)) return "unknown";
  if (["global", "global-job"].includes(scalarText(mode) ?? "")) return "global";
  const count = service.get("deploy", "replicas") ?? service.get("scale");
  if (count === undefined) return 1;
  const text = scalarText(count) ?? "";
  return isUnknown(count) || !/^\d+$/.test(text) ? "unknown" : Number(text);
}

/** Whether its tasks only run on the nodes that somebody chose. */
export function hasConstraints(service: ComposeService): boolean {
  const constraints = service.get("deploy", "placement", "constraints");
  return itemsOf(constraints).length > 0 || isUnknown(constraints);
}

/** Whether its tasks come back to where they were: they are constrained, or run on every node. */
export function isPlaced(service: ComposeService): boolean {
  return hasConstraints(service) || replicasOf(service) === "global";
}

/**
 * A volume that lives on one node: a named one of the `local` driver without options that would take it from a server, or an unnamed one. Of an external one, and of
 * what variables decide, nothing is known.
 */
export function isLocalVolume(model: ComposeModel, mount: ComposeMount): boolean {
  if (mount.type !== "volume" || !mount.known || mount.target === undefined) return false;
  if (mount.source === undefined) return true;
  const declared = model.volumes.get(mount.source)?.value;
  if (declared === undefined) return false;
  if (isNull(declared)) return true;
  if (declared.type !== "map") return false;
  const external = getPath(declared, "external");
  if (external !== undefined && booleanOf(external) !== false) return false;
  const driver = getPath(declared, "driver");
  const options = getPath(declared, "driver_opts");
  return (driver === undefined || scalarText(driver) === "local") && isNull(options);
}

/** Where it keeps what must outlive its tasks, if its image is known for that; read-only mounts aside. */
export function stateMounts(model: ComposeModel, service: ComposeService): readonly ComposeMount[] {
  const facts = factsOf(service);
  if (facts?.stateful !== true) return [];
  return service.mounts.filter((mount) => {
    const { target } = mount;
    if (mount.readOnly || !mount.known || target === undefined) return false;
    if (mount.type !== "bind" && !isLocalVolume(model, mount)) return false;
    const folders = facts.dataDirectories;
    if (folders.length === 0) return mount.type === "volume";
    return folders.some(
      (folder) => target === folder || folder.startsWith(`${target}/`) || target.startsWith(`${folder}/`),
    );
  });
}

/** Whether one of its ports is bound on the node itself, past the swarm's own distribution. */
export function hasHostPort(service: ComposeService): boolean {
  return service.ports.some(({ mode, published }) => mode === "host" && published !== undefined);
}

/** Whether a swarm replaces its tasks step by step, as the file says how. */
export function isUpdatedInSteps(model: ComposeModel, service: ComposeService): boolean {
  const config = service.get("deploy", "update_config");
  return model.dialect === "stack" && config?.type === "map" && config.entries.length > 0;
}

/** The conditions of `deploy.restart_policy` by the policies of `restart`: what the command itself makes of them, and `no`. */
export const swarmConditions: ReadonlyMap<string, string> = new Map([
  ["always", "any"],
  ["unless-stopped", "any"],
  ["on-failure", "on-failure"],
  ["no", "none"],
  ["false", "none"],
]);
