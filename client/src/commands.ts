import type { Diagnostic, Disposable, ExtensionContext, LogOutputChannel, QuickPickItem, TextEditor } from "vscode";
import type { ImageArguments } from "../../server/src/lsp/protocol.ts";
import type { ImageActions } from "./images.ts";
import { commands, env, languages, Uri, window, workspace } from "vscode";

/** What the commands work on. */
export interface CommandHost {
  readonly context: ExtensionContext;
  readonly output: LogOutputChannel;
  /** Settles when the new server answers. */
  readonly restart: () => Promise<void>;
  /** Starts the server where it does not run yet. */
  readonly images: () => Promise<ImageActions>;
}

/** The commands of the palette. A conscience test holds them to the manifest. */
export function registerCommands(host: CommandHost): readonly Disposable[] {
  return [
    commands.registerCommand("seaworthy.fixAll", fixAll),
    commands.registerCommand("seaworthy.openRule", () => openRule(host.context)),
    commands.registerCommand("seaworthy.createConfig", () => createConfig(host.context)),
    commands.registerCommand("seaworthy.pinFile", async () => (await host.images()).pinFile()),
    commands.registerCommand("seaworthy.pinWorkspace", async () => (await host.images()).pinWorkspace()),
    commands.registerCommand("seaworthy.chooseVersion", async () => (await host.images()).chooseVersion()),
    commands.registerCommand("seaworthy.lookUpImage", async (argument?: ImageArguments) =>
      (await host.images()).lookUp(argument),
    ),
    commands.registerCommand("seaworthy.restart", host.restart),
    commands.registerCommand("seaworthy.showOutput", () => host.output.show(true)),
  ];
}

/** The safe fixes only, as on save. The editor itself says so where there is nothing to fix. */
async function fixAll(): Promise<void> {
  await commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.seaworthy", apply: "first" });
}

/** The page of the finding at the cursor; a choice of the file's findings where the cursor is at none; the list of all rules else. */
async function openRule(context: ExtensionContext): Promise<void> {
  const editor = window.activeTextEditor;
  const pages = editor === undefined ? [] : findingPages(editor);
  const [only, ...others] = pages;
  const page = others.length === 0 ? only : await window.showQuickPick(pages, { title: "Open Rule Reference" });
  if (others.length > 0 && page === undefined) return;
  await env.openExternal(page?.target ?? rulesPage(context));
}

interface FindingPage extends QuickPickItem {
  readonly target: Uri;
}

function findingPages(editor: TextEditor): readonly FindingPage[] {
  const ours = languages.getDiagnostics(editor.document.uri).filter((diagnostic) => diagnostic.source === "seaworthy");
  const here = ours.filter((diagnostic) => diagnostic.range.intersection(editor.selection) !== undefined);
  const pages = (here.length > 0 ? here : ours).flatMap(findingPage);
  return pages.filter((page, index) => pages.findIndex(({ label }) => label === page.label) === index);
}

function findingPage({ code, message }: Diagnostic): readonly FindingPage[] {
  if (typeof code !== "object") return [];
  return [{ label: String(code.value), detail: message, target: code.target }];
}

function rulesPage(context: ExtensionContext): Uri {
  return Uri.parse(`${repository}/blob/v${version(context)}/docs/rules/README.md`);
}

const repository = "https://github.com/seaworthy-dev/seaworthy";

function version(context: ExtensionContext): string {
  const manifest: { readonly version: string } = context.extension.packageJSON;
  return manifest.version;
}

/** Opens the config file of the folder being worked in, and writes it first where there is none. Never overwrites. */
async function createConfig(context: ExtensionContext): Promise<void> {
  const active = window.activeTextEditor?.document.uri;
  const folder = (active && workspace.getWorkspaceFolder(active)) ?? workspace.workspaceFolders?.[0];
  const text = new TextEncoder().encode(configTemplate(context));
  if (folder === undefined) {
    await window.showTextDocument(
      await workspace.openTextDocument({ language: "yaml", content: configTemplate(context) }),
    );
    return;
  }
  const names = [".seaworthy.yaml", ".seaworthy.yml", ".seaworthy.json"];
  const present = await Promise.all(names.map((name) => exists(Uri.joinPath(folder.uri, name))));
  const name = names.find((_, index) => present[index] === true);
  const uri = Uri.joinPath(folder.uri, name ?? ".seaworthy.yaml");
  if (name === undefined) await workspace.fs.writeFile(uri, text);
  await window.showTextDocument(uri);
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function configTemplate(context: ExtensionContext): string {
  return `# What Seaworthy checks in this folder and below. The nearest file of this name wins over the editor's settings.
# Every rule has a page: ${rulesPage(context).toString()}

preset: recommended # or minimal, strict, all

# rules:
#   image/floating-tag: error # off, hint, info, warning or error

# overrides:
#   - files: ["dev/**"]
#     preset: minimal

# exclude:
#   - "vendor/**"
`;
}
