import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CodeAction, Diagnostic } from "vscode-languageserver/node";
import { defineRule } from "../../server/src/engine/rule.ts";
import { insert } from "../../server/src/text/edit.ts";
import { type Client, type ClientOptions, capabilities, startClient } from "./client.ts";
import { metadata } from "../engine/sample-rules.ts";
import { type TestFolder, testFolder } from "./folder.ts";

const dockerfile = 'FROM node\nCOPY . /\nENTRYPOINT ["/run.sh"]\n';
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

/** Says what is known of the files around; where there is no ignore file, a fix writes one. */
const around = defineRule("dockerfile", {
  ...metadata("around", { severity: "info", preset: "minimal", fix: "review" }),
  reads: "workspace",
  *check(_model, _options, workspace) {
    const found = workspace.packageJson();
    const start = found === undefined || found === "unknown" ? String(found) : found.scripts["start"];
    const script = workspace.script("run.sh");
    const exec = script === undefined || script === "unknown" ? String(script) : script.shell?.exec;
    const message = `start: ${start}, exec: ${exec}, yarn: ${workspace.contextHas("yarn.lock")}`;
    const ignore = workspace.ignoreFile();
    if (ignore === undefined || ignore.present) {
      const appends = ignore === undefined ? [] : [{ path: ignore.path, lines: ["line"] }];
      yield {
        at: { start: 0, end: 4 },
        message,
        fixes: [{ title: "Add a line", safety: "review", edits: [], appends }],
      };
      return;
    }
    const creates = [{ path: ignore.path, text: ".git\n" }];
    yield {
      at: { start: 0, end: 4 },
      message,
      fixes: [
        { title: "Write one", safety: "review", edits: [insert(0, "# see .dockerignore\n")], creates },
        { title: "Write a comment", safety: "review", edits: [insert(0, "# none\n")] },
      ],
    };
  },
});

async function start(options: Partial<ClientOptions> = {}): Promise<Client> {
  client = await startClient({ folders: [folder.uri], rules: [around], ...options });
  return client;
}

async function opened(
  options: Partial<ClientOptions> = {},
): Promise<{ readonly client: Client; readonly uri: string }> {
  const client = await start(options);
  const uri = folder.write("Dockerfile", dockerfile);
  await client.open(uri, "dockerfile", dockerfile);
  return { client, uri };
}

const messageOf = ([first]: readonly Diagnostic[]): unknown => first?.message;

describe("files of the build context", () => {
  test("are known as they are stored, and again when they change, come and go", async () => {
    folder.write("package.json", '{"scripts": {"start": "node a.js"}}');
    const { client, uri } = await opened();
    expect(messageOf(await client.diagnostics(uri))).toBe("start: node a.js, exec: undefined, yarn: false");
    let next = client.nextPublished(uri);
    await client.filesChanged([folder.write("run.sh", "#!/bin/sh\nexec a\n"), folder.write("yarn.lock", "")]);
    expect(messageOf((await next).diagnostics)).toBe("start: node a.js, exec: last, yarn: true");
    next = client.nextPublished(uri);
    await client.filesChanged([folder.delete("run.sh")]);
    expect(messageOf((await next).diagnostics)).toBe("start: node a.js, exec: undefined, yarn: true");
  });

  test("are known as they are being edited, and as stored once they are closed", async () => {
    const script = folder.write("run.sh", "exec a\n");
    const { client, uri } = await opened();
    expect(messageOf(await client.diagnostics(uri))).toContain("exec: last");
    await client.open(script, "shellscript", "exec a\n");
    await client.diagnostics(script);
    let next = client.nextPublished(uri);
    await client.replace(script, "exec a", "a");
    expect(messageOf((await next).diagnostics)).toContain("exec: never");
    next = client.nextPublished(uri);
    await client.close(script);
    expect(messageOf((await next).diagnostics)).toContain("exec: last");
  });

  test("are looked for anew when the Dockerfile asks for others", async () => {
    folder.write("other.sh", "a\n");
    const { client, uri } = await opened();
    expect(messageOf(await client.diagnostics(uri))).toContain("exec: unknown");
    await client.replace(uri, "/run.sh", "/other.sh");
    expect(messageOf(await client.diagnostics(uri))).toContain("start: undefined");
  });

  test("are not read outside of the folder", async () => {
    const inner = testFolder({ "run.sh": "exec a\n" });
    try {
      const client = await start({ folders: [`${inner.uri}/sub`] });
      inner.write("sub/compose.yaml", "services: {a: {build: {context: .., dockerfile: sub/Dockerfile}}}\n");
      const uri = inner.write("sub/Dockerfile", dockerfile);
      await client.open(uri, "dockerfile", dockerfile);
      expect(messageOf(await client.diagnostics(uri))).toContain("exec: unknown");
    } finally {
      inner.remove();
    }
  });
});

