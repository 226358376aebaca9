import { composeWith, type ExampleParts, hardeningFacts } from "./example.ts";

/** The name by which the examples of stack files are told. */
export const stackPath = "docker-stack.yml";

/** As `composeWith`, for a file of {@link stackPath}; `deploy` are further lines below that key of the service. */
export function stackWith(
  parts: Omit<ExampleParts, "restart" | "security"> & { readonly deploy?: readonly string[] },
): string {
  const { deploy = [], memory = ["  resources:", "    limits:", "      memory: 512M"], ...rest } = parts;
  const below = [...memory, ...deploy];
  const { readOnly, capabilities } = hardeningFacts(parts.image);
  const security = [...(readOnly === undefined ? [] : ["read_only: true"]), ...capabilities];
  const own = withFoldersInMemory(parts.own ?? [], readOnly ?? []);
  return composeWith({ ...rest, own, restart: [], security, memory: below.length === 0 ? [] : ["deploy:", ...below] });
}

/** A swarm passes over `tmpfs`, but mounts of that type it makes. */
function withFoldersInMemory(own: readonly string[], folders: readonly string[]): readonly string[] {
  if (folders.length === 0) return own;
  const mounts = folders.flatMap((folder) => ["  - type: tmpfs", `    target: ${folder}`]);
  const at = own.indexOf("volumes:") + 1;
  return at === 0 ? ["volumes:", ...mounts, ...own] : [...own.slice(0, at), ...mounts, ...own.slice(at)];
}
