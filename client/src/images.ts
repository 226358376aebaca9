import type { CancellationToken, Progress } from "vscode";
import { CancellationTokenSource, commands, ProgressLocation, Range, Selection, Uri, window, workspace } from "vscode";
import type { ExecuteCommandParams, LanguageClient, WorkDoneProgressParams } from "vscode-languageclient/node";
import { ErrorCodes, ExecuteCommandRequest, ResponseError, WorkDoneProgress } from "vscode-languageclient/node";
import type { FilesArguments, ImageArguments, ImageCommand } from "../../server/src/lsp/protocol.ts";

/** What is done about images on a person's word. Each of it asks registries. */
export interface ImageActions {
  /** Pins what is in the file that is being edited. */
  pinFile(): Promise<void>;
  pinWorkspace(): Promise<void>;
  /** Of the image at the cursor. */
  chooseVersion(): Promise<void>;
  /** Asks what an image is, and shows it; of the image at the cursor where no other is named. */
  lookUp(argument?: ImageArguments): Promise<void>;
}

/** Milliseconds before anything is shown: most answers are there by then. */
const patience = 500;

/** Files that may name images, and folders of which the files are somebody else's. */
const imageFiles = "**/{*Dockerfile*,*dockerfile*,*Containerfile*,*containerfile*,*.yaml,*.yml}";
const othersFolders = "**/{node_modules,bower_components,.git,.venv,vendor}/**";
const mostFiles = 10_000;

/** `client` gives the one that runs now. */
export function imageActions(client: () => LanguageClient): ImageActions {
  const run = (command: ImageCommand, argument: ImageArguments | FilesArguments): Promise<void> =>
    executeWithProgress(client(), command, argument);
  return {
    async pinFile() {
      const uri = window.activeTextEditor?.document.uri;
      if (uri !== undefined) await run("seaworthy.image.pinFiles", { uris: [uri.toString()] });
    },
    async pinWorkspace() {
      const found = await workspace.findFiles(imageFiles, othersFolders, mostFiles);
      await run("seaworthy.image.pinFiles", { uris: found.map((uri) => uri.toString()) });
    },
    async chooseVersion() {
      const argument = atCursor();
      if (argument !== undefined) await run("seaworthy.image.chooseVersion", argument);
    },
    async lookUp(argument = atCursor()) {
      if (argument === undefined) return;
      await run("seaworthy.image.lookUp", argument);
      await showHover(argument);
    },
  };
}

/** What of a client commands are executed with. */
export type CommandClient = Pick<LanguageClient, "onProgress"> & {
  sendRequest(
    type: typeof ExecuteCommandRequest.type,
    params: ExecuteCommandParams & WorkDoneProgressParams,
    token: CancellationToken,
  ): Promise<unknown>;
};

/** Executes a command of the server. How far it has come is shown where it takes its time, with a way to cancel it. */
export async function executeWithProgress(client: CommandClient, command: string, argument: unknown): Promise<void> {
  const cancellation = new CancellationTokenSource();
  const workDoneToken = crypto.randomUUID();
  let title = "Asking the registry";
  let shown: Progress<{ message?: string; increment?: number }> | undefined;
  let share = 0;
  let end: (() => void) | undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
    if (step.kind === "begin") title = step.title;
    // Before the work does, where a person is asked something.
    if (step.kind === "end") end?.();
    if (step.kind !== "report") return;
    const { message, percentage = share } = step;
    shown?.report({ ...(message === undefined ? {} : { message }), increment: percentage - share });
    if (shown !== undefined) share = percentage;
  });
  const params = { command, arguments: [argument], workDoneToken };
  const work = client
    .sendRequest(ExecuteCommandRequest.type, params, cancellation.token)
    .catch((error: unknown) => {
      throw isOfEndedServer(error) ? new Error(endedServer) : error;
    })
    .finally(() => {
      end?.();
      listener.dispose();
      cancellation.dispose();
    });
  // It is waited for below, which may be a moment too late for one that fails.
  work.catch(() => undefined);
  const inTime = await Promise.race([ended.then(() => true), delay(patience)]);
  if (inTime !== true) {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    await window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => cancellation.cancel());
      shown = progress;
      return ended;
    });
  }
  await work;
}

const endedServer = "Seaworthy's server ended before it was done: try again, or see its output.";

/** The server crashed, was restarted or stopped. */
function isOfEndedServer(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return false;
  return error.code === ErrorCodes.PendingResponseRejected || error.code === ErrorCodes.ConnectionInactive;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function atCursor(): ImageArguments | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), position: { line, character } };
}

/** The editor shows hovers at the cursor alone. */
async function showHover({ uri, position: { line, character } }: ImageArguments): Promise<void> {
  const editor = await window.showTextDocument(Uri.parse(uri));
  const place = new Range(line, character, line, character);
  editor.selection = new Selection(place.start, place.end);
  editor.revealRange(place);
  // One that is still there would keep what it said.
  await commands.executeCommand("editor.action.hideHover");
  await commands.executeCommand("editor.action.showHover");
}
