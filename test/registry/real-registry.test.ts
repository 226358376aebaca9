import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { sha256Of } from "../../server/src/registry/digests.ts";
import { startProxy } from "../hosts/small-proxy.ts";
import { image } from "./asking.ts";
import { type Registry, type RegistryGuard, startRegistry } from "./docker-registry.ts";
import { clientOfThisMachine } from "./machine-client.ts";
import { type Destination, type Pushed, pushImages, type SmallImage } from "./oci-layout.ts";
import { isLeftOut, type Packages, requirePrograms, run } from "./programs.ts";
import { startTokenServer, type TokenServer } from "./token-server.ts";

const packages: Packages = { "docker-registry": "docker-registry", skopeo: "skopeo", openssl: "openssl" };

const base = mkdtempSync(join(tmpdir(), "seaworthy-registry-"));
const running: { stop(): void }[] = [];

/** `s3:cr3t` of alice, by bcrypt, which is all that docker-registry takes. */
const passwords = "alice:$2y$05$abcdefghijklmnopqrstuuuIIfdd9jE1A9UGTukhYUktzkLvqOjZO\n";
const alice = "alice:s3:cr3t";

const config = {
  User: "node:node",
  ExposedPorts: { "8080/tcp": {}, "9090/udp": {} },
  Entrypoint: ["/entry.sh"],
  Cmd: ["node", "server.js"],
  Healthcheck: { Test: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8080/"] },
  StopSignal: "SIGQUIT",
  WorkingDir: "/app",
  Volumes: { "/data": {} },
  Labels: { "org.opencontainers.image.source": "https://git.example/app", "org.opencontainers.image.version": "1.2.3" },
};
const created = "2024-05-06T07:08:09Z";
const amd64: SmallImage = { platform: "linux/amd64", created, config };
const both: readonly SmallImage[] = [amd64, { ...amd64, platform: "linux/arm64" }];

afterAll(() => {
  for (const server of running) server.stop();
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
});

let notices: string[];
let docker: string;

beforeEach(() => {
  notices = [];
  docker = mkdtempSync(join(base, "docker-"));
  vi.stubEnv("DOCKER_CONFIG", docker);
  // Nothing of whoever runs this.
  for (const name of ["DOCKER_AUTH_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR"]) vi.stubEnv(name, "");
  vi.stubEnv("XDG_CONFIG_HOME", docker);
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toLowerCase(), "");
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A registry that runs until the suite ends. */
async function started(name: string, guard?: RegistryGuard): Promise<Registry> {
  const registry = await startRegistry(join(base, name), guard);
  running.push(registry);
  return registry;
}

let pushes = 0;

function push(images: readonly SmallImage[], to: Destination, attested = false): Promise<Pushed> {
  pushes += 1;
  return pushImages(join(base, `layout-${pushes}`), images, to, attested);
}

function ask(text: string) {
  return clientOfThisMachine({ tell: (notice) => notices.push(notice) }).digest(image(text));
}

function writeConfig(content: unknown): void {
  writeFileSync(join(docker, "config.json"), JSON.stringify(content));
}

function auth(credentials: string) {
  return { auth: Buffer.from(credentials).toString("base64") };
}

/** Puts a credential helper on the PATH; it is there until the test ends. */
function installHelper(name: string, script: string): void {
  const folder = join(docker, "bin");
  mkdirSync(folder);
  const program = join(folder, `docker-credential-${name}`);
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"] ?? ""}`);
}

describe.skipIf(isLeftOut("The suite with a real registry", packages))("docker-registry", () => {
  beforeAll(() => requirePrograms(packages));

  describe("open to anybody", () => {
    let host: string;
    let index: Pushed;

    beforeAll(async () => {
      ({ host } = await started("open"));
      index = await push(both, { reference: `${host}/acme/web:1` }, true);
    });

    it("tells an index by its digest", async () => {
      expect(await ask(`${host}/acme/web:1`)).toEqual({
        type: "answered",
        value: { digest: index.digest, shape: "index" },
      });
    });

    it("describes an image of several platforms, its attestation left out", async () => {
      const { digest, size } = index;
      expect(await clientOfThisMachine().describe(image(`${host}/acme/web:1`))).toEqual({
        type: "answered",
        value: {
          digest,
          shape: "index",
          platforms: ["linux/amd64", "linux/arm64"],
          manifests: ["linux/amd64", "linux/arm64"].map((platform) => ({
            platform,
            digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          })),
          platform: "linux/amd64",
          size,
          created,
          user: "node:node",
          exposedPorts: ["8080/tcp", "9090/udp"],
          entrypoint: ["/entry.sh"],
          command: ["node", "server.js"],
          healthcheck: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8080/"],
          stopSignal: "SIGQUIT",
          workingDirectory: "/app",
          volumes: ["/data"],
          labels: config.Labels,
        },
      });
    });

    it("describes the image of a digest, whatever its tag stands for now", async () => {
      const old = await push([{ ...amd64, config: { User: "old" } }], { reference: `${host}/acme/moved:1` });
      await push([{ ...amd64, config: { User: "new" } }], { reference: `${host}/acme/moved:1` });
      const client = clientOfThisMachine();
      const user = (name: string) => ({ type: "answered", value: { user: name } });
      expect(await client.describe(image(`${host}/acme/moved:1@${old.digest}`))).toMatchObject(user("old"));
      expect(await client.describe(image(`${host}/acme/moved:1`))).toMatchObject(user("new"));
    });

    it("tells a single image for what it is", async () => {
      const { digest } = await push([amd64], { reference: `${host}/acme/single:1` });
      expect(await ask(`${host}/acme/single:1`)).toEqual({ type: "answered", value: { digest, shape: "manifest" } });
      expect(await clientOfThisMachine().describe(image(`${host}/acme/single:1`))).toMatchObject({
        type: "answered",
        value: { shape: "manifest", platforms: ["linux/amd64"], user: "node:node" },
      });
    });

    it("tells Docker's list as a whole, where a narrower question gets the digest of one platform", async () => {
      await push(both, { reference: `${host}/acme/docker:1`, docker: true });
      const url = `http://${host}/v2/acme/docker/manifests/1`;
      const types = "application/vnd.docker.distribution.manifest";
      const list = await fetch(url, { headers: { accept: `${types}.list.v2+json` } });
      expect(list.headers.get("content-type")).toBe(`${types}.list.v2+json`);
      const digest = await sha256Of(new Uint8Array(await list.arrayBuffer()));
      const narrow = await fetch(url, { method: "HEAD", headers: { accept: `${types}.v2+json` } });
      expect(narrow.status).toBe(200);
      expect(narrow.headers.get("docker-content-digest")).not.toBe(digest);
      expect(await ask(`${host}/acme/docker:1`)).toEqual({ type: "answered", value: { digest, shape: "index" } });
      expect(await clientOfThisMachine().describe(image(`${host}/acme/docker:1`))).toMatchObject({
        value: { platforms: ["linux/amd64", "linux/arm64"], user: "node:node" },
      });
    });

    it("tells Docker's single image, too", async () => {
      await push([amd64], { reference: `${host}/acme/docker-single:1`, docker: true });
      expect(await ask(`${host}/acme/docker-single:1`)).toMatchObject({ value: { shape: "manifest" } });
    });

    it("lists the tags", async () => {
      for (const tag of ["1.0.0", "1.1.0", "latest"]) await push([amd64], { reference: `${host}/acme/tags:${tag}` });
      const answer = await clientOfThisMachine().tags(image(`${host}/acme/tags`));
      expect(answer).toMatchObject({ type: "answered" });
      expect(answer.type === "answered" ? [...answer.value].sort() : []).toEqual(["1.0.0", "1.1.0", "latest"]);
    });

    it.each(["acme/web:2", "acme/nothing:1"])("has no %s, and says so", async (name) => {
      const answer = await ask(`${host}/${name}`);
      expect(answer).toMatchObject({ type: "failed", kind: "not-found", host });
    });

    it("is asked by the name `localhost` as well", async () => {
      const named = host.replace("127.0.0.1", "localhost");
      expect(await ask(`${named}/acme/web:1`)).toMatchObject({ value: { digest: index.digest } });
    });

    it("tells fifty images of one client", async () => {
      const names = Array.from({ length: 50 }, (_, number) => `${host}/acme/web:many-${number}`);
      const { digest } = await push([amd64], { reference: names[0] ?? "" });
      const manifest = await (
        await fetch(`http://${host}/v2/acme/web/manifests/${digest}`, {
          headers: { accept: "application/vnd.oci.image.manifest.v1+json" },
        })
      ).text();
      for (const name of names.slice(1)) {
        const tag = name.slice(name.lastIndexOf(":") + 1);
        await fetch(`http://${host}/v2/acme/web/manifests/${tag}`, {
          method: "PUT",
          headers: { "content-type": "application/vnd.oci.image.manifest.v1+json" },
          body: manifest,
        });
      }
      const client = clientOfThisMachine();
      const answers = await Promise.all(names.map((name) => client.digest(image(name))));
      expect(answers).toEqual(names.map(() => ({ type: "answered", value: { digest, shape: "manifest" } })));
    });
  });

  describe("that wants a password", () => {
    let host: string;
    let name: string;
    let digest: string;

    beforeAll(async () => {
      const path = join(base, "passwords");
      writeFileSync(path, passwords);
      ({ host } = await started("htpasswd", { auth: { type: "htpasswd", path } }));
      name = `${host}/acme/web:1`;
      ({ digest } = await push(both, { reference: name, credentials: alice }));
    });

    it("denies whoever has none, and says what to do", async () => {
      const answer = await ask(name);
      expect(answer).toMatchObject({ type: "failed", kind: "denied", host });
      expect(answer.type === "failed" && answer.reason).toContain(`docker login ${host}`);
    });

    it.each([
      ["as `docker login` writes it", () => host],
      ["under the address of a version", () => `http://${host}/v1/`],
    ])("tells whoever has it in the file %s, the colon in it included", async (_, key) => {
      writeConfig({ auths: { [key()]: auth(alice) } });
      expect(await ask(name)).toMatchObject({ type: "answered", value: { digest } });
    });

    it("denies a wrong one, which is not repeated", async () => {
      writeConfig({ auths: { [host]: auth("alice:hunter2") } });
      const answer = await ask(name);
      expect(answer).toMatchObject({ type: "failed", kind: "denied", host });
      expect(JSON.stringify(answer)).not.toMatch(/hunter2|YWxpY2U/);
    });

    it("is not shown the credentials of a host that only looks alike", async () => {
      writeConfig({
        auths: { [`http://${host}.evil.example/v1/`]: auth(alice), [`evil.example/${host}`]: auth(alice) },
      });
      expect(await ask(name)).toMatchObject({ type: "failed", kind: "denied" });
    });

    it("takes what Podman was told", async () => {
      const file = join(docker, "auth.json");
      writeFileSync(file, JSON.stringify({ auths: { [host]: auth(alice) } }));
      vi.stubEnv("REGISTRY_AUTH_FILE", file);
      expect(await ask(name)).toMatchObject({ value: { digest } });
    });

    it("takes what a helper knows, of the host's own before the one for all", async () => {
      installHelper(
        "own",
        `read -r server; printf '{"ServerURL":"%s","Username":"alice","Secret":"s3:cr3t"}' "$server"`,
      );
      writeConfig({ credHelpers: { [host]: "own" }, credsStore: "missing", auths: { [host]: {} } });
      expect(await ask(name)).toMatchObject({ value: { digest } });
      writeConfig({ credsStore: "own", auths: { [host]: {} } });
      expect(await ask(name)).toMatchObject({ value: { digest } });
      expect(notices).toEqual([]);
    });

    it("is asked as anybody where the helper is missing, which is told", async () => {
      writeConfig({ credsStore: "missing" });
      expect(await ask(name)).toMatchObject({ type: "failed", kind: "denied" });
      expect(notices).toEqual([expect.stringContaining("`docker-credential-missing`")]);
    });
  });

  describe("that wants tokens", () => {
    let host: string;
    let tokens: TokenServer;
    let open: Pushed;
    let closed: Pushed;

    beforeAll(async () => {
      const { key, certificate } = authority("issuer");
      tokens = await startTokenServer({
        issuer: "test-issuer",
        key: readFileSync(key, "utf8"),
        certificate: readFileSync(certificate, "utf8"),
        users: new Set([alice]),
        refreshTokens: new Map([["refresh-me", "alice"]]),
      });
      running.push(tokens);
      const { realm } = tokens;
      const signed = { issuer: "test-issuer", rootcertbundle: certificate };
      ({ host } = await started("token", { auth: { type: "token", realm, service: "test-registry", ...signed } }));
      open = await push(both, { reference: `${host}/public/web:1`, credentials: alice });
      closed = await push(both, { reference: `${host}/private/app:1`, credentials: alice });
    });

    it("shows anybody what is public", async () => {
      expect(await ask(`${host}/public/web:1`)).toMatchObject({ value: { digest: open.digest } });
    });

    it("denies anybody what is not", async () => {
      expect(await ask(`${host}/private/app:1`)).toMatchObject({ type: "failed", kind: "denied", host });
    });

    it("shows it to whoever has a password", async () => {
      writeConfig({ auths: { [host]: auth(alice) } });
      expect(await ask(`${host}/private/app:1`)).toMatchObject({ value: { digest: closed.digest } });
      expect(tokens.seen.at(-1)).toBe("GET alice repository:private/app:pull");
    });

    it("denies a wrong password, which is not repeated", async () => {
      writeConfig({ auths: { [host]: auth("alice:hunter2") } });
      const answer = await ask(`${host}/private/app:1`);
      expect(answer).toMatchObject({ type: "failed", kind: "denied" });
      expect(JSON.stringify(answer)).not.toMatch(/hunter2|YWxpY2U/);
    });

    it("shows it to whoever has a token of identity, in the file or from a helper", async () => {
      writeConfig({ auths: { [host]: { ...auth("alice:"), identitytoken: "refresh-me" } } });
      expect(await ask(`${host}/private/app:1`)).toMatchObject({ value: { digest: closed.digest } });
      expect(tokens.seen.at(-1)).toBe("POST alice repository:private/app:pull");
      installHelper("own", `echo '{"Username":"<token>","Secret":"refresh-me"}'`);
      writeConfig({ credsStore: "own" });
      expect(await ask(`${host}/private/app:1`)).toMatchObject({ value: { digest: closed.digest } });
      expect(tokens.seen.at(-1)).toBe("POST alice repository:private/app:pull");
    });

    it("shows what is public where a helper answers with an empty secret, or is missing", async () => {
      installHelper("own", `echo '{"ServerURL":"","Username":"","Secret":""}'`);
      writeConfig({ credsStore: "own" });
      expect(await ask(`${host}/public/web:1`)).toMatchObject({ value: { digest: open.digest } });
      expect(tokens.seen.at(-1)).toBe("GET - repository:public/web:pull");
      writeConfig({ credsStore: "missing" });
      expect(await ask(`${host}/public/web:1`)).toMatchObject({ value: { digest: open.digest } });
      expect(notices).toHaveLength(1);
    });

    it("gives one token for all tags of a repository", async () => {
      const client = clientOfThisMachine();
      const before = tokens.seen.length;
      await client.digest(image(`${host}/public/web:1`));
      await client.digest(image(`${host}/public/web:2`));
      await client.describe(image(`${host}/public/web:1`));
      expect(tokens.seen.length - before).toBe(1);
    });
  });

  describe("with TLS under an authority of one's own", () => {
    let host: string;
    let digest: string;
    let trusted: string;
    let script: string;

    beforeAll(async () => {
      const { key, certificate } = authority("authority");
      trusted = certificate;
      const server = certified("server", { key, certificate });
      const path = join(base, "passwords-tls");
      writeFileSync(path, passwords);
      ({ host } = await started("tls", { auth: { type: "htpasswd", path }, tls: server }));
      const certificates = mkdtempSync(join(base, "trusted-"));
      writeFileSync(join(certificates, "ca.crt"), readFileSync(certificate));
      ({ digest } = await push(both, { reference: `${host}/acme/web:1`, credentials: alice, certificates }));
      // As the command line is: one file, in which nothing is loaded that is not needed.
      script = join(base, "ask.cjs");
      await build({
        entryPoints: [join(import.meta.dirname, "ask.ts")],
        outfile: script,
        bundle: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        mainFields: ["module", "main"],
        logLevel: "silent",
      });
    });

    /** What a process of its own finds, and what it has to say besides. */
    function askApart(name: string, env: Readonly<Record<string, string>>) {
      return new Promise<{ readonly answer: unknown; readonly stderr: string }>((resolve, reject) => {
        const options = { env: { ...process.env, ...env }, timeout: 30_000 };
        execFile(process.execPath, [script, name], options, (error, stdout, stderr) => {
          if (error === null) resolve({ answer: JSON.parse(stdout), stderr });
          else reject(error);
        });
      });
    }

    it("is refused where the authority is not known", async () => {
      writeConfig({ auths: { [host]: auth(alice) } });
      const answer = await ask(`${host}/acme/web:1`);
      expect(answer).toMatchObject({ type: "failed", kind: "certificate", host });
      expect(answer.type === "failed" && answer.reason).toContain("NODE_EXTRA_CA_CERTS");
    });

    it("is asked where NODE_EXTRA_CA_CERTS names the authority", async () => {
      writeConfig({ auths: { [host]: auth(alice) } });
      expect(await askApart(`${host}/acme/web:1`, { NODE_EXTRA_CA_CERTS: trusted })).toEqual({
        answer: { type: "answered", value: { digest, shape: "index" } },
        stderr: "",
      });
    });

    it("is asked through a proxy, whose credentials the registry does not see", async () => {
      const proxy = await startProxy(host);
      onTestFinished(() => proxy.stop());
      writeConfig({ auths: { "registry.example": auth(alice) } });
      const { answer, stderr } = await askApart("registry.example/acme/web:1", {
        NODE_EXTRA_CA_CERTS: trusted,
        HTTPS_PROXY: `http://ann:pw@${proxy.host}`,
      });
      expect({ answer, stderr }).toEqual({
        answer: { type: "answered", value: { digest, shape: "index" } },
        stderr: "",
      });
      expect(new Set(proxy.seen)).toEqual(
        new Set([`CONNECT registry.example:443 Basic ${Buffer.from("ann:pw").toString("base64")}`]),
      );
    });

    it("is not taken for the proxy that refuses to lead there", async () => {
      const proxy = await startProxy(host, 407);
      onTestFinished(() => proxy.stop());
      const { answer } = await askApart("registry.example/acme/web:1", { HTTPS_PROXY: `http://ann:pw@${proxy.host}` });
      expect(answer).toMatchObject({ type: "failed", kind: "unreachable", host: "registry.example" });
      expect(JSON.stringify(answer)).toContain("proxy");
    });
  });

  describe("behind a proxy, without TLS", () => {
    it("is asked by its name, which only the proxy can look up, where plain HTTP is allowed", async () => {
      const { host } = await started("proxied");
      const { digest } = await push(both, { reference: `${host}/acme/web:1` });
      const proxy = await startProxy(host);
      onTestFinished(() => proxy.stop());
      vi.stubEnv("ALL_PROXY", `http://${proxy.host}`);
      const name = `registry.example:5000/acme/web:1`;
      const client = clientOfThisMachine({ http: "registry.example:5000" });
      expect(await client.digest(image(name))).toMatchObject({ value: { digest, shape: "index" } });
      expect(proxy.seen.at(-1)).toBe("HEAD http://registry.example:5000/v2/acme/web/manifests/1");
      expect(await ask(name)).toMatchObject({ type: "failed", kind: "insecure" });
    });
  });

  describe("that is not there", () => {
    it("is told where nobody listens", async () => {
      const registry = await started("gone");
      registry.stop();
      await vi.waitFor(async () => {
        const answer = await ask(`${registry.host}/acme/web:1`);
        expect(answer).toMatchObject({ type: "failed", kind: "unreachable", host: registry.host });
      });
    });

    it("is told where its name does not exist", async () => {
      const answer = await ask("registry.invalid/acme/web:1");
      expect(answer).toMatchObject({ type: "failed", kind: "unreachable", host: "registry.invalid" });
    });
  });
});

interface Certified {
  readonly key: string;
  readonly certificate: string;
}

/** An authority that signs itself; answers with its files. */
function authority(name: string): Certified {
  return openssl(name, ["-subj", `/CN=Test ${name}`]);
}

/** A server on this machine, and what a proxy leads here. */
function certified(name: string, { key, certificate }: Certified): Certified {
  const names = "subjectAltName=DNS:localhost,DNS:registry.example,IP:127.0.0.1";
  return openssl(name, ["-CA", certificate, "-CAkey", key, "-subj", "/CN=localhost", "-addext", names]);
}

function openssl(name: string, more: readonly string[]): Certified {
  const key = join(base, `${name}.key`);
  const certificate = join(base, `${name}.crt`);
  const made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", key, "-out", certificate];
  run("openssl", ["req", ...made, ...more]);
  return { key, certificate };
}
