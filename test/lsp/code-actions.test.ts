import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver/node";
import { type Client, capabilities, type ClientOptions, startClient } from "./client.ts";
import { exampleRules } from "./rules.ts";

const uri = "untitled:Dockerfile";
let client: Client | undefined;

/** A client with the text open in it. */
async function start(text: string, options: ClientOptions = { rules: exampleRules }): Promise<Client> {
  client = await startClient(options);
  await client.open(uri, "dockerfile", text);
  return client;
}

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

/** The range of the first such words. */
function at(client: Client, words: string) {
  const start = client.text(uri).indexOf(words);
  return client.places(uri).range({ start, end: start + words.length });
}

async function titled(actions: Promise<readonly CodeAction[]>, title: string): Promise<CodeAction> {
  const all = await actions;
  const found = all.find((action) => action.title === title);
  if (found === undefined) throw new Error(`no "${title}" among ${all.map((action) => action.title).join(", ")}`);
  return found;
}

async function codes(client: Client): Promise<readonly unknown[]> {
  return (await client.diagnostics(uri)).map(({ code }) => code);
}

describe("a finding", () => {
  test("is offered its fixes first, then the ways to ignore it, and is gone after one", async () => {
    const client = await start("FROM a:1\nRUN say LOUD\n");
    const actions = await client.actions(uri, at(client, "LOUD"), { only: ["quickfix"] });
    expect(actions.map(({ title, isPreferred }) => ({ title, isPreferred }))).toEqual([
      { title: "Write `quiet`", isPreferred: true },
      { title: "Say nothing" },
      { title: "Ignore shouting here" },
      { title: "Ignore shouting in this file" },
    ]);
    expect(actions[0]?.diagnostics?.map(({ code }) => code)).toEqual(["shouting"]);
    await client.apply(await titled(Promise.resolve(actions), "Write `quiet`"));
    expect(client.text(uri)).toBe("FROM a:1\nRUN say quiet\n");
    expect(await codes(client)).toEqual([]);
  });

  test("is not offered anything elsewhere on its line or on others", async () => {
    const client = await start("FROM a:1\nRUN say LOUD\n");
    expect(await client.actions(uri, at(client, "say"), { only: ["quickfix"] })).toEqual([]);
    expect(await client.actions(uri, at(client, "FROM"), { only: ["quickfix"] })).toEqual([]);
  });

  test.each(["Ignore shouting here", "Ignore shouting in this file"])("is silenced by “%s”", async (title) => {
    const client = await start("FROM a:1\nRUN say LOUD\n");
    await client.apply(await titled(client.actions(uri, at(client, "LOUD")), title));
    expect(client.text(uri)).toMatch(/# seaworthy ignore(?:-file)? shouting/);
    expect(client.text(uri).replace(/# seaworthy.*\n/, "")).toBe("FROM a:1\nRUN say LOUD\n");
    expect(await codes(client)).toEqual([]);
  });

  test("asks for the reason where the editor fills in placeholders", async () => {
    const { workspace, ...rest } = capabilities({});
    const workspaceEdit = { ...workspace?.workspaceEdit, snippetEditSupport: true };
    const client = await start("FROM a:1\nRUN say LOUD\n", {
      rules: exampleRules,
      capabilities: { ...rest, workspace: { ...workspace, workspaceEdit } },
    });
    const action = await titled(client.actions(uri, at(client, "LOUD")), "Ignore shouting here");
    const place = { line: 1, character: 0 };
    expect(action.edit?.documentChanges).toEqual([
      expect.objectContaining({
        edits: [
          {
            range: { start: place, end: place },
            snippet: { kind: "snippet", value: "# seaworthy ignore shouting -- ${1:reason}\n" },
          },
        ],
      }),
    ]);
  });

  test("is not offered to be ignored where the settings say so", async () => {
    const settings = () => ({ codeAction: { ignore: { enable: false } } });
    const client = await start("FROM a:1\nRUN say LOUD\n", { rules: exampleRules, settings });
    const titles = (await client.actions(uri, at(client, "LOUD"))).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith("Ignore"))).toEqual([]);
  });

  test("carries its tag and the places it is related to", async () => {
    const client = await start("FROM a:1\nRUN say OLD\n");
    const [found] = await client.diagnostics(uri);
    expect(found).toMatchObject({ code: "old", tags: [2] });
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
    expect(found?.relatedInformation).toEqual([{ location: { uri, range }, message: "It began here." }]);
  });
});

describe("all findings of a rule", () => {
  test.each([true, false])("are fixed at once (edits on demand: %s)", async (lazy) => {
    const text = "FROM a:1\nRUN say teh LOUD\nRUN say teh\nRUN say LOUD\n";
    const client = await start(text, { rules: exampleRules, capabilities: capabilities({ lazy }) });
    const action = await titled(client.actions(uri, at(client, "teh")), "Fix all typo problems in this file");
    expect(action.edit === undefined).toBe(lazy);
    await client.apply(action);
    expect(client.text(uri)).toBe("FROM a:1\nRUN say the LOUD\nRUN say the\nRUN say LOUD\n");
    expect(await codes(client)).toEqual(["shouting", "shouting"]);
  });

  test("are not offered to be where there is one alone", async () => {
    const client = await start("FROM a:1\nRUN say teh\n");
    const titles = (await client.actions(uri, at(client, "teh"))).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith("Fix all typo"))).toEqual([]);
  });
});

