import { type ConfigFile, type FileConfig, isConfigName, parseConfig } from "../engine/config.ts";
import type { Host } from "../hosts/host.ts";
import { parseFile, type ParsedFile } from "../languages/index.ts";
import type { Linter, Report } from "../linting.ts";
import { describe } from "./describe.ts";
import { folderOf, nameOf, writtenPath } from "../text/path.ts";
import { besideFacts, factsOf, isProjectName, type Told, type Workspace } from "../workspace/index.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import type { Files } from "./files.ts";
import { configOf, type Folder, type Folders } from "./folders.ts";
import { lookAround } from "./neighbours.ts";
import type { Scripts } from "./scripts.ts";
import type { Settings } from "./settings.ts";
import { isWithin, keyOf, pathOf, siblingUri } from "./uri.ts";

/** What a check of one version of a document came to. Diagnostics, code actions and hovers of that version share it. */
export interface Checked {
  readonly document: OpenDocument;
  readonly settings: Settings;
  readonly outcome: Outcome;
  /** Different for every check. */
  readonly resultId: string;
  readonly milliseconds: number;
}

export type Outcome =
  | { readonly type: "report"; readonly report: Report; readonly config: FileConfig; readonly folder: Folder }
  | { readonly type: "config"; readonly file: ConfigFile }
  | { readonly type: "nothing"; readonly why: "disabled" | "excluded" | "not-ours" | "too-large" };

/** Checks open documents: each version at most once, the newest only. */
export interface Checker {
  /** The check of the newest version, whatever the settings say about when to check; `undefined` for a document that is not open. */
  current(uri: string): Promise<Checked | undefined>;
  /** The check that the editor is to show, which may be of an older version where documents are checked on save only. */
  shown(uri: string): Promise<Checked | undefined>;
  /** The text was opened, edited or saved. */
  changed(uri: string): void;
  closed(document: OpenDocument): void;
  /** Answers may differ though no text did: settings, config files or what lies around changed. */
  recheck(): void;
  /** Files changed on disk. */
  filesChanged(uris: readonly string[]): void;
}

export interface CheckerContext {
  readonly linter: Linter;
  readonly host: Pick<Host, "nextTurn" | "now">;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly files: Files;
  readonly scripts: Scripts;
  settings(uri: string): Promise<Settings>;
  /** Called for documents whose answers became different without an edit of their own. */
  onStale(uris: readonly string[]): void;
  onChecked(checked: Checked): void;
  warn(message: string): void;
}

/** Milliseconds that a check may run before edits and requests that came in meanwhile get their turn. */
const sliceLength = 8;
/** Milliseconds after which a single rule or parse is worth a line in the log. */
const tooLong = 1000;

interface Entry {
  /** Goes up with everything that may change the answer. */
  revision: number;
  running: Promise<Checked | undefined> | undefined;
  done: { readonly revision: number; readonly checked: Checked } | undefined;
  shown: Checked | undefined;
  report: Report | undefined;
  told: ToldAround | undefined;
  /** Saved since it was opened. */
  saved: boolean;
}

/** What a document told its folder, and what was known of the files around when they had been looked at for it. */
interface ToldAround extends Told {
  readonly workspace: Workspace;
  readonly generation: number;
  readonly forgotten: number;
}

