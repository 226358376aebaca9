import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A registry on loopback that holds what is pushed into it until it stops. */
export interface Registry {
  /** `127.0.0.1:40123` */
  readonly host: string;
  stop(): void;
}

/** How a registry is guarded. Without `auth` anybody may pull and push. Paths are those of files. */
export interface RegistryGuard {
  readonly auth?:
    | { readonly type: "htpasswd"; readonly path: string }
    | {
        readonly type: "token";
        /** The address of the token server. */
        readonly realm: string;
        readonly service: string;
        readonly issuer: string;
        /** Certificates of who may sign tokens. */
        readonly rootcertbundle: string;
      };
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** Starts Debian's `docker-registry` on a free port, its files in `folder`. */
export async function startRegistry(folder: string, { auth, tls }: RegistryGuard = {}): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(folder, "config.yml");
  // JSON is YAML.
  const content = {
    version: 0.1,
    log: { level: "error", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, "data") } },
    http: { addr: host, ...(tls === undefined ? {} : { tls }) },
    ...(auth === undefined ? {} : { auth: settingsOf(auth) }),
  };
  writeFileSync(config, JSON.stringify(content));
  // It takes variables named REGISTRY_… for settings, and Podman's has such a name.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("REGISTRY_")));
  const server = spawn("docker-registry", ["serve", config], { stdio: "ignore", env });
  for (let tries = 0; tries < 100; tries++) {
    if (await listens(host)) return { host, stop: () => void server.kill() };
    await delay(100);
  }
  server.kill();
  throw new Error("docker-registry did not answer within ten seconds");
}

function settingsOf(auth: NonNullable<RegistryGuard["auth"]>) {
  const { type, ...settings } = auth;
  return { [type]: type === "htpasswd" ? { realm: "test", ...settings } : settings };
}

/** It opens its port when it is ready to answer. */
function listens(host: string): Promise<boolean> {
  const { hostname, port } = new URL(`http://${host}`);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}
