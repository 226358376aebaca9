import { describe, expect, it } from "vitest";
import type { Credential, HttpRequest, RegistryFetch } from "../../server/src/registry/answers.ts";
import { registryImageOf } from "../../server/src/workspace/registry-images.ts";
import { failureIn, image, impatientClient, manifestHead, sha256, types, valueIn } from "./asking.ts";
import { fakeInternet } from "./fake-internet.ts";
import { smallRegistry } from "./small-registry.ts";

const first = sha256("first");
const second = sha256("second");
const app = image("ghcr.io/acme/app:1");

/** A registry whose answers are changed by the test, and a clock that it sets. */
function changing() {
  const state = { digest: first, status: 200, time: 1000 };
  const internet = fakeInternet({
    "https://ghcr.io": () => ({ status: state.status, headers: manifestHead(state.digest) }),
  });
  return { state, internet, client: impatientClient({ fetch: internet.fetch, now: () => state.time }) };
}

/** Requests that wait until the test answers them. */
function held() {
  const waiting: {
    readonly request: HttpRequest;
    readonly signal: AbortSignal;
    readonly answer: (digest: string) => void;
  }[] = [];
  const fetch: RegistryFetch = (request, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      const answer = (digest: string) =>
        resolve({ status: 200, headers: manifestHead(digest), body: new Uint8Array(), truncated: false });
      waiting.push({ request, signal, answer });
    });
  return { waiting, client: impatientClient({ fetch, patience: { head: 60_000 } }) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("what is kept", () => {
  it("an answer for ten minutes", async () => {
    const { state, internet, client } = changing();
    valueIn(await client.digest(app));
    state.digest = second;
    state.time += 599_999;
    expect(valueIn(await client.digest(app)).digest).toBe(first);
    expect(client.goodFor()).toBe(1);
    state.time += 1;
    expect(client.known().digests.size).toBe(0);
    expect(client.goodFor()).toBeUndefined();
    expect(valueIn(await client.digest(app)).digest).toBe(second);
    expect(internet.requests).toHaveLength(2);
  });

  it("that there is nothing for one minute, and not as knowledge", async () => {
    const { state, client } = changing();
    state.status = 404;
    expect(failureIn(await client.digest(app)).kind).toBe("not-found");
    expect(client.goodFor()).toBeUndefined();
    state.status = 200;
    state.time += 59_999;
    expect(failureIn(await client.digest(app)).kind).toBe("not-found");
    state.time += 1;
    expect(valueIn(await client.digest(app)).digest).toBe(first);
  });

  it("that there is nothing, until it is to be forgotten", async () => {
    const { state, client } = changing();
    state.status = 404;
    expect(failureIn(await client.digest(app)).kind).toBe("not-found");
    expect(failureIn(await client.tags(app)).kind).toBe("not-found");
    state.status = 200;
    client.forgetMissing();
    expect(valueIn(await client.digest(app)).digest).toBe(first);
    expect(client.known().digests.size).toBe(1);
    client.forgetMissing();
    expect(client.known().digests.size).toBe(1);
  });

  it("not who asked in vain: a person may have logged in", async () => {
    const challenge = 'Bearer realm="https://ghcr.io/token",service="ghcr.io"';
    const found = { status: 200, headers: manifestHead(first) };
    const internet = fakeInternet({
      "https://ghcr.io": ({ url, headers }) => {
        const { authorization } = headers;
        if (url.includes("/token")) {
          const token = authorization === undefined ? "nobody" : "somebody";
          return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ token }) };
        }
        if (authorization === undefined) return { status: 401, headers: { "www-authenticate": challenge } };
        return authorization === "Bearer somebody" ? found : { status: 404 };
      },
    });
    const state: { credential: Credential | undefined } = { credential: undefined };
    const client = impatientClient({ fetch: internet.fetch, credentials: async () => state.credential });
    expect(failureIn(await client.digest(app)).kind).toBe("not-found");
    state.credential = { type: "password", username: "me", password: "right" };
    client.forgetMissing();
    expect(valueIn(await client.digest(app)).digest).toBe(first);
  });

  it("nothing for those who ask anew, and what they learn is kept", async () => {
    const { state, client } = changing();
    valueIn(await client.digest(app));
    state.digest = second;
    expect(valueIn(await client.digest(app)).digest).toBe(first);
    expect(valueIn(await client.digest(app, undefined, true)).digest).toBe(second);
    expect(valueIn(await client.digest(app)).digest).toBe(second);
    state.status = 500;
    expect((await client.digest(app, undefined, true)).type).toBe("failed");
    expect(valueIn(await client.digest(app)).digest).toBe(second);
  });

  it("no failure", async () => {
    const { state, client } = changing();
    for (const status of [403, 500, 418, 429]) {
      state.status = status;
      expect((await client.digest(app)).type).toBe("failed");
    }
    // After status 429 its registry is left alone for a moment.
    state.time += 10_000;
    state.status = 200;
    expect((await client.digest(app)).type).toBe("answered");
  });

  it("nothing after it is to be forgotten, not even what is still under way", async () => {
    const { waiting, client } = held();
    const before = client.digest(app);
    await turn();
    client.forget();
    const after = client.digest(app);
    await turn();
    waiting[0]?.answer(first);
    expect(valueIn(await before).digest).toBe(first);
    expect(client.known().digests.size).toBe(0);
    waiting[1]?.answer(second);
    expect(valueIn(await after).digest).toBe(second);
    expect(client.known().digests.get("ghcr.io/acme/app:1")?.digest).toBe(second);
  });
});

