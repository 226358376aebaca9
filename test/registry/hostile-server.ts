import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

/** A server on loopback, over plain HTTP, that says whatever it is told to say. */
export interface HostileServer {
  /** `127.0.0.1:34567`, as references have it. */
  readonly host: string;
  /** What it was asked so far, in order. */
  readonly requests: readonly HostileRequest[];
  /** So many requests were in work at the same time, at most. */
  readonly mostAtOnce: number;
}

export interface HostileRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** `silence`: never an answer; `cut`: the connection is closed instead; `slow`: its body comes a byte every 20 ms and never ends. */
export type HostileAnswer =
  | "silence"
  | "cut"
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Uint8Array;
      readonly slow?: boolean;
      /** Milliseconds before the answer. */
      readonly after?: number;
    };

/** Starts a server that ends with the test. It answers by `answer`, which is told how often that very question came before. */
export async function hostileServer(
  answer: (request: HostileRequest, before: number) => HostileAnswer,
): Promise<HostileServer> {
  const requests: HostileRequest[] = [];
  let now = 0;
  let mostAtOnce = 0;
  const server = createServer((incoming, response) => {
    const request = { method: incoming.method ?? "", path: incoming.url ?? "", headers: incoming.headers };
    const before = requests.filter(({ method, path }) => method === request.method && path === request.path).length;
    requests.push(request);
    now += 1;
    mostAtOnce = Math.max(mostAtOnce, now);
    response.on("close", () => {
      now -= 1;
    });
    const told = answer(request, before);
    if (told === "silence") return;
    if (told === "cut") {
      incoming.socket.destroy();
      return;
    }
    const send = () => sendAnswer(told, incoming, response);
    if (told.after === undefined) send();
    else setTimeout(send, told.after);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    host: `127.0.0.1:${address.port}`,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
  };
}

function sendAnswer(
  { status, headers, body, slow }: Exclude<HostileAnswer, string>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  for (const [name, value] of Object.entries(headers ?? {})) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  response.writeHead(status ?? 200);
  if (slow === true) {
    const timer = setInterval(() => response.write("x"), 20);
    response.on("close", () => clearInterval(timer));
  } else response.end(request.method === "HEAD" ? undefined : body);
}
