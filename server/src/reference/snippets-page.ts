/** The snippets of one file in `snippets/`. */
export interface SnippetSection {
  readonly title: string;
  /** Where VS Code offers them. */
  readonly where: string;
  readonly snippets: readonly DescribedSnippet[];
}

/** A snippet as far as a reader asks: what to type, and what comes of it. */
export interface DescribedSnippet {
  readonly prefixes: readonly string[];
  readonly description: string;
}

/** The page of all snippets, in Markdown: `docs/snippets.md`. */
export function snippetsPage(sections: readonly SnippetSection[]): string {
  const count = sections.reduce((sum, { snippets }) => sum + snippets.length, 0);
  const blocks = sections.map(({ title, where, snippets }) => {
    const rows = snippets.map(({ prefixes, description }) => {
      const typed = prefixes.map((prefix) => `\`${prefix}\``).join(" ");
      return `| ${typed} | ${description.replaceAll("|", "\\|")} |`;
    });
    return `## ${title}\n\n${where}\n\n${["| Type | What it gives |", "|---|---|", ...rows].join("\n")}`;
  });
  return `${[
    "<!-- Generated from snippets/. -->",
    "# Snippets",
    `${count} snippets. Type a prefix, or a part of it, and choose; Tab goes from place to place, and what is written twice is filled in once.
Each is silent under \`recommended\`, and each Dockerfile among them is built in a test. VS Code before
1.109 does not look at files' names, and offers those for Compose and for Kubernetes in every YAML file.`,
    ...blocks,
  ].join("\n\n")}\n`;
}
