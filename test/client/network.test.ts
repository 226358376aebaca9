import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { fetchForServer } from "../../client/src/network.ts";
import type { FetchParams, FetchResult } from "../../server/src/lsp/protocol.ts";

/** The part of the editor that is asked. */
const editor = vi.hoisted(() => ({ workspace: { isTrusted: true } }));
vi.mock("vscode", () => editor);

beforeEach(() => {
  editor.workspace.isTrusted = true;
});

/** What the extension answers to a server that asks for this. */
async function fetched(params: Partial<FetchParams>, { token } = new CancellationTokenSource()): Promise<FetchResult> {
  return await fetchForServer(
    { method: "GET", url: "http://127.0.0.1:9/", headers: {}, limit: 1000, ...params },
    token,
  );
}

interface Place {
  /** `http://127.0.0.1:34567` */
  readonly origin: string;
  /** What was asked, in order: `GET /a`. */
  readonly requests: readonly string[];
  readonly headers: readonly IncomingMessage["headers"][];
  /** So many connections were given up before the answer was whole. */
  readonly left: () => number;
}

/** A server that ends with the test. */
async function place(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Place> {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  let left = 0;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    response.on("close", () => {
      if (!response.writableFinished) left += 1;
    });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { origin: `http://127.0.0.1:${address.port}`, requests, headers, left: () => left };
}

describe("what the server wants fetched", () => {
  test("is sent as it is, and answered with status, headers and body", async () => {
    const bytes = Buffer.from([0, 255, 10, 128]);
    const { origin, requests, headers } = await place((_request, response) => {
      response.writeHead(404, { "Docker-Content-Digest": "sha256:abc", "Content-Type": "application/json" }).end(bytes);
    });
    const answer = await fetched({ url: `${origin}/v2/a?b=c`, headers: { accept: "x/y", authorization: "Bearer t" } });
    expect(requests).toEqual(["GET /v2/a?b=c"]);
    expect(headers[0]).toMatchObject({ accept: "x/y", authorization: "Bearer t", "accept-encoding": "identity" });
    expect(headers[0]).not.toHaveProperty("cookie");
    expect(answer).toEqual({
      status: 404,
      headers: expect.objectContaining({ "docker-content-digest": "sha256:abc", "content-type": "application/json" }),
      body: bytes.toString("base64"),
      truncated: false,
    });
  });

  test("is read no further than its limit", async () => {
    const { origin, left } = await place((_request, response) => {
      const more = (): void => {
        while (response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    });
    const answer = await fetched({ url: origin, limit: 12 });
    expect(answer).toMatchObject({
      status: 200,
      body: Buffer.from("x".repeat(12)).toString("base64"),
      truncated: true,
    });
    await vi.waitFor(() => expect(left()).toBe(1), 5000);
  });

  test("is whole where it is as long as its limit", async () => {
    const { origin } = await place((_request, response) => response.end("x".repeat(12)));
    expect(await fetched({ url: origin, limit: 12 })).toMatchObject({ truncated: false });
    expect(await fetched({ url: origin, limit: 11 })).toMatchObject({ truncated: true });
  });

  test("is not looked for elsewhere where the answer says so: credentials would go along", async () => {
    const other = await place((_request, response) => response.end());
    const { origin, requests } = await place((_request, response) => {
      response.writeHead(307, { location: `${other.origin}/there` }).end();
    });
    const answer = await fetched({ url: origin, headers: { authorization: "Basic c2VjcmV0" } });
    expect(answer).toMatchObject({ status: 307, headers: { location: `${other.origin}/there` } });
    expect(requests).toHaveLength(1);
    expect(other.requests).toEqual([]);
  });

  test("is given up where its head does not come in time", async () => {
    const { origin, left } = await place(() => undefined);
    expect(await fetched({ url: origin, headWithin: 50 })).toEqual({
      error: { message: "no answer within 50 ms", code: "ETIMEDOUT" },
    });
    await vi.waitFor(() => expect(left()).toBe(1), 5000);
  });

  test("may take longer than that once its head is there", async () => {
    const { origin } = await place((_request, response) => {
      response.write("a");
      setTimeout(() => response.end("b"), 600);
    });
    const answer = await fetched({ url: origin, headWithin: 300 });
    expect(answer).toMatchObject({ body: Buffer.from("ab").toString("base64") });
  });

  test("is given up when the server no longer wants it", async () => {
    const cancellation = new CancellationTokenSource();
    const { origin, left } = await place(() => cancellation.cancel());
    expect(await fetched({ url: origin }, cancellation)).toHaveProperty("error.message");
    await vi.waitFor(() => expect(left()).toBe(1), 5000);
  });

  test("is not even begun when it is no longer wanted by then", async () => {
    const cancellation = new CancellationTokenSource();
    cancellation.cancel();
    const { origin, requests } = await place((_request, response) => response.end());
    expect(await fetched({ url: origin }, cancellation)).toHaveProperty("error.message");
    expect(requests).toEqual([]);
  });

  test("fails with the innermost reason", async () => {
    const { origin } = await place((request) => request.socket.destroy());
    expect(await fetched({ url: origin })).toHaveProperty("error.message");
    const free = "http://127.0.0.1:1/";
    expect(await fetched({ url: free })).not.toHaveProperty("error.message", "fetch failed");
    expect(await fetched({ url: "no address" })).toHaveProperty("error.message");
  });

  test("is asked of nobody in a workspace that nobody vouches for", async () => {
    const { origin, requests } = await place((_request, response) => response.end());
    editor.workspace.isTrusted = false;
    expect(await fetched({ url: origin })).toEqual({ error: { message: "the workspace is not trusted" } });
    expect(requests).toEqual([]);
  });
});
