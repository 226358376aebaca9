import { afterEach, describe, expect, test } from "vitest";
import type { CompletionItem, Hover } from "vscode-languageserver/node";
import { defineRule } from "../../server/src/engine/rule.ts";
import { type Client, type ClientOptions, startClient } from "./client.ts";
import { exampleRules } from "./rules.ts";

const uri = "untitled:Dockerfile";
let client: Client | undefined;

async function start(options: ClientOptions = {}): Promise<Client> {
  client = await startClient({ rules: exampleRules, ...options });
  return client;
}

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

/** Opens a text in which `|` is the cursor, and asks there. */
async function ask<T>(client: Client, method: string, name: string, languageId: string, text: string): Promise<T> {
  const at = `untitled:${name}`;
  await client.open(at, languageId, text.replace("|", ""));
  const position = client.places(at).position(text.indexOf("|"));
  return client.connection.sendRequest(method, { textDocument: { uri: at }, position });
}

async function hover(client: Client, text: string): Promise<Hover | null> {
  return ask(client, "textDocument/hover", "Dockerfile", "dockerfile", text);
}

function words(hover: Hover | null): string {
  const { contents } = hover ?? { contents: "" };
  return typeof contents === "object" && "value" in contents ? contents.value : "";
}

describe("a hover", () => {
  test("on a finding tells why, what may be done, and where its severity comes from", async () => {
    const client = await start({ settings: () => ({ rules: { shouting: "error" } }) });
    const found = await hover(client, "FROM a:1\nRUN say LO|UD\n");
    expect(found?.range).toEqual({ start: { line: 1, character: 8 }, end: { line: 1, character: 12 } });
    expect(found?.contents).toMatchObject({ kind: "markdown" });
    expect(words(found)).toContain("`LOUD` shouts.");
    expect(words(found)).toContain("What is shouting costs **time**.");
    expect(words(found)).toContain("Write `quiet`");
    expect(words(found)).toMatch(/Severity: error, from .*settings/);
    expect(words(found)).toContain("docs/rules/dockerfile/shouting.md");
  });

  test("on a directive's name tells what the rule is about", async () => {
    const client = await start();
    const text = "FROM a:1\n# seaworthy ignore shou|ting, typo\nRUN say LOUD\n";
    expect(words(await hover(client, text))).toContain("Something is shouting.");
  });

  test("is plain text for a client that knows no other", async () => {
    const client = await start({ capabilities: { textDocument: { hover: { contentFormat: ["plaintext"] } } } });
    const found = await hover(client, "FROM a:1\nRUN say LO|UD\n");
    expect(found?.contents).toMatchObject({ kind: "plaintext" });
    expect(words(found)).not.toContain("](");
  });

  test.each(["FR|OM a:1\nRUN say LOUD\n", "FROM a:1\nRUN say LOUD\n# not a directi|ve\n"])(
    "is nothing at %j",
    async (text) => {
      const client = await start();
      expect(await hover(client, text)).toBeNull();
    },
  );
});

describe("a hover in a Compose file", () => {
  const slow = defineRule("compose", {
    slug: "slow-stop",
    summary: "It takes long.",
    why: "Nobody waits.",
    category: "lifecycle",
    severity: "warning",
    preset: "minimal",
    since: "0.1.0",
    aliases: [],
    references: [],
    fix: null,
    examples: [],
    *check({ services }) {
      for (const service of services) {
        yield { at: service.keySpan, message: "It takes long." };
        const value = service.get("stop_grace_period");
        if (value !== undefined) yield { at: value.span, message: "It takes long." };
      }
    },
  });
  const at = (text: string) => ({
    async words(): Promise<string> {
      const client = await start({ rules: [slow] });
      return words(await ask<Hover | null>(client, "textDocument/hover", "compose.yaml", "dockercompose", text));
    },
  });

  test("tells what the key at fault means and takes", async () => {
    const said = await at("services:\n  a:\n    image: a:1\n    stop_grace_period: 9|m\n").words();
    expect(said).toContain("Nobody waits.");
    expect(said).toContain("**`stop_grace_period`**");
    expect(said).toContain("Takes a duration such as `1m30s`.");
  });

  test("tells of no key where the finding is about the service as a whole", async () => {
    const said = await at("services:\n  a|a:\n    image: a:1\n").words();
    expect(said).toContain("Nobody waits.");
    expect(said).not.toContain("Takes ");
  });

  test("says nothing of a key at which nothing is wrong", async () => {
    expect(await at("services:\n  a:\n    im|age: a:1\n").words()).toBe("");
  });

  test("tells what a variable stands for, in a later document too", async () => {
    const said = await at("services:\n  a:\n    image: a:1\n---\nservices:\n  b:\n    image: a:${TA|G:-7}\n").words();
    expect(said).toContain("7");
    expect(said).toContain("TAG");
  });
});

