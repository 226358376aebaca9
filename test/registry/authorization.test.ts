import { describe, expect, it } from "vitest";
import type { Credential, HttpRequest } from "../../server/src/registry/answers.ts";
import { failureIn, image, impatientClient, manifestHead, sha256, valueIn } from "./asking.ts";
import { type FakeAnswer, fakeInternet } from "./fake-internet.ts";

const digest = sha256("index");
const found = { headers: manifestHead(digest) };
const anna: Credential = { type: "password", username: "anna", password: "pass:wörd" };
const annas = `Basic ${Buffer.from("anna:pass:wörd").toString("base64")}`;

function json(value: unknown, status = 200) {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

function wants(challenge: string) {
  return { status: 401, headers: { "www-authenticate": challenge } };
}

/** A registry that is content with the token `t`. */
const withToken =
  (challenge: string, token = "t") =>
  ({ headers }: HttpRequest): FakeAnswer =>
    headers["authorization"] === `Bearer ${token}` ? found : wants(challenge);

const hubChallenge =
  'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/node:pull"';

describe("Docker Hub", () => {
  it("is asked at its own host, by a token from another", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": withToken(hubChallenge),
      "https://auth.docker.io": () => json({ token: "t", expires_in: 300 }),
    });
    const names: string[] = [];
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async (registry) => {
        names.push(registry);
        return undefined;
      },
    });
    expect(valueIn(await client.digest(image("node:22"))).digest).toBe(digest);
    expect(internet.asked).toEqual([
      "HEAD https://registry-1.docker.io/v2/library/node/manifests/22",
      "GET https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Fnode%3Apull",
      "HEAD https://registry-1.docker.io/v2/library/node/manifests/22",
    ]);
    expect(names).toEqual(["docker.io"]);
  });

  it.each(["docker.io/library/node:22", "index.docker.io/node:22", "node:22"])("as %s", async (text) => {
    const internet = fakeInternet({ "https://registry-1.docker.io": () => found });
    valueIn(await impatientClient({ fetch: internet.fetch }).digest(image(text)));
    expect(internet.asked).toEqual(["HEAD https://registry-1.docker.io/v2/library/node/manifests/22"]);
  });

  it("shows the credentials to its token server alone", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": withToken(hubChallenge),
      "https://auth.docker.io": ({ headers }) => json({ token: headers["authorization"] === annas ? "t" : "no" }),
    });
    valueIn(await impatientClient({ fetch: internet.fetch, credentials: async () => anna }).digest(image("node:22")));
    expect(internet.requests.map(({ headers }) => headers["authorization"])).toEqual([undefined, annas, "Bearer t"]);
    expect(internet.requests[1]?.url).toContain("account=anna");
  });

  it("says of an official image that is not there what it says of a private one", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": () => wants(hubChallenge),
      "https://auth.docker.io": () => json({ token: "t" }),
    });
    const client = impatientClient({ fetch: internet.fetch });
    expect(failureIn(await client.digest(image("nod:22")))).toEqual({
      type: "failed",
      kind: "not-found",
      host: "registry-1.docker.io",
      reason: "`registry-1.docker.io` has no `library/nod:22`: check the name and the tag.",
    });
    expect(failureIn(await client.digest(image("acme/app:1")))).toMatchObject({
      kind: "denied",
      reason:
        "`registry-1.docker.io` does not show `acme/app` without credentials, if it has it: check the name, or run `docker login`.",
    });
  });

  it("says of credentials that are good that they are not enough, and of an official image all the same that it is not there", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": () => wants(hubChallenge),
      "https://auth.docker.io": () => json({ token: "t" }),
    });
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => anna });
    expect(failureIn(await client.digest(image("nod:22"))).kind).toBe("not-found");
    expect(failureIn(await client.digest(image("acme/app:1")))).toMatchObject({
      kind: "denied",
      reason:
        "`registry-1.docker.io` does not show `acme/app` with your credentials, if it has it: check the name, or run `docker login` as somebody else.",
    });
  });

  it("says of wrong credentials that they are wrong, even for an official image", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": () => wants(hubChallenge),
      "https://auth.docker.io": () => json({ details: "incorrect username or password" }, 401),
    });
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => anna });
    expect(failureIn(await client.digest(image("node:22")))).toMatchObject({
      kind: "denied",
      reason: "`auth.docker.io` wants other credentials for `library/node`: run `docker login`.",
    });
  });

  it("says how to get a higher limit", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": () => ({ status: 429, headers: { "retry-after": "7200" } }),
    });
    expect(failureIn(await impatientClient({ fetch: internet.fetch }).digest(image("node:22"))).reason).toBe(
      "`registry-1.docker.io` takes no more requests for now: try again in 2 hours, or run `docker login` for a higher limit.",
    );
  });
});

