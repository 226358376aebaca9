import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dockerCredentials } from "../../server/src/hosts/docker-credentials.ts";
import type { ProgramRun } from "../../server/src/hosts/host.ts";
import { nodeHost } from "../../server/src/hosts/node.ts";
import { runOnFiles } from "../../server/src/hosts/process.ts";

let folder: string;
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-credentials-"));
  notices = [];
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The variables of a machine whose home is the test's own folder. */
function environment(more: Readonly<Record<string, string>> = {}) {
  return { DOCKER_CONFIG: join(folder, "docker"), XDG_CONFIG_HOME: join(folder, "config"), ...more };
}

function lookup(more: Readonly<Record<string, string>> = {}, run = runOnFiles, now = () => performance.now()) {
  const credentialsOf = dockerCredentials({ environment: environment(more), run, now });
  return (registry: string, repository?: string) =>
    credentialsOf(registry, {
      tell: (notice) => notices.push(notice),
      ...(repository === undefined ? {} : { repository }),
    });
}

function write(path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

function auths(host: string, username: string, password: string) {
  return { auths: { [host]: { auth: Buffer.from(`${username}:${password}`).toString("base64") } } };
}

/** Puts a program on the PATH; it is there until the test ends. */
function install(name: string, script: string): void {
  write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "bin", name), 0o755);
  vi.stubEnv("PATH", `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`);
}

describe("files", () => {
  it("are none at first, and read anew for each question", async () => {
    const of = lookup();
    expect(await of("ghcr.io")).toBeUndefined();
    write("docker/config.json", auths("ghcr.io", "alice", "secret"));
    expect(await of("ghcr.io")).toEqual({ type: "password", username: "alice", password: "secret" });
    expect(notices).toEqual([]);
  });

  it("of Docker go before Podman's, and the variable with a configuration before both", async () => {
    write("config/containers/auth.json", auths("ghcr.io", "fallback", "1"));
    expect(await lookup()("ghcr.io")).toMatchObject({ username: "fallback" });
    write("run/containers/auth.json", auths("ghcr.io", "podman", "2"));
    const running = { XDG_RUNTIME_DIR: join(folder, "run") };
    expect(await lookup(running)("ghcr.io")).toMatchObject({ username: "podman" });
    write("auth.json", auths("ghcr.io/acme", "named", "3"));
    const named = { ...running, REGISTRY_AUTH_FILE: join(folder, "auth.json") };
    expect(await lookup(named)("ghcr.io", "acme/web")).toMatchObject({ username: "named" });
    expect(await lookup(named)("ghcr.io", "other/web")).toBeUndefined();
    write("docker/config.json", auths("ghcr.io", "docker", "4"));
    expect(await lookup(named)("ghcr.io", "acme/web")).toMatchObject({ username: "docker" });
    const given = { ...named, DOCKER_AUTH_CONFIG: JSON.stringify(auths("ghcr.io", "variable", "5")) };
    expect(await lookup(given)("ghcr.io")).toMatchObject({ username: "variable" });
    expect(await lookup(given)("quay.io")).toBeUndefined();
  });

  it("that are malformed are told of once, without their text, and the others are still read", async () => {
    write("docker/config.json", '{"auths":{"ghcr.io":{"auth":"c2VjcmV0OnNlY3JldA=="}');
    write("config/containers/auth.json", auths("ghcr.io", "podman", "2"));
    const of = lookup();
    expect(await of("ghcr.io")).toMatchObject({ username: "podman" });
    expect(await of("quay.io")).toBeUndefined();
    expect(notices).toEqual([`${join(folder, "docker/config.json")} is not valid JSON: mend it, or log in again.`]);
  });

  it("are those of the process for Node's host", async () => {
    vi.stubEnv("DOCKER_CONFIG", join(folder, "docker"));
    write("docker/config.json", auths("ghcr.io", "alice", "secret"));
    expect(await nodeHost().credentialsOf?.("ghcr.io")).toMatchObject({ username: "alice" });
  });
});

