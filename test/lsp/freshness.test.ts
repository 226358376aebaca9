import { rmSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { CodeAction, Hover, WorkspaceEdit } from "vscode-languageserver/node";
import { CodeActionTriggerKind } from "vscode-languageserver/node";
import { nodeHost } from "../../server/src/hosts/node.ts";
import { linter } from "../../server/src/linter.ts";
import { placesOf } from "../../server/src/lsp/convert.ts";
import { type Client, capabilities, type ClientOptions, startClient } from "./client.ts";
import { testFolder, type TestFolder } from "./folder.ts";

const pinned = `node:22-alpine@sha256:${"ab".repeat(32)}`;
const dockerfile = `FROM ${pinned}\nUSER node\n`;
const github = '[remote "origin"]\n\turl = git@github.com:acme/app.git\n';

let client: Client | undefined;
let folder: TestFolder | undefined;

afterEach(async () => {
  await client?.stop();
  folder?.remove();
  client = undefined;
  folder = undefined;
});

/** A repository with `api/Dockerfile`, which is open. */
async function open(
  files: Readonly<Record<string, string>>,
  text = dockerfile,
  options: ClientOptions = {},
): Promise<{ readonly client: Client; readonly folder: TestFolder; readonly uri: string }> {
  folder = testFolder({ ".git/config": github, ...files });
  const uri = folder.write("api/Dockerfile", text);
  const able = capabilities({});
  const workspaceEdit = { ...able.workspace?.workspaceEdit, resourceOperations: ["create" as const] };
  client = await startClient({
    rules: linter.rules,
    capabilities: { ...able, workspace: { ...able.workspace, workspaceEdit } },
    folders: [folder.uri],
    ...options,
  });
  await client.open(uri, "dockerfile", text);
  return { client, folder, uri };
}

async function hover(client: Client, uri: string): Promise<string> {
  const params = { textDocument: { uri }, position: { line: 0, character: 8 } };
  const found: Hover | null = await client.connection.sendRequest("textDocument/hover", params);
  return JSON.stringify(found?.contents ?? "");
}

async function offered(client: Client, uri: string): Promise<readonly CodeAction[]> {
  const place = { line: 0, character: 8 };
  const actions = await client.actions(uri, { start: place, end: place }, { only: ["refactor"] });
  return actions.filter(({ kind }) => kind === "refactor.rewrite.seaworthy.keep-digests-fresh");
}

describe("a hover", () => {
  test("says which bot keeps a digest fresh", async () => {
    const { client, uri } = await open({ "renovate.json": "{}" });
    expect(await hover(client, uri)).toContain(
      "Renovate keeps digests here fresh: `renovate.json` has it look at this file.",
    );
  });

  test("says why one does not", async () => {
    const { client, uri } = await open({ ".github/dependabot.yml": "version: 2\nupdates: []\n" });
    expect(await hover(client, uri)).toContain("`.github/dependabot.yml` has no entry for `docker` in `/api`");
  });

  test("says it of an image that should have a digest, and not of others", async () => {
    const settings = (): unknown => ({ rules: { "image/missing-digest": "warning" } });
    const files = { ".renovaterc": "{ // all\n}" };
    const { client, uri } = await open(files, "FROM node:22-alpine\nUSER node\n", { settings });
    expect(await hover(client, uri)).toContain("Renovate keeps digests here fresh");
    await client.edit(uri, 0, client.text(uri).length, "FROM scratch\n");
    expect(await hover(client, uri)).not.toContain("Renovate");
  });

  test("says that there is none only where a whole repository was looked at", async () => {
    const { client, folder, uri } = await open({});
    expect(await hover(client, uri)).toContain("No bot is set up to keep digests fresh");
    rmSync(new URL(`${folder.uri}/.git`), { recursive: true });
    expect(await hover(client, uri)).not.toContain("No bot");
  });

  test("follows what is typed into the configuration", async () => {
    const { client, folder, uri } = await open({ "renovate.json": "{}" });
    await client.open(folder.uriOf("renovate.json"), "json", '{ "enabled": false }');
    expect(await hover(client, uri)).toContain("`renovate.json` turns it off");
  });
});

describe("an action", () => {
  test("adds what Dependabot lacks, each thing to be confirmed", async () => {
    const config = "version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n";
    const { client, folder, uri } = await open({ ".github/dependabot.yml": config });
    const [action, ...more] = await offered(client, uri);
    expect(more).toEqual([]);
    expect(action?.title).toBe("Have Dependabot keep these digests fresh");
    expect(Object.values(action?.edit?.changeAnnotations ?? {})).toEqual([
      {
        label: "Add an entry for `docker` in `/api` to `.github/dependabot.yml`",
        description: "Have Dependabot keep these digests fresh",
        needsConfirmation: true,
      },
    ]);
    const [change, ...others] = action?.edit?.documentChanges ?? [];
    expect(others).toEqual([]);
    expect(change).toMatchObject({ textDocument: { uri: folder.uriOf(".github/dependabot.yml"), version: null } });
    expect(made(config, change)).toBe(
      `${config}  - package-ecosystem: docker\n    directory: /api\n    schedule:\n      interval: weekly\n`,
    );
  });

  test("edits the version of the configuration that is open", async () => {
    const { client, folder, uri } = await open({ "renovate.json": '{ "enabledManagers": [] }' });
    const typed = '{\n  "enabledManagers": ["npm"],\n  "pinDigests": false\n}\n';
    await client.open(folder.uriOf("renovate.json"), "json", typed);
    const [action] = await offered(client, uri);
    const [change] = action?.edit?.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { version: client.version(folder.uriOf("renovate.json")) } });
    expect(made(typed, change)).toContain('["npm", "dockerfile"]');
  });

  test("makes a new file on GitHub", async () => {
    const { client, folder, uri } = await open({});
    const [action] = await offered(client, uri);
    const [created, filled] = action?.edit?.documentChanges ?? [];
    expect(created).toMatchObject({
      kind: "create",
      uri: folder.uriOf(".github/dependabot.yml"),
      options: { overwrite: false },
    });
    expect(made("", filled)).toContain("package-ecosystem: docker\n    directory: /api\n");
  });

  test("is not offered to clients that cannot make files, nor elsewhere than on GitHub", async () => {
    const { client, folder, uri } = await open({}, dockerfile, { capabilities: capabilities({}) });
    expect(await offered(client, uri)).toEqual([]);
    folder.write(".git/config", github.replace("github.com", "git.example.org"));
    expect(await offered(client, uri)).toEqual([]);
  });

  test("is not offered where a bot does it, and at an image without a digest", async () => {
    const { client, uri } = await open({ "renovate.json": '{ "extends": ["config:best-practices"] }' });
    expect(await offered(client, uri)).toEqual([]);
    const unpinned = await open({ ".github/dependabot.yml": "version: 2\nupdates: []\n" }, "FROM node:22-alpine\n");
    expect(await offered(unpinned.client, unpinned.uri)).toEqual([]);
  });
});

