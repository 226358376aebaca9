import type {
  ApplyWorkspaceEditParams,
  ApplyWorkspaceEditResult,
  CodeAction,
  Command,
} from "vscode-languageserver/node";
import { CancellationTokenSource, type Hover } from "vscode-languageserver/node";
import { linter } from "../../server/src/linter.ts";
import type { ChooseParams, FetchParams } from "../../server/src/lsp/protocol.ts";
import { type Client, capabilities, type ClientOptions, startClient } from "./client.ts";

/** A client that executes commands of the server, makes the edits it is sent, and remembers what it was told. */
export interface ImageClient extends Client {
  /** What was said to the person. */
  readonly messages: readonly string[];
  /** What the server asked to be changed. */
  readonly asked: readonly ApplyWorkspaceEditParams[];
  /** What the person was to choose from: labels, with their descriptions in brackets. */
  readonly choices: readonly (readonly string[])[];
  /** What the client was asked to ask. */
  readonly fetched: readonly FetchParams[];
  /** Titles of the progress that was shown. */
  readonly progress: readonly string[];
  /** Decides what becomes of an edit; the client makes those of the right version where this is left out. */
  answerEdit: (() => Promise<ApplyWorkspaceEditResult | undefined>) | undefined;
  /** The label that is chosen. */
  chooses: string | undefined;
  actionsAt(uri: string, words: string): Promise<readonly CodeAction[]>;
  titlesAt(uri: string, words: string): Promise<readonly string[]>;
  /** Executes the action of that title at those words. */
  execute(uri: string, words: string, title: string | RegExp, cancellation?: CancellationTokenSource): Promise<void>;
  command(command: string, argument: unknown, cancellation?: CancellationTokenSource): Promise<void>;
  hoverAt(uri: string, words: string): Promise<string>;
  /** Presses the button of the progress that is shown. */
  cancelProgress(): Promise<void>;
  /** Settles once this many such things were seen. */
  seen(what: () => number, count: number): Promise<void>;
}

/** All rules, in this process; `fetch` answers what the client is asked to fetch. */
export async function startImageClient(
  options: ClientOptions & { readonly fetch?: (request: FetchParams, signal: AbortSignal) => Promise<unknown> } = {},
): Promise<ImageClient> {
  const client = await startClient({ rules: linter.rules, capabilities: capabilities({ commands: true }), ...options });
  const { connection } = client;
  const messages: string[] = [];
  const asked: ApplyWorkspaceEditParams[] = [];
  const choices: (readonly string[])[] = [];
  const fetched: FetchParams[] = [];
  const progress: string[] = [];
  let progressToken: unknown;

  connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
    messages.push(message);
  });
  connection.onRequest(
    "window/showMessageRequest",
    ({ message, actions }: { message: string; actions: { title: string }[] }) => {
      messages.push(message);
      choices.push(actions.map(({ title }) => title));
      return actions.find(({ title }) => title === made.chooses) ?? null;
    },
  );
  connection.onRequest("seaworthy/choose", ({ items }: ChooseParams) => {
    choices.push(
      items.map(({ label, description }) => (description === undefined ? label : `${label} (${description})`)),
    );
    const index = items.findIndex(({ label }) => label === made.chooses);
    return index < 0 ? null : index;
  });
  connection.onRequest("seaworthy/fetch", async (request: FetchParams, token) => {
    fetched.push(request);
    const cancellation = new AbortController();
    token.onCancellationRequested(() => cancellation.abort());
    return options.fetch?.(request, cancellation.signal);
  });
  connection.onRequest("window/workDoneProgress/create", ({ token }: { token: unknown }) => {
    progressToken = token;
    return null;
  });
  connection.onNotification("$/progress", ({ value }: { value: { kind: string; title?: string } }) => {
    if (value.kind === "begin") progress.push(value.title ?? "");
  });
  connection.onRequest(
    "workspace/applyEdit",
    async (params: ApplyWorkspaceEditParams): Promise<ApplyWorkspaceEditResult> => {
      asked.push(params);
      const answer = await made.answerEdit?.();
      if (answer !== undefined) return answer;
      const files = (params.edit.documentChanges ?? []).flatMap((change) =>
        "textDocument" in change ? [change.textDocument] : [],
      );
      if (files.some(({ uri, version }) => version !== null && version !== client.version(uri)))
        return { applied: false };
      if (files.every(({ version }) => version !== null)) await client.apply({ title: "", edit: params.edit });
      return { applied: true };
    },
  );

  const rangeOf = (uri: string, words: string) => {
    const start = client.text(uri).indexOf(words);
    if (start < 0) throw new Error(`no ${words} in ${uri}`);
    return client.places(uri).range({ start, end: start });
  };
  const made: ImageClient = {
    ...client,
    messages,
    asked,
    choices,
    fetched,
    progress,
    answerEdit: undefined,
    chooses: undefined,
    actionsAt: (uri: string, words: string) => client.actions(uri, rangeOf(uri, words)),
    async titlesAt(uri: string, words: string) {
      return (await client.actions(uri, rangeOf(uri, words))).map(({ title }) => title);
    },
    async execute(uri: string, words: string, title: string | RegExp, cancellation?: CancellationTokenSource) {
      const actions = await client.actions(uri, rangeOf(uri, words));
      const found = actions.find((action) =>
        typeof title === "string" ? action.title === title : title.test(action.title),
      );
      const command: Command | undefined = found?.command;
      if (command === undefined)
        throw new Error(`no "${String(title)}" among ${actions.map((one) => one.title).join(", ")}`);
      await made.command(command.command, command.arguments?.[0], cancellation);
    },
    async command(command: string, argument: unknown, cancellation = new CancellationTokenSource()) {
      await connection.sendRequest("workspace/executeCommand", { command, arguments: [argument] }, cancellation.token);
    },
    async hoverAt(uri: string, words: string) {
      const position = rangeOf(uri, words).start;
      const hover: Hover | null = await connection.sendRequest("textDocument/hover", {
        textDocument: { uri },
        position,
      });
      const contents = hover?.contents;
      return typeof contents === "object" && "value" in contents ? contents.value : "";
    },
    cancelProgress: () => connection.sendNotification("window/workDoneProgress/cancel", { token: progressToken }),
    async seen(what: () => number, count: number) {
      while (what() < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
  return made;
}
