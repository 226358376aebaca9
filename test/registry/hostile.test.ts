import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RegistryOptions } from "../../server/src/registry/answers.ts";
import { failureIn, image, impatientClient, manifestHead, sha256, types, valueIn } from "./asking.ts";
import { type HostileAnswer, type HostileRequest, hostileServer } from "./hostile-server.ts";

const digest = sha256("index");
const html = { "content-type": "text/html; charset=utf-8" };
const json = { "content-type": "application/json" };

/** What a client says of the tag `app:1` of a server that answers like that. */
async function asked(
  answer: (request: HostileRequest, before: number) => HostileAnswer,
  options: Partial<RegistryOptions> = {},
) {
  const server = await hostileServer(answer);
  const result = await impatientClient(options).digest(image(`${server.host}/app:1`));
  return {
    server,
    result,
    failure: () => failureIn(result),
    said: () => failureIn(result).reason.replaceAll(server.host, "H"),
  };
}

describe("a server that takes its time", () => {
  it("never answers", async () => {
    const { failure, said } = await asked(() => "silence", { patience: { head: 300 } });
    expect(failure().kind).toBe("timed-out");
    expect(said()).toBe("`H` did not answer within 1 second: check the network and the proxy, or try again later.");
  });

  it("sends a body that never ends", async () => {
    const { failure, server } = await asked(
      ({ method }) => (method === "HEAD" ? { status: 405 } : { headers: { "content-type": types.index }, slow: true }),
      { patience: { head: 20_000, whole: 600 } },
    );
    expect(failure().kind).toBe("timed-out");
    expect(server.requests).toHaveLength(2);
  });

  it("cuts the connection", async () => {
    const { failure, said } = await asked(() => "cut");
    expect(failure().kind).toBe("unreachable");
    expect(said()).toBe("`H` does not answer (the connection was cut): check the network and the proxy.");
  });

  it("is not waited for by somebody who has left", async () => {
    const server = await hostileServer(() => "silence");
    const controller = new AbortController();
    const answer = impatientClient({ patience: { head: 60_000 } }).digest(
      image(`${server.host}/app:1`),
      controller.signal,
    );
    setTimeout(() => controller.abort(), 20);
    expect(failureIn(await answer).kind).toBe("cancelled");
  });
});

