import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defineRule, type Rule } from "../../server/src/engine/rule.ts";
import { metadata } from "../engine/sample-rules.ts";
import { type Client, startClient } from "./client.ts";
import { type TestFolder, testFolder } from "./folder.ts";

let client: Client | undefined;
let folder: TestFolder;

beforeEach(() => {
  folder = testFolder();
});

afterEach(async () => {
  await client?.stop();
  client = undefined;
  folder.remove();
});

/** Says what other files set for `restart`, which variables `.env` has, and whether the Dockerfile is there. */
const telling: Rule = defineRule("compose", {
  ...metadata("surroundings", { severity: "info", preset: "minimal" }),
  reads: "workspace",
  *check({ services }, _options, workspace) {
    const project = workspace.composeProject();
    const variables = workspace.environmentFile(".env");
    for (const { name, keySpan } of services) {
      const restart = project.elsewhere(name, "restart").map(({ value }) => (typeof value === "string" ? value : "?"));
      const names = typeof variables === "object" ? [...variables.keys()].join("+") : String(variables);
      const told = [restart.join("+"), names, workspace.hasFile("Dockerfile"), project.complete];
      yield { at: keySpan, message: told.join(" ") };
    }
  },
});

async function start(): Promise<Client> {
  client = await startClient({ folders: [folder.uri], rules: [telling] });
  return client;
}

const main = "include: [parts/db.yaml]\nservices:\n  web:\n    build: .\n";
const override = "services:\n  web:\n    restart: always\n";

async function told(client: Client, uri: string): Promise<readonly string[]> {
  return (await client.diagnostics(uri)).map(({ message }) => (typeof message === "string" ? message : message.value));
}

describe("a Compose file", () => {
  test("is told of the files of its project, and checked again when one comes, changes and goes", async () => {
    const client = await start();
    const uri = folder.write("compose.yaml", main);
    await client.open(uri, "dockercompose", main);
    expect(await told(client, uri)).toEqual([" undefined false false"]);
    for (const [name, text, expected] of [
      ["compose.override.yml", override, "always undefined false false"],
      ["compose.override.yml", override.replace("always", "no"), "no undefined false false"],
      [".env", "A=1\nB=2\n", "no A+B false false"],
      ["Dockerfile", "FROM a:1\n", "no A+B true false"],
      ["parts/db.yaml", "services:\n  db:\n    image: a:1\n", "no A+B true true"],
      ["docker-compose.prod.yaml", override, "no+always A+B true true"],
    ] as const) {
      const next = client.nextPublished(uri);
      await client.filesChanged([folder.write(name, text)]);
      expect((await next).diagnostics.map(({ message }) => message)).toEqual([expected]);
    }
    for (const [name, expected] of [
      ["docker-compose.prod.yaml", "no A+B true true"],
      ["compose.override.yml", " A+B true true"],
      [".env", " undefined true true"],
    ] as const) {
      const next = client.nextPublished(uri);
      await client.filesChanged([folder.delete(name)]);
      expect((await next).diagnostics.map(({ message }) => message)).toEqual([expected]);
    }
  });

  test("is checked again while its override is edited", async () => {
    const client = await start();
    const uri = folder.write("compose.yaml", "services:\n  web:\n    image: a:1\n");
    const other = folder.write("compose.override.yaml", override);
    await client.open(uri, "dockercompose", "services:\n  web:\n    image: a:1\n");
    await client.open(other, "dockercompose", override);
    await client.diagnostics(other);
    expect(await told(client, uri)).toEqual(["always undefined unknown true"]);
    const next = client.nextPublished(uri);
    await client.replace(other, "always", "on-failure");
    expect((await next).diagnostics.map(({ message }) => message)).toEqual(["on-failure undefined unknown true"]);
  });

  test("that is included is told of the one above that includes it", async () => {
    folder.write("compose.yaml", "include:\n  - path: [parts/db.yaml, db.local.yaml]\n");
    folder.write("db.local.yaml", "services:\n  db:\n    restart: always\n");
    const client = await start();
    const text = "services:\n  db:\n    image: postgres:17\n";
    const uri = folder.write("parts/db.yaml", text);
    await client.open(uri, "dockercompose", text);
    expect(await told(client, uri)).toEqual(["always undefined unknown true"]);
  });
});