export function createChecker(context: CheckerContext): Checker {
  const { linter, host, documents, folders, files } = context;
  const entries = new Map<string, Entry>();
  let checks = 0;
  /** Goes up with each file around of which it is no longer known whether it is as it was read. */
  let forgotten = 0;

  const finish = (
    uri: string,
    entry: Entry,
    revision: number,
    started: number,
    settings: Settings,
    outcome: Outcome,
  ) => {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    checks += 1;
    const milliseconds = host.now() - started;
    const checked: Checked = { document, settings, outcome, resultId: String(checks), milliseconds };
    entry.report = outcome.type === "report" ? outcome.report : undefined;
    entry.done = { revision, checked };
    askAboutScripts(checked, document);
    context.onChecked(checked);
    return checked;
  };

  /** `document` is the same text, saved meanwhile perhaps. */
  function askAboutScripts({ outcome, settings }: Checked, document: OpenDocument): void {
    if (outcome.type !== "report") return;
    const { report, folder, config } = outcome;
    context.scripts.ask({ document, parsed: report.parsed, folder, config, settings }, () => stale([document.uri]));
  }

  async function run(uri: string, entry: Entry): Promise<Checked | undefined> {
    for (;;) {
      const revision = entry.revision;
      const isStale = (): boolean => entry.revision !== revision || entries.get(uri) !== entry;
      // Edits that have already arrived come first: only the last of them needs to be checked.
      await host.nextTurn();
      if (entries.get(uri) !== entry) return undefined;
      if (isStale()) continue;
      const settings = await context.settings(uri);
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      const folder = folders.of(uri);
      if (isStale()) continue;
      const started = host.now();
      if (!settings.enable) return finish(uri, entry, revision, started, settings, nothing("disabled"));
      if (isConfigFile(document, folder, settings)) {
        const file = parseConfig(document.path, document.text, linter.cards);
        return finish(uri, entry, revision, started, settings, { type: "config", file });
      }
      const config = await configOf(folder, document.path, settings, linter.cards);
      if (isStale()) continue;
      if (config.excluded) return finish(uri, entry, revision, started, settings, nothing("excluded"));
      const outcome = await check(document, folder, config, settings, entry, isStale);
      if (outcome !== undefined) return finish(uri, entry, revision, started, settings, outcome);
    }
  }

  /** `undefined` where something newer came in. */
  async function check(
    document: OpenDocument,
    folder: Folder,
    config: FileConfig,
    settings: Settings,
    entry: Entry,
    isStale: () => boolean,
  ): Promise<Outcome | undefined> {
    const previous = entry.report;
    const { path, text, languageId } = document;
    const watch = stopwatch(document);
    const relative = isWithin(folder.path, path) ? path.slice(folder.path.length).replace(/^\//, "") : path;
    const parsed = parseFile(
      { path, text, languageId },
      { kubernetesDetect: () => settings.isManifest(relative) },
      previous?.parsed,
    );
    watch("parsing");
    if (parsed === undefined) {
      if (folder.workspace.facts(path)?.kind === "beside") tellBeside(document, folder);
      else forgetFacts(document, folder);
      return nothing("not-ours");
    }
    const loading = linter.load(parsed.kind);
    await tellFacts(document, parsed, folder, entry);
    await loading;
    if (isStale()) return undefined;
    const steps = linter.checkInSteps({
      file: parsed.file,
      parsed,
      config,
      workspace: folder.workspace.view(path),
      ...(previous === undefined ? {} : { previous }),
      onRule: watch,
      onError: (rule, error) => context.warn(`${rule} failed on ${path}: ${describe(error)}`),
    });
    watch();
    let sliceEnd = host.now() + sliceLength;
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        const report = step.value;
        return report === undefined ? nothing("not-ours") : { type: "report", report, config, folder };
      }
      if (host.now() < sliceEnd) continue;
      await host.nextTurn();
      if (isStale()) return undefined;
      watch();
      sliceEnd = host.now() + sliceLength;
    }
  }

  /** Measures what ran since the last call and says so where it took long. */
  function stopwatch(document: OpenDocument): (what?: string) => void {
    let last = host.now();
    return (what) => {
      const now = host.now();
      if (what !== undefined && now - last > tooLong) {
        context.warn(
          `${what} took ${Math.round(now - last)} ms on ${document.path} (${document.places.lineCount} lines)`,
        );
      }
      last = now;
    };
  }

  /** Tells the folder of the document's facts, and reads what its answers depend on. */
  async function tellFacts(document: OpenDocument, parsed: ParsedFile, folder: Folder, entry: Entry): Promise<void> {
    const { workspace } = folder;
    const { uri, path } = document;
    const told = entry.told?.workspace === workspace ? entry.told : undefined;
    const read = factsOf(parsed, told);
    if (read !== workspace.facts(path)) withAffected(uri, path, folder, () => workspace.set(read));
    // Where nothing is new, those that were there stay.
    const facts = workspace.facts(path) ?? read;
    if (told?.generation === workspace.generation && told.forgotten === forgotten) {
      entry.told = { ...told, parsed, facts };
      return;
    }
    await lookAround(facts, folder, {
      read: (file) => files.read(siblingUri(uri, file)),
      readBeside: (file, named, longest) => files.readBeside(siblingUri(uri, file), named, longest),
      namesIn: (path) => files.namesIn(siblingUri(uri, path)),
      foldersIn: (path) => files.foldersIn(siblingUri(uri, path)),
      onLate: () => stale([uri]),
    });
    entry.told = { parsed, facts, workspace, generation: workspace.generation, forgotten };
  }

  /** A file of a build context that is open in the editor: what it says there counts. */
  function tellBeside({ uri, path, text }: OpenDocument, folder: Folder): void {
    withAffected(uri, path, folder, () => folder.workspace.set(besideFacts(path, { text })));
  }

  function forgetFacts(document: OpenDocument, folder: Folder): void {
    withAffected(document.uri, document.path, folder, () => folder.workspace.remove(document.path));
  }

  /** Does what changes a file's facts, and has the documents checked again whose answers may follow them. */
  function withAffected(uri: string, path: string, folder: Folder, change: () => void): void {
    const { workspace } = folder;
    const { generation } = workspace;
    const before = workspace.affectedBy(path);
    change();
    if (workspace.generation === generation) return;
    const paths = new Set([...before, ...workspace.affectedBy(path)]);
    const others = documents.all().filter((other) => other.uri !== uri && paths.has(other.path));
    stale(others.filter((other) => folders.of(other.uri) === folder).map((other) => other.uri));
  }

  function stale(uris: readonly string[]): void {
    const known = uris.filter((uri) => entries.has(uri));
    for (const uri of known) {
      const entry = entries.get(uri);
      if (entry === undefined) continue;
      entry.revision += 1;
      entry.shown = undefined;
    }
    if (known.length > 0) context.onStale(known);
  }

  async function current(uri: string): Promise<Checked | undefined> {
    const entry = entries.get(uri);
    if (entry === undefined) return undefined;
    if (entry.done?.revision === entry.revision) return entry.done.checked;
    entry.running ??= run(uri, entry).finally(() => {
      entry.running = undefined;
    });
    return entry.running;
  }

  /** Whether a document is left as it was last checked, and what is shown of it then. */
  function held(document: OpenDocument, entry: Entry, settings: Settings): Checked | undefined {
    const unsaved = document.version !== document.savedVersion;
    const tooLarge = document.text.length > settings.maxFileSize;
    const waits = tooLarge
      ? unsaved || !entry.saved
      : settings.run === "onSave" && unsaved && entry.shown !== undefined;
    if (!waits || !settings.enable) return undefined;
    if (entry.shown === undefined) {
      entry.shown = { document, settings, outcome: nothing("too-large"), resultId: "too-large", milliseconds: 0 };
      context.onChecked(entry.shown);
    }
    return entry.shown;
  }

  return {
    current,
    async shown(uri) {
      const settings = await context.settings(uri);
      const document = documents.get(uri);
      const entry = entries.get(uri);
      if (document === undefined || entry === undefined) return undefined;
      const waiting = held(document, entry, settings);
      if (waiting !== undefined) return waiting;
      const checked = await current(uri);
      if (checked !== undefined) entry.shown = checked;
      return checked;
    },
    changed(uri) {
      const document = documents.get(uri);
      const entry = entries.get(uri);
      if (document === undefined) return;
      if (entry === undefined) {
        entries.set(uri, {
          revision: 0,
          running: undefined,
          done: undefined,
          shown: undefined,
          report: undefined,
          told: undefined,
          saved: false,
        });
        return;
      }
      if (entry.done?.checked.document.version !== document.version) entry.revision += 1;
      else askAboutScripts(entry.done.checked, document);
      if (document.version === document.savedVersion) entry.saved = true;
    },
    closed(document) {
      entries.delete(document.uri);
      const folder = folders.of(document.uri);
      if (folder.looked.delete(document.path)) forgotten += 1;
      folder.resolved.delete(document.path);
      context.scripts.closed(document);
      forgetFacts(document, folder);
    },
    recheck() {
      stale([...entries.keys()]);
    },
    filesChanged(uris) {
      const touched = new Set<Folder>();
      for (const uri of uris) {
        const path = pathOf(uri);
        const folder = folders.of(uri);
        if (isConfigName(nameOf(path))) {
          folders.forgetConfigs();
          return stale([...entries.keys()]);
        }
        // A Compose file that came or went belongs to the project of its folder.
        if (isProjectName(nameOf(path)) && folder.looked.delete(`${folderOf(path)}/`)) {
          forgotten += 1;
          touched.add(folder);
        }
        // One that was not there before may be among those that lie around an open one.
        if (/\.ya?ml$/i.test(path) && !folder.looked.has(path)) {
          const trees = [...folder.manifests.keys()].filter((tree) => path.startsWith(tree));
          for (const tree of trees) {
            folder.manifests.delete(tree);
            folder.looked.delete(`manifests ${tree}`);
          }
          if (trees.length > 0) {
            forgotten += 1;
            touched.add(folder);
          }
        }
        // What is open is known from its text.
        if (documents.byKey(keyOf(uri)) !== undefined || !folder.looked.delete(path)) continue;
        forgotten += 1;
        folder.workspace.remove(path);
        touched.add(folder);
      }
      stale([...entries.keys()].filter((uri) => touched.has(folders.of(uri))));
    },
  };
}

function nothing(why: "disabled" | "excluded" | "not-ours" | "too-large"): Outcome {
  return { type: "nothing", why };
}

function isConfigFile(document: OpenDocument, folder: Folder, settings: Settings): boolean {
  if (isConfigName(nameOf(document.path))) return true;
  return settings.configFile !== undefined && document.path === writtenPath(folder.path, settings.configFile);
}
