import type { LanguageClient } from "vscode-languageclient/node";
import { fetchRequest } from "../../server/src/lsp/protocol.ts";

/**
 * Has a trace of the messages say that something was fetched, and how long it took, but neither with which credentials nor which token came of it: people
 * put traces into reports.
 */
export function keepSecretsOutOfTraces(client: Pick<LanguageClient, "trace">): void {
  const trace = client.trace.bind(client);
  client.trace = (message, data) => trace(message, message.includes(`'${fetchRequest}`) ? undefined : data);
}
