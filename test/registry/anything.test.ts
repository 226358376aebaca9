import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Answer, Credential, HttpRequest } from "../../server/src/registry/answers.ts";
import { image, impatientClient, sha256, types } from "./asking.ts";
import { type FakeAnswer, fakeInternet } from "./fake-internet.ts";

const config = JSON.stringify({ os: "linux", architecture: "amd64", config: { User: "app" } });
const manifest = JSON.stringify({
  schemaVersion: 2,
  config: { mediaType: types.config, digest: sha256(config), size: config.length },
  layers: [],
});
const index = JSON.stringify({
  schemaVersion: 2,
  manifests: [
    { mediaType: types.manifest, digest: sha256(manifest), size: 1, platform: { os: "linux", architecture: "amd64" } },
  ],
});

const body = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      config,
      manifest,
      index,
      '{"token":"t"}',
      '{"name":"a","tags":["1","2"]}',
      '{"errors":[{"code":"NAME_UNKNOWN","message":"SENT `x`\\n"}]}',
    ),
  },
  fc.json(),
  fc.string(),
);
const headers = fc.record(
  {
    "content-type": fc.oneof(fc.constantFrom(...Object.values(types), "text/html", "application/json"), fc.string()),
    "docker-content-digest": fc.oneof(fc.constantFrom(...[config, manifest, index].map(sha256)), fc.string()),
    "www-authenticate": fc.oneof(
      fc.constantFrom(
        'Bearer realm="https://auth.example/t",service="s"',
        'Bearer realm="https://ghcr.io/t", Basic realm="x"',
        'Bearer realm="http://auth.example/t"',
        "Basic",
        "Negotiate",
      ),
      fc.string(),
    ),
    location: fc.oneof(
      fc.constantFrom("https://other.example/x", "https://ghcr.io/y", "/z", "http://127.0.0.1/"),
      fc.string(),
    ),
    link: fc.oneof(
      fc.constantFrom('</v2/acme/app/tags/list?last=2>; rel="next"', '<https://x.example/>; rel="next"'),
      fc.string(),
    ),
    "retry-after": fc.constantFrom("0", "3600", "soon", ""),
    "ratelimit-remaining": fc.constantFrom("0", "0;w=21600", "x"),
  },
  { requiredKeys: [] },
);
const status = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(200, 401) },
  fc.constantFrom(204, 302, 307, 400, 403, 404, 405, 407, 418, 429, 500, 503),
);
const answer = fc.oneof(
  { weight: 12, arbitrary: fc.record({ status, headers, body }) },
  fc.constantFrom("ECONNRESET", "EPROTO", "ENOTFOUND", "CERT_HAS_EXPIRED", ""),
);
const credential: fc.Arbitrary<Credential | undefined> = fc.constantFrom<(Credential | undefined)[]>(
  undefined,
  { type: "password", username: "anna", password: "hunter2" },
  { type: "identity", token: "hunter2" },
);

/** What was meant to be secret, as it came and in the clear. */
function sentBack({ headers, body }: HttpRequest): string {
  const shown = (headers["authorization"] ?? "").split(" ")[1] ?? "";
  const form = new URLSearchParams(body).get("refresh_token") ?? "";
  return `${shown} ${Buffer.from(shown, "base64")
    .toString("latin1")
    .replaceAll(/[^ -~]|["\\]/g, "")} ${form}`;
}

it("whatever servers say, there is an answer, soon, and nobody is told a secret", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), credential, async (answers, credential) => {
      let turn = 0;
      const next = (request: HttpRequest): FakeAnswer => {
        const given = answers[turn++ % answers.length] ?? "";
        return typeof given === "string" ? given : { ...given, body: given.body.replace("SENT", sentBack(request)) };
      };
      const hosts = ["https://ghcr.io", "https://auth.example", "https://other.example", "https://x.example"];
      const internet = fakeInternet(Object.fromEntries(hosts.map((host) => [host, next])));
      const client = impatientClient({
        fetch: internet.fetch,
        credentials: async () => credential,
        patience: { head: 1000, whole: 1000, pause: 0, retryAfter: 0 },
      });
      const reference = image("ghcr.io/acme/app:1");
      const given: readonly Answer<unknown>[] = [
        await client.digest(reference),
        await client.tags(reference),
        await client.describe(reference),
      ];
      for (const one of given) {
        if (one.type === "answered") continue;
        expect(one.reason).toMatch(/^[^\n\r]{20,400}$/);
        expect(one.reason).toContain(`\`${one.host}\``);
        expect(one.reason).not.toMatch(/hunter2|aHVudGVy/);
        expect(one.reason.split("`").length % 2).toBe(1);
      }
      // Pages of tags are the most: each may lead around, and be asked for twice.
      expect(internet.requests.length).toBeLessThan(400);
      for (const { url, headers } of internet.requests) {
        const { host, protocol } = new URL(url);
        expect(protocol).toBe("https:");
        // What stands behind a token that the registry itself gave is not known elsewhere.
        if (host !== "ghcr.io" && host !== "auth.example") expect(headers["authorization"] ?? "").not.toMatch(/^Basic/);
      }
      for (const { digest } of client.known().digests.values()) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    }),
    { numRuns: 600 },
  );
});
