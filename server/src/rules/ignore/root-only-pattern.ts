import { defineRule } from "../../engine/rule.ts";
import { ignores } from "../../languages/ignore/index.ts";
import { insert } from "../../text/edit.ts";

export default defineRule("ignore", {
  slug: "root-only-pattern",
  summary: "A pattern for what lies in every folder fits only the top of the build context.",
  why: `In a \`.gitignore\` a name without a \`/\` fits at any depth; in a \`.dockerignore\` it fits at the root of the build context alone. \`__pycache__\` or \`.DS_Store\` leaves
out the one that is hardly ever there, and those in the folders below go along: they make the builder start over whenever one of them changes, and
lie in the image. \`**/\` in front makes a pattern fit at any depth, the root included.

Only names are reported that tools and systems put into every folder. Whether \`node_modules\` or \`dist\` is meant at the top alone, only its author knows.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/build/concepts/context/#dockerignore-files"],
  fix: "review",
  examples: [{ bad: ".git\n__pycache__/\n*.pyc\n", good: ".git\n**/__pycache__/\n**/*.pyc\n" }],
  *check({ entries, patterns }) {
    const found = entries.filter(
      ({ pattern, written, negated }) =>
        !negated &&
        scattered.has(pattern) &&
        // `/name` says that the root is meant.
        !/^\.?\//.test(written) &&
        // Another line may do what this one does not.
        !ignores(patterns, `some/folder/${sampleOf(pattern)}`),
    );
    const [first, ...others] = found;
    if (first === undefined) return;
    // One finding for the file: it is one misunderstanding, and one fix.
    const names = found.slice(0, 3).map(({ written }) => `\`${written}\``);
    const more = found.length > names.length ? ` and ${found.length - names.length} more` : "";
    const better = `**/${first.written}`;
    yield {
      at: first.span,
      message:
        others.length === 0
          ? `${names.join("")} fits at the root of the build context alone, and these lie in folders below: write \`${better}\`.`
          : `${names.join(", ")}${more} fit at the root of the build context alone, and these lie in folders below: write \`${better}\` and so on.`,
      fixes: () => [
        {
          title: `Write \`${better}\`${others.length === 0 ? "" : " and so on"} (those in folders below are left out then)`,
          safety: "review",
          edits: found.map(({ span }) => insert(span.start, "**/")),
        },
      ],
      related: others.map(({ span }) => ({ at: span, message: "this one, too" })),
    };
  },
});

/** Names that editors, systems and interpreters put into every folder. */
const scattered: ReadonlySet<string> = new Set([
  "__pycache__",
  "*.pyc",
  "*.pyo",
  "*.pyd",
  "*.py[co]",
  "*.py[cod]",
  "*$py.class",
  ".ipynb_checkpoints",
  ".DS_Store",
  "._*",
  "Thumbs.db",
  "desktop.ini",
  "*.swp",
  "*.swo",
  "*~",
]);

/** A name that the pattern fits. */
function sampleOf(pattern: string): string {
  return pattern.replace("[co]", "c").replace("[cod]", "c").replaceAll("*", "x");
}
