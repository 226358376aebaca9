import { createServer, type IncomingMessage, type RequestListener, Server } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { nodeFetch } from "../../server/src/hosts/network.ts";
import { type HttpRequest, NetworkError } from "../../server/src/registry/answers.ts";
import { type SmallProxy, startProxy } from "./small-proxy.ts";

const open: TcpServer[] = [];

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toLowerCase(), "");
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of open.splice(0)) {
    if (server instanceof Server) server.closeAllConnections();
    server.close();
  }
});

async function listening(server: TcpServer): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Answers with the address of a server. */
async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createServer(listener))}`;
}

function ask(url: string, more: Partial<HttpRequest> = {}, signal = new AbortController().signal) {
  return nodeFetch()({ method: "GET", url, headers: {}, limit: 1000, ...more }, signal);
}

async function refusal(asked: Promise<unknown>): Promise<NetworkError> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetworkError)) throw new Error(`no NetworkError: ${String(error)}`);
  return error;
}

function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

describe("an answer", () => {
  it("has status, headers and body, and nothing was asked for but what was said", async () => {
    let asked: IncomingMessage | undefined;
    const url = await serve((request, response) => {
      asked = request;
      response.writeHead(401, [
        "WWW-Authenticate",
        "Basic realm=a",
        "WWW-Authenticate",
        "Bearer realm=b",
        "X-One",
        "1",
      ]);
      response.end("no");
    });
    const answer = await ask(`${url}/v2/x`, { headers: { accept: "a, b" } });
    expect(answer.status).toBe(401);
    expect(answer.headers).toMatchObject({ "www-authenticate": "Basic realm=a, Bearer realm=b", "x-one": "1" });
    expect(textOf(answer.body)).toBe("no");
    expect(answer.truncated).toBe(false);
    expect(asked?.url).toBe("/v2/x");
    expect(asked?.headers).toMatchObject({ accept: "a, b", host: new URL(url).host });
    expect(asked?.headers).not.toHaveProperty("accept-encoding");
  });

  it("to HEAD has no body, whatever length it tells", async () => {
    const url = await serve((_, response) => response.writeHead(200, { "content-length": "5000000" }).end());
    const answer = await ask(url, { method: "HEAD" });
    expect({ ...answer, headers: answer.headers["content-length"] }).toEqual({
      status: 200,
      headers: "5000000",
      body: new Uint8Array(),
      truncated: false,
    });
  });

  it("is given what is posted", async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => response.end(`${request.headers["content-length"]} ${Buffer.concat(chunks).toString()}`));
    });
    const answer = await ask(url, { method: "POST", body: "größe=1" });
    expect(textOf(answer.body)).toBe("9 größe=1");
  });

  it("that sends elsewhere is not followed", async () => {
    const url = await serve((_, response) => response.writeHead(307, { location: "http://127.0.0.1:1/" }).end());
    expect(await ask(url)).toMatchObject({ status: 307, headers: { location: "http://127.0.0.1:1/" } });
  });

  it.each([
    [999, false],
    [1000, false],
    [1001, true],
  ])("of %i bytes is cut at the limit", async (length, truncated) => {
    const url = await serve((_, response) => response.end("x".repeat(length)));
    const answer = await ask(url);
    expect(answer.truncated).toBe(truncated);
    expect(answer.body.length).toBe(Math.min(length, 1000));
  });

  it("that never ends is cut while it comes, and the connection closed", async () => {
    let sent = 0;
    let closed: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write("x".repeat((sent += 500) && 500)), 1);
      response.on("close", () => {
        clearInterval(timer);
        closed();
      });
    });
    expect(await ask(url)).toMatchObject({ status: 200, truncated: true });
    await gone;
  });

  it("may be compressed where nobody wanted that; its bytes come as they are", async () => {
    const url = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("raw"));
    expect(textOf((await ask(url)).body)).toBe("raw");
  });

  it("uses one connection after the other", async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    for (let times = 0; times < 3; times++) await ask(url);
    expect(ports.size).toBe(1);
  });
});

describe("no answer", () => {
  it("is told with the code of a refused connection", async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await refusal(ask(`http://127.0.0.1:${port}/`))).code).toBe("ECONNREFUSED");
    expect((await refusal(ask(`http://localhost:${port}/`))).code).toBe("ECONNREFUSED");
  });

  it("is told with the code of a name that does not exist", async () => {
    const { code } = await refusal(ask("http://registry.invalid/v2/"));
    // The latter where there is no name server at all.
    expect(["ENOTFOUND", "EAI_AGAIN"]).toContain(code);
  });

  it("is told where plain HTTP answers TLS", async () => {
    const url = await serve((_, response) => response.end());
    const { code } = await refusal(ask(url.replace("http:", "https:")));
    expect(code).toMatch(/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/);
  });

  it("is told where the connection ends before the answer, or within it", async () => {
    const silent = await listening(createTcpServer((socket) => socket.destroy()));
    expect((await refusal(ask(`http://127.0.0.1:${silent}/`))).code).toBe("ECONNRESET");
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("12345", () => response.destroy());
    });
    expect((await refusal(ask(url))).code).toBe("ECONNRESET");
  });

  it("is told where what answers is not HTTP", async () => {
    const port = await listening(createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH\r\n")));
    expect((await refusal(ask(`http://127.0.0.1:${port}/`))).code).toMatch(/^HPE_/);
  });

  it.each(["", "ghcr.io/v2/", "file:///etc/passwd", "ftp://ghcr.io/", "http://"])("has the address %j", async (url) => {
    expect((await refusal(ask(url))).code).toBe("ERR_INVALID_URL");
  });

  it("has an address with credentials, which are not repeated", async () => {
    const { code, message } = await refusal(ask("http://alice:hunter2@127.0.0.1/"));
    expect(code).toBe("ERR_INVALID_URL");
    expect(message).not.toContain("hunter2");
  });

  it("has headers that cannot be sent, which are not repeated", async () => {
    const { code, message } = await refusal(ask("http://127.0.0.1:1/", { headers: { authorization: "hunter2\r\n" } }));
    expect(code).toBe("ERR_INVALID_CHAR");
    expect(message).not.toContain("hunter2");
  });
});

