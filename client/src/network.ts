import type { CancellationToken } from "vscode";
import { workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { FetchParams, FetchResult } from "../../server/src/lsp/protocol.ts";

/** Lets the server ask registries by `fetchForServer`. */
export function answerFetches(client: LanguageClient): void {
  client.onRequest<FetchResult, void>("seaworthy/fetch", fetchForServer);
}

/**
 * Fetches over the extension host's own fetch: the editor has taught it its proxy and its certificates, of which a process beside it knows nothing. Files that
 * nobody vouches for can name any host, so that nothing is asked for them. Never rejects.
 */
export async function fetchForServer(request: FetchParams, token: CancellationToken): Promise<FetchResult> {
  if (!workspace.isTrusted) return { error: { message: "the workspace is not trusted" } };
  const cancellation = new AbortController();
  const listener = token.onCancellationRequested(() => cancellation.abort());
  // The editor tells that only later where it was so before.
  if (token.isCancellationRequested) cancellation.abort();
  try {
    return await exchange(request, cancellation);
  } catch (error) {
    return { error: reasonOf(error) };
  } finally {
    listener.dispose();
    // Whatever of the body was not wanted is not waited for.
    cancellation.abort();
  }
}

async function exchange(request: FetchParams, cancellation: AbortController): Promise<FetchResult> {
  const { method, url, headers, body, limit, headWithin } = request;
  let late = false;
  const giveUp = (): void => {
    late = true;
    cancellation.abort();
  };
  const timer = headWithin === undefined ? undefined : setTimeout(giveUp, headWithin);
  try {
    const response = await fetch(url, {
      method,
      // Digests are computed from what was sent.
      headers: { "accept-encoding": "identity", ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      credentials: "omit",
      signal: cancellation.signal,
    });
    clearTimeout(timer);
    const read = await readBody(response, limit);
    return { status: response.status, headers: Object.fromEntries(response.headers), ...read };
  } catch (error) {
    if (late) return { error: { message: `no answer within ${headWithin} ms`, code: "ETIMEDOUT" } };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(response: Response, limit: number): Promise<{ body: string; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) break;
    }
  }
  return { body: Buffer.concat(chunks).subarray(0, limit).toString("base64"), truncated: size > limit };
}

/** The innermost cause says what happened; what is around it says `fetch failed`. */
function reasonOf(error: unknown): { message: string; code?: string } {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const message = inner instanceof Error ? inner.message : String(inner);
  const code = inner instanceof Error && "code" in inner && typeof inner.code === "string" ? inner.code : undefined;
  return { message, ...(code === undefined ? {} : { code }) };
}