describe("a server that is none", () => {
  it("refuses the connection", async () => {
    const probe = createServer();
    const port = await new Promise<number>((resolve) => {
      probe.listen(0, "127.0.0.1", () => {
        const address = probe.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    await new Promise((resolve) => probe.close(resolve));
    const failure = failureIn(await impatientClient().digest(image(`127.0.0.1:${port}/app:1`)));
    expect(failure).toMatchObject({ kind: "unreachable", host: `127.0.0.1:${port}` });
    expect(failure.reason).toBe(`\`127.0.0.1:${port}\` does not answer (connection refused): is it running?`);
  });

  it("has a name that does not exist", async () => {
    const failure = failureIn(
      await impatientClient({ patience: { head: 20_000 } }).digest(image("nothing.invalid/app:1")),
    );
    expect(failure).toMatchObject({ kind: "unreachable", host: "nothing.invalid" });
    expect(failure.reason).toContain("no such host");
  });

  it("has a port that no host can have", async () => {
    expect(failureIn(await impatientClient().digest(image("localhost:99999/app:1")))).toMatchObject({
      kind: "unreachable",
      reason: "`localhost:99999` does not answer (no host has such a name): check its name and port.",
    });
  });

  it("speaks something else", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.9\r\n"));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(failureIn(await impatientClient().digest(image(`127.0.0.1:${port}/app:1`))).kind).toBe("unreachable");
  });
});

describe("a captive portal", () => {
  it("answers everything with a page", async () => {
    const { failure, said } = await asked(() => ({ headers: html, body: "<h1>Welcome</h1>" }));
    expect(failure().kind).toBe("not-a-registry");
    expect(said()).toBe(
      "`H` answers with a web page and not as a registry does: check the name, or sign in to the network you are in.",
    );
  });

  it("sends everybody to its page", async () => {
    const portal = await hostileServer(() => ({ headers: html, body: "<h1>Welcome</h1>" }));
    const { failure } = await asked(() => ({ status: 302, headers: { location: `http://${portal.host}/login` } }));
    expect(failure()).toMatchObject({ kind: "not-a-registry", host: portal.host });
  });

  it.each([401, 403, 404])("answers with status %i and a page", async (status) => {
    const { failure } = await asked(() => ({ status, headers: html, body: "<h1>No</h1>" }));
    expect(failure().kind).toBe("not-a-registry");
  });

  it("shows its page only for what has to be got as a whole", async () => {
    const { failure } = await asked(({ method }) =>
      method === "HEAD" ? { status: 404 } : { headers: html, body: "<p>" },
    );
    expect(failure().kind).toBe("not-a-registry");
  });
});

describe("redirects", () => {
  it("are followed, and nobody else is shown the credentials", async () => {
    const other = await hostileServer(() => ({ headers: manifestHead(digest) }));
    const server = await hostileServer(({ headers }) =>
      headers["authorization"] === undefined
        ? { status: 401, headers: { "www-authenticate": 'Basic realm="x"' } }
        : { status: 307, headers: { location: `http://${other.host}/elsewhere?signed=1` } },
    );
    const client = impatientClient({
      credentials: async () => ({ type: "password", username: "anna", password: "s:cret" }),
    });
    expect(valueIn(await client.digest(image(`${server.host}/app:1`))).digest).toBe(digest);
    expect(server.requests[1]?.headers["authorization"]).toBe(`Basic ${btoa("anna:s:cret")}`);
    expect(other.requests.map(({ path }) => path)).toEqual(["/elsewhere?signed=1"]);
    expect(other.requests[0]?.headers["authorization"]).toBeUndefined();
  });

  it("that lead to somebody who wants credentials are not given those of the registry", async () => {
    const other = await hostileServer(() => ({ status: 401, headers: { "www-authenticate": 'Basic realm="x"' } }));
    const server = await hostileServer(() => ({ status: 302, headers: { location: `http://${other.host}/x` } }));
    const asked: string[] = [];
    const client = impatientClient({
      credentials: async (registry) => {
        asked.push(registry);
        return { type: "password", username: "anna", password: "secret" };
      },
    });
    expect(failureIn(await client.digest(image(`${server.host}/app:1`)))).toMatchObject({
      kind: "denied",
      host: other.host,
    });
    expect(other.requests.every(({ headers }) => headers["authorization"] === undefined)).toBe(true);
    expect(asked).toEqual([]);
  });

  it("keep the credentials on the same host", async () => {
    const server = await hostileServer(({ path, headers }) => {
      if (headers["authorization"] === undefined)
        return { status: 401, headers: { "www-authenticate": "Basic realm=x" } };
      return path.startsWith("/v2")
        ? { status: 301, headers: { location: "/moved" } }
        : { headers: manifestHead(digest) };
    });
    const client = impatientClient({ credentials: async () => ({ type: "password", username: "a", password: "b" }) });
    expect(valueIn(await client.digest(image(`${server.host}/app:1`))).digest).toBe(digest);
  });

  it("end after a few", async () => {
    const { failure, server } = await asked(({ path }) => ({ status: 302, headers: { location: `${path}x` } }));
    expect(failure()).toMatchObject({ kind: "wrong-answer", host: server.host });
    expect(server.requests).toHaveLength(6);
  });

  it.each([
    ["nowhere", {}],
    ["to no URL", { location: "http://" }],
    ["to a file", { location: "file:///etc/passwd" }],
    ["to the metadata of a cloud", { location: "http://169.254.169.254/latest/meta-data" }],
  ])("%s are not followed", async (_, headers: Readonly<Record<string, string>>) => {
    const { failure, server } = await asked(() => ({ status: 302, headers }));
    expect(failure().kind).toBe("wrong-answer");
    expect(server.requests).toHaveLength(1);
  });
});

describe("a registry that is never content", () => {
  it("has a token server that is not there", async () => {
    const { failure, server } = await asked(() => ({
      status: 401,
      headers: { "www-authenticate": 'Bearer realm="http://127.0.0.1:1/token"' },
    }));
    expect(failure()).toMatchObject({ kind: "unreachable", host: "127.0.0.1:1" });
    expect(server.requests).toHaveLength(1);
  });

  it("is asked once with each, and no more", async () => {
    const server = await hostileServer(({ path, headers }) =>
      path.startsWith("/token")
        ? { headers: json, body: JSON.stringify({ token: "t" }) }
        : {
            status: 401,
            headers: { "www-authenticate": `Bearer realm="http://${String(headers["host"])}/token",service="s"` },
          },
    );
    const client = impatientClient();
    const failure = failureIn(await client.digest(image(`${server.host}/app:1`)));
    expect(failure.kind).toBe("denied");
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "HEAD /v2/app/manifests/1",
      "GET /token?service=s&scope=repository%3Aapp%3Apull",
      "HEAD /v2/app/manifests/1",
    ]);
  });

  it("renews a token that was good once, and then gives up", async () => {
    let tokens = 0;
    let good = true;
    const server = await hostileServer(({ path, headers }) => {
      if (path.startsWith("/token")) return { headers: json, body: JSON.stringify({ token: `t${++tokens}` }) };
      if (good && headers["authorization"] !== undefined) return { headers: manifestHead(digest) };
      return { status: 401, headers: { "www-authenticate": `Bearer realm="http://${String(headers["host"])}/token"` } };
    });
    const client = impatientClient();
    expect((await client.digest(image(`${server.host}/app:1`))).type).toBe("answered");
    good = false;
    expect(failureIn(await client.digest(image(`${server.host}/app:2`))).kind).toBe("denied");
    expect(server.requests.slice(3).map(({ path, headers }) => [path, headers["authorization"]])).toEqual([
      ["/v2/app/manifests/2", "Bearer t1"],
      ["/token?scope=repository%3Aapp%3Apull", undefined],
      ["/v2/app/manifests/2", "Bearer t2"],
    ]);
  });

  it("with the credentials", async () => {
    const server = await hostileServer(() => ({ status: 401, headers: { "www-authenticate": 'Basic realm="x"' } }));
    const client = impatientClient({
      credentials: async () => ({ type: "password", username: "anna", password: "wrong" }),
    });
    const failure = failureIn(await client.digest(image(`${server.host}/app:1`)));
    expect(failure.reason).toBe(
      `\`${server.host}\` wants other credentials for \`app\`: run \`docker login ${server.host}\`.`,
    );
    expect(server.requests).toHaveLength(2);
  });

  it("wants what nobody here can do", async () => {
    const { failure, said } = await asked(() => ({
      status: 401,
      headers: { "www-authenticate": ["Negotiate", "NTLM"] },
    }));
    expect(failure().kind).toBe("denied");
    expect(said()).toBe(
      "`H` wants credentials by `negotiate`, `ntlm`, which is not supported: ask for the digest with another tool.",
    );
  });
});

describe("a registry that has had enough", () => {
  it("is asked once more when it says so", async () => {
    const { server, result } = await asked((_, before) =>
      before === 0 ? { status: 429, headers: { "retry-after": "0" } } : { headers: manifestHead(digest) },
    );
    expect(valueIn(result).digest).toBe(digest);
    expect(server.requests).toHaveLength(2);
  });

  it("is asked no more than twice", async () => {
    const { server, failure } = await asked(() => ({ status: 429, headers: { "retry-after": "0" } }));
    expect(failure().kind).toBe("rate-limited");
    expect(server.requests).toHaveLength(2);
  });

  it("by a date", async () => {
    const now = new Date("2026-01-01T10:00:00Z");
    const { server, said } = await asked(() => ({
      status: 429,
      headers: { date: now.toUTCString(), "retry-after": new Date(now.getTime() + 3_600_000).toUTCString() },
    }));
    expect(said()).toBe("`H` takes no more requests for now: try again in 60 minutes.");
    expect(server.requests).toHaveLength(1);
  });

  it("is left alone where it does not say for how long", async () => {
    const { server, said } = await asked(() => ({
      status: 429,
      headers: { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "0;w=21600" },
    }));
    expect(said()).toBe("`H` takes no more requests for now (0 of 100 requests left): try again later.");
    expect(server.requests).toHaveLength(1);
  });

  it("is asked for no other image until the time that it told", async () => {
    const server = await hostileServer(() => ({ status: 429, headers: { "retry-after": "3600" } }));
    let time = 0;
    const client = impatientClient({ now: () => time });
    const of = async (name: string) => failureIn(await client.digest(image(`${server.host}/${name}:1`)));
    await of("first");
    time += 599_999;
    const second = await of("second");
    expect(second).toMatchObject({ kind: "rate-limited", host: server.host });
    expect(second.reason).toBe(`\`${server.host}\` takes no more requests for now: try again in 51 minutes.`);
    expect(server.requests).toHaveLength(1);
    const other = await hostileServer(() => ({ headers: manifestHead(digest) }));
    expect(valueIn(await client.digest(image(`${other.host}/first:1`))).digest).toBe(digest);
    // Whoever asks may be in another network by then, for which it does not hold.
    time += 1;
    await of("third");
    expect(server.requests).toHaveLength(2);
  });

  it("stops a question about many after those that are under way", async () => {
    const server = await hostileServer(() => ({ status: 429, headers: { "retry-after": "3600" }, after: 20 }));
    const client = impatientClient();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client.digest(image(`${server.host}/app:${index}`))),
    );
    expect(new Set(answers.map((answer) => failureIn(answer).kind))).toEqual(new Set(["rate-limited"]));
    // The first finds out how the server speaks.
    expect(server.requests.length).toBeLessThanOrEqual(7);
  });

  it("without saying for how long is left alone for ten seconds", async () => {
    const server = await hostileServer((_, before) =>
      before === 0 ? { status: 429 } : { headers: manifestHead(digest) },
    );
    let time = 0;
    const client = impatientClient({ now: () => time });
    const ask = () => client.digest(image(`${server.host}/app:1`));
    for (const wait of [0, 9999]) {
      time += wait;
      // oxlint-disable-next-line no-await-in-loop
      expect(failureIn(await ask()).reason).toMatch(/try again later\.$/);
    }
    expect(server.requests).toHaveLength(1);
    time += 1;
    expect(valueIn(await ask()).digest).toBe(digest);
  });

  it("for a moment has others wait for that moment", async () => {
    const server = await hostileServer(({ path }, before) =>
      path.includes("/first/") && before < 2
        ? { status: 429, headers: { "retry-after": "1" } }
        : { headers: manifestHead(digest) },
    );
    const client = impatientClient();
    expect(failureIn(await client.digest(image(`${server.host}/first:1`))).kind).toBe("rate-limited");
    const before = performance.now();
    expect(valueIn(await client.digest(image(`${server.host}/second:1`))).digest).toBe(digest);
    expect(performance.now() - before).toBeGreaterThan(500);
    expect(server.requests).toHaveLength(3);
  });

  it("from one account still takes the questions of another, with which somebody has logged in meanwhile", async () => {
    const server = await hostileServer(({ headers }) => {
      const { authorization } = headers;
      if (authorization === undefined) return { status: 401, headers: { "www-authenticate": "Bearer realm=x, Basic" } };
      return authorization === `Basic ${btoa("anna:secret")}`
        ? { headers: manifestHead(digest) }
        : { status: 429, headers: { "retry-after": "3600" } };
    });
    let username = "joe";
    const client = impatientClient({ credentials: async () => ({ type: "password", username, password: "secret" }) });
    expect(failureIn(await client.digest(image(`${server.host}/app:1`))).kind).toBe("rate-limited");
    username = "anna";
    expect(valueIn(await client.digest(image(`${server.host}/app:1`))).digest).toBe(digest);
  });
});