describe("a fix that adds lines to another file", () => {
  test("edits that file as it is stored, or as it is being edited", async () => {
    const file = folder.write(".dockerignore", "one\ntwo");
    const { client, uri } = await opened();
    const added = async () => {
      const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const actions = await client.actions(uri, at, { only: ["quickfix"] });
      const edit = actions.find(({ title }) => title === "Add a line")?.edit;
      expect(edit?.changeAnnotations).toMatchObject({ "0": { label: "Add a line", needsConfirmation: true } });
      return edit?.documentChanges;
    };
    const end = { line: 1, character: 3 };
    expect(await added()).toEqual([
      {
        textDocument: { uri: file, version: null },
        edits: [{ range: { start: end, end }, newText: "\nline\n", annotationId: "0" }],
      },
    ]);
    await client.open(file, "ignore", "one\n");
    await client.diagnostics(uri);
    const start = { line: 1, character: 0 };
    expect(await added()).toEqual([
      {
        textDocument: { uri: file, version: 1 },
        edits: [{ range: { start, end: start }, newText: "line\n", annotationId: "0" }],
      },
    ]);
  });
});

describe("a fix that makes a file", () => {
  const able = (): ClientOptions => {
    const { workspace, ...rest } = capabilities({ lazy: false });
    const workspaceEdit = { ...workspace?.workspaceEdit, resourceOperations: ["create" as const] };
    return { capabilities: { ...rest, workspace: { ...workspace, workspaceEdit } } };
  };
  const titlesOf = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const creation = (uri: string) => [
    { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false }, annotationId: "0" },
    { textDocument: { uri, version: null }, edits: [{ range: top, newText: ".git\n", annotationId: "0" }] },
  ];

  test("is one edit of the workspace, which asks to be confirmed", async () => {
    const { client, uri } = await opened(able());
    const actions = await client.actions(uri, top, { only: ["quickfix"] });
    expect(titlesOf(actions).slice(0, 2)).toEqual(["Write one", "Write a comment"]);
    expect(actions[0]?.edit?.documentChanges).toEqual([
      ...creation(folder.uriOf(".dockerignore")),
      {
        textDocument: { uri, version: 1 },
        edits: [{ range: top, newText: "# see .dockerignore\n", annotationId: "0" }],
      },
    ]);
    expect(actions[0]?.edit?.changeAnnotations).toMatchObject({ "0": { label: "Write one", needsConfirmation: true } });
  });

  test("is offered only where the editor can make files", async () => {
    const { client, uri } = await opened();
    const actions = await client.actions(uri, top, { only: ["quickfix"] });
    expect(titlesOf(actions)[0]).toBe("Write a comment");
    expect(titlesOf(actions)).not.toContain("Write one");
  });

  test("asks to be confirmed among the fixes that need a look", async () => {
    const { client, uri } = await opened(able());
    const [action] = await client.actions(uri, top, { only: ["refactor.rewrite.seaworthy"] });
    expect(action?.title).toBe("Apply the fix that needs a look");
    expect(action?.edit?.documentChanges?.[0]).toMatchObject({ kind: "create", annotationId: "0" });
    expect(action?.edit?.changeAnnotations?.["0"]).toMatchObject({ label: "Write one", needsConfirmation: true });
  });

  test("is not offered where there is such a file", async () => {
    folder.write(".dockerignore", "");
    const { client, uri } = await opened(able());
    expect(titlesOf(await client.actions(uri, top, { only: ["quickfix"] }))).not.toContain("Write one");
  });
});
