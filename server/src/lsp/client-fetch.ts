import { CancellationTokenSource, type Connection } from "vscode-languageserver";
import { type HttpResponse, NetworkError, type RegistryFetch } from "../registry/answers.ts";
import { isRecord } from "../languages/json/record.ts";
import { type FetchParams, fetchRequest } from "./protocol.ts";

/** Has the client do the exchange. An editor knows its proxy and certificates, of which this process knows nothing. */
export function clientFetch(connection: Pick<Connection, "sendRequest">): RegistryFetch {
  return async (request, signal) => {
    signal.throwIfAborted();
    const cancellation = new CancellationTokenSource();
    const cancel = (): void => cancellation.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const params: FetchParams = request;
      const answer: unknown = await connection.sendRequest(fetchRequest, params, cancellation.token);
      return decodeResponse(answer);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof NetworkError
        ? error
        : new NetworkError(`the editor could not ask: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      signal.removeEventListener("abort", cancel);
      cancellation.dispose();
    }
  };
}

function decodeResponse(answer: unknown): HttpResponse {
  const response = isRecord(answer) ? answer : {};
  const { error, status, headers, body, truncated } = response;
  if (isRecord(error)) {
    const { message, code } = error;
    throw new NetworkError(String(message), typeof code === "string" ? code : undefined);
  }
  if (typeof status !== "number" || !isRecord(headers) || typeof body !== "string") {
    throw new NetworkError("the editor gave no answer");
  }
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.from(body, "base64"),
    truncated: truncated === true,
  };
}
