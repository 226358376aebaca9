import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startClient } from "./client.ts";
import { exampleRules } from "./rules.ts";

const bundle = fileURLToPath(new URL("../../dist/server/main.mjs", import.meta.url));
const uri = "untitled:Dockerfile";

describe("the server's process", () => {
  test("ends with 0 after shutdown and exit", async () => {
    const client = await startClient();
    expect(client.initialized.serverInfo?.name).toBe("Seaworthy");
    expect(await client.stop()).toBe(0);
  });

  test("ends with 1 after exit alone", async () => {
    const client = await startClient();
    await client.connection.sendNotification("exit");
    expect(await client.exited).toBe(1);
  });

  test("ends when nobody is at the other end any more", async () => {
    const client = await startClient();
    client.process?.stdin?.end();
    expect(await client.exited).toBe(1);
  });

  test("ends when the process that asked for it is gone", async () => {
    // A parent that dies at once; the server is told its id, and keeps its own open input.
    const parent = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => parent.once("exit", resolve));
    const server = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "ignore", "inherit"] });
    const exited = new Promise((resolve) => server.once("exit", resolve));
    const params = { processId: parent.pid, rootUri: null, capabilities: {} };
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    expect(await exited).toBe(1);
  });

  test("speaks to a parent over its channel too", async () => {
    const server = spawn(process.execPath, [bundle, "--node-ipc"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const exited = new Promise((resolve) => server.once("exit", resolve));
    const answered = new Promise((resolve) => server.once("message", resolve));
    const params = { processId: process.pid, rootUri: null, capabilities: {} };
    server.send({ jsonrpc: "2.0", id: 1, method: "initialize", params });
    expect(await answered).toMatchObject({ id: 1, result: { capabilities: { hoverProvider: true } } });
    server.send({ jsonrpc: "2.0", method: "exit" });
    expect(await exited).toBe(1);
  });
});

describe("the server goes on", () => {
  test("after requests about documents that are not open, and after ones it does not know", async () => {
    const client = await startClient();
    const nowhere = { textDocument: { uri: "file:///nowhere" }, position: { line: 3, character: 7 } };
    expect(await client.connection.sendRequest("textDocument/hover", nowhere)).toBeNull();
    expect(await client.connection.sendRequest("textDocument/completion", nowhere)).toEqual([]);
    const start = { line: 0, character: 0 };
    expect(await client.actions("file:///nowhere", { start, end: start })).toEqual([]);
    expect(await client.connection.sendRequest("codeAction/resolve", { title: "x", data: { uri: 5 } })).toMatchObject({
      title: "x",
    });
    await expect(client.connection.sendRequest("textDocument/unheardOf", nowhere)).rejects.toThrow();
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: "file:///nowhere", version: 4 },
      contentChanges: [{ text: "FROM a" }],
    });
    await client.close("file:///nowhere");
    await client.open(uri, "dockerfile", "FROM nginx:latest\n");
    expect(await client.diagnostics(uri)).not.toEqual([]);
    expect(await client.stop()).toBe(0);
  });

  test("where a client does not answer for the settings", async () => {
    const client = await startClient({
      settings: () => {
        throw new Error("no settings today");
      },
    });
    await client.open(uri, "dockerfile", "FROM nginx:latest\n");
    expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain("floating-tag");
    expect(client.logs.join("\n")).toContain("did not tell the settings");
    await client.stop();
  });

  test("where files cannot be read", async () => {
    const client = await startClient({
      rules: exampleRules,
      host: { readFile: (path) => Promise.reject(new Error(`no ${path} today`)) },
    });
    const broken = "file:///srv/app/Dockerfile";
    await client.open(broken, "dockerfile", "FROM a:1\nRUN say teh\n");
    expect((await client.diagnostics(broken)).map(({ code }) => code)).toEqual(["typo"]);
    expect(await client.logged(/today/)).toContain("could not be read");
    await client.stop();
  });

  test("when a rule throws, and says which", async () => {
    const [typo] = exampleRules;
    if (typo === undefined) throw new Error("there must be an example rule");
    const run = () => {
      throw new Error("stumbled");
    };
    const client = await startClient({
      rules: [...exampleRules, { ...typo, id: "dockerfile/faulty", slug: "faulty", run }],
    });
    await client.open(uri, "dockerfile", "FROM a:1\nRUN say teh\n");
    const found = await client.diagnostics(uri);
    expect(found.map(({ code }) => code)).toContain("typo");
    expect(JSON.stringify(found)).toContain("dockerfile/faulty");
    expect(await client.logged(/stumbled/)).toContain("dockerfile/faulty failed");
    await client.stop();
  });

  test("and says which rule took long", async () => {
    let time = 0;
    const client = await startClient({
      rules: exampleRules,
      host: {
        now: () => {
          time += 1001;
          return time;
        },
      },
    });
    await client.open(uri, "dockerfile", "FROM a:1\nRUN say teh\n");
    await client.diagnostics(uri);
    expect(await client.logged(/dockerfile\/typo took/)).toMatch(/took \d+ ms on Dockerfile \(3 lines\)/);
    await client.stop();
  });

  test("on files that are broken in every way", async () => {
    const client = await startClient();
    const texts = [
      "",
      "\u0000\u0001",
      "FROM",
      "FROM a AS\nRUN <<EOF",
      "RUN [",
      "FROM a\\",
      "services:\n\t- a: [",
      "apiVersion: v1\nkind: Pod\nspec: {{",
      "apiVersion: v1\nkind: Pod\nspec: &a\n  containers: *a\n",
      "services: *a\n",
      "---\n---\n--- |\n",
      "\ud800",
      "services:\n  a: &a { <<: *a }\n",
    ];
    for (const [index, text] of texts.entries()) {
      for (const [name, language] of [
        ["Dockerfile", "dockerfile"],
        ["compose.yaml", "dockercompose"],
        ["pod.yaml", "yaml"],
        [".seaworthy.yaml", "yaml"],
        [".hadolint.yaml", "yaml"],
      ] as const) {
        const broken = `untitled:${index}/${name}`;
        await client.open(broken, language, text);
        expect(await client.diagnostics(broken), `${text} as ${name}`).toBeInstanceOf(Array);
      }
    }
    expect(client.logs).toEqual([]);
    await client.stop();
  });
});
