import { describe, expect, it } from "vitest";
import {
  credentialSource,
  type ConfigFormat,
  readDockerConfig,
  readHelperAnswer,
} from "../../server/src/registry/docker-config.ts";

const hub = "https://index.docker.io/v1/";

function auth(username: string, password: string): { readonly auth: string } {
  return { auth: Buffer.from(`${username}:${password}`).toString("base64") };
}

/** Where the credentials for a registry come from by a file of that content. */
function source(content: unknown, registry: string, format: ConfigFormat = "docker", repository?: string) {
  return credentialSource(readDockerConfig(JSON.stringify(content), format), registry, repository);
}

const alice = { type: "given", credential: { type: "password", username: "alice", password: "secret" } };

describe("auths", () => {
  it.each([
    ["ghcr.io", "ghcr.io"],
    ["https://ghcr.io", "ghcr.io"],
    ["https://ghcr.io/v2/", "ghcr.io"],
    ["http://127.0.0.1:5001/v1/", "127.0.0.1:5001"],
    ["[::1]:5000", "[::1]:5000"],
    [hub, "docker.io"],
    ["docker.io", "docker.io"],
    ["index.docker.io", "docker.io"],
    ["registry-1.docker.io", "docker.io"],
    ["ghcr.io/acme", "ghcr.io"],
  ])("of %s are those of %s", (key, registry) => {
    expect(source({ auths: { [key]: auth("alice", "secret") } }, registry)).toEqual(alice);
  });

  it.each([
    ["http://127.0.0.1:5001.evil.example/v1/", "127.0.0.1:5001"],
    ["https://127.0.0.1:5001@evil.example/", "127.0.0.1:5001"],
    ["https://evil.example/127.0.0.1:5001", "127.0.0.1:5001"],
    ["127.0.0.1", "127.0.0.1:5001"],
    ["127.0.0.1:50011", "127.0.0.1:5001"],
    ["sub.ghcr.io", "ghcr.io"],
    ["ghcr.io", "sub.ghcr.io"],
    ["index.docker.io.evil.example", "docker.io"],
    ["constructor", "ghcr.io"],
  ])("of %s only look like those of %s", (key, registry) => {
    expect(source({ auths: { [key]: auth("alice", "secret") } }, registry)).toBeUndefined();
  });

  it("has nothing for names that every object of JavaScript has", () => {
    for (const name of ["constructor", "__proto__", "toString"]) expect(source({ auths: {} }, name)).toBeUndefined();
  });

  it("prefers the host as Docker writes it", () => {
    const right = auth("alice", "secret");
    const other = auth("bob", "other");
    expect(source({ auths: { "ghcr.io": right, "https://ghcr.io/v1/": other } }, "ghcr.io")).toEqual(alice);
    expect(source({ auths: { "https://ghcr.io/v1/": other, "ghcr.io": right } }, "ghcr.io")).toEqual(alice);
    expect(source({ auths: { [hub]: right, "index.docker.io": other } }, "docker.io")).toEqual(alice);
  });

  it.each([
    ["a colon in the password", auth("alice", "a:b:c"), "a:b:c"],
    ["NULs at the end", auth("alice", "secret\0\0"), "secret"],
    ["letters beyond ASCII", auth("alice", "pässwörd"), "pässwörd"],
    ["no base64", { username: "alice", password: "plain" }, "plain"],
    ["both, of which base64 counts", { ...auth("alice", "secret"), username: "bob", password: "x" }, "secret"],
    ["a blank around base64", { auth: ` ${auth("alice", "secret").auth}\n` }, "secret"],
  ])("are read with %s", (_, entry, password) => {
    expect(source({ auths: { "ghcr.io": entry } }, "ghcr.io")).toEqual({
      type: "given",
      credential: { type: "password", username: "alice", password },
    });
  });

  it("may be a token of identity, which goes before a password", () => {
    const token = { type: "given", credential: { type: "identity", token: "refresh" } };
    const entry = { ...auth("alice", "secret"), identitytoken: "refresh" };
    expect(source({ auths: { "ghcr.io": entry } }, "ghcr.io")).toEqual(token);
    expect(source({ auths: { "ghcr.io": auth("<token>", "refresh") } }, "ghcr.io")).toEqual(token);
  });

  it.each([{}, { auth: "" }, { identitytoken: "" }, { username: "alice" }, { email: "a@b.example" }, null, "x", 1])(
    "are none in %j, and nothing is wrong with that",
    (entry) => {
      const config = readDockerConfig(JSON.stringify({ auths: { "ghcr.io": entry } }), "docker");
      expect(credentialSource(config, "ghcr.io")).toBeUndefined();
      expect(config.problems).toEqual([]);
    },
  );

  it.each(["%%%", Buffer.from("no colon").toString("base64"), Buffer.from(":secret").toString("base64")])(
    "that cannot be read are told without what they are: %s",
    (text) => {
      const content = { auths: { "https://alice:pass@ghcr.io/": { auth: text }, "quay.io": auth("alice", "secret") } };
      const config = readDockerConfig(JSON.stringify(content), "docker");
      expect(config.problems).toEqual(["has credentials for `https://ghcr.io/` that cannot be read"]);
      expect(credentialSource(config, "quay.io")).toEqual(alice);
    },
  );
});