describe("a question that is no longer wanted", () => {
  it("is not asked at all where that is known before", async () => {
    expect((await refusal(ask("http://127.0.0.1:1/", {}, AbortSignal.abort()))).code).toBe("ABORT_ERR");
  });

  it.each([
    ["before the answer", () => undefined],
    ["within the answer", (_: unknown, response: { write(text: string): void }) => response.write("x")],
  ])("ends %s", async (_, listener) => {
    const control = new AbortController();
    const url = await serve((request, response) => {
      listener(request, response);
      setTimeout(() => control.abort(), 20);
    });
    expect((await refusal(ask(url, {}, control.signal))).code).toBe("ABORT_ERR");
  });
});

describe("a time limit for the head of the answer", () => {
  it("ends what is silent, directly and behind a proxy", async () => {
    const url = `http://127.0.0.1:${await listening(createTcpServer((socket) => socket.resume()))}`;
    expect((await refusal(ask(url, { headWithin: 30 }))).code).toBe("ETIMEDOUT");
    vi.stubEnv("HTTPS_PROXY", url);
    vi.stubEnv("HTTP_PROXY", url);
    expect((await refusal(ask("https://registry.example/", { headWithin: 30 }))).code).toBe("ETIMEDOUT");
    expect((await refusal(ask("http://registry.example/", { headWithin: 30 }))).code).toBe("ETIMEDOUT");
  });

  it("leaves the body its time", async () => {
    const url = await serve((_, response) => {
      response.write("slow");
      setTimeout(() => response.end("ly"), 1500);
    });
    expect(textOf((await ask(url, { headWithin: 1000 })).body)).toBe("slowly");
  });
});

