import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  Trace,
  type Tracer,
} from "vscode-languageserver/node";
import { keepSecretsOutOfTraces } from "../../client/src/traces.ts";

test("a trace of everything tells of what was fetched, and no secret", async () => {
  const lines: string[] = [];
  const client = { trace: (message: string, data?: unknown) => void lines.push(`${message} ${String(data)}`) };
  keepSecretsOutOfTraces(client);

  const [there, back] = [new PassThrough(), new PassThrough()];
  const editor = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const server = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  for (const method of ["seaworthy/fetch", "seaworthy/readFile"]) {
    editor.onRequest(method, () => ({ status: 200, body: "the token" }));
  }
  // As the client has it: what is no text is another format, which no setting asks for.
  const tracer: Tracer = {
    log: (message: unknown, data?: string) => client.trace(String(message), data),
  };
  await editor.trace(Trace.Verbose, tracer, false);
  editor.listen();
  server.listen();
  const params = { headers: { authorization: "Basic the password" }, text: "FROM node:22" };
  await server.sendRequest("seaworthy/fetch", params);
  await server.sendRequest("seaworthy/readFile", params);
  editor.dispose();
  server.dispose();

  const ofFetch = lines.filter((line) => line.includes("seaworthy/fetch"));
  expect(ofFetch).toHaveLength(2);
  expect(ofFetch.join("\n")).not.toMatch(/password|token/);
  // Others are told as a whole.
  expect(lines.filter((line) => line.includes("FROM node:22"))).toHaveLength(1);
  expect(lines).toHaveLength(4);
});
