import type { LanguageClient } from "vscode-languageclient/node";
import { Uri, workspace } from "vscode";

/**
 * Lets the server read files that only the editor can reach, as those of a virtual workspace. Answers `null` where there is no such
 * file or it cannot be read.
 */
export function answerFiles(client: LanguageClient): void {
  client.onRequest("seaworthy/readFile", async ({ uri }: { readonly uri: string }) =>
    workspace.fs.readFile(Uri.parse(uri)).then(
      (bytes) => ({ text: new TextDecoder().decode(bytes) }),
      () => null,
    ),
  );
}