describe("challenges", () => {
  const token = { "https://auth.example": () => json({ token: "t" }) };

  it("in a list, of which tokens are preferred", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": withToken(
        'Basic realm="a, b", bearer REALM="https://auth.example/t?x=1",service="s",scope="repository:acme/app:pull,push"',
      ),
      ...token,
    });
    valueIn(
      await impatientClient({ fetch: internet.fetch, credentials: async () => anna }).digest(
        image("ghcr.io/acme/app:1"),
      ),
    );
    expect(internet.asked[1]).toBe(
      "GET https://auth.example/t?x=1&service=s&scope=repository%3Aacme%2Fapp%3Apull%2Cpush&account=anna",
    );
  });

  it("without a scope, or with several", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": withToken('Bearer realm="https://auth.example/t"'),
      "https://quay.io": withToken('Bearer realm="https://auth.example/t",scope="a:b:c d:e:f"'),
      ...token,
    });
    const client = impatientClient({ fetch: internet.fetch });
    valueIn(await client.digest(image("ghcr.io/acme/app:1")));
    valueIn(await client.digest(image("quay.io/acme/app:1")));
    expect(internet.asked[1]).toBe("GET https://auth.example/t?scope=repository%3Aacme%2Fapp%3Apull");
    expect(internet.asked[4]).toBe("GET https://auth.example/t?scope=a%3Ab%3Ac&scope=d%3Ae%3Af");
  });

  it("with one scope for all that a registry holds", async () => {
    const internet = fakeInternet({
      "https://public.ecr.aws": withToken('Bearer realm="https://auth.example/t",scope="aws"'),
      ...token,
    });
    const client = impatientClient({ fetch: internet.fetch });
    for (const name of ["a/b", "c/d"]) valueIn(await client.digest(image(`public.ecr.aws/${name}:1`)));
    expect(internet.asked.slice(1)).toEqual([
      "GET https://auth.example/t?scope=aws",
      "HEAD https://public.ecr.aws/v2/a/b/manifests/1",
      "HEAD https://public.ecr.aws/v2/c/d/manifests/1",
    ]);
  });

  it("for a password, without one and with one", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers }) => (headers["authorization"] === annas ? found : wants("Basic realm=x")),
    });
    const { fetch } = internet;
    expect(failureIn(await impatientClient({ fetch }).digest(image("ghcr.io/acme/app:1")))).toMatchObject({
      kind: "denied",
      reason:
        "`ghcr.io` does not show `acme/app` without credentials, if it has it: check the name, or run `docker login ghcr.io`.",
    });
    valueIn(await impatientClient({ fetch, credentials: async () => anna }).digest(image("ghcr.io/acme/app:1")));
    expect(internet.requests).toHaveLength(3);
  });

  it("are not waited for where it is known what the registry wants", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers, url }) =>
        headers["authorization"] === undefined
          ? wants(`Bearer realm="https://auth.example/t",scope="repository:${url.includes("/a/") ? "a" : "b"}:pull"`)
          : found,
      "https://quay.io": ({ headers }) => (headers["authorization"] === annas ? found : wants("Basic")),
      ...token,
    });
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => anna });
    for (const name of ["ghcr.io/a", "ghcr.io/b", "quay.io/a", "quay.io/b"])
      valueIn(await client.digest(image(`${name}:1`)));
    expect(internet.requests.map(({ url }) => new URL(url).host)).toEqual([
      "ghcr.io",
      "auth.example",
      "ghcr.io",
      "auth.example",
      "ghcr.io",
      "quay.io",
      "quay.io",
      "quay.io",
    ]);
  });

  it.each([
    ["plain HTTP", "http://auth.example/t", "`http://auth.example`"],
    ["a file", "file:///etc/passwd", "`file://`"],
    ["this machine", "https://127.0.0.1/t", "`https://127.0.0.1`"],
    ["a private network", "https://10.0.0.1/t", "`https://10.0.0.1`"],
    ["the metadata of a cloud", "https://169.254.169.254/latest", "`https://169.254.169.254`"],
    ["credentials of its own", "https://me:hunter2@auth.example/t", "`https://auth.example`"],
    ["no URL", "auth.example", undefined],
    ["nothing", "", undefined],
  ])("to get a token by %s are not followed", async (_, realm, named) => {
    const internet = fakeInternet({ "https://ghcr.io": () => wants(`Bearer realm="${realm}"`) });
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => anna });
    const failure = failureIn(await client.digest(image("ghcr.io/acme/app:1")));
    expect(failure).toMatchObject({ kind: "wrong-answer", host: "ghcr.io" });
    expect(failure.reason).toBe(
      `\`ghcr.io\` names a token server that must not be asked${named === undefined ? "" : `, ${named}`}: ask whoever runs it, or ask for the digest with another tool.`,
    );
    expect(internet.requests).toHaveLength(1);
  });

  it("that cannot be met leave the other one", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers }) =>
        headers["authorization"] === annas ? found : wants('Bearer realm="http://x/t", Basic realm="y"'),
    });
    valueIn(
      await impatientClient({ fetch: internet.fetch, credentials: async () => anna }).digest(
        image("ghcr.io/acme/app:1"),
      ),
    );
  });
});

