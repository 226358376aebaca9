import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  CompletionItem,
  Connection,
  Diagnostic,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  ExecuteCommandParams,
  Hover,
  Location,
  ReferenceParams,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  TextDocumentPositionParams,
  WorkDoneProgressReporter,
} from "vscode-languageserver";
import { CodeActionTriggerKind, DocumentDiagnosticReportKind } from "vscode-languageserver";
import { isConfigName } from "../engine/config.ts";
import type { RuleCard } from "../engine/rule.ts";
import type { Host } from "../hosts/host.ts";
import type { Linter } from "../linting.ts";
import { nameOf } from "../text/path.ts";
import { oncePer } from "../languages/once.ts";
import { isRecord } from "../languages/json/record.ts";
import type { Abilities } from "./abilities.ts";
import { type Checked, createChecker } from "./checker.ts";
import { codeActionsOf, documentOfAction, resolveCodeAction } from "./code-actions.ts";
import { completeDirective } from "./completion.ts";
import { completeConfig } from "./config-completion.ts";
import { placesOf } from "./convert.ts";
import { describe } from "./describe.ts";
import { diagnosticsOf, sameDiagnostics } from "./diagnostics.ts";
import { createDocuments } from "./documents.ts";
import { createFiles, type Storage } from "./files.ts";
import { createFolders } from "./folders.ts";
import { createFreshness } from "./freshness.ts";
import { hoverOf } from "./hover.ts";
import { createImages } from "./images.ts";
import { createNavigation } from "./navigation.ts";
import { readFileRequest, type ReadFileParams, type ReadFileResult, statusNotification } from "./protocol.ts";
import { createRegistries } from "./registries.ts";
import { createScripts } from "./scripts.ts";
import { decodeSettings, type Settings } from "./settings.ts";
import { statusOf } from "./status.ts";
import { pathOf } from "./uri.ts";

