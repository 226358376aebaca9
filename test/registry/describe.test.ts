import { describe, expect, it } from "vitest";
import { failureIn, image, impatientClient, sha256, types, valueIn } from "./asking.ts";
import { type FakeAnswer, fakeInternet } from "./fake-internet.ts";

/** A registry that holds what is put into it, under its digest or a tag. */
function store() {
  const held = new Map<string, { readonly type: string; readonly body: string }>();
  const internet = fakeInternet({
    "https://ghcr.io": ({ headers }, url): FakeAnswer => {
      const found = held.get(url.pathname.split("/").at(-1) ?? "");
      if (found === undefined) return { status: 404 };
      if (url.pathname.includes("/manifests/") && headers["accept"]?.includes(found.type) !== true)
        return { status: 404 };
      return { headers: { "content-type": found.type, "docker-content-digest": sha256(found.body) }, body: found.body };
    },
  });
  const put = (type: string, value: unknown, ...names: readonly string[]) => {
    const body = typeof value === "string" ? value : JSON.stringify(value);
    const digest = sha256(body);
    for (const name of [digest, ...names]) held.set(name, { type, body });
    return { mediaType: type, digest, size: body.length };
  };
  const putImage = (config: unknown, ...names: readonly string[]) => {
    const put1 = put(types.config, config);
    return {
      config: put1,
      ...put(
        types.manifest,
        { schemaVersion: 2, config: put1, layers: [{ mediaType: "l", digest: sha256("l"), size: 1000 }] },
        ...names,
      ),
    };
  };
  return { held, put, putImage, internet, client: impatientClient({ fetch: internet.fetch }) };
}

const amd = { os: "linux", architecture: "amd64" };

