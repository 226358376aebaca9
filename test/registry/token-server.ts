import { createSign, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";

/** A token server on loopback, by https://distribution.github.io/distribution/spec/auth/token and its OAuth sibling. */
export interface TokenServer {
  /** `http://127.0.0.1:40123/token` */
  readonly realm: string;
  /** `GET alice repository:private/app:pull`: what was asked, and by whom; `-` is anybody. */
  readonly seen: readonly string[];
  stop(): void;
}

export interface TokenServerOptions {
  readonly issuer: string;
  /** PEM */
  readonly key: string;
  readonly certificate: string;
  /** `user:password` */
  readonly users: ReadonlySet<string>;
  /** Users by their refresh tokens. */
  readonly refreshTokens: ReadonlyMap<string, string>;
}

/** Users may do everything, anybody may pull what begins with `public/`. */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    void questionOf(request).then((parameters) => {
      const user = userOf(request, parameters, options);
      const scopes = parameters.getAll("scope").flatMap((scope) => scope.split(" "));
      seen.push([request.method, user ?? "?", ...scopes].join(" "));
      const refused = user === undefined;
      response.writeHead(refused ? 401 : 200, { "content-type": "application/json" });
      response.end(
        JSON.stringify(
          refused
            ? { errors: [{ code: "UNAUTHORIZED", message: "incorrect username or password" }] }
            : answerFor(user, scopes, parameters.get("service") ?? "", request.method === "POST", options),
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    realm: `http://127.0.0.1:${address.port}/token`,
    seen,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function questionOf(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.method === "GET") return new URL(request.url ?? "", "http://localhost").searchParams;
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}

/** `-` is anybody; `undefined` is somebody who is not known. */
function userOf(
  { method, headers }: IncomingMessage,
  parameters: URLSearchParams,
  { users, refreshTokens }: TokenServerOptions,
): string | undefined {
  if (method === "POST") return refreshTokens.get(parameters.get("refresh_token") ?? "");
  if (headers.authorization === undefined) return "-";
  const given = Buffer.from(headers.authorization.replace(/^Basic /, ""), "base64").toString();
  return users.has(given) ? given.slice(0, given.indexOf(":")) : undefined;
}

function answerFor(
  user: string,
  scopes: readonly string[],
  service: string,
  oauth: boolean,
  { issuer, key, certificate }: TokenServerOptions,
) {
  const access = scopes.map((scope) => {
    const [type = "", name = "", wanted = ""] = scope.split(":");
    const actions = wanted.split(",");
    const open = name.startsWith("public/") ? actions.filter((action) => action === "pull") : [];
    return { type, name, actions: user === "-" ? open : actions };
  });
  const now = Math.floor(Date.now() / 1000);
  const x5c = [certificate.replaceAll(/-----[^-]+-----|\s/g, "")];
  const head = encoded({ typ: "JWT", alg: "RS256", x5c });
  const times = { iat: now, nbf: now - 10, exp: now + 300 };
  const claims = encoded({ iss: issuer, sub: user, aud: service, ...times, jti: randomUUID(), access });
  const signature = createSign("RSA-SHA256").update(`${head}.${claims}`).sign(key, "base64url");
  const token = `${head}.${claims}.${signature}`;
  return { [oauth ? "access_token" : "token"]: token, expires_in: 300 };
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
