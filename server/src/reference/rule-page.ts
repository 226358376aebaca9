import type { OptionSpec, Rule } from "../engine/rule.ts";
import { listed } from "../text/words.ts";
import { peers } from "./peers.ts";

/** The page of a rule, in Markdown: `docs/rules/<id>.md`. */
export function rulePage(rule: Rule): string {
  return `${[
    `<!-- Generated from server/src/rules/${rule.id}.ts. -->`,
    `# ${rule.slug}`,
    rule.summary,
    facts(rule),
    `## Why\n\n${rule.why.trim()}`,
    ...rule.examples.map((example, index) => exampleSection(rule, example, index)),
    optionsSection(rule),
    silenceSection(rule),
    aliasesSection(rule),
    referencesSection(rule),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n")}\n`;
}

/** The words for what a rule's fixes do. */
function fixWords(fix: Rule["fix"]): string {
  if (fix === "safe") return "safe: what is built and run stays the same";
  return fix === "review" ? "to be reviewed: it may change what is built or run" : "none";
}

/** In which presets a rule is. */
function presetWords(rule: Rule): string {
  const words = {
    minimal: "`minimal`, `recommended`, `strict`, `all`",
    recommended: "`recommended`, `strict`, `all`",
    strict: "`strict`, `all`",
    all: "`all` only: off until asked for",
  };
  return words[rule.preset];
}

function facts(rule: Rule): string {
  return [
    "| | |",
    "|---|---|",
    `| Id | \`${rule.id}\` |`,
    `| Severity | ${rule.severity} |`,
    `| Presets | ${presetWords(rule)} |`,
    `| Category | ${rule.category} |`,
    `| Fix | ${fixWords(rule.fix)} |`,
    `| Since | ${rule.since} |`,
  ].join("\n");
}

function exampleSection(rule: Rule, example: Rule["examples"][number], index: number): string {
  const title = rule.examples.length === 1 ? "## Example" : `## Example ${index + 1}`;
  const language =
    rule.kind === "ignore"
      ? "text"
      : /^services:|^apiVersion:|^kind:/m.test(`${example.bad}\n${example.good}`)
        ? "yaml"
        : "dockerfile";
  const name = example.path === undefined ? "" : ` (\`${example.path}\`)`;
  const fixed = rule.fix !== null && example.fixed !== false;
  return [
    title,
    `Reported${name}${askedWords(example.registry)}:`,
    fenced(language, example.bad),
    fixed ? "After the fix:" : "Not reported:",
    fenced(language, example.good),
  ].join("\n\n");
}

/** What a registry has to have said for it to be reported. */
function askedWords(registry: Readonly<Record<string, string>> = {}): string {
  const said = Object.entries(registry).map(([image, digest]) => `\`${image}\` stands for \`${digest}\``);
  return said.length === 0 ? "" : ` once a registry, which somebody asked, has said that ${listed(said)}`;
}

function optionsSection(rule: Rule): string | undefined {
  const options = Object.entries(rule.options);
  if (options.length === 0) return undefined;
  const rows = options.map(
    ([name, spec]) => `| \`${name}\` | ${typeWords(spec)} | ${defaultWords(spec)} | ${cell(spec.description)} |`,
  );
  const sample = options.map(([name, spec]) => `    ${name}: ${JSON.stringify(spec.default)}`);
  return [
    "## Options",
    ["| Option | Type | Default | |", "|---|---|---|---|", ...rows].join("\n"),
    "In `.seaworthy.yaml`, with their defaults:",
    fenced("yaml", `rules:\n  ${rule.id}:\n${sample.join("\n")}\n`),
  ].join("\n\n");
}

function typeWords(spec: OptionSpec): string {
  if (typeof spec.default === "object") return "list of strings";
  if (spec.values !== undefined) return spec.values.map((value) => `\`${value}\``).join(", ");
  return typeof spec.default;
}

function defaultWords(spec: OptionSpec): string {
  return `\`${JSON.stringify(spec.default)}\``;
}

function silenceSection(rule: Rule): string {
  const place =
    rule.kind === "dockerfile"
      ? "Above the instruction:"
      : rule.kind === "ignore"
        ? "Above the pattern:"
        : rule.kind === "image" || rule.kind === "seaworthy"
          ? "Above the instruction or key, for all of it, or at the end of a line of YAML, for that line:"
          : "Above a key or an item, for all of it, or at the end of a line, for that line:";
  return [
    "## How to silence it",
    place,
    fenced(
      rule.kind === "compose" || rule.kind === "kubernetes" ? "yaml" : "dockerfile",
      `# seaworthy ignore ${rule.slug} -- the reason\n`,
    ),
    `For a whole file, \`# seaworthy ignore-file ${rule.slug} -- the reason\` anywhere in it. For a project, in \`.seaworthy.yaml\`:`,
    fenced("yaml", `rules:\n  ${rule.id}: ${rule.preset === "all" ? "on # or off" : "off"}\n`),
  ].join("\n\n");
}

function aliasesSection(rule: Rule): string | undefined {
  if (rule.aliases.length === 0) return undefined;
  const byPeer = new Map<string, string[]>();
  for (const alias of rule.aliases) {
    const colon = alias.indexOf(":");
    const peer = alias.slice(0, colon);
    const code = alias.slice(colon + 1);
    const url = peers[peer]?.page?.(code);
    byPeer.set(peer, [...(byPeer.get(peer) ?? []), url === undefined ? `\`${code}\`` : `[\`${code}\`](${url})`]);
  }
  const lines = [...byPeer].map(([peer, codes]) => `- ${peers[peer]?.name ?? peer}: ${codes.join(", ")}`);
  return `## In other tools\n\nTheir comments and annotations that ignore these codes are honoured.\n\n${lines.join("\n")}`;
}

function referencesSection(rule: Rule): string | undefined {
  if (rule.references.length === 0) return undefined;
  return `## References\n\n${rule.references.map((url) => `- <${url}>`).join("\n")}`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.replace(/\r?\n$/, "")}\n\`\`\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