describe.skipIf(process.platform === "win32")("helpers", () => {
  it("are asked with the server's name on standard input, in a folder of their own, without a shell", async () => {
    write("docker/config.json", { credsStore: "own", auths: { "docker.io": {} } });
    install(
      "docker-credential-own",
      `{ echo "$@"; cat; echo; ls -a | wc -l; } > ${join(folder, "asked")}; echo '{"Username":"alice","Secret":"s:e"}'`,
    );
    expect(await lookup()("docker.io")).toEqual({ type: "password", username: "alice", password: "s:e" });
    const [args, server, files] = readFileSync(join(folder, "asked"), "utf8").split("\n");
    expect({ args, server, files: Number(files) }).toEqual({
      args: "get",
      server: "https://index.docker.io/v1/",
      // `.` and `..`
      files: 2,
    });
  });

  it("may know a token of identity", async () => {
    write("docker/config.json", { credHelpers: { "ghcr.io": "own" } });
    install("docker-credential-own", `echo '{"Username":"<token>","Secret":"refresh"}'`);
    expect(await lookup()("ghcr.io")).toEqual({ type: "identity", token: "refresh" });
  });

  it.each([
    ["an empty secret", `echo '{"ServerURL":"","Username":"","Secret":""}'`],
    ["that there are none", `echo "credentials not found in native keychain"; exit 1`],
  ])("may say with %s that nobody logged in, which is nothing to tell of", async (_, script) => {
    write("docker/config.json", { credsStore: "own" });
    install("docker-credential-own", script);
    expect(await lookup()("ghcr.io")).toBeUndefined();
    expect(notices).toEqual([]);
  });

  it("that know nothing leave Podman's file to say it", async () => {
    write("docker/config.json", { credsStore: "own" });
    write("config/containers/auth.json", auths("ghcr.io", "podman", "2"));
    install("docker-credential-own", `echo '{"Username":"","Secret":""}'`);
    expect(await lookup()("ghcr.io")).toMatchObject({ username: "podman" });
  });

  it("that are missing are told of once for a registry", async () => {
    write("docker/config.json", { credsStore: "nowhere-to-be-found" });
    const of = lookup();
    expect(await of("ghcr.io")).toBeUndefined();
    expect(await of("ghcr.io")).toBeUndefined();
    expect(notices).toEqual([
      "The credential helper `docker-credential-nowhere-to-be-found`, which Docker's configuration names, is not installed, so ghcr.io is asked without credentials.",
    ]);
  });

  it.each([
    ["fail", `echo "gpg: secret hunter2"; echo hunter2 >&2; exit 2`],
    ["talk of something else", `echo '{"Username":"alice","Secret":"hunter2"'`],
    ["do not read what they are given", `exec 0<&-; exit 3`],
  ])("that %s are told of without what they said", async (_, script) => {
    write("docker/config.json", { credsStore: "own" });
    install("docker-credential-own", script);
    expect(await lookup()("ghcr.io")).toBeUndefined();
    expect(notices).toEqual([
      "The credential helper `docker-credential-own`, which Docker's configuration names, gave no answer that can be read, so ghcr.io is asked without credentials.",
    ]);
  });

  it("are waited for no longer than ten seconds", async () => {
    write("docker/config.json", { credsStore: "own" });
    const asked: ProgramRun[] = [];
    const of = lookup({}, (run) => {
      asked.push(run);
      return Promise.resolve({ type: "failed", reason: "it took longer than 10 s" });
    });
    expect(await of("ghcr.io")).toBeUndefined();
    expect(asked.map(({ program, patience }) => ({ program, patience }))).toEqual([
      { program: "docker-credential-own", patience: 10_000 },
    ]);
    expect(notices).toHaveLength(1);
  });

  it("are run once for many who ask at the same time, or soon after", async () => {
    write("docker/config.json", { credsStore: "own" });
    let runs = 0;
    let time = 0;
    const of = lookup(
      {},
      async () => {
        runs += 1;
        return { type: "done", output: `{"Username":"alice","Secret":"${runs}"}`, errors: "" };
      },
      () => time,
    );
    const secrets = async (...repositories: readonly string[]) =>
      Promise.all(
        repositories.map(async (repository) => {
          const credential = await of("ghcr.io", repository);
          return credential?.type === "password" ? credential.password : undefined;
        }),
      );
    expect(await secrets("acme/app", "acme/web", "other/app")).toEqual(["1", "1", "1"]);
    time += 4999;
    expect(await secrets("acme/db")).toEqual(["1"]);
    time += 1;
    expect(await secrets("acme/db", "acme/app")).toEqual(["2", "2"]);
    expect(await of("docker.io")).toMatchObject({ password: "3" });
  });

  it("that leave something running behind them are not waited for", async () => {
    write("docker/config.json", { credsStore: "own" });
    install("docker-credential-own", "sleep 60 & wait");
    const result = await Promise.race([
      runOnFiles({ program: "docker-credential-own", args: ["get"], files: new Map(), patience: 200 }),
      new Promise((resolve) => setTimeout(resolve, 20_000, "still waiting")),
    ]);
    expect(result).toEqual({ type: "failed", reason: "it took longer than 0.2 s" });
  });

  it("are not run by a name that is a path", async () => {
    write("docker/config.json", { credsStore: "../bin/x" });
    const of = lookup({}, () => {
      throw new Error("it was run");
    });
    expect(await of("ghcr.io")).toBeUndefined();
    expect(notices).toEqual([
      `${join(folder, "docker/config.json")} names no credential helper that could be run as \`credsStore\`: mend it, or log in again.`,
    ]);
  });
});
