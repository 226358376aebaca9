import { spawn } from "node:child_process";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { pinFlags } from "../../server/src/cli/pin-options.ts";
import { run } from "../../server/src/cli/run.ts";
import type { Terminal } from "../../server/src/cli/terminal.ts";
import { nodeFetch } from "../../server/src/hosts/network.ts";
import { linter } from "../../server/src/linter.ts";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import { smallRegistry } from "../registry/small-registry.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

const old = `sha256:${"0".repeat(64)}`;

/** The network of this machine, without anybody's credentials. */
const network: Terminal["network"] = { fetch: nodeFetch(), credentialsOf: () => Promise.resolve(undefined) };

async function pin(
  cwd: string,
  argv: readonly string[] = [],
  options: NonNullable<Parameters<typeof fakeTerminal>[1]> = {},
) {
  const terminal = fakeTerminal(cwd, { network, columns: 160, ...options });
  const code = await run(["pin", ...argv], terminal, linter);
  return { code, printed: terminal.printed(), told: terminal.told() };
}

interface PinReport {
  readonly images: readonly {
    readonly path: string;
    readonly image: string;
    readonly outcome: string;
    readonly reason: string | null;
  }[];
  readonly summary: Readonly<Record<string, unknown>>;
}

/** Decodes what `--format json` printed. */
function report(printed: string): PinReport {
  const parsed: PinReport = JSON.parse(printed);
  return parsed;
}

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