describe("known", () => {
  it("is the same as long as nothing changes", async () => {
    const { state, client } = changing();
    const empty = client.known();
    expect(client.known()).toBe(empty);
    valueIn(await client.digest(app));
    const one = client.known();
    expect(one).not.toBe(empty);
    expect(empty.digests.size).toBe(0);
    valueIn(await client.digest(app));
    expect(client.known()).toBe(one);
    state.time += 300_000;
    valueIn(await client.digest(image("ghcr.io/acme/app:2")));
    const two = client.known();
    expect(two).not.toBe(one);
    expect([...two.digests.keys()]).toEqual(["ghcr.io/acme/app:1", "ghcr.io/acme/app:2"]);
    expect(client.goodFor()).toBe(300_000);
    state.time += 300_000;
    expect([...client.known().digests.keys()]).toEqual(["ghcr.io/acme/app:2"]);
    expect(two.digests.size).toBe(2);
  });

  it("is by the tag, whatever the digest, and by what a reference without a tag means", async () => {
    const { client } = changing();
    const pinned = image(`ghcr.io/acme/app@${second}`);
    valueIn(await client.digest(pinned));
    expect(client.known().digests.get("ghcr.io/acme/app:latest")?.digest).toBe(first);
    expect(registryImageOf(client.known(), pinned)).toEqual({ current: { digest: first, shape: "index" } });
  });

  it("keeps the digests when another question says the same of them", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1");
    const client = impatientClient();
    const tag = image(`${registry.host}/app:1`);
    valueIn(await client.digest(tag));
    const { digests, descriptions } = client.known();
    valueIn(await client.describe(tag));
    expect(client.known().digests).toBe(digests);
    expect(client.known().descriptions).not.toBe(descriptions);
  });

  it("does not hold of a tag what was true of the image before", async () => {
    const config = JSON.stringify({ os: "linux", architecture: "amd64" });
    const old = JSON.stringify({ config: { mediaType: types.config, digest: sha256(config) } });
    let move = (): void => undefined;
    const moved = new Promise<void>((resolve) => {
      move = resolve;
    });
    const internet = fakeInternet({
      "https://ghcr.io": ({ method }, { pathname }) => {
        if (method === "HEAD") return { headers: manifestHead(second) };
        return pathname.includes("/blobs/")
          ? { body: config }
          : { headers: manifestHead(sha256(old), types.manifest), body: old };
      },
    });
    const client = impatientClient({
      fetch: async (request, signal) => {
        if (request.method === "HEAD") await moved;
        return internet.fetch(request, signal);
      },
    });
    const digest = client.digest(app);
    valueIn(await client.describe(app));
    expect(registryImageOf(client.known(), app)?.description?.digest).toBe(sha256(old));
    move();
    valueIn(await digest);
    expect(registryImageOf(client.known(), app)).toEqual({ current: { digest: second, shape: "index" } });
    expect([...client.known().descriptions.keys()]).toEqual([`ghcr.io/acme/app@${sha256(old)}`]);
  });
});

