import { afterEach, expect, test } from "vitest";
import type { Hover } from "vscode-languageserver/node";
import { type Client, startClient } from "./client.ts";
import { exampleRules } from "./rules.ts";

let client: Client | undefined;

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

const manifest = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
---
apiVersion: v1
kind: Pod
metadata: { name: api }
spec:
  containers:
    - name: api
      image: ghcr.io/acme/api:1.4.2
      resources:
        requests: { memory: 64Mi }
`;

test("a hover in a manifest tells the class of a pod, at its place in the file", async () => {
  client = await startClient({ rules: exampleRules });
  const uri = "untitled:manifest.yaml";
  await client.open(uri, "yaml", manifest);
  const start = client.places(uri).position(manifest.indexOf("resources:"));
  const ask = (position: { line: number; character: number }) =>
    client?.connection.sendRequest<Hover | null>("textDocument/hover", { textDocument: { uri }, position });
  const found = await ask(start);
  expect(found?.range?.start).toEqual(start);
  expect(found?.contents).toMatchObject({ kind: "markdown" });
  expect(JSON.stringify(found?.contents)).toContain("**Burstable**");
  expect(await ask({ line: 1, character: 7 })).toBeNull();
});
