import { afterEach, expect, test } from "vitest";
import { type Client, startClient } from "./client.ts";
import { testFolder } from "./folder.ts";

let client: Client | undefined;

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

const text = `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: correct-horse
      TZ: \${ZONE:-UTC}
    heathcheck: {}
`;

/** What is said and offered of the text. */
async function seen(client: Client, uri: string): Promise<Readonly<Record<string, unknown>>> {
  const diagnostics = await client.diagnostics(uri);
  const at = (words: string) => {
    const start = client.text(uri).indexOf(words);
    return client.places(uri).range({ start, end: start });
  };
  const hover = async (words: string) =>
    client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: at(words).start });
  return {
    codes: diagnostics.map(({ code }) => code),
    actions: (await client.actions(uri, at("POSTGRES_PASSWORD"))).map(({ title }) => title),
    variable: await hover("ZONE"),
    key: await hover("heathcheck"),
  };
}

test("a Compose file is one by its name and what it holds, whatever the editor calls the language", async () => {
  client = await startClient({ folders: [] });
  const found = [];
  for (const [uri, languageId] of [
    ["file:///one/compose.yaml", "dockercompose"],
    ["file:///two/compose.yaml", "yaml"],
    ["file:///three/compose.yaml", "yaml.docker-compose"],
    ["file:///four/compose.yaml", "docker-compose"],
  ] as const) {
    await client.open(uri, languageId, text);
    found.push(await seen(client, uri));
  }
  const [first, ...rest] = found;
  expect(first?.["codes"]).toEqual(expect.arrayContaining(["plaintext-secret", "unknown-key"]));
  expect(JSON.stringify(first?.["actions"])).toContain("Harden service `db`…");
  expect(JSON.stringify(first?.["variable"])).toContain("UTC");
  expect(JSON.stringify(first?.["key"])).toContain("did you mean `healthcheck`?");
  for (const other of rest) expect(other).toEqual(first);
});

test("a `.env` that comes is told of at once", async () => {
  const folder = testFolder();
  try {
    client = await startClient({ folders: [folder.uri] });
    const asking = "services:\n  web:\n    image: acme/web:${VERSION}\n    hostname: ${HOST_NAMME}\n";
    const uri = folder.write("compose.yaml", asking);
    await client.open(uri, "yaml", asking);
    const codes = async () => (await client?.diagnostics(uri))?.map(({ code }) => code);
    expect(await codes()).not.toContain("undefined-variable");
    await client.filesChanged([folder.write(".env", "VERSION=1.0\nHOST_NAME=web\n")]);
    await expect.poll(codes).toContain("undefined-variable");
  } finally {
    folder.remove();
  }
});