describe("tokens", () => {
  const challenge = 'Bearer realm="https://auth.example/t",service="s"';

  async function withTokenAnswer(answer: FakeAnswer, credential?: Credential) {
    const internet = fakeInternet({ "https://ghcr.io": withToken(challenge), "https://auth.example": () => answer });
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => credential });
    return { internet, result: await client.digest(image("ghcr.io/acme/app:1")) };
  }

  it.each([
    ["token", { token: "t" }],
    ["access_token", { access_token: "t" }],
    ["both", { token: "t", access_token: "u" }],
    ["a life that is none", { token: "t", expires_in: "soon" }],
  ])("are read from %s", async (_, body) => {
    expect((await withTokenAnswer(json(body))).result.type).toBe("answered");
  });

  it.each([
    ["no JSON", { body: "token" }],
    ["no token", json({ error: "x" })],
    ["an empty one", json({ token: "" })],
    ["one that is no text", json({ token: 5 })],
    ["one that would be a header of its own", json({ token: "t\r\nx-evil: 1" })],
    ["more than anybody reads", json({ token: "t".repeat(2_000_000) })],
    ["a redirect", { status: 302, headers: { location: "https://10.0.0.1/steal" } }],
  ])("are refused: %s", async (_, answer) => {
    const { internet, result } = await withTokenAnswer(answer, anna);
    expect(failureIn(result)).toMatchObject({ kind: "wrong-answer", host: "auth.example" });
    expect(internet.requests).toHaveLength(2);
  });

  it("are not given by a page", async () => {
    const { result } = await withTokenAnswer({ headers: { "content-type": "text/html" }, body: "<p>" });
    expect(failureIn(result)).toMatchObject({ kind: "not-a-registry", host: "auth.example" });
  });

  it.each([
    [401, "`auth.example` wants other credentials for `acme/app`: run `docker login ghcr.io`."],
    [
      403,
      "`auth.example` does not show `acme/app` with your credentials, if it has it: check the name, or run `docker login ghcr.io` as somebody else.",
    ],
  ])("are denied with status %i", async (status, reason) => {
    const { result } = await withTokenAnswer(json({ errors: [{ code: "DENIED", message: "no" }] }, status), anna);
    expect(failureIn(result)).toMatchObject({ kind: "denied", reason });
  });

  it("are not given because of too many requests, or an outage", async () => {
    expect(failureIn((await withTokenAnswer({ status: 429 })).result)).toMatchObject({
      kind: "rate-limited",
      host: "auth.example",
    });
    expect(failureIn((await withTokenAnswer({ status: 500 })).result)).toMatchObject({
      kind: "unreachable",
      host: "auth.example",
    });
    expect(failureIn((await withTokenAnswer("CERT_HAS_EXPIRED")).result)).toMatchObject({
      kind: "certificate",
      host: "auth.example",
    });
  });

  it("for an identity token are got by a form", async () => {
    const { internet, result } = await withTokenAnswer(json({ access_token: "t" }), { type: "identity", token: "r&f" });
    expect(result.type).toBe("answered");
    const asked = internet.requests[1];
    expect(asked?.method).toBe("POST");
    expect(asked?.url).toBe("https://auth.example/t");
    expect(asked?.headers).toEqual({
      "accept-encoding": "identity",
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "seaworthy",
    });
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: "refresh_token",
      client_id: "seaworthy",
      service: "s",
      scope: "repository:acme/app:pull",
      refresh_token: "r&f",
    });
  });

  it.each([404, 405])("for an identity token, where a form is answered with %i, are got as anybody", async (status) => {
    const internet = fakeInternet({
      "https://ghcr.io": withToken(challenge),
      "https://auth.example": ({ method }) => (method === "POST" ? { status } : json({ token: "t" })),
    });
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async () => ({ type: "identity", token: "secret" }),
    });
    valueIn(await client.digest(image("ghcr.io/acme/app:1")));
    expect(internet.asked[2]).toBe("GET https://auth.example/t?service=s&scope=repository%3Aacme%2Fapp%3Apull");
  });

  it("are used until ten seconds before their end", async () => {
    const clock = { time: 0 };
    let tokens = 0;
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers }) => (headers["authorization"] === undefined ? wants(challenge) : found),
      "https://auth.example": () => json({ token: `t${++tokens}`, ...(tokens === 1 ? {} : { expires_in: 300 }) }),
    });
    const client = impatientClient({ fetch: internet.fetch, now: () => clock.time });
    for (const [tag, time, used] of [
      ["a", 0, "t1"],
      ["b", 49_000, "t1"],
      ["c", 50_000, "t2"],
      ["d", 339_000, "t2"],
      ["e", 340_000, "t3"],
    ] as const) {
      clock.time = time;
      valueIn(await client.digest(image(`ghcr.io/acme/app:${tag}`)));
      expect(internet.requests.at(-1)?.headers["authorization"]).toBe(`Bearer ${used}`);
    }
  });

  it("that end at once are used for one question", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": withToken(challenge),
      "https://auth.example": () => json({ token: "t", expires_in: 1 }),
    });
    const client = impatientClient({ fetch: internet.fetch });
    valueIn(await client.digest(image("ghcr.io/acme/app:1")));
    valueIn(await client.digest(image("ghcr.io/acme/app:2")));
    expect(internet.asked.filter((asked) => asked.includes("auth.example"))).toHaveLength(2);
  });

  it("are asked for once by many", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": withToken(challenge),
      "https://auth.example": () => json({ token: "t" }),
    });
    const client = impatientClient({ fetch: internet.fetch });
    await Promise.all(["1", "2", "3", "4"].map((tag) => client.digest(image(`ghcr.io/acme/app:${tag}`))));
    expect(internet.asked.filter((asked) => asked.includes("auth.example"))).toHaveLength(1);
  });
});