describe("a registry that is out of order", () => {
  it("is asked once more", async () => {
    const { result, server } = await asked((_, before) =>
      before === 0 ? { status: 503 } : { headers: manifestHead(digest) },
    );
    expect(valueIn(result).digest).toBe(digest);
    expect(server.requests).toHaveLength(2);
  });

  it("stays so", async () => {
    const { failure, said } = await asked(() => ({ status: 502, headers: html, body: "<h1>Bad gateway</h1>" }));
    expect(failure().kind).toBe("unreachable");
    expect(said()).toBe("`H` is out of order (status 502): try again later.");
  });
});

describe("wrong answers about a tag", () => {
  const index = JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests: [] });
  const head = { "content-type": types.index };

  it("HEAD is refused: the whole is got and hashed", async () => {
    const { result, server } = await asked(({ method }) =>
      method === "HEAD" ? { status: 405 } : { headers: head, body: index },
    );
    expect(valueIn(result)).toEqual({ digest: sha256(index), shape: "index" });
    expect(server.requests.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
  });

  it("no digest: the whole is got and hashed", async () => {
    const { result } = await asked(() => ({ headers: head, body: index }));
    expect(valueIn(result).digest).toBe(sha256(index));
  });

  it("no media type: the content says it", async () => {
    const { result } = await asked(() => ({ headers: { "docker-content-digest": sha256(index) }, body: index }));
    expect(valueIn(result)).toEqual({ digest: sha256(index), shape: "index" });
  });

  it.each([
    ["another's", sha256("other")],
    ["none", "sha256:short"],
    ["one of another kind", `md5:${"0".repeat(32)}`],
  ])("a digest that is %s", async (_, wrong) => {
    const { failure } = await asked(({ method }) =>
      method === "HEAD" ? { status: 404 } : { headers: manifestHead(wrong), body: index },
    );
    expect(failure().kind).toBe("wrong-answer");
  });

  it("a digest in the head that is none is not believed", async () => {
    const { failure } = await asked(() => ({ headers: manifestHead(`sha256:${"g".repeat(64)}`), body: index }));
    expect(failure().kind).toBe("wrong-answer");
  });

  it("a body that was compressed though nobody asked for that", async () => {
    const { failure, server } = await asked(({ method }) =>
      method === "HEAD"
        ? { status: 404 }
        : { headers: { "content-type": types.index, "content-encoding": "gzip" }, body: gzipSync(index) },
    );
    expect(failure().kind).toBe("wrong-answer");
    expect(server.requests.map(({ headers }) => headers["accept-encoding"])).toEqual(["identity", "identity"]);
  });

  it("malformed JSON", async () => {
    const body = '{"schemaVersion": 2,';
    const { failure, said } = await asked(({ method }) =>
      method === "HEAD" ? { status: 404 } : { headers: head, body },
    );
    expect(failure().kind).toBe("wrong-answer");
    expect(said()).toContain("no JSON");
  });

  it("a body without end", async () => {
    const body = new Uint8Array(5 * 1024 * 1024);
    const { failure, said } = await asked(({ method }) =>
      method === "HEAD" ? { status: 405 } : { headers: head, body },
    );
    expect(failure().kind).toBe("wrong-answer");
    expect(said()).toContain("too long");
  });

  it.each(["application/json", "application/octet-stream", "image/png"])("the media type %s", async (type) => {
    const { failure } = await asked(() => ({ headers: { "content-type": type, "docker-content-digest": digest } }));
    expect(failure().kind).toBe("wrong-answer");
  });

  it("the format of long ago", async () => {
    const type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    const { failure, said } = await asked(() => ({ headers: manifestHead(digest, type) }));
    expect(failure().kind).toBe("wrong-answer");
    expect(said()).toContain("given up in 2017");
  });

  it("parameters of the media type do not matter", async () => {
    const { result } = await asked(() => ({
      headers: manifestHead(digest, `${types.docker.toUpperCase()} ; charset=utf-8`),
    }));
    expect(valueIn(result)).toEqual({ digest, shape: "manifest" });
  });

  it("a status that means nothing, with a text that is not to be trusted", async () => {
    const message = `\u001b[31mrun \`rm -rf\`\r\n[now](command:quit)\u202e ${"x".repeat(200)}`;
    const { failure, said } = await asked(() => ({
      status: 418,
      headers: json,
      body: JSON.stringify({ errors: [{ code: "TEAPOT", message }] }),
    }));
    expect(failure().kind).toBe("wrong-answer");
    expect(said()).toMatch(/\(status 418, \(31mrun rm -rf \(now\)\(command:quit\) x+…\)/);
    expect(said().length).toBeLessThan(300);
  });

  it("secrets that come back are not told", async () => {
    const server = await hostileServer(({ headers }) =>
      headers["authorization"] === undefined
        ? { status: 401, headers: { "www-authenticate": "Basic" } }
        : {
            status: 400,
            headers: json,
            body: JSON.stringify({ errors: [{ code: "X", message: `you sent ${String(headers["authorization"])}` }] }),
          },
    );
    const client = impatientClient({
      credentials: async () => ({ type: "password", username: "anna", password: "hunter22" }),
    });
    const { reason } = failureIn(await client.digest(image(`${server.host}/app:1`)));
    expect(reason).not.toMatch(/hunter22|Basic|YW5u/);
    expect(reason).toContain("status 400");
  });
});

