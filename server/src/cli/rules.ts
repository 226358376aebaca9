import type { Severity } from "../engine/rule.ts";
import type { Linter } from "../linter.ts";
import { type Flags, parseArguments } from "./arguments.ts";
import { flagLines } from "./help.ts";
import { type Paint, paintFor, type Style } from "./paint.ts";
import { presetsOf } from "./presets.ts";
import { type ExitCode, misuse, type Terminal } from "./terminal.ts";
import { wrap } from "./width.ts";

const flags = {
  format: { value: "FORMAT", values: ["stylish", "json"], help: "stylish (for people, the default) or json." },
  preset: {
    value: "PRESET",
    values: ["minimal", "recommended", "strict", "all"],
    help: "Only the rules of this preset: minimal, recommended, strict or all.",
  },
  "no-color": { help: "No colours." },
  help: { short: "h", help: "Show this help." },
} as const satisfies Flags;

/** `seaworthy rules`. */
export function rules(argv: readonly string[], terminal: Terminal, linter: Linter): ExitCode {
  const given = parseArguments(flags, argv);
  if ("misuse" in given || given.operands.length > 0) {
    const message =
      "misuse" in given ? given.misuse : `\`rules\` takes no names; try: seaworthy explain ${given.operands[0]}`;
    return misuse(terminal, message);
  }
  if (given.on("help")) {
    terminal.output.write(`List the rules.\n\nUsage: seaworthy rules [options]\n\nOptions:\n${flagLines(flags)}`);
    return 0;
  }
  const preset = given.text("preset");
  const chosen = linter.rules.filter((rule) => preset === undefined || presetsOf(rule).some((name) => name === preset));
  if (given.text("format") === "json") {
    const list = chosen.map((rule) => ({
      id: rule.id,
      kind: rule.kind,
      category: rule.category,
      severity: rule.severity,
      presets: presetsOf(rule),
      aliases: rule.aliases,
      fix: rule.fix,
      summary: rule.summary,
    }));
    terminal.output.write(`${JSON.stringify(list, undefined, 2)}\n`);
    return 0;
  }
  const { output } = terminal;
  const paint = paintFor({ noColor: given.on("no-color"), interactive: output.interactive }, terminal.env);
  output.write(table({ ...linter, rules: chosen }, paint, output.columns ?? 120));
  return 0;
}

const colours: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", info: "blue", hint: "cyan" };

function table({ rules }: Linter, paint: Paint, columns: number): string {
  const width = Math.min(columns, 140);
  const idWidth = Math.max(...rules.map((rule) => rule.id.length));
  const indent = 2 + idWidth + 2 + 9 + 13 + 8;
  const blocks: string[] = [];
  for (const kind of new Set(rules.map((rule) => rule.kind))) {
    const lines = rules
      .filter((rule) => rule.kind === kind)
      .map((rule) => {
        const severity = rule.severity === "info" ? "note" : rule.severity;
        const head = `  ${rule.id.padEnd(idWidth)}  ${paint(colours[rule.severity], severity.padEnd(9))}${rule.preset.padEnd(13)}${(rule.fix ?? "").padEnd(8)}`;
        const narrow = width - indent < 40;
        const summary = wrap(rule.summary, narrow ? width - 6 : width - indent);
        const blank = " ".repeat(narrow ? 6 : indent);
        return narrow
          ? [head.trimEnd(), ...summary.map((line) => blank + paint("dim", line))].join("\n")
          : summary.map((line, index) => (index === 0 ? head : blank) + line).join("\n");
      });
    blocks.push(`${paint("bold", kind)}\n${lines.join("\n")}\n`);
  }
  const total = `${rules.length} rules. Columns: severity, smallest preset, fix (safe: --fix, review: --fix-review). More: seaworthy explain <rule>\n`;
  return `${blocks.join("\n")}\n${total}`;
}
