import type { ExtensionContext, TextDocument } from "vscode";
import { window, workspace } from "vscode";
import { registerCommands } from "./commands.ts";
import { isRelevant } from "./relevance.ts";
import type { Session } from "./session.ts";

/**
 * Called for any Dockerfile, Compose or YAML document. Of YAML most is not ours, so until a document turns out to be, nothing is loaded
 * but this small file: the language client and the server come with `session.ts`, a bundle of its own.
 */
export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("Seaworthy", { log: true });
  let session: Promise<Session> | undefined;

  const start = (): Promise<Session> => {
    // By the name of the bundle, which esbuild leaves alone.
    session ??= import("./session.js").then(({ startSession }) => startSession(context, output));
    return session;
  };
  // One that failed is not tried again by itself, but whenever a person asks.
  const restart = async (): Promise<void> => {
    const running = await session?.catch(() => undefined);
    if (running !== undefined) return running.restart();
    session = undefined;
    await start();
  };
  const consider = (document: TextDocument): void => {
    if (session !== undefined || !isRelevant(document)) return;
    start().catch((reason: unknown) => output.error(`Seaworthy could not start: ${String(reason)}`));
  };

  context.subscriptions.push(
    output,
    { dispose: () => void session?.then((running) => running.stop()).catch(() => undefined) },
    workspace.onDidOpenTextDocument(consider),
    workspace.onDidChangeTextDocument((change) => consider(change.document)),
    ...registerCommands({ context, output, restart, images: async () => (await start()).images }),
  );
  for (const document of workspace.textDocuments) consider(document);
}
