import { createServer, request as send } from "node:http";
import { connect, type Socket } from "node:net";

/** A proxy on loopback, for plain HTTP and for tunnels. */
export interface SmallProxy {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** `CONNECT registry.example:443 Basic …`: what it was asked, and by whom. */
  readonly seen: readonly string[];
  stop(): void;
}

/** Starts a proxy that leads to `to` (`127.0.0.1:5000`), whatever host it is asked for; with another `status` than 200 it refuses. */
export async function startProxy(to: string, status = 200): Promise<SmallProxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const [hostname = "", port = ""] = to.split(":");
  const note = (method: string | undefined, url: string | undefined, by: string | undefined) =>
    seen.push([method, url, ...(by === undefined ? [] : [by])].join(" "));

  const server = createServer((request, response) => {
    const { "proxy-authorization": by, ...headers } = request.headers;
    note(request.method, request.url, by);
    if (status !== 200) {
      response.writeHead(status).end();
      return;
    }
    const { pathname, search } = new URL(request.url ?? "");
    const onward = send({ hostname, port, method: request.method, path: pathname + search, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket) => {
    note("CONNECT", request.url, request.headers["proxy-authorization"]);
    socket.on("error", () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    host: `127.0.0.1:${address.port}`,
    seen,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