describe("what is asked", () => {
  it("all four media types in one header: without them registries say that there is nothing", async () => {
    const { result, server } = await asked(({ headers }) =>
      [types.index, types.list, types.manifest, types.docker].every((type) =>
        String(headers["accept"]).split(", ").includes(type),
      )
        ? { headers: manifestHead(digest) }
        : {
            status: 404,
            headers: json,
            body: JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN", message: "index" }] }),
          },
    );
    expect(valueIn(result)).toEqual({ digest, shape: "index" });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({ method: "HEAD", path: "/v2/app/manifests/1" });
  });

  it("what is not there, with the registry's own words for which part", async () => {
    const errors = (code: string) => ({ status: 404, headers: json, body: JSON.stringify({ errors: [{ code }] }) });
    const tag = await asked(() => errors("MANIFEST_UNKNOWN"));
    expect(tag.failure().kind).toBe("not-found");
    expect(tag.said()).toBe("`H` has no `app:1`: check the name and the tag.");
    const name = await asked(() => errors("NAME_UNKNOWN"));
    expect(name.said()).toBe("`H` has no `app`: check the name.");
  });

  it("50 images in under two seconds, six at a time, one request each", async () => {
    const server = await hostileServer(() => ({ headers: manifestHead(digest), after: 20 }));
    const client = impatientClient({ patience: { head: 10_000 } });
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client.digest(image(`${server.host}/team/app${index}:1`))),
    );
    const took = performance.now() - began;
    process.stdout.write(`50 images on loopback, 20 ms each: ${took.toFixed(0)} ms, ${server.mostAtOnce} at once\n`);
    expect(answers.every(({ type }) => type === "answered")).toBe(true);
    expect(server.requests).toHaveLength(50);
    expect(server.mostAtOnce).toBe(6);
    expect(took).toBeLessThan(2000);
  });

  it("50 tags with one token", async () => {
    const server = await hostileServer(({ path, headers }) => {
      if (path.startsWith("/token"))
        return { headers: json, body: JSON.stringify({ access_token: "t", expires_in: 300 }) };
      if (headers["authorization"] === "Bearer t") return { headers: manifestHead(digest) };
      return { status: 401, headers: { "www-authenticate": `Bearer realm="http://${String(headers["host"])}/token"` } };
    });
    const client = impatientClient({ patience: { head: 10_000 } });
    valueIn(await client.digest(image(`${server.host}/app:first`)));
    expect(server.requests).toHaveLength(3);
    await Promise.all(Array.from({ length: 50 }, (_, index) => client.digest(image(`${server.host}/app:${index}`))));
    expect(server.requests).toHaveLength(53);
  });
});
