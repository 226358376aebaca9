import { serviceLines } from "./example.ts";

const healthy = ["    condition: service_healthy"];

/** An example of several services that no rule of `recommended` has anything to say of: a proxy before a service with a cache, each on these networks. */
export function shop(networks: {
  readonly proxy: readonly string[];
  readonly api: readonly string[];
  readonly cache: readonly string[];
}): string {
  return [
    "services:\n",
    serviceLines({
      name: "proxy",
      image: ["image: ghcr.io/acme/proxy:2.1.0"],
      memory: ["ports:", '  - "80:80"', ...listed(networks.proxy), "mem_limit: 128m"],
      own: ["depends_on:", "  api:", ...healthy],
    }),
    serviceLines({
      memory: [...listed(networks.api), "mem_limit: 512m"],
      own: ["depends_on:", "  cache:", ...healthy],
    }),
    serviceLines({
      name: "cache",
      image: ["image: memcached:1.6.38-alpine"],
      memory: [...listed(networks.cache), "mem_limit: 128m"],
      healthcheck: ["healthcheck:", '  test: ["CMD-SHELL", "echo version | nc -w 1 127.0.0.1 11211"]'],
      security: ["cap_drop:", "  - ALL", "security_opt:", "  - no-new-privileges:true", "read_only: true"],
    }),
    ...(networks.proxy.length === 0 ? [] : ["networks:\n  front:\n  back:\n    internal: true\n"]),
  ].join("");
}

function listed(names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : ["networks:", ...names.map((name) => `  - ${name}`)];
}