describe("a part of a registry", () => {
  const content = {
    auths: {
      "quay.io": auth("all", "1"),
      "quay.io/team": auth("team", "2"),
      "quay.io/team/app": auth("app", "3"),
      "https://ghcr.io/v1/": auth("alice", "secret"),
      "docker.io/acme": auth("acme", "4"),
    },
  };

  it.each([
    ["quay.io", undefined, "all"],
    ["quay.io", "other/app", "all"],
    ["quay.io", "teamwork/app", "all"],
    ["quay.io", "team/web", "team"],
    ["quay.io", "team/app", "app"],
    ["quay.io", "team/app/sub", "app"],
    ["ghcr.io", "acme/web", "alice"],
    ["docker.io", "acme/web", "acme"],
  ])("has its own credentials in Podman's file: %s, %s", (registry, repository, username) => {
    expect(source(content, registry, "containers", repository)).toMatchObject({ credential: { username } });
  });

  it("says nothing of the rest", () => {
    expect(source(content, "docker.io", "containers", "library/node")).toBeUndefined();
    expect(source(content, "docker.io", "containers")).toBeUndefined();
  });
});

describe("helpers", () => {
  const auths = { "ghcr.io": auth("alice", "secret"), "quay.io": {} };

  it("of a host go before the one for all, which goes before what is written", () => {
    const content = { auths, credHelpers: { "ghcr.io": "own" }, credsStore: "desktop" };
    expect(source(content, "ghcr.io")).toEqual({ type: "helper", name: "own", server: "ghcr.io" });
    expect(source(content, "quay.io")).toEqual({ type: "helper", name: "desktop", server: "quay.io" });
    expect(source({ auths, credHelpers: { "quay.io": "own" } }, "ghcr.io")).toEqual(alice);
  });

  it("are asked for Docker Hub as Docker asks", () => {
    const expected = { type: "helper", name: "own", server: hub };
    expect(source({ credsStore: "own" }, "docker.io")).toEqual(expected);
    expect(source({ credHelpers: { [hub]: "own" } }, "docker.io")).toEqual(expected);
    expect(source({ credHelpers: { "docker.io": "own" } }, "docker.io")).toEqual(expected);
  });

  it("may be switched off for a host", () => {
    expect(source({ auths, credHelpers: { "ghcr.io": "" }, credsStore: "desktop" }, "ghcr.io")).toMatchObject({
      type: "given",
    });
  });

  it.each(["../../evil", "a b", "x;id", "a/b", "a\\b", "$(id)", 1, null, ["x"]])(
    "are not run by the name %j",
    (name) => {
      const config = readDockerConfig(JSON.stringify({ auths, credHelpers: { "quay.io": name } }), "docker");
      expect(credentialSource(config, "quay.io")).toBeUndefined();
      expect(config.problems).toEqual(["names no credential helper that could be run for `quay.io`"]);
    },
  );

  it("for all are not run by an odd name either", () => {
    const config = readDockerConfig(JSON.stringify({ auths, credsStore: "../evil" }), "docker");
    expect(credentialSource(config, "ghcr.io")).toEqual(alice);
    expect(config.problems).toEqual(["names no credential helper that could be run as `credsStore`"]);
  });
});

describe("a file", () => {
  it.each(["", "{", "[]", "null", '"x"', '{"auths":{"a":{"auth":"c2VjcmV0"}}', "not json at all"])(
    "that is %j gives nothing and says so, without its text",
    (text) => {
      const config = readDockerConfig(text, "docker");
      expect(config.problems).toEqual(["is not valid JSON"]);
      expect(credentialSource(config, "ghcr.io")).toBeUndefined();
    },
  );

  it.each([{}, { auths: null }, { auths: [] }, { auths: "x", credHelpers: 1 }, { credsStore: "" }])(
    "like %j gives nothing",
    (content) => expect(source(content, "ghcr.io")).toBeUndefined(),
  );

  it("may begin with a byte order mark", () => {
    const text = `\uFEFF${JSON.stringify({ auths: { "ghcr.io": auth("alice", "secret") } })}`;
    expect(credentialSource(readDockerConfig(text, "docker"), "ghcr.io")).toEqual(alice);
  });
});

describe("a helper's answer", () => {
  it.each([
    ['{"ServerURL":"ghcr.io","Username":"alice","Secret":"secret"}\n', alice],
    [
      '{"Username":"<token>","Secret":"refresh"}',
      { type: "given", credential: { type: "identity", token: "refresh" } },
    ],
    ['{"ServerURL":"","Username":"","Secret":""}', { type: "none" }],
    ["{}", { type: "none" }],
    ["credentials not found in native keychain\n", { type: "none" }],
    ["", { type: "unreadable" }],
    ["error getting credentials - err: exit status 2", { type: "unreadable" }],
    ['{"Username":"alice","Secret":', { type: "unreadable" }],
    ['{"Username":"alice","Secret":5}', { type: "unreadable" }],
    ["[]", { type: "unreadable" }],
  ])("of %j", (output, answer) => expect(readHelperAnswer(output)).toEqual(answer));
});