describe("credentials", () => {
  it("are not asked for where nobody wants them", async () => {
    const internet = fakeInternet({ "https://ghcr.io": () => found });
    let asked = 0;
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async () => {
        asked += 1;
        return anna;
      },
    });
    valueIn(await client.digest(image("ghcr.io/acme/app:1")));
    expect(asked).toBe(0);
  });

  it("are asked for again after they were turned down", async () => {
    let password = "wrong";
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers }) => (headers["authorization"] === annas ? found : wants("Basic")),
    });
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => ({ ...anna, password }) });
    expect(failureIn(await client.digest(image("ghcr.io/acme/app:1"))).kind).toBe("denied");
    password = anna.type === "password" ? anna.password : "";
    valueIn(await client.digest(image("ghcr.io/acme/app:1")));
  });

  it("may be for a part of a registry", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": ({ headers }, { pathname }) =>
        (headers["authorization"] === annas) === pathname.startsWith("/v2/acme/") ? found : wants("Basic"),
    });
    const asked: string[] = [];
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async (registry, repository) => {
        asked.push(`${registry} ${repository}`);
        return repository.startsWith("acme/") ? anna : undefined;
      },
    });
    for (const name of ["acme/app:1", "acme/app:2", "other/app:1", "acme/web:1"]) {
      // oxlint-disable-next-line no-await-in-loop
      valueIn(await client.digest(image(`ghcr.io/${name}`)));
    }
    expect(asked).toEqual(["ghcr.io acme/app", "ghcr.io other/app", "ghcr.io acme/web"]);
  });

  it("that cannot be had are none", async () => {
    const internet = fakeInternet({ "https://ghcr.io": () => wants("Basic") });
    const client = impatientClient({ fetch: internet.fetch, credentials: () => Promise.reject(new Error("keychain")) });
    expect(failureIn(await client.digest(image("ghcr.io/acme/app:1"))).kind).toBe("denied");
  });

  it("are not told to a registry of another name on the same host", async () => {
    const internet = fakeInternet({
      "https://registry-1.docker.io": ({ headers }) => (headers["authorization"] === annas ? found : wants("Basic")),
    });
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async (registry) => (registry === "docker.io" ? anna : undefined),
    });
    valueIn(await client.digest(image("acme/app:1")));
    expect(failureIn(await client.digest(image("registry-1.docker.io/acme/app:1"))).kind).toBe("denied");
  });

  it("are not told to whoever somebody else's redirect, over plain HTTP, named in the registry's name", async () => {
    const internet = fakeInternet({
      "https://registry.lan": () => "ERR_SSL_WRONG_VERSION_NUMBER",
      "http://registry.lan": () => ({ status: 307, headers: { location: "http://ghcr.io/v2/a/b/manifests/1" } }),
      "http://ghcr.io": withToken('Bearer realm="http://evil.example/t"'),
      "http://evil.example": () => json({ token: "t" }),
      "https://ghcr.io": ({ headers }) => (headers["authorization"] === annas ? found : wants("Basic")),
    });
    const client = impatientClient({
      fetch: internet.fetch,
      credentials: async (registry) => (registry === "ghcr.io" ? anna : undefined),
      allowsHttp: (host) => host === "registry.lan",
    });
    valueIn(await client.digest(image("registry.lan/a/b:1")));
    valueIn(await client.digest(image("ghcr.io/acme/app:1")));
    const shown = internet.requests.filter(({ headers }) => headers["authorization"] === annas);
    expect(shown.map(({ url }) => new URL(url).origin)).toEqual(["https://ghcr.io"]);
  });

  it("stay behind when the registry is only a name for another, which gives tokens to anybody", async () => {
    const internet = fakeInternet({
      "https://lscr.io": () => ({ status: 307, headers: { location: "https://ghcr.io/v2/acme/app/manifests/1" } }),
      "https://ghcr.io": withToken('Bearer realm="https://ghcr.io/token"'),
    });
    const both = fakeInternet({
      "https://lscr.io": () => ({ status: 307, headers: { location: "https://ghcr.io/v2/acme/app/manifests/1" } }),
      "https://ghcr.io": (request, url) =>
        url.pathname === "/token" ? json({ token: "t" }) : withToken('Bearer realm="https://ghcr.io/token"')(request),
    });
    expect(failureIn(await impatientClient({ fetch: internet.fetch }).digest(image("lscr.io/acme/app:1"))).type).toBe(
      "failed",
    );
    const client = impatientClient({ fetch: both.fetch, credentials: async () => anna });
    valueIn(await client.digest(image("lscr.io/acme/app:1")));
    expect(both.requests.every(({ headers }) => headers["authorization"] !== annas)).toBe(true);
  });
});

