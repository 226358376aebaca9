import { join } from "node:path";
import type { FileConfig } from "../engine/config.ts";
import type { Rule, RuleKind } from "../engine/rule.ts";
import type { Linter } from "../linter.ts";
import { helpUrl } from "../reference/help-url.ts";
import { type Flags, parseArguments } from "./arguments.ts";
import { configsFor } from "./config-files.ts";
import { flagLines } from "./help.ts";
import { type Paint, paintFor } from "./paint.ts";
import { type ExitCode, misuse, type Terminal } from "./terminal.ts";
import { wrap } from "./width.ts";

const flags = {
  "no-color": { help: "No colours." },
  help: { short: "h", help: "Show this help." },
} as const satisfies Flags;

/** `seaworthy explain`: every rule that goes by one of the names given. */
export function explain(argv: readonly string[], terminal: Terminal, linter: Linter): ExitCode {
  const given = parseArguments(flags, argv);
  if ("misuse" in given) return misuse(terminal, given.misuse);
  if (given.on("help")) {
    terminal.output.write(
      `Say what a rule is about.\n\nUsage: seaworthy explain <rule, slug or another tool's code>…\n\nOptions:\n${flagLines(flags)}`,
    );
    return 0;
  }
  if (given.operands.length === 0) return misuse(terminal, "which rule? For example: seaworthy explain missing-user");
  const ids = new Set<string>();
  for (const name of given.operands) {
    const found = [...linter.names.find(name), ...linter.names.covering(name)];
    if (found.length === 0) {
      const near = linter.names.closest(name);
      const hint = near === undefined ? "; `seaworthy rules` lists them" : `; did you mean \`${near}\`?`;
      return misuse(terminal, `no rule goes by \`${name}\`${hint}`);
    }
    for (const id of found) ids.add(id);
  }
  const { output } = terminal;
  const paint = paintFor({ noColor: given.on("no-color"), interactive: output.interactive }, terminal.env);
  const width = Math.min(output.columns ?? 100, 100);
  const { cwd } = terminal;
  const configs = configsFor({ rules: linter.rules, cwd, given: undefined, overrides: {} });
  const texts = [...ids].flatMap((id) => {
    const rule = linter.rule(id);
    if (rule === undefined) return [];
    return [explanation(rule, configs.for(join(cwd, fileOf[rule.kind]), cwd), paint, width)];
  });
  output.write(texts.join(`\n${paint("dim", "─".repeat(width))}\n\n`));
  return 0;
}

/** A file that a rule of each kind looks at. */
const fileOf: Readonly<Record<RuleKind, string>> = {
  dockerfile: "Dockerfile",
  image: "Dockerfile",
  seaworthy: "Dockerfile",
  compose: "compose.yaml",
  kubernetes: "manifest.yaml",
  ignore: ".dockerignore",
};

function explanation(rule: Rule, config: FileConfig, paint: Paint, width: number): string {
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? "" : `\n${paint("bold", title)}\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}\n`;
  const severity = rule.severity === "info" ? "note" : rule.severity;
  const fix =
    rule.fix === null
      ? "no automatic fix"
      : rule.fix === "safe"
        ? "fixed by --fix"
        : "fixed by --fix-review, to be looked at";
  const paragraphs = rule.why.trim().split(/\n\s*\n/);
  const why = paragraphs.flatMap((paragraph, index) => [
    ...(index === 0 ? [] : [""]),
    ...paragraphLines(paragraph, width - 2),
  ]);
  const [example] = rule.examples;
  const options = Object.entries(rule.options).flatMap(([name, option]) => {
    const values = option.values === undefined ? "" : ` (one of ${option.values.join(", ")})`;
    return wrap(`${name}: ${option.description}${values} Default: ${JSON.stringify(option.default)}.`, width - 2);
  });
  return [
    `${paint("bold", rule.id)}\n`,
    wrap(rule.summary, width).join("\n"),
    "\n",
    paint("dim", `${rule.category} · ${severity} · from preset ${rule.preset} · ${fix} · since ${rule.since}`),
    "\n",
    section("Why", why),
    section("Instead of", example === undefined ? [] : example.bad.trimEnd().split("\n")),
    section("Write", example === undefined ? [] : example.good.trimEnd().split("\n")),
    section("Options", options),
    section("In this folder", here(rule, config)),
    section("Also known as", rule.aliases.length === 0 ? [] : wrap(rule.aliases.join(", "), width - 2)),
    section("To silence it", [`# seaworthy ignore ${rule.slug} -- the reason`]),
    section("More", [helpUrl(rule), ...rule.references]),
  ].join("");
}

/** What a config file says of the rule; nothing where there is none. */
function here(rule: Rule, config: FileConfig): readonly string[] {
  if (config.source === "defaults") return [];
  const { severity, from, options } = config.rule(rule.id);
  const given = Object.entries(options).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(rule.options[name]?.default),
  );
  return [
    `${severity === "info" ? "note" : severity}, by ${from}`,
    ...given.map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
  ];
}

/** Lists and code keep their lines. */
function paragraphLines(paragraph: string, width: number): readonly string[] {
  const lines = paragraph.split("\n");
  return lines.some((line) => /^\s*(?:[-*] |\d+\. |```| {4})/.test(line))
    ? lines
    : wrap(lines.map((line) => line.trim()).join(" "), width);
}