describe("pin", () => {
  test("writes the digests of all three kinds of files, and asks for each tag once", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const node = registry.put("node", "22-alpine");
    const app = registry.put("team/app", "latest", { marker: "app" });
    const redis = registry.put("redis", "7", { marker: "redis", platforms: ["linux/amd64"] });
    const folder = folderWith({
      Dockerfile: `FROM ${host}/node:22-alpine AS build\nFROM ${host}/node:22-alpine\nCOPY --from=build /a /a\n`,
      "compose.yaml": `services:\r\n  app:\r\n    image: '${host}/team/app' # ours\r\n  web:\r\n    build: .\r\n    image: ${host}/team/web\r\n`,
      "k8s/redis.yaml": `\ufeffapiVersion: v1\nkind: Pod\nmetadata: {name: r}\nspec:\n  containers:\n    - name: r\n      image: ${host}/redis:7\n`,
    });
    const { code, printed, told } = await pin(folder);
    expect({ code, told }).toEqual({ code: 0, told: "" });
    expect(read(folder, "Dockerfile")).toBe(
      `FROM ${host}/node:22-alpine@${node} AS build\nFROM ${host}/node:22-alpine@${node}\nCOPY --from=build /a /a\n`,
    );
    expect(read(folder, "compose.yaml")).toBe(
      `services:\r\n  app:\r\n    image: '${host}/team/app:latest@${app}' # ours\r\n  web:\r\n    build: .\r\n    image: ${host}/team/web\r\n`,
    );
    expect(read(folder, "k8s/redis.yaml")).toBe(
      `\ufeffapiVersion: v1\nkind: Pod\nmetadata: {name: r}\nspec:\n  containers:\n    - name: r\n      image: ${host}/redis:7@${redis}\n`,
    );
    expect([...registry.requests].sort()).toEqual([
      "HEAD /v2/node/manifests/22-alpine",
      "HEAD /v2/redis/manifests/7",
      "HEAD /v2/team/app/manifests/latest",
    ]);
    expect(printed.split("\n")).toEqual([
      `Dockerfile:1      ${host}/node:22-alpine  pinned  ${node.slice(7, 19)}`,
      `Dockerfile:2      ${host}/node:22-alpine  pinned  ${node.slice(7, 19)}`,
      `compose.yaml:3    ${host}/team/app        pinned  ${app.slice(7, 19)}`,
      `k8s/redis.yaml:7  ${host}/redis:7         pinned  ${redis.slice(7, 19)} (one platform)`,
      "",
      "4 images in 3 files: 4 pinned",
      "",
    ]);
    registry.forget();
    expect((await pin(folder)).printed).toContain("4 images in 3 files: 4 with a digest");
    expect(registry.requests).toEqual([]);
  });

  test("leaves a digest alone unless it is to update it", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const digest = registry.put("node", "22");
    const text = `FROM ${host}/node:22@${old}\n`;
    const folder = folderWith({ Dockerfile: text });
    expect((await pin(folder)).code).toBe(0);
    expect(read(folder, "Dockerfile")).toBe(text);
    expect(registry.requests).toEqual([]);

    const updated = await pin(folder, ["--update"]);
    expect(updated.code).toBe(0);
    expect(updated.printed).toContain(`updated  ${old.slice(7, 19)} → ${digest.slice(7, 19)}`);
    expect(read(folder, "Dockerfile")).toBe(`FROM ${host}/node:22@${digest}\n`);

    expect((await pin(folder, ["--update"])).printed).toContain("up to date");
    registry.put("node", "22", { marker: "rebuilt" });
    expect((await pin(folder, ["--update"])).printed).toContain("1 updated");
  });

  test("checks whether tags have moved, and writes nothing", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const digest = registry.put("node", "22");
    const text = `FROM ${host}/node:22@${digest}\nFROM ${host}/golang:1\n`;
    const folder = folderWith({ Dockerfile: text });
    const fine = await pin(folder, ["--check"]);
    expect(fine.code).toBe(0);
    expect(fine.printed).toMatch(/up to date[^]*golang:1 +not pinned[^]*gives a digest to those that have none/);
    expect(registry.requests).toEqual(["HEAD /v2/node/manifests/22"]);

    registry.put("node", "22", { marker: "rebuilt" });
    const moved = await pin(folder, ["--check"]);
    expect(moved.code).toBe(1);
    expect(moved.printed).toContain("2 images in 1 file: 1 moved, 1 not pinned");
    expect(read(folder, "Dockerfile")).toBe(text);
  });

  test("shows what it would do", async () => {
    const registry = await smallRegistry();
    registry.put("node", "22");
    const text = `FROM ${registry.host}/node:22\n`;
    const folder = folderWith({ Dockerfile: text });
    const shown = await pin(folder, ["--dry-run"]);
    expect(shown.code).toBe(1);
    expect(shown.printed).toContain("would be pinned");
    expect(shown.printed).toContain("Nothing was written");
    expect(read(folder, "Dockerfile")).toBe(text);
    expect((await pin(folder)).code).toBe(0);
    expect((await pin(folder, ["--dry-run"])).code).toBe(0);
  });

  test("does the rest where something fails, and says so with 2", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const digest = registry.put("node", "22");
    const folder = folderWith({ Dockerfile: `FROM ${host}/nod:22\nFROM ${host}/node:22\n` });
    const { code, printed } = await pin(folder, ["--format", "json"]);
    expect(code).toBe(2);
    const { images, summary } = report(printed);
    expect(images.map(({ outcome }) => outcome)).toEqual(["failed", "pinned"]);
    expect(images[0]?.reason).toContain(host);
    expect(summary).toMatchObject({ files: 1, failed: 1, pinned: 1 });
    expect(read(folder, "Dockerfile")).toBe(`FROM ${host}/nod:22\nFROM ${host}/node:22@${digest}\n`);
  });

  test("says why it skips an image", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    registry.put("node", "22");
    const folder = folderWith({
      Dockerfile: `ARG TAG\nFROM ${host}/node:\${TAG}\nFROM ${host}/node@${old}\n# seaworthy ignore image/missing-digest -- we follow it\nFROM ${host}/node:22\n`,
      "compose.yaml": `services:\n  a:\n    image: >-\n      ${host}/node:22\n`,
    });
    const { code, printed } = await pin(folder, ["--format", "json"]);
    expect(code).toBe(0);
    expect(report(printed).images.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["skipped", "a variable or a template says which image it is"],
      ["skipped", "a digest without a tag: nobody can say what it should become"],
      ["skipped", "a comment accepts it without a digest"],
      ["skipped", "it cannot be changed where it stands"],
    ]);
    expect(registry.requests).toEqual([]);
  });

  test("knows the build contexts that a Compose file hands to a build", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    registry.put("node", "22");
    for (const contexts of ["{base: 'service:base'}", "['base=service:base']"]) {
      const folder = folderWith({
        Dockerfile: `FROM base\nFROM ${host}/node:22\n`,
        "compose.yaml": `services:\n  app:\n    build:\n      context: .\n      additional_contexts: ${contexts}\n`,
      });
      const { images } = report((await pin(folder, ["--format", "json"])).printed);
      expect(images.map(({ image, outcome }) => [image, outcome])).toEqual([[`${host}/node:22`, "pinned"]]);
    }
  });

  test("pins what a kustomization gives another tag where it does so", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    registry.put("node", "22");
    const app = registry.put("app", "23", { marker: "app" });
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: c, image: "${host}/${name}:22"}]}\n`;
    const folder = folderWith({
      "kustomization.yaml": `resources: [a.yaml, b.yaml]\nimages: [{name: "${host}/app", newTag: "23"}]\n`,
      "a.yaml": pod("app"),
      "b.yaml": pod("node"),
    });
    const { images } = report((await pin(folder, ["--format", "json"])).printed);
    expect(images.map(({ image, outcome, reason }) => [image, outcome, reason])).toEqual([
      [`${host}/app:22`, "skipped", "a kustomization puts its own tag or digest there"],
      [`${host}/node:22`, "pinned", null],
      [`${host}/app:23`, "pinned", null],
    ]);
    expect(read(folder, "kustomization.yaml")).toBe(
      `resources: [a.yaml, b.yaml]\nimages: [{name: "${host}/app", newTag: "23", digest: ${app}}]\n`,
    );
    expect((await pin(folder, ["--check"])).code).toBe(0);
    expect(read(folder, "a.yaml")).toBe(pod("app"));
  });

  test("heeds the config's `exclude` and .gitignore, and takes a file that is named", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    registry.put("node", "22");
    const text = `FROM ${host}/node:22\n`;
    const folder = folderWith({
      ".seaworthy.yaml": "exclude:\n  - vendor/**\n",
      ".gitignore": "out/\n",
      "vendor/Dockerfile": text,
      "out/Dockerfile": text,
    });
    expect((await pin(folder)).printed).toBe("No image that could be pinned\n");
    expect((await pin(folder, ["out/Dockerfile", "out"])).printed).toContain("1 image in 1 file: 1 pinned");
    expect(read(folder, "vendor/Dockerfile")).toBe(text);
  });

  test("keeps the file's mode, and leaves files alone that it cannot write back as they were", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    registry.put("node", "22");
    const folder = folderWith({ Dockerfile: `FROM ${host}/node:22\n`, "latin.Dockerfile": "" });
    chmodSync(join(folder, "Dockerfile"), 0o640);
    const latin = Buffer.from(`# caf\u00e9\nFROM ${host}/node:22\n`, "latin1");
    writeFileSync(join(folder, "latin.Dockerfile"), latin);
    const { code, printed } = await pin(folder);
    expect(code).toBe(2);
    expect(printed).toContain("not UTF-8");
    expect(statSync(join(folder, "Dockerfile")).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, "latin.Dockerfile")).equals(latin)).toBe(true);
  });

  test("refuses a file that changes while registries are asked", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    registry.put("node", "22");
    const folder = folderWith({ Dockerfile: `FROM ${host}/node:22\n` });
    registry.hold();
    const pinning = pin(folder);
    await expect.poll(() => registry.requests.length).toBe(1);
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\n");
    registry.release();
    const { code, printed } = await pinning;
    expect(code).toBe(2);
    expect(printed).toContain("has changed meanwhile");
    expect(read(folder, "Dockerfile")).toBe("FROM scratch\n");
  });

  test("asks with the credentials of the machine, and repeats what there is to know of them", async () => {
    const registry = await smallRegistry({ username: "alice", password: "s3cret:x" });
    const { host } = registry;
    const digest = registry.put("node", "22");
    const folder = folderWith({ Dockerfile: `FROM ${host}/node:22\n` });
    const denied = await pin(folder, ["--format", "json"]);
    expect(denied.code).toBe(2);
    expect(denied.printed).toContain(`docker login ${host}`);

    const given = await pin(folder, [], {
      network: {
        fetch: network.fetch,
        credentialsOf: (name, { repository, tell } = {}) => {
          tell?.(`asked for ${repository} of ${name}`);
          return Promise.resolve({ type: "password", username: "alice", password: "s3cret:x" });
        },
      },
    });
    expect(given.code).toBe(0);
    expect(given.told).toBe(`seaworthy: asked for node of ${host}\n`);
    expect(given.printed + denied.printed).not.toContain("s3cret");
    expect(read(folder, "Dockerfile")).toBe(`FROM ${host}/node:22@${digest}\n`);
  });

  test("speaks plain HTTP with other machines only where it is told to", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const asked: string[] = [];
    const plain: Terminal["network"] = {
      ...network,
      fetch: ({ url }) => {
        asked.push(url);
        const index = "application/vnd.oci.image.index.v1+json";
        return url.startsWith("https:")
          ? Promise.reject(Object.assign(new Error("wrong version number"), { code: "ERR_SSL_WRONG_VERSION_NUMBER" }))
          : Promise.resolve({
              status: 200,
              headers: { "content-type": index, "docker-content-digest": digest },
              body: new Uint8Array(),
              truncated: false,
            });
      },
    };
    const folder = folderWith({ Dockerfile: "FROM registry.lan:5000/node:22\n" });
    const refused = await pin(folder, ["--allow-http", "other.lan"], { network: plain });
    expect(refused.code).toBe(2);
    expect(asked.filter((url) => url.startsWith("http:"))).toEqual([]);
    const allowed = await pin(folder, ["--allow-http", "other.lan", "--allow-http=Registry.LAN:5000"], {
      network: plain,
    });
    expect(allowed.code).toBe(0);
    expect(read(folder, "Dockerfile")).toBe(`FROM registry.lan:5000/node:22@${digest}\n`);
  });

  test.each([
    [["--chek"], "unknown option `--chek`; did you mean `--check`?"],
    [["--check", "--update"], "`--check` writes nothing; leave out `--update`"],
    [["--check", "--dry-run"], "`--check` writes nothing; leave out `--dry-run`"],
    [
      ["--allow-http", "http://registry.lan"],
      "`--allow-http` names a host as in registry.lan:5000, not `http://registry.lan`",
    ],
    [["-"], "`pin` works on files and folders, not on standard input"],
    [["nowhere"], "no such file or folder: nowhere"],
  ])("%j is misuse", async (argv, message) => {
    const folder = folderWith({ Dockerfile: "FROM node:22\n" });
    expect(await pin(folder, argv)).toEqual({ code: 2, printed: "", told: `seaworthy: ${message}\n` });
  });

  test("does nothing under a config file that it does not understand", async () => {
    const folder = folderWith({ Dockerfile: "FROM node:22\n", ".seaworthy.yaml": "preset: [" });
    const { code, printed, told } = await pin(folder);
    expect({ code, printed }).toEqual({ code: 2, printed: "" });
    expect(told).toContain(".seaworthy.yaml");
  });
});

