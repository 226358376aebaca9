import type { Agent, IncomingMessage } from "node:http";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type HttpRequest, type HttpResponse, NetworkError, type RegistryFetch } from "../registry/answers.ts";
import { agentFor } from "./proxy.ts";

/** Milliseconds; a timer takes no more. */
const longestTimer = 2 ** 31 - 1;

/** Where there is a proxy, nobody else is connected to. */
const unreached: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
]);

/**
 * Asks over Node's own HTTP. What it knows of certificates is Node's: `NODE_EXTRA_CA_CERTS`, and whatever options Node was started with. Proxies are those that
 * `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` name. Bodies come as they were sent: no compression is asked for, so that digests can be computed.
 */
export function nodeFetch(): RegistryFetch {
  return async (request, signal) => {
    const stop = new AbortController();
    const leave = (): void => stop.abort();
    signal.addEventListener("abort", leave);
    let agent: Agent | undefined;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop.abort();
    }, request.headWithin ?? longestTimer);
    try {
      signal.throwIfAborted();
      const url = addressOf(request.url);
      agent = await agentFor(url, stop.signal);
      const response = await responseTo(request, url, agent, stop.signal);
      clearTimeout(timer);
      return await answer(request, response);
    } catch (error) {
      if (signal.aborted) throw new NetworkError("The request was cancelled", "ABORT_ERR");
      if (late) throw new NetworkError("There was no answer in time", "ETIMEDOUT");
      const failure = networkError(error);
      throw agent !== undefined && unreached.has(failure.code ?? "")
        ? new NetworkError("The proxy cannot be reached", "ERR_PROXY_CONNECTION_FAILED")
        : failure;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", leave);
    }
  };
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new NetworkError("No address that can be asked", "ERR_INVALID_URL");
  // Node would send them to whomever the address names.
  if (url.username !== "" || url.password !== "")
    throw new NetworkError("An address with credentials in it", "ERR_INVALID_URL");
  return url;
}

function responseTo(
  { method, headers, body }: HttpRequest,
  url: URL,
  agent: Agent | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = send(url, {
      method,
      headers: { ...headers, ...length },
      signal,
      ...(agent === undefined ? {} : { agent }),
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      // Only a proxy asks so; what it says is not the registry's answer.
      if (response.statusCode === 407 && agent !== undefined)
        sent.destroy(new NetworkError("The proxy wants credentials", "ERR_PROXY_REFUSED"));
      else resolve(response);
    });
    sent.on("proxyConnect", ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200)
        sent.destroy(new NetworkError(`The proxy refused with status ${statusCode}`, "ERR_PROXY_REFUSED"));
    });
    sent.end(body);
  });
}

async function answer({ limit }: HttpRequest, response: IncomingMessage): Promise<HttpResponse> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) continue;
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > limit) break;
  }
  const read = Buffer.concat(chunks);
  return {
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    body: new Uint8Array(read.subarray(0, limit)),
    truncated: size > limit,
  };
}

function headersOf({ headersDistinct }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, (values ?? []).join(", ")]));
}

/** What Node knows of several attempts is kept in the first, and what a library wraps in its cause. */
function networkError(error: unknown): NetworkError {
  let inner = error;
  for (let depth = 0; depth < 5; depth++) {
    const next: unknown =
      inner instanceof AggregateError ? inner.errors[0] : inner instanceof Error ? inner.cause : undefined;
    if (!(next instanceof Error)) break;
    inner = next;
  }
  if (inner instanceof NetworkError) return inner;
  if (!(inner instanceof Error)) return new NetworkError("The request failed");
  return new NetworkError(inner.message, codeOf(inner));
}

/** Node calls all that OpenSSL has against a handshake `EPROTO`; only the message says what it was: `…:SSL routines:ssl3_get_record:wrong version number:…`. */
function codeOf(error: Error): string | undefined {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const reason = code === "EPROTO" ? /:SSL routines:[^:]*:([^:]+):/.exec(error.message)?.[1] : undefined;
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
}