describe("source.fixAll", () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  test.each(["source", "source.fixAll", "source.fixAll.seaworthy"])("makes the safe fixes alone (%s)", async (kind) => {
    const client = await start("FROM a:1\nRUN say teh teh LOUD\n");
    const actions = await client.actions(uri, whole, { only: [kind] });
    expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll.seaworthy"]);
    await client.apply(await titled(Promise.resolve(actions), "Fix all safe problems"));
    expect(client.text(uri)).toBe("FROM a:1\nRUN say the the LOUD\n");
  });

  test("is not offered where nothing is safe to fix, nor to other kinds", async () => {
    const client = await start("FROM a:1\nRUN say LOUD\n");
    expect(await client.actions(uri, whole, { only: ["source.fixAll"] })).toEqual([]);
    await client.replace(uri, "LOUD", "teh");
    expect(await client.actions(uri, whole, { only: ["source.fixAll.eslint"] })).toEqual([]);
    expect(await client.actions(uri, whole, { only: ["source.organizeImports"] })).toEqual([]);
    expect(await client.actions(uri, whole, { only: ["source.fixAll"] })).toHaveLength(1);
  });

  test("and other actions on the file are not pressed on a cursor that passes by", async () => {
    const client = await start("FROM a:1\nRUN say teh LOUD\n");
    expect(await client.actions(uri, at(client, "FROM"), { triggerKind: 2 })).toEqual([]);
    const byHand = await client.actions(uri, at(client, "FROM"), { triggerKind: 1 });
    expect(byHand.map(({ kind }) => kind)).toEqual(["source.fixAll.seaworthy", "refactor.rewrite.seaworthy"]);
  });

  test("takes the text as it is, though documents are checked on save only", async () => {
    const client = await start("FROM a:1\nRUN say hello\n", {
      rules: exampleRules,
      settings: () => ({ run: "onSave" }),
    });
    await client.diagnostics(uri);
    await client.replace(uri, "hello", "teh");
    await client.apply(await titled(client.actions(uri, whole, { only: ["source.fixAll"] }), "Fix all safe problems"));
    expect(client.text(uri)).toBe("FROM a:1\nRUN say the\n");
  });
});

