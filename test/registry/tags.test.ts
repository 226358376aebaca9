import { describe, expect, it } from "vitest";
import { failureIn, image, impatientClient, valueIn } from "./asking.ts";
import { type FakeAnswer, fakeInternet } from "./fake-internet.ts";

const start = "https://ghcr.io/v2/acme/app/tags/list?n=1000";

function registry(answer: (url: URL) => FakeAnswer) {
  const internet = fakeInternet({ "https://ghcr.io": (_, url) => answer(url) });
  const client = impatientClient({ fetch: internet.fetch });
  return { internet, client, tags: () => client.tags(image("ghcr.io/acme/app:1")) };
}

function page(tags: unknown, link?: string): FakeAnswer {
  return { headers: link === undefined ? {} : { link }, body: JSON.stringify({ name: "acme/app", tags }) };
}

describe("tags", () => {
  it("are those of all pages, in the registry's order, each once", async () => {
    const { tags, internet } = registry(({ searchParams }) => {
      const last = searchParams.get("last");
      if (last === null) return page(["2.0", "1.0"], '</v2/acme/app/tags/list?n=2&last=1.0>; rel="next"');
      if (last === "1.0")
        return page(["1.0", "latest"], '<https://ghcr.io/v2/acme/app/tags/list?last=latest>; title="x"; rel=next');
      return page(["edge"], '</v2/acme/app/tags/list>; rel="prev"');
    });
    expect(valueIn(await tags())).toEqual(["2.0", "1.0", "latest", "edge"]);
    expect(internet.asked).toEqual([
      `GET ${start}`,
      "GET https://ghcr.io/v2/acme/app/tags/list?n=2&last=1.0",
      "GET https://ghcr.io/v2/acme/app/tags/list?last=latest",
    ]);
  });

  it("are kept, by the repository", async () => {
    const { client, tags, internet } = registry(() => page(["1"]));
    const first = valueIn(await tags());
    expect(valueIn(await client.tags(image("ghcr.io/acme/app:2")))).toBe(first);
    expect(internet.requests).toHaveLength(1);
    expect(client.known().digests.size).toBe(0);
    expect(client.goodFor()).toBeUndefined();
  });

  it("may be none", async () => {
    expect(valueIn(await registry(() => page(null)).tags())).toEqual([]);
    expect(valueIn(await registry(() => page([])).tags())).toEqual([]);
  });

  it("that are none are left out, since they are written into files", async () => {
    const { tags } = registry(() =>
      page(["1", "", "a b", "x\nRUN evil", "-a", "é", 5, null, "a".repeat(129), "ok_1.2-b"]),
    );
    expect(valueIn(await tags())).toEqual(["1", "ok_1.2-b"]);
  });

  it.each([
    ["in a circle of one", `<${start}>; rel="next"`],
    ["in a longer circle", '</v2/acme/app/tags/list?n=1000&>; rel="next"'],
  ])("%s", async (_, link) => {
    let pages = 0;
    const { tags, internet } = registry(() => {
      pages += 1;
      return page([`${pages}`], pages % 2 === 1 ? link : `<${start}>; rel="next"`);
    });
    expect(failureIn(await tags()).kind).toBe("wrong-answer");
    expect(internet.requests.length).toBeLessThan(4);
  });

  it("on more pages than anybody reads", async () => {
    let pages = 0;
    const { tags, internet } = registry(() => page(["1"], `</v2/acme/app/tags/list?page=${++pages}>; rel="next"`));
    expect(failureIn(await tags()).kind).toBe("wrong-answer");
    expect(internet.requests).toHaveLength(20);
  });

  it("of which there are more than anybody reads", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => index.toString(36));
    expect(valueIn(await registry(() => page(many(100_000))).tags())).toHaveLength(100_000);
    expect(failureIn(await registry(() => page(many(100_001))).tags())).toMatchObject({ kind: "wrong-answer" });
  });

  it("are not looked for elsewhere", async () => {
    const { tags, internet } = registry(() => page(["1"], '<https://evil.example/v2/acme/app/tags/list>; rel="next"'));
    expect(failureIn(await tags())).toMatchObject({ kind: "wrong-answer", host: "ghcr.io" });
    expect(internet.requests).toHaveLength(1);
  });

  it("are looked for on the same host, whatever a proxy made of its scheme", async () => {
    const { tags, internet } = registry(({ search }) =>
      search.includes("last")
        ? page(["2"])
        : page(["1"], '<http://ghcr.io:80/v2/acme/app/tags/list?last=1>; rel="next"'),
    );
    expect(valueIn(await tags())).toEqual(["1", "2"]);
    expect(internet.asked[1]).toBe("GET https://ghcr.io/v2/acme/app/tags/list?last=1");
  });

  it.each([
    ["no JSON", { body: "<" }],
    ["a list", { body: "[]" }],
    ["nothing of tags", { body: "{}" }],
    ["more than anybody reads", { body: JSON.stringify({ tags: ["a".repeat(5_000_000)] }) }],
  ])("in an answer that is %s", async (_, answer) => {
    expect(failureIn(await registry(() => answer).tags()).kind).toBe("wrong-answer");
  });

  it("of a repository that is not there", async () => {
    expect(failureIn(await registry(() => ({ status: 404 })).tags())).toMatchObject({
      kind: "not-found",
      reason: "`ghcr.io` has no `acme/app`: check the name.",
    });
  });
});
