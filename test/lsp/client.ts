import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionTriggerKind,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type ProtocolConnection,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { Rule } from "../../server/src/engine/rule.ts";
import type { Host } from "../../server/src/hosts/host.ts";
import { nodeHost } from "../../server/src/hosts/node.ts";
import { createLinter } from "../../server/src/linter.ts";
import type { Refactor } from "../../server/src/refactors/refactor.ts";
import { startServer } from "../../server/src/lsp/server.ts";
import type { StatusParams } from "../../server/src/lsp/protocol.ts";
import { type Places, placesOf, type PositionEncoding } from "../../server/src/lsp/convert.ts";

const bundle = fileURLToPath(new URL("../../dist/server/main.mjs", import.meta.url));

/** How a client of the tests differs from a plain one that is sent diagnostics. */
export interface ClientOptions {
  readonly pull?: boolean;
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly initializationOptions?: unknown;
  /** `seaworthy.*`, by document; may be replaced while the client runs. */
  readonly settings?: (uri: string) => unknown;
  /** What the editor alone can read, by URI. */
  readonly files?: ReadonlyMap<string, string>;
  /** A server in this process with these rules alone, for what the real rules have no example of. */
  readonly rules?: readonly Rule[];
  /** The refactors of such a server; none where left out. */
  readonly refactors?: readonly Refactor[];
  /** What is different about the machine of such a server. */
  readonly host?: Partial<Host>;
}

/** A language client as small as can be; the bundled server runs in a process of its own. */
export interface Client {
  readonly connection: ProtocolConnection;
  /** `undefined` for a server in this process. */
  readonly process: ChildProcess | undefined;
  readonly initialized: InitializeResult;
  /** The code the process ended with. */
  readonly exited: Promise<number | null>;
  readonly logs: readonly string[];
  /** Settles once the server has asked for such notifications. */
  registered(method: string): Promise<void>;
  settings: (uri: string) => unknown;
  open(uri: string, languageId: string, text: string): Promise<void>;
  /** One edit by places in the text as it is now. */
  edit(uri: string, start: number, end: number, text: string): Promise<void>;
  /** An edit of the first such words. */
  replace(uri: string, words: string, text: string): Promise<void>;
  save(uri: string): Promise<void>;
  close(uri: string): Promise<void>;
  text(uri: string): string;
  version(uri: string): number;
  places(uri: string): Places;
  /** Diagnostics of the version that is open now: waits until they are sent, or asks. */
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  /** The next diagnostics that are sent for a document, whatever their version. */
  nextPublished(uri: string): Promise<Published>;
  published(uri: string): readonly Published[];
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  nextRefresh(): Promise<void>;
  /** The first line of the log that fits, whenever it came. */
  logged(fits: RegExp): Promise<string>;
  /** Takes the place of the open folders. */
  openFolders(uris: readonly string[]): Promise<void>;
  nextStatus(uri: string, fits?: (status: StatusParams) => boolean): Promise<StatusParams>;
  actions(uri: string, range: Range, context?: Partial<CodeActionContext>): Promise<readonly CodeAction[]>;
  /** Makes the edit of an action to the documents, as an editor would; resolves it first where it has none. */
  apply(action: CodeAction): Promise<WorkspaceEdit>;
  settingsChanged(): Promise<void>;
  filesChanged(uris: readonly string[]): Promise<void>;
  /** Ends the server as a client should, and gives its exit code. */
  stop(): Promise<number | null>;
}

