import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import type { CompletionList } from "vscode";
import { commands, CompletionItemKind, extensions, Position, workspace } from "vscode";
import { closeAll, create } from "./workbench.ts";

interface SnippetFile {
  readonly language: string;
  readonly path: string;
}

describe("Snippets", () => {
  after(closeAll);

  // VS Code gives both languages of YAML one grammar, and takes the language of a place from the grammar: whichever of the two was
  // opened first decides. So each of them has the snippets of both.
  for (const [name, language] of [
    ["snippets.dockerfile", "dockerfile"],
    ["compose.snippets.yaml", "dockercompose"],
    ["snippets.yaml", "yaml"],
  ] as const) {
    it(`are offered in ${name}`, async () => {
      const document = await create(name, "\n");
      assert.equal(document.languageId, language);
      const expected = await prefixesFor(language);
      assert(expected.length >= 12);
      const { items } = await commands.executeCommand<CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new Position(0, 0),
      );
      const snippets = items.filter(({ kind }) => kind === CompletionItemKind.Snippet);
      const offered = new Set(snippets.map(({ label }) => (typeof label === "string" ? label : label.label)));
      assert.deepEqual(
        expected.filter((prefix) => !offered.has(prefix)),
        [],
      );
    });
  }
});

/** The prefixes that the manifest contributes for a language. */
async function prefixesFor(language: string): Promise<readonly string[]> {
  const extension = extensions.getExtension("seaworthy.seaworthy");
  assert(extension);
  const manifest: { readonly contributes: { readonly snippets: readonly SnippetFile[] } } = extension.packageJSON;
  const files = manifest.contributes.snippets.filter((file) => file.language === language);
  const prefixes = await Promise.all(
    files.map(async ({ path }) => {
      const bytes = await workspace.fs.readFile(
        extension.extensionUri.with({ path: `${extension.extensionUri.path}/${path}` }),
      );
      const snippets: Record<string, { readonly prefix: string | readonly string[] }> = JSON.parse(
        new TextDecoder().decode(bytes),
      );
      return Object.values(snippets).flatMap(({ prefix }) => prefix);
    }),
  );
  return prefixes.flat();
}