describe("the table", () => {
  test("stays within the terminal, and shows no control characters", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const long = "a-rather-long-folder-name/".repeat(3);
    const folder = folderWith({
      [`${long}Dockerfile`]: `FROM ${host}/some/very/long/repository/name/that/goes/on/and/on:1.2.3\nFROM ${host}/b:1\n`,
    });
    const { printed } = await pin(folder, [], { columns: 72, interactive: true, env: { TERM: "xterm", CI: "1" } });
    // oxlint-disable-next-line no-control-regex -- colours are control characters
    const plain = printed.replace(/\u001b\[\d+m/g, "");
    expect(plain).not.toBe(printed);
    for (const line of plain.split("\n")) {
      const unbreakable = /Dockerfile:\d|very\/long/.test(line);
      if (!unbreakable) expect(line.length, line).toBeLessThanOrEqual(72);
    }
    expect(plain).toContain("2 failed");
  });

  test("names the digest that cannot be updated", async () => {
    const name = "localhost:1/app";
    expect(parseImageReference(`${name}@${old}`)).toBeDefined();
    const folder = folderWith({ Dockerfile: `FROM ${name}@${old}\n` });
    expect((await pin(folder, ["--update"])).printed).toContain(`${name}@sha256:000000000000  skipped`);
  });
});