describe("a proxy", () => {
  async function proxy(to: string, status?: number): Promise<SmallProxy> {
    const started = await startProxy(to.replace("http://", ""), status);
    onTestFinished(() => started.stop());
    return started;
  }

  function byProxy(): Promise<string> {
    return serve((_, response) => response.end("by proxy"));
  }

  const basic = `Basic ${Buffer.from("ann:p:w%").toString("base64")}`;

  it("is asked for plain HTTP, with its credentials", async () => {
    const { host, seen } = await proxy(await byProxy());
    vi.stubEnv("HTTP_PROXY", `http://ann:p%3Aw%25@${host}`);
    expect(textOf((await ask("http://registry.example:5000/v2/?a=b")).body)).toBe("by proxy");
    expect(seen).toEqual([`GET http://registry.example:5000/v2/?a=b ${basic}`]);
  });

  it("is asked for a tunnel to TLS", async () => {
    const plain = await serve((_, response) => response.end());
    const { host, seen } = await proxy(plain);
    vi.stubEnv("https_proxy", `http://ann:p%3Aw%25@${host}`);
    // Behind this one there is no TLS, which is told as without a proxy.
    expect((await refusal(ask("https://registry.example/v2/"))).code).toMatch(
      /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/,
    );
    expect(seen).toEqual([`CONNECT registry.example:443 ${basic}`]);
  });

  it.each([407, 403, 502])("that answers %i to a tunnel is not taken for the registry", async (status) => {
    const { host } = await proxy("http://127.0.0.1:1", status);
    vi.stubEnv("HTTPS_PROXY", `http://ann:hunter2@${host}`);
    const { code, message } = await refusal(ask("https://registry.example/v2/"));
    expect(code).toBe("ERR_PROXY_REFUSED");
    expect(message).not.toMatch(/hunter2|ann/);
  });

  it("that wants credentials for plain HTTP is not taken for the registry", async () => {
    const { host } = await proxy("http://127.0.0.1:1", 407);
    vi.stubEnv("HTTP_PROXY", `http://${host}`);
    expect((await refusal(ask("http://registry.example/v2/"))).code).toBe("ERR_PROXY_REFUSED");
  });

  it.each(["http://127.0.0.1:1", "http://proxy.invalid:3128"])(
    "that cannot be reached is not taken for the registry either: %s",
    async (value) => {
      vi.stubEnv("ALL_PROXY", value);
      for (const url of ["https://registry.example/v2/", "http://registry.example/v2/"])
        expect((await refusal(ask(url))).code).toBe("ERR_PROXY_CONNECTION_FAILED");
    },
  );

  it("is not asked for what is left out, nor for loopback", async () => {
    const { host, seen } = await proxy(await byProxy());
    const url = await serve((_, response) => response.end("direct"));
    vi.stubEnv("HTTP_PROXY", `http://${host}`);
    expect(textOf((await ask(url)).body)).toBe("direct");
    expect(textOf((await ask(url.replace("127.0.0.1", "localhost"))).body)).toBe("direct");
    vi.stubEnv("NO_PROXY", ".example,other.invalid");
    expect(textOf((await ask("http://registry.invalid/")).body)).toBe("by proxy");
    expect(["ENOTFOUND", "EAI_AGAIN"]).toContain((await refusal(ask("http://other.invalid/"))).code);
    expect(seen).toEqual(["GET http://registry.invalid/"]);
  });

  it.each(["socks5://ann:hunter2@127.0.0.1:1", "::::hunter2"])(
    "that is none for HTTP is told without what it is: %s",
    async (value) => {
      vi.stubEnv("ALL_PROXY", value);
      const { code, message } = await refusal(ask("https://registry.example/v2/"));
      expect(code).toBe("ERR_INVALID_PROXY");
      expect(message).not.toContain("hunter2");
    },
  );

  it("that is silent is left when the question is no longer wanted", async () => {
    const closed: Promise<void>[] = [];
    const port = await listening(
      createTcpServer((socket) => {
        // Who does not read never learns that the other side is gone.
        socket.resume();
        closed.push(new Promise((resolve) => void socket.on("close", () => resolve())));
      }),
    );
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${port}`);
    const control = new AbortController();
    setTimeout(() => control.abort(), 50);
    expect((await refusal(ask("https://registry.example/v2/", {}, control.signal))).code).toBe("ABORT_ERR");
    await Promise.all(closed);
  });
});
