import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import type { CompletionList } from "vscode";
import { commands, CompletionItemKind, extensions, Position, workspace } from "vscode";
import { closeAll, create } from "./workbench.ts";

interface SnippetFile {
  readonly language: string;
  readonly path: string;
}

interface SnippetEntry {
  readonly prefix: string | readonly string[];
  /** Names of the files in which alone it is offered. */
  readonly include?: readonly string[];
}

describe("Snippets", () => {
  after(closeAll);

  // VS Code gives both languages of YAML one grammar, and takes the language of a place from the grammar: whichever of the two was
  // opened first decides. So each of them has the snippets of both.
  for (const [name, language, atLeast] of [
    ["snippets.dockerfile", "dockerfile", 12],
    ["compose.snippets.yaml", "dockercompose", 12],
    ["snippets.yaml", "yaml", 12],
    ["bots/dependabot.yml", "yaml", 17],
    ["bots/renovate.json", "json", 3],
  ] as const) {
    it(`are offered in ${name}`, async () => {
      const document = await create(name, "\n");
      assert.equal(document.languageId, language);
      const expected = await prefixesFor(language, name);
      assert(expected.length >= atLeast);
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

/** The prefixes that the manifest contributes for a language, and a file of that name. */
async function prefixesFor(language: string, name: string): Promise<readonly string[]> {
  const extension = extensions.getExtension("seaworthy.seaworthy");
  assert(extension);
  const manifest: { readonly contributes: { readonly snippets: readonly SnippetFile[] } } = extension.packageJSON;
  const files = manifest.contributes.snippets.filter((file) => file.language === language);
  const prefixes = await Promise.all(
    files.map(async ({ path }) => {
      const bytes = await workspace.fs.readFile(
        extension.extensionUri.with({ path: `${extension.extensionUri.path}/${path}` }),
      );
      const snippets: Record<string, SnippetEntry> = JSON.parse(new TextDecoder().decode(bytes));
      // Older editors do not know `include`, and offer what has it everywhere.
      return Object.values(snippets).flatMap(({ prefix, include }) =>
        include === undefined || include.includes(name.split("/").at(-1) ?? "") ? prefix : [],
      );
    }),
  );
  return prefixes.flat();
}