describe("the fixes that need a look", () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  test("are made together, each to be confirmed", async () => {
    const client = await start("FROM a:1\nRUN say teh LOUD\nRUN say LOUD BREAK\n");
    const title = "Apply the 3 fixes that need a look";
    const action = await titled(client.actions(uri, whole, { only: ["refactor"] }), title);
    const edit = await client.apply(action);
    // The one that breaks the file is left out.
    expect(client.text(uri)).toBe("FROM a:1\nRUN say teh quiet\nRUN say quiet BREAK\n");
    const annotations = Object.values(edit.changeAnnotations ?? {});
    expect(annotations).toEqual([
      { label: "Write `quiet`", description: "`LOUD` shouts.", needsConfirmation: true },
      { label: "Write `quiet`", description: "`LOUD` shouts.", needsConfirmation: true },
    ]);
    const [change] = edit.documentChanges ?? [];
    const ids =
      change !== undefined && "edits" in change
        ? change.edits.map((one) => "annotationId" in one && one.annotationId)
        : [];
    expect(ids).toEqual(Object.keys(edit.changeAnnotations ?? {}));
  });

  test("are made without a word to a client that knows no annotations", async () => {
    const { workspace, ...rest } = capabilities({});
    const { workspaceEdit: _, ...without } = workspace ?? {};
    const client = await start("FROM a:1\nRUN say LOUD\n", {
      rules: exampleRules,
      capabilities: { ...rest, workspace: without },
    });
    const action = await titled(
      client.actions(uri, whole, { only: ["refactor.rewrite"] }),
      "Apply the fix that needs a look",
    );
    const edit = await client.apply(action);
    expect(edit).toEqual({ changes: { [uri]: [expect.objectContaining({ newText: "quiet" })] } });
    expect(client.text(uri)).toBe("FROM a:1\nRUN say quiet\n");
  });
});

describe("an action that is out of date", () => {
  test("has no edit any more", async () => {
    const client = await start("FROM a:1\nRUN say teh teh\n");
    const action = await titled(client.actions(uri, at(client, "teh")), "Fix all typo problems in this file");
    await client.replace(uri, "say", "shout");
    const resolved: CodeAction = await client.connection.sendRequest("codeAction/resolve", action);
    expect(resolved.edit).toBeUndefined();
  });

  test("names the version it is for", async () => {
    const client = await start("FROM a:1\nRUN say teh\n");
    await client.replace(uri, "say", "shout");
    const { edit } = await titled(client.actions(uri, at(client, "teh")), "Write `the`");
    expect(edit?.documentChanges).toEqual([expect.objectContaining({ textDocument: { uri, version: 2 } })]);
  });
});

describe("the bundled server", () => {
  test("mends what a real rule found, and finds it mended", async () => {
    const client = await start("FROM nginx:1.27.4\n# seaworthy ignore floating-tag\nUSER nginx\n", {});
    expect(await codes(client)).toContain("unused-directive");
    const actions = await client.actions(uri, at(client, "floating-tag"), { only: ["quickfix"] });
    const fix = actions.find(({ isPreferred }) => isPreferred === true);
    if (fix === undefined) throw new Error("an unused directive must have a fix");
    await client.apply(fix);
    expect(client.text(uri)).toBe("FROM nginx:1.27.4\nUSER nginx\n");
    expect(await codes(client)).not.toContain("unused-directive");
  });

  test.each(["Dockerfile", "compose.yaml", "kubernetes.yaml"])(
    "has nothing safe left to fix in %s after it did",
    async (name) => {
      const file = new URL(`../../examples/development/${name}`, import.meta.url);
      const here = `untitled:${name}`;
      const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
      const client = await start("FROM a:1\n", {});
      await client.open(here, name === "Dockerfile" ? "dockerfile" : "yaml", readFileSync(file, "utf8"));
      const before = (await client.diagnostics(here)).length;
      expect(before).toBeGreaterThan(0);
      for (const [kind, most] of [
        ["source.fixAll", 1],
        ["refactor.rewrite", 10],
      ] as const) {
        let rounds = 0;
        for (; rounds <= most; rounds++) {
          const [action] = await client.actions(here, whole, { only: [kind] });
          if (action === undefined) break;
          await client.apply(action);
        }
        // The safe ones are made to the end at once; those that need a look one layer at a time.
        expect(rounds).toBeLessThanOrEqual(most);
      }
      const left = await client.diagnostics(here);
      expect(left.length).toBeLessThan(before);
      expect(left.filter(({ code }) => code === "syntax")).toEqual([]);
    },
  );
});
