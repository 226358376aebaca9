import type { Connection, DocumentDiagnosticReport, InitializeResult, WorkspaceFolder } from "vscode-languageserver";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { configFileNames, hadolintConfigNames } from "../engine/config.ts";
import type { Host } from "../hosts/host.ts";
import type { Linter } from "../linting.ts";
import { version } from "../reference/version.ts";
import { type Abilities, abilitiesOf } from "./abilities.ts";
import { codeActionKinds } from "./code-actions.ts";
import { completionTriggers } from "./completion.ts";
import { describe } from "./describe.ts";
import { imageCommandNames } from "./images.ts";
import { neighbourGlobs } from "./neighbours.ts";
import { createSession, type Session } from "./session.ts";

/**
 * Serves a connection until it ends; the caller has it listen. A handler that throws answers with nothing and a line in the log: the server
 * goes on.
 */
export function startServer(connection: Connection, host: Host, linter: Linter): void {
  let session: Session | undefined;

  const log = (what: string, error: unknown): void => {
    connection.console.error(`${what}: ${describe(error)}`);
  };
  /** Runs a notification's work. */
  const attempt = (what: string, work: (session: Session) => void | Promise<void>): void => {
    if (session === undefined) return;
    try {
      Promise.resolve(work(session)).catch((error: unknown) => log(what, error));
    } catch (error) {
      log(what, error);
    }
  };
  /** Runs a request's work. */
  const answer = async <T>(what: string, otherwise: T, work: (session: Session) => Promise<T>): Promise<T> => {
    if (session === undefined) return otherwise;
    try {
      return await work(session);
    } catch (error) {
      log(what, error);
      return otherwise;
    }
  };

  connection.onInitialize((params): InitializeResult => {
    const abilities = abilitiesOf(params);
    session = createSession({ connection, host, linter, abilities });
    session.openFolders(foldersOf(params));
    return { capabilities: capabilitiesOf(abilities), serverInfo: { name: "Seaworthy", version } };
  });

  connection.onInitialized(() => {
    attempt("registering", async ({ abilities }) => {
      if (abilities.registersConfiguration) {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: "seaworthy" });
      }
      if (abilities.registersWatchers) {
        const configNames = [...configFileNames, ...hadolintConfigNames];
        const globs = [...configNames.map((name) => `**/${name}`), ...neighbourGlobs];
        const watchers = globs.map((globPattern) => ({ globPattern }));
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
      }
      if (abilities.folders) {
        connection.workspace.onDidChangeWorkspaceFolders(() => {
          attempt("folders", async (session) => {
            const folders = await connection.workspace.getWorkspaceFolders();
            session.openFolders((folders ?? []).map(({ uri }) => uri));
            session.recheck();
          });
        });
      }
    });
  });

  connection.onDidOpenTextDocument(({ textDocument }) => attempt("open", (session) => session.open(textDocument)));
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    attempt("change", (session) => session.change(uri, version, contentChanges)),
  );
  connection.onDidSaveTextDocument(({ textDocument }) => attempt("save", (session) => session.save(textDocument.uri)));
  connection.onDidCloseTextDocument(({ textDocument }) =>
    attempt("close", (session) => session.close(textDocument.uri)),
  );
  connection.onDidChangeConfiguration(({ settings }) =>
    attempt("configuration", (session) => session.settingsChanged(settings)),
  );
  connection.onDidChangeWatchedFiles(({ changes }) =>
    attempt("watched files", (session) => session.filesChanged(changes.map(({ uri }) => uri))),
  );

  connection.languages.diagnostics.on(async (params, token) => {
    const report = await answer("diagnostics", noDiagnostics, (session) => session.pull(params));
    if (!token.isCancellationRequested) return report;
    return new ResponseError(LSPErrorCodes.RequestCancelled, "The client no longer asks for it.");
  });
  connection.onCodeAction((params) => answer("code actions", [], (session) => session.codeActions(params)));
  connection.onCodeActionResolve((action) => answer("code action", action, (session) => session.resolve(action)));
  connection.onExecuteCommand((params, token, progress) =>
    answer("command", null, async (session) => {
      await session.execute(params, token, progress);
      return null;
    }),
  );
  connection.onHover((params) => answer("hover", null, (session) => session.hover(params)));
  connection.onDefinition((params) => answer("definition", [], (session) => session.definition(params)));
  connection.onReferences((params) => answer("references", [], (session) => session.references(params)));
  connection.onCompletion((params) => answer("completion", [], (session) => session.completions(params)));
  connection.onShutdown(() => {
    session?.dispose();
    session = undefined;
  });
}

const noDiagnostics: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

function capabilitiesOf(abilities: Abilities): InitializeResult["capabilities"] {
  return {
    positionEncoding: abilities.encoding,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    ...(abilities.pull
      ? { diagnosticProvider: { identifier: "seaworthy", interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: abilities.lazyEdits },
    ...(abilities.commands ? { executeCommandProvider: { commands: [...imageCommandNames] } } : {}),
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    completionProvider: { triggerCharacters: [...completionTriggers] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

function foldersOf(params: {
  readonly workspaceFolders?: readonly WorkspaceFolder[] | null;
  readonly rootUri?: string | null;
}): readonly string[] {
  const { workspaceFolders, rootUri } = params;
  if (workspaceFolders !== undefined && workspaceFolders !== null) return workspaceFolders.map(({ uri }) => uri);
  return rootUri === undefined || rootUri === null ? [] : [rootUri];
}