export interface Published {
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const { child, exited, input, output } =
    options.rules === undefined ? spawnServer() : runServer(options.rules, options.refactors ?? [], options.host);
  const connection = createProtocolConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
  // A server that ends of its own accord is what some tests are about.
  connection.onError(() => undefined);
  const documents = new Map<string, { text: string; version: number; places: Places }>();
  const published = new Map<string, Published[]>();
  const statuses: StatusParams[] = [];
  const logs: string[] = [];
  const registered: string[] = [];
  let refreshes = 0;
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  /** Settles with the first answer that is not `undefined`, asked again whenever something came in. */
  const until = <T>(answer: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = answer();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  let settings = options.settings ?? (() => null);
  connection.onNotification("textDocument/publishDiagnostics", (params: Published & { uri: string }) => {
    published.set(params.uri, [...(published.get(params.uri) ?? []), params]);
    changed();
  });
  connection.onNotification("seaworthy/status", (status: StatusParams) => {
    statuses.push(status);
    changed();
  });
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    logs.push(message);
    changed();
  });
  connection.onRequest("workspace/configuration", ({ items }: { items: { scopeUri: string }[] }) =>
    items.map(({ scopeUri }) => settings(scopeUri)),
  );
  connection.onRequest("workspace/diagnostic/refresh", () => {
    refreshes += 1;
    changed();
    return null;
  });
  connection.onRequest("client/registerCapability", ({ registrations }: { registrations: { method: string }[] }) => {
    registered.push(...registrations.map(({ method }) => method));
    changed();
    return null;
  });
  let folders = (options.folders ?? []).map((uri) => ({ uri, name: uri }));
  connection.onRequest("workspace/workspaceFolders", () => folders);
  connection.onRequest("seaworthy/readFile", ({ uri }: { uri: string }) => {
    const text = options.files?.get(uri);
    return text === undefined ? null : { text };
  });
  connection.listen();

  const initialized: InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders,
    capabilities: options.capabilities ?? capabilities({ pull: options.pull === true }),
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  const encoding: PositionEncoding = initialized.capabilities.positionEncoding === "utf-8" ? "utf-8" : "utf-16";

  const documentOf = (uri: string) => {
    const document = documents.get(uri);
    if (document === undefined) throw new Error(`${uri} is not open`);
    return document;
  };
  const update = (uri: string, text: string, version: number): void => {
    documents.set(uri, { text, version, places: placesOf(text, encoding) });
  };
  const edit = async (uri: string, start: number, end: number, text: string): Promise<void> => {
    const before = documentOf(uri);
    const range = before.places.range({ start, end });
    update(uri, before.text.slice(0, start) + text + before.text.slice(end), before.version + 1);
    const textDocument = { uri, version: before.version + 1 };
    await connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ range, text }] });
  };
  const pull = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    connection.sendRequest("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });

  return {
    connection,
    process: child,
    initialized,
    exited,
    logs,
    registered: async (method) => {
      await until(() => (registered.includes(method) ? true : undefined));
    },
    get settings() {
      return settings;
    },
    set settings(value) {
      settings = value;
    },
    async open(uri, languageId, text) {
      update(uri, text, 1);
      published.delete(uri);
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId, version: 1, text },
      });
    },
    edit,
    async replace(uri, words, text) {
      const start = documentOf(uri).text.indexOf(words);
      if (start < 0) throw new Error(`no ${words} in ${uri}`);
      await edit(uri, start, start + words.length, text);
    },
    save: (uri) => connection.sendNotification("textDocument/didSave", { textDocument: { uri } }),
    close: (uri) => connection.sendNotification("textDocument/didClose", { textDocument: { uri } }),
    text: (uri) => documentOf(uri).text,
    version: (uri) => documentOf(uri).version,
    places: (uri) => documentOf(uri).places,
    async diagnostics(uri) {
      if (initialized.capabilities.diagnosticProvider !== undefined) {
        const report = await pull(uri);
        return report.kind === "full" ? report.items : [];
      }
      const { version } = documentOf(uri);
      const found = await until(() => published.get(uri)?.findLast((one) => one.version === version));
      return found.diagnostics;
    },
    nextPublished(uri) {
      const seen = published.get(uri)?.length ?? 0;
      return until(() => published.get(uri)?.[seen]);
    },
    published: (uri) => published.get(uri) ?? [],
    pull,
    nextRefresh() {
      const seen = refreshes;
      return until(() => (refreshes > seen ? true : undefined)).then(() => undefined);
    },
    logged: (fits) => until(() => logs.find((line) => fits.test(line))),
    async openFolders(uris) {
      const event = { added: uris.map((uri) => ({ uri, name: uri })), removed: folders };
      folders = event.added;
      await connection.sendNotification("workspace/didChangeWorkspaceFolders", { event });
    },
    nextStatus(uri, fits = () => true) {
      const seen = statuses.length;
      return until(() => statuses.slice(seen).find((status) => status.uri === uri && fits(status)));
    },
    actions: (uri, range, context = {}) =>
      connection.sendRequest("textDocument/codeAction", {
        textDocument: { uri },
        range,
        context: { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked, ...context },
      }),
    async apply(action) {
      const full: CodeAction =
        action.edit === undefined ? await connection.sendRequest("codeAction/resolve", action) : action;
      if (full.edit === undefined) throw new Error(`${full.title} has no edit`);
      for (const [uri, edits] of editsOf(full.edit)) {
        const { places } = documentOf(uri);
        // From the last one on, so that the places of the others stay right.
        const spans = edits.map(({ range, newText }, index) => ({ ...places.span(range), newText, index }));
        for (const { start, end, newText } of spans.sort((a, b) => b.start - a.start || b.index - a.index)) {
          await edit(uri, start, end, newText);
        }
      }
      return full.edit;
    },
    settingsChanged: () => connection.sendNotification("workspace/didChangeConfiguration", { settings: null }),
    filesChanged: (uris) =>
      connection.sendNotification("workspace/didChangeWatchedFiles", {
        changes: uris.map((uri) => ({ uri, type: 2 })),
      }),
    async stop() {
      await connection.sendRequest("shutdown");
      // Where the server is this process, its end would be ours.
      if (child !== undefined) await connection.sendNotification("exit");
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
}

