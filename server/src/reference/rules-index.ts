import type { RuleCard } from "../engine/rule.ts";

/** A rule's file: `rules/<kind>/<slug>.ts`. */
export interface RuleFile {
  readonly kind: string;
  readonly slug: string;
}

/** Folders of rules, in the order in which rules are listed. */
export const ruleKinds: readonly string[] = ["image", "dockerfile", "compose", "kubernetes", "ignore", "seaworthy"];

const notice = "// Generated from the rules; test/project/generated.test.ts keeps it up to date.\n";

/** The text of `rules/index.ts`. */
export function rulesIndex(): string {
  const imports = ruleKinds.map((kind) => `import { ${kind}Rules } from "./${kind}/index.ts";\n`);
  const list = ruleKinds.map((kind) => `  ...${kind}Rules,\n`);
  return `${notice}import type { Rule } from "../engine/rule.ts";
${imports.join("")}
/** Every rule there is, by kind, then by slug. */
export const allRules: readonly Rule[] = [
${list.join("")}];
`;
}

/** The text of `rules/<kind>/index.ts` for the files of all kinds. */
export function rulesOfKind(kind: string, files: readonly RuleFile[]): string {
  const slugs = files.filter((file) => file.kind === kind).map(({ slug }) => slug);
  slugs.sort(compare);
  return `${notice}import type { Rule } from "../../engine/rule.ts";
${slugs.map((slug) => `import ${nameOf(slug)} from "./${slug}.ts";\n`).join("")}
/** The rules of this folder, by slug. */
export const ${kind}Rules: readonly Rule[] = [
${slugs.map((slug) => `  ${nameOf(slug)},\n`).join("")}];
`;
}

/** The text of `rules/cards.ts`: what is known of rules without loading them. */
export function ruleCardsFile(rules: readonly RuleCard[]): string {
  const cards = rules.map(({ id, kind, slug, severity, preset, aliases, options }) =>
    JSON.stringify({ id, kind, slug, severity, preset, aliases, options }),
  );
  return `${notice}import type { RuleCard } from "../engine/rule.ts";

/** The cards of all rules, in the order of \`allRules\`. */
export const ruleCards: readonly RuleCard[] = [
${cards.map((card) => `  ${card},\n`).join("")}];
`;
}

function nameOf(slug: string): string {
  const name = slug.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return reserved.has(name) ? `${name}Rule` : name;
}

/** Words that can be a slug and no name in TypeScript. */
const reserved: ReadonlySet<string> = new Set(["package", "default", "import", "export", "switch", "delete"]);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