describe("completion in a comment", () => {
  async function labels(client: Client, text: string): Promise<readonly string[]> {
    const items = await ask<readonly CompletionItem[]>(
      client,
      "textDocument/completion",
      "Dockerfile",
      "dockerfile",
      text,
    );
    return items.map(({ label }) => label);
  }

  test.each([
    "FROM a:1\n# seaworthy ignore |\nRUN say LOUD\n",
    "FROM a:1\n# seaworthy ignore shou|\nRUN say LOUD\n",
    "FROM a:1\n# seaworthy ignore typo, |\nRUN say LOUD\n",
    "# seaworthy ignore-file |\nFROM a:1\n",
  ])("knows the rules by all their names: %j", async (text) => {
    const client = await start();
    const found = await labels(client, text);
    expect(found).toEqual(expect.arrayContaining(["shouting", "dockerfile/shouting", "SHOUTING1", "typo"]));
  });

  test("takes the place of the word that is begun", async () => {
    const client = await start();
    const text = "FROM a:1\n# seaworthy ignore typo, shou|\nRUN say LOUD\n";
    const items = await ask<readonly CompletionItem[]>(
      client,
      "textDocument/completion",
      "Dockerfile",
      "dockerfile",
      text,
    );
    const item = items.find(({ label }) => label === "shouting");
    const range = { start: { line: 1, character: 25 }, end: { line: 1, character: 29 } };
    expect(item?.textEdit).toEqual({ range, newText: "shouting" });
  });

  test("knows another tool's codes in its own comments, and no other names", async () => {
    const client = await start();
    const found = await labels(client, "FROM a:1\n# hadolint ignore=|\nRUN say LOUD\n");
    expect(found.toSorted()).toEqual(["BREAKING1", "OLD1", "SHOUTING1", "TYPO1"]);
  });

  test.each([
    "FROM a:1\n# seaworthy ignore typo -- because |\nRUN say LOUD\n",
    "FROM a:1\n# seaworthy |\nRUN say LOUD\n",
    "FROM a:1\nRUN say |\n",
    "FROM a:1\n# ignore |\nRUN say LOUD\n",
  ])("has nothing to say at %j", async (text) => {
    const client = await start();
    expect(await labels(client, text)).toEqual([]);
  });
});

test("a word without end in a comment does not hold the server up", async () => {
  const client = await start();
  const text = `FROM a:1\n# seaworthy ignore ${"a".repeat(5000)}(|\n`;
  expect(await ask(client, "textDocument/completion", "Dockerfile", "dockerfile", text)).toEqual([]);
});

describe("completion in a config file", () => {
  async function complete(client: Client, name: string, text: string): Promise<readonly CompletionItem[]> {
    return ask(client, "textDocument/completion", name, "yaml", text);
  }

  test.each([
    { text: "|", expected: ["preset", "rules", "overrides", "exclude"] },
    { text: "preset: strict\n|", expected: ["preset", "rules", "overrides", "exclude"] },
    { text: "preset: |", expected: ["minimal", "recommended", "strict", "all"] },
    { text: "preset: str|\nrules: {}\n", expected: ["minimal", "recommended", "strict", "all"] },
    { text: "rules:\n  |", expected: ["dockerfile/typo", "dockerfile/shouting"] },
    { text: "rules:\n  dockerfile/typo: off\n  dock|\n", expected: ["dockerfile/typo", "dockerfile/shouting"] },
    { text: "rules:\n  typo: |\n", expected: ["off", "on", "hint", "info", "warning", "error"] },
    { text: "rules:\n  typo:\n    |\n", expected: ["severity"] },
    { text: "rules:\n  typo:\n    severity: |\n", expected: ["off", "on", "hint", "info", "warning", "error"] },
    { text: "overrides:\n  - |\n", expected: ["files", "preset", "rules"] },
    { text: "overrides:\n  - files: [a]\n    rules:\n      |\n", expected: ["dockerfile/typo", "dockerfile/shouting"] },
    { text: '{ "|" }', expected: ["preset", "rules", "overrides", "exclude"] },
    { text: '{ "rules": { "|": "off" } }', expected: ["dockerfile/typo", "dockerfile/shouting"] },
    { text: '{ "rules": { "typo": "|" } }', expected: ["off", "on", "hint", "info", "warning", "error"] },
    { text: '{ "preset": "|", "rules": {} }', expected: ["minimal", "recommended", "strict", "all"] },
  ])("knows what may stand at $text", async ({ text, expected }) => {
    const client = await start();
    const items = await complete(client, text.startsWith("{") ? ".seaworthy.json" : ".seaworthy.yaml", text);
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(expected));
  });

  test("writes the colon behind a key that has none", async () => {
    const client = await start();
    const [bare] = await complete(client, ".seaworthy.yaml", "pre|");
    expect(bare?.textEdit).toMatchObject({ newText: "preset: " });
    const [quoted] = await complete(client, ".seaworthy.json", '{ "|": 1 }');
    expect(quoted?.textEdit).toMatchObject({ newText: "preset" });
  });

  test.each(["exclude:\n  - |\n", "nonsense:\n  |\n"])("has nothing to say at %j", async (text) => {
    const client = await start();
    expect(await complete(client, ".seaworthy.yaml", text)).toEqual([]);
  });
});

test("nothing is said of documents that are not ours", async () => {
  const client = await start();
  const found = await ask(client, "textDocument/completion", "notes.yaml", "yaml", "# seaworthy ignore |\na: 1\n");
  expect(found).toEqual([]);
  await client.open(uri, "dockerfile", "FROM a:1\n");
  expect(await client.diagnostics(uri)).toEqual([]);
});
