import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A registry on loopback that holds what is pushed into it until it stops. */
export interface Registry {
  /** `127.0.0.1:40123` */
  readonly host: string;
  stop(): void;
}

/** Starts Debian's `docker-registry` on a free port, its files in `folder`. */
export async function startRegistry(folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(folder, "config.yml");
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${join(folder, "data")}}}\nhttp: {addr: "${host}"}\n`,
  );
  const server = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
  for (let tries = 0; tries < 100; tries++) {
    if (await answers(`http://${host}/v2/`)) return { host, stop: () => void server.kill() };
    await delay(100);
  }
  server.kill();
  throw new Error("docker-registry did not answer within ten seconds");
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
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