describe("describe", () => {
  it("reads index, manifest and config", async () => {
    const { put, putImage, client, internet } = store();
    const config = {
      ...amd,
      created: "2025-01-02T03:04:05Z",
      config: {
        User: "app:app",
        ExposedPorts: { "8080/tcp": {}, "53/udp": {} },
        Env: ["PATH=/bin"],
        Entrypoint: ["/entry"],
        Cmd: ["serve", "--all"],
        Healthcheck: { Test: ["CMD-SHELL", "true"], Interval: 5 },
        StopSignal: "SIGQUIT",
        WorkingDir: "/srv",
        Volumes: { "/data": {} },
        OnBuild: ["USER app"],
        Labels: { "org.opencontainers.image.version": "1.2.3", number: 5 },
      },
    };
    const arm = putImage({ os: "linux", architecture: "arm64" });
    const armv7 = putImage({ os: "linux", architecture: "arm" });
    const chosen = putImage(config);
    const attestation = putImage({ os: "unknown", architecture: "unknown" });
    const index = put(
      types.index,
      {
        manifests: [
          { ...arm, platform: { os: "linux", architecture: "arm64", variant: "v8" } },
          { ...armv7, platform: { os: "linux", architecture: "arm", variant: "v7" } },
          { ...chosen, platform: amd },
          { ...attestation, platform: { os: "unknown", architecture: "unknown" } },
          { ...attestation, annotations: { "vnd.docker.reference.type": "attestation-manifest" }, platform: amd },
        ],
      },
      "1.2",
    );
    expect(valueIn(await client.describe(image("ghcr.io/acme/app:1.2")))).toEqual({
      digest: index.digest,
      shape: "index",
      platforms: ["linux/arm64", "linux/arm/v7", "linux/amd64"],
      manifests: [
        { digest: arm.digest, platform: "linux/arm64" },
        { digest: armv7.digest, platform: "linux/arm/v7" },
        { digest: chosen.digest, platform: "linux/amd64" },
      ],
      platform: "linux/amd64",
      size: 1000 + chosen.config.size,
      created: "2025-01-02T03:04:05Z",
      user: "app:app",
      exposedPorts: ["8080/tcp", "53/udp"],
      entrypoint: ["/entry"],
      command: ["serve", "--all"],
      healthcheck: ["CMD-SHELL", "true"],
      stopSignal: "SIGQUIT",
      workingDirectory: "/srv",
      volumes: ["/data"],
      onbuild: ["USER app"],
      labels: { "org.opencontainers.image.version": "1.2.3" },
    });
    expect(internet.asked).toEqual([
      "GET https://ghcr.io/v2/acme/app/manifests/1.2",
      `GET https://ghcr.io/v2/acme/app/manifests/${chosen.digest}`,
      `GET https://ghcr.io/v2/acme/app/blobs/${chosen.config.digest}`,
    ]);
  });

  it("of an image of one platform, as docker writes them, with nothing set", async () => {
    const { put, client } = store();
    const config = put(types.dockerConfig, { ...amd, config: { User: "", Cmd: null, Entrypoint: [], Labels: null } });
    const manifest = put(types.docker, { schemaVersion: 2, mediaType: types.docker, config, layers: [] }, "latest");
    expect(valueIn(await client.describe(image("ghcr.io/acme/app")))).toEqual({
      digest: manifest.digest,
      shape: "manifest",
      platforms: ["linux/amd64"],
      platform: "linux/amd64",
      size: config.size,
      exposedPorts: [],
      volumes: [],
      labels: {},
    });
  });

  it("takes arm64 where there is no amd64, else the first", async () => {
    const { put, putImage, client } = store();
    const [windows, arm, riscv] = [
      { os: "windows", architecture: "amd64" },
      { os: "linux", architecture: "arm64" },
      { os: "linux", architecture: "riscv64" },
    ].map((platform) => ({ ...putImage(platform), platform }));
    put(types.list, { manifests: [windows, riscv, arm] }, "a");
    put(types.list, { manifests: [riscv, windows] }, "b");
    expect(valueIn(await client.describe(image("ghcr.io/acme/app:a"))).platform).toBe("linux/arm64");
    expect(valueIn(await client.describe(image("ghcr.io/acme/app:b"))).platform).toBe("linux/riscv64");
  });

  it("goes into an index in an index, but not for ever", async () => {
    const { put, putImage, client } = store();
    const inner = put(types.index, { manifests: [{ ...putImage(amd), platform: amd }] });
    put(types.index, { manifests: [inner] }, "nested");
    let deep = inner;
    for (let depth = 0; depth < 5; depth++) deep = put(types.index, { manifests: [deep], depth });
    put(types.index, { manifests: [deep] }, "deep");
    expect(valueIn(await client.describe(image("ghcr.io/acme/app:nested"))).platforms).toEqual(["linux/amd64"]);
    expect(failureIn(await client.describe(image("ghcr.io/acme/app:deep"))).kind).toBe("wrong-answer");
  });

  it("of a digest, whatever the tag", async () => {
    const { putImage, client, internet } = store();
    const { digest } = putImage(amd);
    const reference = image(`ghcr.io/acme/app:gone@${digest}`);
    expect(valueIn(await client.describe(reference)).digest).toBe(digest);
    expect(internet.asked[0]).toBe(`GET https://ghcr.io/v2/acme/app/manifests/${digest}`);
    expect([...client.known().digests.keys()]).toEqual([]);
    expect([...client.known().descriptions.keys()]).toEqual([`ghcr.io/acme/app@${digest}`]);
  });

  it("of a tag, which tells what it stands for, too, and what the digest is", async () => {
    const { putImage, client } = store();
    const { digest } = putImage(amd, "1");
    valueIn(await client.describe(image("ghcr.io/acme/app:1")));
    expect(client.known().digests.get("ghcr.io/acme/app:1")).toEqual({ digest, shape: "manifest" });
    expect([...client.known().descriptions.keys()]).toEqual(["ghcr.io/acme/app:1", `ghcr.io/acme/app@${digest}`]);
  });

  it("says what is not there", async () => {
    const { client } = store();
    const digest = sha256("nothing");
    expect(failureIn(await client.describe(image(`ghcr.io/acme/app@${digest}`)))).toMatchObject({
      kind: "not-found",
      reason: `\`ghcr.io\` has no \`acme/app@${digest.slice(0, 19)}…\`: check the name and the digest.`,
    });
  });

  it.each([
    ["an index of nothing", types.index, { manifests: [] }],
    ["an index without images", types.index, { manifests: "none" }],
    [
      "an index that leads out",
      types.index,
      { manifests: [{ mediaType: types.manifest, digest: "../../../etc", size: 1, platform: amd }] },
    ],
    [
      "an index of what is not there",
      types.index,
      { manifests: [{ mediaType: types.manifest, digest: sha256("gone"), size: 1, platform: amd }] },
    ],
    ["no config", types.manifest, { layers: [] }],
    [
      "a config that is not there",
      types.manifest,
      { config: { mediaType: types.config, digest: sha256("gone"), size: 2 } },
    ],
    [
      "a chart",
      types.manifest,
      { config: { mediaType: "application/vnd.cncf.helm.config.v1+json", digest: sha256("{}"), size: 2 } },
    ],
    ["a list", types.manifest, []],
    ["null", types.manifest, "null"],
    ["lists in lists without end", types.manifest, `${"[".repeat(500_000)}${"]".repeat(500_000)}`],
    ["what every object of JavaScript has", types.index, '{"__proto__": {"manifests": [{}]}, "constructor": 1}'],
  ])("refuses %s", async (_, type, value) => {
    const { put, client, internet } = store();
    put(type, value, "1");
    expect(failureIn(await client.describe(image("ghcr.io/acme/app:1")))).toMatchObject({
      kind: "wrong-answer",
      host: "ghcr.io",
    });
    for (const asked of internet.asked) expect(asked).toMatch(/^GET https:\/\/ghcr\.io\/v2\/acme\/app\//);
  });

  it("refuses a manifest or config that is not what its digest says", async () => {
    const { held, put, putImage, client } = store();
    const child = putImage(amd);
    put(types.index, { manifests: [{ ...child, platform: amd }] }, "index");
    put(types.manifest, { config: child.config, layers: [] }, "manifest");
    held.set(child.digest, { type: types.manifest, body: '{"config":{}}' });
    held.set(child.config.digest, { type: types.config, body: JSON.stringify({ ...amd, config: { User: "root" } }) });
    expect(failureIn(await client.describe(image("ghcr.io/acme/app:index"))).reason).toContain(
      "a manifest that does not have the digest",
    );
    expect(failureIn(await client.describe(image("ghcr.io/acme/app:manifest"))).reason).toContain(
      "config that does not have the digest",
    );
  });

  it("refuses what is too long", async () => {
    const { put, client } = store();
    const config = put(types.config, { ...amd, junk: "x".repeat(9_000_000) });
    put(types.manifest, { config, layers: [] }, "1");
    expect(failureIn(await client.describe(image("ghcr.io/acme/app:1"))).reason).toContain("too long");
  });

  it("reads a digest of SHA-512 and still pins by SHA-256", async () => {
    const { held, putImage, client } = store();
    const { digest } = putImage(amd);
    const found = held.get(digest);
    const { createHash } = await import("node:crypto");
    const long = `sha512:${createHash("sha512")
      .update(found?.body ?? "")
      .digest("hex")}`;
    if (found !== undefined) held.set(long, found);
    expect(valueIn(await client.describe(image(`ghcr.io/acme/app@${long}`))).digest).toBe(digest);
    if (found !== undefined) held.set(long, { ...found, body: `${found.body} ` });
    client.forget();
    expect(failureIn(await client.describe(image(`ghcr.io/acme/app@${long}`))).kind).toBe("wrong-answer");
  });

  it("follows blobs to where they are stored, without the credentials", async () => {
    const config = JSON.stringify({ ...amd });
    const manifest = JSON.stringify({
      config: { mediaType: types.config, digest: sha256(config), size: 1 },
      layers: [],
    });
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers }, url) => {
        if (headers["authorization"] === undefined) return { status: 401, headers: { "www-authenticate": "Basic" } };
        if (url.pathname.includes("/manifests/"))
          return { headers: { "content-type": types.manifest }, body: manifest };
        return { status: 307, headers: { location: "https://blobs.example/x?signature=secret" } };
      },
      "https://blobs.example": ({ headers }) =>
        headers["authorization"] === undefined ? { body: config } : { status: 400 },
    });
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async () => ({ type: "password", username: "a", password: "b" }),
    });
    expect(valueIn(await client.describe(image("ghcr.io/acme/app:1"))).platform).toBe("linux/amd64");
  });
});