interface Server {
  readonly child: ChildProcess | undefined;
  readonly exited: Promise<number | null>;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

function spawnServer(): Server {
  if (!existsSync(bundle)) throw new Error("There is no dist/server: `npm run build` makes it.");
  const child = spawn(process.execPath, [bundle, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, exited, input: child.stdout, output: child.stdin };
}

function runServer(rules: readonly Rule[], refactors: readonly Refactor[], host: Partial<Host> = {}): Server {
  const input = new PassThrough();
  const output = new PassThrough();
  const connection = createConnection(new StreamMessageReader(output), new StreamMessageWriter(input));
  startServer(connection, { ...nodeHost(), ...host }, createLinter(rules, refactors));
  connection.listen();
  return { child: undefined, exited: Promise.resolve(0), input, output };
}

function editsOf(edit: WorkspaceEdit): readonly (readonly [string, readonly TextEdit[]])[] {
  const versioned = (edit.documentChanges ?? []).flatMap((change) =>
    "textDocument" in change
      ? [[change.textDocument.uri, change.edits.filter((one) => "newText" in one)] as const]
      : [],
  );
  return [...versioned, ...Object.entries(edit.changes ?? {})];
}

/** What editors announce today, with diagnostics on demand or not. */
export function capabilities(options: {
  readonly pull?: boolean;
  readonly encodings?: readonly string[];
  readonly lazy?: boolean;
  /** Commands of the server are executed, and its edits made. */
  readonly commands?: boolean;
}): ClientCapabilities {
  return {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      workspaceEdit: { documentChanges: true, changeAnnotationSupport: { groupsOnLabel: true } },
      ...(options.pull === true ? { diagnostics: { refreshSupport: true } } : {}),
      ...(options.commands === true ? { executeCommand: {}, applyEdit: true } : {}),
    },
    ...(options.commands === true ? { window: { workDoneProgress: true } } : {}),
    textDocument: {
      synchronization: { didSave: true },
      publishDiagnostics: {
        relatedInformation: true,
        codeDescriptionSupport: true,
        dataSupport: true,
        tagSupport: { valueSet: [1, 2] },
        versionSupport: true,
      },
      ...(options.pull === true ? { diagnostic: {} } : {}),
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor", "source"] } },
        ...(options.lazy === false ? {} : { dataSupport: true, resolveSupport: { properties: ["edit"] } }),
      },
      hover: { contentFormat: ["markdown", "plaintext"] },
    },
    general: { positionEncodings: [...(options.encodings ?? ["utf-16"])] },
  };
}
