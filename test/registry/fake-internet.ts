import { type HttpRequest, NetworkError, type RegistryFetch } from "../../server/src/registry/answers.ts";

/** What a host of the fake says; a text is the code of the error of a connection that fails. */
export type FakeAnswer =
  | string
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Uint8Array;
    };

export interface FakeInternet {
  readonly fetch: RegistryFetch;
  /** `GET https://ghcr.io/v2/…`, in order. */
  readonly asked: readonly string[];
  /** The same, with all that was sent. */
  readonly requests: readonly HttpRequest[];
}

/** Hosts that no machine has to have, by their origins: `https://ghcr.io`. Others do not exist. */
export function fakeInternet(
  hosts: Readonly<Record<string, (request: HttpRequest, url: URL) => FakeAnswer>>,
): FakeInternet {
  const requests: HttpRequest[] = [];
  return {
    requests,
    get asked() {
      return requests.map(({ method, url }) => `${method} ${url}`);
    },
    async fetch(request, signal) {
      signal.throwIfAborted();
      requests.push(request);
      const url = new URL(request.url);
      const answer = hosts[url.origin]?.(request, url) ?? "ENOTFOUND";
      if (typeof answer === "string") throw new NetworkError(`failed: ${request.url}`, answer);
      const body = request.method === "HEAD" ? "" : (answer.body ?? "");
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
      return {
        status: answer.status ?? 200,
        headers: answer.headers ?? {},
        body: bytes.subarray(0, request.limit),
        truncated: bytes.length > request.limit,
      };
    },
  };
}
