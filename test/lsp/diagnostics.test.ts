import { afterEach, describe, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { type Client, capabilities, startClient } from "./client.ts";

const uri = "untitled:Dockerfile";
let client: Client | undefined;

async function start(...options: Parameters<typeof startClient>): Promise<Client> {
  client = await startClient(...options);
  return client;
}

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

describe("a client that is sent diagnostics", () => {
  test("gets them for every version, with all that belongs to one", async () => {
    const client = await start();
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(uri, "dockerfile", "FROM nginx:latest\nUSER nginx\n");
    const found = (await client.diagnostics(uri)).find(({ code }) => code === "floating-tag");
    expect(found).toMatchObject({
      source: "seaworthy",
      severity: 2,
      range: { start: { line: 0, character: 5 }, end: { line: 0, character: 17 } },
      data: { rule: "image/floating-tag" },
    });
    expect(found?.message).toContain("`nginx:latest`");
    expect(found?.codeDescription?.href).toMatch(/\/docs\/rules\/image\/floating-tag\.md$/);
    await client.replace(uri, "latest", "1.27.4");
    expect(await codes(client)).not.toContain("floating-tag");
    expect(client.published(uri).map(({ version }) => version)).toEqual([1, 2]);
  });

  test("gets none of what it cannot show", async () => {
    const client = await start({ capabilities: {} });
    await client.open(uri, "dockerfile", "FROM nginx:latest\n# seaworthy ignore floating-tag\nUSER nginx\n");
    const found = await client.diagnostics(uri);
    expect(found.map(({ code }) => code)).toEqual(expect.arrayContaining(["floating-tag", "unused-directive"]));
    for (const diagnostic of found) {
      expect(diagnostic.codeDescription).toBeUndefined();
      expect(diagnostic.tags).toBeUndefined();
      expect(diagnostic.data).toBeUndefined();
    }
  });

  test("has them taken away when the document is closed", async () => {
    const client = await start();
    await client.open(uri, "dockerfile", "FROM nginx:latest\n");
    expect(await client.diagnostics(uri)).not.toEqual([]);
    const next = client.nextPublished(uri);
    await client.close(uri);
    expect((await next).diagnostics).toEqual([]);
  });

  test("which can be asked but not told to ask again", async () => {
    const all = capabilities({ pull: true });
    const { diagnostics: _, ...workspace } = all.workspace ?? {};
    const client = await start({ capabilities: { ...all, workspace } });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(uri, "dockerfile", "FROM nginx:latest\n");
    expect(await codes(client)).toContain("floating-tag");
  });
});

describe("a client that asks for diagnostics", () => {
  test("gets them once for each version, and is sent none", async () => {
    const client = await start({ pull: true });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
    await client.open(uri, "dockerfile", "FROM nginx:latest\n");
    const first = await client.pull(uri);
    if (first.kind !== "full") throw new Error("the first answer must be a full one");
    expect(first.items.map(({ code }) => code)).toContain("floating-tag");
    expect(await client.pull(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.replace(uri, "latest", "1.27.4");
    const second = await client.pull(uri, first.resultId);
    if (second.kind !== "full") throw new Error("a changed text must have a full answer");
    expect(second.items.map(({ code }) => code)).not.toContain("floating-tag");
    expect(client.published(uri)).toEqual([]);
  });

  test("about a document that is not open gets nothing", async () => {
    const client = await start({ pull: true });
    expect(await client.pull("file:///nowhere/Dockerfile")).toEqual({ kind: "full", items: [] });
  });

  test("and thinks better of it leaves the server at work", async () => {
    const client = await start({ pull: true });
    const lines = Array.from({ length: 5000 }, (_, i) => `RUN echo ${i}`);
    await client.open(uri, "dockerfile", `FROM nginx:latest\n${lines.join("\n")}\n`);
    const cancelled = Array.from({ length: 5 }, () => {
      const source = new CancellationTokenSource();
      const asked = client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } }, source.token);
      source.cancel();
      return asked;
    });
    const settled = Promise.allSettled(cancelled);
    await client.replace(uri, "latest", "1.27.4");
    const last = await client.pull(uri);
    for (const { status } of await settled) expect(status).toBe("rejected");
    expect(last.kind === "full" && last.items.map(({ code }) => code)).not.toContain("floating-tag");
  });
});

describe("places", () => {
  // A name before the finding on its line: two bytes and one code unit, three and one, four and two.
  const text = 'services: { "é€😀": { image: "nginx:latest" } }\n';

  test.each([
    { offered: undefined, chosen: "utf-16" },
    { offered: ["utf-16", "utf-8"], chosen: "utf-16" },
    { offered: ["utf-8", "utf-16"], chosen: "utf-8" },
    { offered: ["utf-32", "utf-8"], chosen: "utf-8" },
  ])("are counted as $chosen for a client that offers $offered", async ({ offered, chosen }) => {
    const general = offered === undefined ? {} : { positionEncodings: offered };
    const client = await start({ capabilities: { ...capabilities({}), general } });
    expect(client.initialized.capabilities.positionEncoding).toBe(chosen);
    const compose = "untitled:compose.yaml";
    await client.open(compose, "dockercompose", text);
    const found = (await client.diagnostics(compose)).find(({ code }) => code === "floating-tag");
    const words = text.slice(0, text.indexOf("\n"));
    const { start: from, end } = found?.range ?? { start: { character: 0 }, end: { character: 0 } };
    const marked =
      chosen === "utf-8"
        ? Buffer.from(words).subarray(from.character, end.character).toString()
        : words.slice(from.character, end.character);
    expect(marked).toContain("nginx:latest");
    // An edit behind the wide characters must hit the same place on both sides.
    await client.replace(compose, "latest", "1.27.4");
    expect((await client.diagnostics(compose)).map(({ code }) => code)).not.toContain("floating-tag");
  });
});

async function codes(client: Client): Promise<readonly unknown[]> {
  return (await client.diagnostics(uri)).map(({ code }) => code);
}