/** The state of one connection, from `initialize` to `shutdown`, and what is done at each message. */
export interface Session {
  readonly abilities: Abilities;
  openFolders(uris: readonly string[]): void;
  open(item: TextDocumentItem): void;
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void;
  save(uri: string): void;
  close(uri: string): void;
  /** `settings`: what the client sent along, for one that does not answer questions about them. */
  settingsChanged(settings: unknown): void;
  filesChanged(uris: readonly string[]): void;
  recheck(): void;
  pull(params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport>;
  codeActions(params: CodeActionParams): Promise<CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  execute(params: ExecuteCommandParams, token: CancellationToken, progress: WorkDoneProgressReporter): Promise<void>;
  hover(params: TextDocumentPositionParams): Promise<Hover | null>;
  definition(params: TextDocumentPositionParams): Promise<Location[]>;
  references(params: ReferenceParams): Promise<Location[]>;
  completions(params: TextDocumentPositionParams): Promise<CompletionItem[]>;
  dispose(): void;
}

/** What a session is made of. */
export interface SessionParts {
  readonly connection: Connection;
  readonly host: Host;
  readonly linter: Linter;
  readonly abilities: Abilities;
}

export function createSession({ connection, host, linter, abilities }: SessionParts): Session {
  const warn = (message: string): void => connection.console.warn(message);
  const documents = createDocuments((text) => placesOf(text, abilities.encoding));
  const files = createFiles(documents, storageOf(connection, host, abilities), warn);
  const folders = createFolders(files, linter.cards);
  const settings = createSettings(connection, abilities, linter.cards);
  const context = { linter, documents, folders, abilities };
  const navigation = createNavigation(documents, files, abilities);
  const published = new Map<string, string>();
  /** What each client that asks was last told. */
  const told = new Map<string, { readonly resultId: string; readonly items: readonly Diagnostic[] }>();
  let refreshing = false;

  const scripts = createScripts({
    host,
    trusted: abilities.options.trusted,
    info: (message) => connection.console.info(message),
  });
  const checker = createChecker({
    linter,
    host,
    documents,
    folders,
    files,
    scripts,
    settings: (uri) => settings.of(uri),
    onStale: showAgain,
    onChecked(checked) {
      if (abilities.options.status) send(connection.sendNotification(statusNotification, statusOf(checked, abilities)));
    },
    warn,
  });

  const registries = createRegistries({
    connection,
    host,
    abilities,
    httpRegistries: async () => (await settings.everywhere()).httpRegistries,
    onKnown(images) {
      folders.setRegistryImages(images);
      checker.recheck();
    },
  });
  const images = createImages(
    {
      connection,
      registries,
      documents,
      files,
      folders,
      abilities,
      linter,
      settings: (uri) => settings.of(uri),
    },
    context,
  );

  const freshness = createFreshness({ files, documents, abilities });

  /** Messages that find no client any more are lost, and nothing else is. */
  function send(sent: Promise<void>): void {
    sent.catch((error: unknown) => connection.console.error(String(error)));
  }

  function show(uri: string): void {
    if (abilities.pull) return;
    checker
      .shown(uri)
      .then((checked) => {
        if (checked === undefined || documents.get(uri) === undefined) return;
        if (published.get(uri) === checked.resultId) return;
        published.set(uri, checked.resultId);
        const diagnostics = diagnosticsOf(checked, context);
        send(connection.sendDiagnostics({ uri, version: checked.document.version, diagnostics }));
      })
      .catch((error: unknown) => connection.console.error(`${uri} could not be checked: ${describe(error)}`));
  }

  function showAgain(uris: readonly string[]): void {
    if (!abilities.pull) {
      for (const uri of uris) show(uri);
      return;
    }
    // One question to the client for all that changed in one turn.
    if (refreshing) return;
    refreshing = true;
    host
      .nextTurn()
      .then(() => {
        refreshing = false;
        return connection.languages.diagnostics.refresh();
      })
      .catch((error: unknown) => connection.console.warn(`The client did not refresh: ${describe(error)}`));
  }

  /** The check of the text as it is now; for a text that is too large to check at will, only where there is one already. */
  async function checkedNow(uri: string, asked: "by hand" | "in passing"): Promise<Checked | undefined> {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const { maxFileSize } = await settings.of(uri);
    if (asked === "by hand" || document.text.length <= maxFileSize) return checker.current(uri);
    const shown = await checker.shown(uri);
    return shown?.document.version === documents.get(uri)?.version ? shown : undefined;
  }

  return {
    abilities,
    openFolders: (uris) => folders.open(uris),
    open(item) {
      documents.open(item);
      checker.changed(item.uri);
      show(item.uri);
    },
    change(uri, version, changes) {
      documents.change(uri, version, changes);
      checker.changed(uri);
      show(uri);
    },
    save(uri) {
      const document = documents.save(uri);
      if (document === undefined) return;
      checker.changed(uri);
      // Clients without watchers tell of no other way to learn that a config file changed.
      if (isConfigName(nameOf(document.path))) {
        folders.forgetConfigs();
        checker.recheck();
      } else {
        show(uri);
      }
    },
    close(uri) {
      const document = documents.close(uri);
      if (document === undefined) return;
      checker.closed(document);
      settings.forget(uri);
      published.delete(uri);
      told.delete(uri);
      if (!abilities.pull) send(connection.sendDiagnostics({ uri, diagnostics: [] }));
    },
    settingsChanged(value) {
      settings.changed(value);
      scripts.forget();
      folders.forgetConfigs();
      checker.recheck();
    },
    filesChanged: (uris) => checker.filesChanged(uris),
    recheck: () => checker.recheck(),
    async pull({ textDocument: { uri }, previousResultId }) {
      const checked = await checker.shown(uri);
      if (checked === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const { resultId } = checked;
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      const items = diagnosticsOf(checked, context);
      // Most edits change no diagnostic. Thousands of them are not to be sent, and drawn, for each character.
      const before = told.get(uri);
      if (before !== undefined && before.resultId === previousResultId && sameDiagnostics(before.items, items)) {
        return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: before.resultId };
      }
      told.set(uri, { resultId, items });
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    },
    async codeActions(params) {
      const byHand = params.context.only !== undefined || params.context.triggerKind === CodeActionTriggerKind.Invoked;
      const checked = await checkedNow(params.textDocument.uri, byHand ? "by hand" : "in passing");
      if (checked === undefined) return [];
      return [
        ...(await images.actions(checked, params)),
        ...codeActionsOf(checked, params, context),
        ...(await freshness.actions(checked, params)),
      ];
    },
    async resolve(action) {
      const uri = documentOfAction(action);
      const checked = uri === undefined ? undefined : await checkedNow(uri, "by hand");
      return checked === undefined ? action : resolveCodeAction(action, checked, context);
    },
    execute: (params, token, progress) => images.execute(params, token, progress),
    async hover({ textDocument, position }) {
      const checked = await checkedNow(textDocument.uri, "in passing");
      if (checked === undefined) return null;
      const { lookUpCommand } = abilities.options;
      const links = registries.allowed && lookUpCommand !== undefined ? { lookUpCommand } : {};
      const sentence = await freshness.sentence(checked, checked.document.places.offset(position));
      const options = {
        markdown: abilities.markdown,
        ...links,
        ...(sentence === undefined ? {} : { freshness: sentence }),
      };
      return hoverOf(checked, position, linter, options) ?? null;
    },
    async definition({ textDocument, position }) {
      const checked = await checkedNow(textDocument.uri, "in passing");
      return checked === undefined ? [] : navigation.definitions(checked, position);
    },
    async references({ textDocument, position, context: { includeDeclaration } }) {
      const checked = await checkedNow(textDocument.uri, "in passing");
      return checked === undefined ? [] : navigation.references(checked, position, includeDeclaration);
    },
    async completions({ textDocument, position }) {
      const checked = await checkedNow(textDocument.uri, "in passing");
      switch (checked?.outcome.type) {
        case "config":
          // Hadolint's has other keys than ours.
          if (checked.outcome.file.concerns !== undefined) return [];
          // A config names rules of all kinds.
          await linter.load();
          return completeConfig(checked.document, position, linter.rules);
        case "report":
          return completeDirective(checked.document, position, linter.rules, checked.outcome.report.parsed.kind);
        default:
          return [];
      }
    },
    dispose: () => registries.dispose(),
  };
}

/** Files as they are stored: where the client has them, if it asked for that, else on the server's own disk. */
function storageOf(connection: Connection, host: Host, abilities: Abilities): Storage {
  if (abilities.options.files === "client") {
    return {
      async read(uri) {
        const params: ReadFileParams = { uri };
        const result = await connection.sendRequest<ReadFileResult | null>(readFileRequest, params);
        return result?.text;
      },
      sizeOf: () => Promise.resolve("unknown"),
      namesIn: () => Promise.resolve([]),
      foldersIn: () => Promise.resolve([]),
    };
  }
  return {
    read: async (uri) => (uri.startsWith("file:") ? host.readFile(pathOf(uri)) : undefined),
    sizeOf: async (uri) => (uri.startsWith("file:") ? host.sizeOf(pathOf(uri)) : undefined),
    namesIn: async (uri) => (uri.startsWith("file:") ? host.namesIn(pathOf(uri)) : []),
    foldersIn: async (uri) => (uri.startsWith("file:") ? host.foldersIn(pathOf(uri)) : []),
  };
}

/** Asks the client once for each document, until something changes. */
function createSettings(connection: Connection, abilities: Abilities, rules: readonly RuleCard[]) {
  const known = new Map<string, Promise<Settings>>();
  let sent: unknown = abilities.options.settings;
  const ask = async (uri: string): Promise<Settings> => {
    if (!abilities.configuration) return decodeSettings(sent, rules);
    const section = "seaworthy";
    const answer: unknown = await connection.workspace
      .getConfiguration(uri === "" ? { section } : { scopeUri: uri, section })
      .catch((error: unknown) => {
        connection.console.warn(`The client did not tell the settings of ${uri}: ${describe(error)}`);
      });
    return decodeSettings(answer ?? sent, rules);
  };
  const of = oncePer(ask, known);
  return {
    of,
    /** What holds for no document in particular. */
    everywhere: () => of(""),
    forget(uri: string): void {
      known.delete(uri);
    },
    changed(value: unknown): void {
      if (isRecord(value) && value["seaworthy"] !== undefined) sent = value["seaworthy"];
      known.clear();
    },
  };
}
