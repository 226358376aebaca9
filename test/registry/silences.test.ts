import { describe, expect, it } from "vitest";
import { NetworkError, type RegistryFetch } from "../../server/src/registry/answers.ts";
import { failureIn, image, impatientClient, manifestHead, sha256, valueIn } from "./asking.ts";

const many = Array.from({ length: 30 }, (_, index) => image(`registry.example/app${index}:1`));

/** A network that answers what `fate` says of an address: with an image, by a code, or not at all. */
function network(fate: (url: string) => "image" | "silence" | "ECONNREFUSED" | "ECONNRESET") {
  const asked: string[] = [];
  const fetch: RegistryFetch = async ({ url }, signal) => {
    asked.push(url);
    await new Promise((resolve) => setTimeout(resolve, 1));
    const said = fate(url);
    if (said === "image") {
      return { status: 200, headers: manifestHead(sha256(url)), body: new Uint8Array(), truncated: false };
    }
    if (said !== "silence") throw new NetworkError("no answer", said);
    return await new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new NetworkError("aborted")));
    });
  };
  const client = impatientClient({ fetch, patience: { head: 40 } });
  return { asked, client, all: () => Promise.all(many.map((one) => client.digest(one))) };
}

describe("where nobody answers", () => {
  it.each([
    ["silence", "timed-out"],
    ["ECONNREFUSED", "unreachable"],
  ] as const)("those that wait for their turn do not find that out once more each: %s", async (fate, kind) => {
    const { asked, all } = network(() => fate);
    const failures = (await all()).map(failureIn);
    expect(failures.every((failure) => failure.kind === kind && failure.host === "registry.example")).toBe(true);
    expect(asked).toHaveLength(6);
  });

  it("whoever comes later asks anew", async () => {
    let there = false;
    const { client, all } = network(() => (there ? "image" : "ECONNREFUSED"));
    failureIn((await all())[0] ?? (await client.digest(image("registry.example/app0:1"))));
    there = true;
    for (const answer of await all()) valueIn(answer);
  });

  it("another host is asked", async () => {
    const { client, all } = network((url) => (url.includes("registry.example") ? "silence" : "image"));
    const [answers, other] = await Promise.all([all(), client.digest(image("ghcr.io/acme/app:1"))]);
    for (const answer of answers) failureIn(answer);
    valueIn(other);
  });
});

describe("where somebody answers", () => {
  it("one question that gets no answer says nothing of the others", async () => {
    const { all } = network((url) => (url.includes("app3/") ? "silence" : "image"));
    const answers = await all();
    expect(answers.filter(({ type }) => type === "failed")).toHaveLength(1);
  });

  it("a connection that is cut says nothing of others", async () => {
    const { asked, all } = network((url) => (url.includes("app29/") ? "image" : "ECONNRESET"));
    const answers = await all();
    expect(answers.filter(({ type }) => type === "failed")).toHaveLength(29);
    expect(asked.length).toBeGreaterThanOrEqual(30);
  });
});
