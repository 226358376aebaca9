import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import type { CompletionList } from "vscode";
import { commands, CompletionItemKind, extensions, Position, version, workspace } from "vscode";
import { closeAll, create } from "./workbench.ts";

interface SnippetFile {
  readonly language: string;
  readonly path: string;
}

interface SnippetEntry {
  readonly prefix: string | readonly string[];
  /** Globs of the files in which alone it is offered; without `/` they are for the name. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

describe("Snippets", () => {
  after(closeAll);

  // VS Code gives both languages of YAML one grammar, and takes the language of a place from the grammar: whichever of the two was
  // opened first decides. So each of them has the snippets of both.
  for (const [name, language, atLeast] of [
    ["snippets.dockerfile", "dockerfile", 12],
    ["compose.snippets.yaml", "dockercompose", 12],
    ["snippets.yaml", "yaml", 12],
    ["bots/dependabot.yml", "yaml", 6],
    ["bots/renovate.json", "json", 3],
  ] as const) {
    it(`are offered in ${name}`, async () => {
      const document = await create(name, "\n");
      assert.equal(document.languageId, language);
      const { expected, others } = await prefixesFor(language, name);
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
      // Older editors do not know `include` and `exclude`, and offer what has them everywhere.
      const [major = 0, minor = 0] = version.split(".").map(Number);
      if (major > 1 || minor >= 109) {
        assert.deepEqual(
          others.filter((prefix) => offered.has(prefix)),
          [],
        );
      }
    });
  }
});

/** The prefixes that the manifest contributes for a language: those for a file of that name, and the others. */
async function prefixesFor(
  language: string,
  name: string,
): Promise<{ readonly expected: readonly string[]; readonly others: readonly string[] }> {
  const extension = extensions.getExtension("seaworthy.seaworthy");
  assert(extension);
  const manifest: { readonly contributes: { readonly snippets: readonly SnippetFile[] } } = extension.packageJSON;
  const files = manifest.contributes.snippets.filter((file) => file.language === language);
  const entries = await Promise.all(
    files.map(async ({ path }) => {
      const bytes = await workspace.fs.readFile(
        extension.extensionUri.with({ path: `${extension.extensionUri.path}/${path}` }),
      );
      const snippets: Record<string, SnippetEntry> = JSON.parse(new TextDecoder().decode(bytes));
      return Object.values(snippets);
    }),
  );
  const isOffered = ({ include, exclude }: SnippetEntry): boolean =>
    (include === undefined || include.some((glob) => fits(glob, name))) && !exclude?.some((glob) => fits(glob, name));
  const all = entries.flat();
  return {
    expected: all.filter(isOffered).flatMap(({ prefix }) => prefix),
    others: all.filter((entry) => !isOffered(entry)).flatMap(({ prefix }) => prefix),
  };
}

/** Whether a glob that has `*` alone fits a file's name; those with `/` are for folders that the suite has no files in. */
function fits(glob: string, name: string): boolean {
  const parts = glob.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return !glob.includes("/") && new RegExp(`^${parts.join(".*")}$`).test(name.split("/").at(-1) ?? "");
}
