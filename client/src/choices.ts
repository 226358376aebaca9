import type { CancellationToken } from "vscode";
import { window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { ChooseParams, ChooseResult } from "../../server/src/lsp/protocol.ts";

/** Lets the server have a person choose from a list. */
export function answerChoices(client: LanguageClient): void {
  client.onRequest(
    "seaworthy/choose",
    async ({ title, placeholder, items }: ChooseParams, token: CancellationToken): Promise<ChooseResult> => {
      const picks = items.map((item, index) => ({ ...item, index }));
      const options = { title, placeHolder: placeholder, matchOnDescription: true, matchOnDetail: true };
      const chosen = await window.showQuickPick(picks, options, token);
      return chosen?.index ?? null;
    },
  );
}
