import type { ExtensionContext, LogOutputChannel } from "vscode";
import { workspace } from "vscode";
import type { LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from "vscode-languageclient/node";
import { editedSchemes, selectorOf } from "./documents.ts";
import { answerChoices } from "./choices.ts";
import { answerFiles } from "./files.ts";
import { crashPolicy } from "./crashes.ts";
import { executeWithProgress, type ImageActions, imageActions } from "./images.ts";
import { answerFetches } from "./network.ts";
import { showStatus } from "./status.ts";
import { keepSecretsOutOfTraces } from "./traces.ts";

/** The running language server and what in the window hangs on it. */
export interface Session {
  /** Settles when the new server answers. */
  restart(): Promise<void>;
  /** Settles when the server has ended. Stopping twice is harmless. */
  stop(): Promise<void>;
  readonly images: ImageActions;
}

/** Starts the server in a child process. Rejects where it cannot be started; the reason is in the output too. */
export async function startSession(context: ExtensionContext, output: LogOutputChannel): Promise<Session> {
  const status = showStatus();
  let schemes = editedSchemes();
  let client = await startClient().catch((reason: unknown) => {
    status.dispose();
    throw reason;
  });

  async function startClient(): Promise<LanguageClient> {
    const next = createClient(context, output, schemes);
    status.follow(next);
    answerFiles(next);
    answerFetches(next);
    answerChoices(next);
    await next.start();
    return next;
  }

  async function stopClient(): Promise<void> {
    if (client.state === State.Stopped) return;
    await client
      .dispose()
      .catch((reason: unknown) => output.warn(`The server did not stop in time: ${String(reason)}`));
  }

  async function restart(): Promise<void> {
    await stopClient();
    schemes = editedSchemes();
    client = await startClient();
  }

  // Restarts wait for one another, however fast they are asked for.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  // A client cannot learn of another file system once it runs.
  const onNewScheme = (): void => {
    if (editedSchemes().every((scheme) => schemes.includes(scheme))) return;
    inTurn(restart).catch((reason: unknown) => output.error(`Seaworthy could not restart: ${String(reason)}`));
  };
  // Nor can a server learn that a person has come to trust the workspace.
  const onTrust = (): void => {
    inTurn(restart).catch((reason: unknown) => output.error(`Seaworthy could not restart: ${String(reason)}`));
  };
  const subscriptions = [
    status,
    workspace.onDidGrantWorkspaceTrust(onTrust),
    workspace.onDidOpenTextDocument(onNewScheme),
    workspace.onDidChangeWorkspaceFolders(onNewScheme),
  ];

  return {
    restart: () => inTurn(restart),
    stop: () =>
      inTurn(async () => {
        for (const subscription of subscriptions) subscription.dispose();
        await stopClient();
      }),
    images: imageActions(() => client),
  };
}

function createClient(context: ExtensionContext, output: LogOutputChannel, schemes: readonly string[]): LanguageClient {
  const module = context.asAbsolutePath("dist/server/main.mjs");
  const server: ServerOptions = {
    // Room for new objects that is enough for documents of thousands of lines, and half of what the server would take otherwise.
    run: { module, transport: TransportKind.ipc, options: { execArgv: ["--max-semi-space-size=4"] } },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: selectorOf(schemes),
    outputChannel: output,
    // Nothing pops up: the status item has the state, the output the reasons.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: crashPolicy(output),
    initializationFailedHandler: () => false,
    // The server reads neighbours by itself where it can, and through us where only the editor can.
    initializationOptions: {
      files: schemes.every(isLocal) ? "host" : "client",
      status: true,
      trusted: workspace.isTrusted,
      // This process knows the proxy, and has a list to choose from.
      fetch: "client",
      choose: true,
      lookUpCommand,
    },
    markdown: { isTrusted: { enabledCommands: [lookUpCommand] } },
    middleware: {
      // As the lightbulb calls them: the server's own progress could not be cancelled here.
      executeCommand: (command, args: readonly unknown[]) => executeWithProgress(client, command, args[0]),
    },
    diagnosticPullOptions: { onChange: true, onSave: true },
  };
  const client = new LanguageClient("seaworthy", "Seaworthy", server, options);
  keepSecretsOutOfTraces(client);
  return client;
}

/** The command of the palette, which hovers link to. */
const lookUpCommand = "seaworthy.lookUpImage";

function isLocal(scheme: string): boolean {
  return scheme === "file" || scheme === "untitled";
}