describe("TLS", () => {
  const refusing = (code: string) =>
    fakeInternet({ "https://registry.lan:5000": () => code, "http://registry.lan:5000": () => found });

  it.each(["ERR_SSL_WRONG_VERSION_NUMBER", "EPROTO", "net::ERR_SSL_PROTOCOL_ERROR"])(
    "that is not spoken (%s) is not done without",
    async (code) => {
      const internet = refusing(code);
      const failure = failureIn(
        await impatientClient({ fetch: internet.fetch }).digest(image("registry.lan:5000/app:1")),
      );
      expect(failure).toMatchObject({
        kind: "insecure",
        reason:
          "`registry.lan:5000` does not speak TLS: where it is one of your own, allow plain HTTP for it, by `seaworthy.registry.allowHttp` or `--allow-http`.",
      });
      expect(internet.requests).toHaveLength(1);
    },
  );

  // The others: what answers hangs up, and a proxy leads to no port but that of TLS.
  it.each(["EPROTO", "ECONNRESET", "ERR_PROXY_REFUSED"])(
    "that is not spoken (%s) is done without where that is allowed, and remembered",
    async (code) => {
      const internet = refusing(code);
      const client = impatientClient({ fetch: internet.fetch, allowsHttp: (host) => host === "registry.lan:5000" });
      for (const tag of ["1", "2"]) valueIn(await client.digest(image(`registry.lan:5000/app:${tag}`)));
      expect(internet.asked).toEqual([
        "HEAD https://registry.lan:5000/v2/app/manifests/1",
        "HEAD http://registry.lan:5000/v2/app/manifests/1",
        "HEAD http://registry.lan:5000/v2/app/manifests/2",
      ]);
    },
  );

  it("is found out once for many", async () => {
    const internet = fakeInternet({ "https://localhost:5000": () => "EPROTO", "http://localhost:5000": () => found });
    const client = impatientClient({ fetch: internet.fetch });
    await Promise.all(["1", "2", "3"].map((tag) => client.digest(image(`localhost:5000/app:${tag}`))));
    expect(internet.asked.filter((asked) => asked.includes("https:"))).toHaveLength(1);
    expect(internet.requests).toHaveLength(4);
  });

  it.each([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
    "ECONNREFUSED",
    "ENOTFOUND",
    "ETIMEDOUT",
  ])("is not given up because of %s", async (code) => {
    const internet = refusing(code);
    const client = impatientClient({ fetch: internet.fetch, allowsHttp: () => true });
    expect((await client.digest(image("registry.lan:5000/app:1"))).type).toBe("failed");
    expect(internet.requests).toHaveLength(1);
  });

  it("has another port, where none is written", async () => {
    const internet = fakeInternet({ "https://localhost": () => "ECONNREFUSED", "http://localhost": () => found });
    valueIn(await impatientClient({ fetch: internet.fetch }).digest(image("localhost/app:1")));
  });

  it("with a certificate that nobody vouches for", async () => {
    const internet = refusing("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    const failure = failureIn(
      await impatientClient({ fetch: internet.fetch }).digest(image("registry.lan:5000/app:1")),
    );
    expect(failure).toMatchObject({
      kind: "certificate",
      reason:
        "TLS with `registry.lan:5000` failed (its authority is not known): where its authority is one of your own, name its file in `NODE_EXTRA_CA_CERTS`.",
    });
  });

  it("is kept when the registry sends us elsewhere", async () => {
    const internet = fakeInternet({
      "https://ghcr.io": () => ({ status: 302, headers: { location: "http://ghcr.io/login" } }),
      "http://ghcr.io": () => found,
    });
    const failure = failureIn(await impatientClient({ fetch: internet.fetch }).digest(image("ghcr.io/acme/app:1")));
    expect(failure.kind).toBe("wrong-answer");
    expect(internet.requests).toHaveLength(1);
  });
});
