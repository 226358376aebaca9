import { nodeHost } from "../../server/src/hosts/node.ts";
import type { RegistryClient } from "../../server/src/registry/answers.ts";
import { createRegistryClient } from "../../server/src/registry/client.ts";

/** A client as the command line has it: Node's network, and credentials of Docker and Podman. `http`: the host that may be asked without TLS. */
export function clientOfThisMachine(
  options: { readonly http?: string; readonly tell?: (notice: string) => void } = {},
): RegistryClient {
  const { fetch, credentialsOf, now } = nodeHost();
  if (fetch === undefined || credentialsOf === undefined) throw new Error("Node has both");
  const { http, tell } = options;
  return createRegistryClient({
    fetch,
    credentials: (registry, repository) =>
      credentialsOf(registry, { repository, ...(tell === undefined ? {} : { tell }) }),
    allowsHttp: (host) => host === http,
    now,
  });
}
