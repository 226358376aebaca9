/** A rule's file: `rules/<kind>/<slug>.ts`. */
export interface RuleFile {
  readonly kind: string;
  readonly slug: string;
}

const kinds = ["image", "dockerfile", "compose", "kubernetes", "ignore", "seaworthy"];

/** The text of `rules/index.ts` for these files, sorted. */
export function rulesIndex(files: readonly RuleFile[]): string {
  const sorted = [...files].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compare(a.slug, b.slug));
  const imports = sorted.map(({ kind, slug }) => `import ${nameOf(kind, slug)} from "./${kind}/${slug}.ts";\n`);
  const list = sorted.map(({ kind, slug }) => `  ${nameOf(kind, slug)},\n`);
  return `// Generated from the files of this folder; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";
${imports.join("")}
/** Every rule there is, by kind, then by slug. */
export const allRules: readonly Rule[] = [
${list.join("")}];
`;
}

function nameOf(kind: string, slug: string): string {
  return `${kind}-${slug}`.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