test("nothing is read before somebody asks", async () => {
  const reads: string[] = [];
  const host = nodeHost();
  const noting = {
    readFile: (path: string) => {
      reads.push(path);
      return host.readFile(path);
    },
  };
  const { client, uri } = await open({ "renovate.json": "{}" }, dockerfile, { host: noting });
  await client.diagnostics(uri);
  const start = { line: 0, character: 8 };
  const automatic = { triggerKind: CodeActionTriggerKind.Automatic };
  await client.actions(uri, { start, end: start }, automatic);
  expect(reads.filter((path) => path.endsWith("renovate.json"))).toEqual([]);
  await hover(client, uri);
  expect(reads.filter((path) => path.endsWith("renovate.json"))).toHaveLength(1);
});

/** A text after one of the changes of an edit. */
function made(text: string, change: NonNullable<WorkspaceEdit["documentChanges"]>[number] | undefined): string {
  const edits = change !== undefined && "edits" in change ? change.edits : [];
  const places = placesOf(text, "utf-16");
  return edits
    .map((edit) => ("newText" in edit ? { ...places.span(edit.range), newText: edit.newText } : undefined))
    .filter((edit) => edit !== undefined)
    .toSorted((a, b) => b.start - a.start)
    .reduce((before, { start, end, newText }) => before.slice(0, start) + newText + before.slice(end), text);
}