describe("equal questions", () => {
  it("share one request", async () => {
    const { waiting, client } = held();
    const answers = [client.digest(app), client.digest(app, new AbortController().signal), client.digest(app)];
    await turn();
    expect(waiting).toHaveLength(1);
    waiting[0]?.answer(first);
    expect((await Promise.all(answers)).map((answer) => valueIn(answer).digest)).toEqual([first, first, first]);
  });

  it("go on for those who stay", async () => {
    const { waiting, client } = held();
    const controller = new AbortController();
    const left = client.digest(app, controller.signal);
    const stayed = client.digest(app, new AbortController().signal);
    await turn();
    controller.abort();
    expect(failureIn(await left).kind).toBe("cancelled");
    expect(waiting[0]?.signal.aborted).toBe(false);
    waiting[0]?.answer(first);
    expect(valueIn(await stayed).digest).toBe(first);
  });

  it("end when everybody has left, and can be asked again", async () => {
    const { waiting, client } = held();
    const controllers = [new AbortController(), new AbortController()];
    const left = controllers.map(({ signal }) => client.digest(app, signal));
    await turn();
    for (const controller of controllers) controller.abort();
    expect((await Promise.all(left)).map((answer) => failureIn(answer).kind)).toEqual(["cancelled", "cancelled"]);
    expect(waiting[0]?.signal.aborted).toBe(true);
    const again = client.digest(app);
    await turn();
    waiting[1]?.answer(second);
    expect(valueIn(await again).digest).toBe(second);
  });

  it("of somebody who has left before are not asked", async () => {
    const { waiting, client } = held();
    const gone = AbortSignal.abort();
    const answers = await Promise.all([client.digest(app, gone), client.describe(app, gone), client.tags(app, gone)]);
    expect(answers.map((answer) => failureIn(answer).kind)).toEqual(["cancelled", "cancelled", "cancelled"]);
    expect(waiting).toHaveLength(0);
  });

  it("that wait for their turn can be called off", async () => {
    const { waiting, client } = held();
    const controller = new AbortController();
    const answers = Array.from({ length: 9 }, (_, index) =>
      client.digest(image(`ghcr.io/acme/app:${index}`), controller.signal),
    );
    await turn();
    expect(waiting).toHaveLength(6);
    controller.abort();
    expect((await Promise.all(answers)).every((answer) => failureIn(answer).kind === "cancelled")).toBe(true);
    await turn();
    expect(waiting).toHaveLength(6);
  });
});

it("a question is called off while it waits to be asked again", async () => {
  const internet = fakeInternet({ "https://ghcr.io": () => ({ status: 429, headers: { "retry-after": "9" } }) });
  const controller = new AbortController();
  const answer = impatientClient({ fetch: internet.fetch }).digest(app, controller.signal);
  await turn();
  controller.abort();
  expect(failureIn(await answer).kind).toBe("cancelled");
  await turn();
  expect(internet.requests).toHaveLength(1);
});

describe("a transport that misbehaves", () => {
  it("and does not listen to the signal is left alone", async () => {
    const client = impatientClient({ fetch: () => new Promise(() => undefined), patience: { head: 30 } });
    expect(failureIn(await client.digest(app)).kind).toBe("timed-out");
  });

  it.each([
    ["an error of its own", () => Promise.reject(new TypeError("https://user:secret@ghcr.io"))],
    ["no error at all", () => Promise.reject(undefined)],
    [
      "an error before it began",
      () => {
        throw new Error("broken");
      },
    ],
  ] satisfies readonly (readonly [string, RegistryFetch])[])("and fails with %s", async (_, fetch) => {
    const failure = failureIn(await impatientClient({ fetch }).digest(app));
    expect(failure.kind).toBe("unreachable");
    expect(failure.reason).toBe("`ghcr.io` does not answer (no connection): check the network and the proxy.");
  });
});

it("the answers of a registry that keeps to the rules", async () => {
  const registry = await smallRegistry({ username: "anna", password: "s:cret" });
  const digest = registry.put("team/app", "1.0", { config: { User: "app" } });
  const one = registry.put("team/app", "1.1", { platforms: ["linux/arm64"] });
  const client = impatientClient({
    credentials: async () => ({ type: "password", username: "anna", password: "s:cret" }),
  });
  expect(valueIn(await client.digest(image(`${registry.host}/team/app:1.0`)))).toEqual({ digest, shape: "index" });
  expect(valueIn(await client.digest(image(`${registry.host}/team/app:1.1`)))).toEqual({
    digest: one,
    shape: "manifest",
  });
  expect(valueIn(await client.tags(image(`${registry.host}/team/app`)))).toEqual(["1.0", "1.1"]);
  expect(valueIn(await client.describe(image(`${registry.host}/team/app:1.0`))).user).toBe("app");
  expect(failureIn(await client.digest(image(`${registry.host}/team/app:2.0`))).kind).toBe("not-found");
});