describe("the shipped command", () => {
  // `npm run build` makes it.
  const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

  function seaworthy(
    argv: readonly string[],
    cwd: string,
    docker: string,
  ): Promise<{ code: number | null; printed: string; told: string }> {
    const { GITHUB_ACTIONS: _, FORCE_COLOR: __, HTTP_PROXY: ___, http_proxy: ____, ...env } = process.env;
    const child = spawn(process.execPath, [cli, ...argv], { cwd, env: { ...env, DOCKER_CONFIG: docker } });
    let printed = "";
    let told = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, printed, told }));
    });
  }

  test("pins with the credentials of Docker's configuration, and ends", async () => {
    const registry = await smallRegistry({ username: "alice", password: "s3cret:x" });
    const { host } = registry;
    const digest = registry.put("node", "22");
    const docker = folderWith({
      "config.json": JSON.stringify({ auths: { [host]: { auth: Buffer.from("alice:s3cret:x").toString("base64") } } }),
    });
    const folder = folderWith({ Dockerfile: `FROM ${host}/node:22\n` });
    expect(await seaworthy(["pin"], folder, docker)).toEqual({
      code: 0,
      printed: `Dockerfile:1  ${host}/node:22  pinned  ${digest.slice(7, 19)}\n\n1 image in 1 file: 1 pinned\n`,
      told: "",
    });
    expect(read(folder, "Dockerfile")).toBe(`FROM ${host}/node:22@${digest}\n`);
    registry.put("node", "22", { marker: "rebuilt" });
    expect(await seaworthy(["pin", "--check"], folder, docker)).toMatchObject({ code: 1, told: "" });
  });
});

test("the help names every option", async () => {
  const folder = folderWith({});
  const { printed, code } = await pin(folder, ["--help"]);
  expect(code).toBe(0);
  for (const option of Object.keys(pinFlags)) expect(printed).toContain(`--${option}`);
});
