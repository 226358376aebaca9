import type { SyntaxProblem } from "../../problem.ts";
import type { Flag, Instruction, Keyword } from "../model.ts";
import { nearest } from "./nearest.ts";

/** `switch`: alone or with `=true`/`=false`; `value`: once, with a value; `list`: with a value, any number of times. */
type FlagKind = "switch" | "value" | "list";

const transfer = {
  chown: "value",
  chmod: "value",
  link: "switch",
  exclude: "list",
} as const satisfies Record<string, FlagKind>;

/** Every flag BuildKit knows, its labs channel included. */
const flagsOf: ReadonlyMap<Keyword, ReadonlyMap<string, FlagKind>> = new Map<Keyword, ReadonlyMap<string, FlagKind>>([
  ["FROM", known({ platform: "value" })],
  ["COPY", known({ ...transfer, from: "value", parents: "switch" })],
  ["ADD", known({ ...transfer, "keep-git-dir": "switch", checksum: "value", unpack: "switch" })],
  ["RUN", known({ mount: "list", network: "value", security: "value", device: "list" })],
  [
    "HEALTHCHECK",
    known({
      interval: "value",
      timeout: "value",
      "start-period": "value",
      "start-interval": "value",
      retries: "value",
    }),
  ],
]);

function known(flags: Readonly<Record<string, FlagKind>>): ReadonlyMap<string, FlagKind> {
  return new Map(Object.entries(flags));
}

/** In front of these, words with two dashes are always taken for flags, and always refused. */
const flagless: ReadonlySet<string> = new Set(["CMD", "ENTRYPOINT"]);

/** What the stable frontend refuses about an instruction's flags. A flag it does not know is left alone unless it is a slip of the keyboard: it may be newer than this table. */
export function* flagProblems(instruction: Instruction): Generator<SyntaxProblem> {
  const { name, flags } = instruction;
  if (name === "unknown" || flags.length === 0) return;
  const table = flagsOf.get(name);
  const seen = new Set<string>();
  for (const flag of flags) {
    const kind = table?.get(flag.name);
    if (kind === undefined) {
      const problem = unknownFlag(name, flag, [...(table?.keys() ?? [])]);
      if (problem !== undefined) yield problem;
      if (table === undefined) return;
      continue;
    }
    if (seen.has(flag.name) && kind !== "list") {
      yield { at: flag.span, message: `\`--${flag.name}\` is given twice: keep one of them.` };
    }
    seen.add(flag.name);
    const fault = flag.name === "mount" ? mountFault(flag) : valueFault(flag, kind);
    if (fault !== undefined) yield { at: flag.valueSpan ?? flag.span, message: fault };
  }
}

function unknownFlag(name: string, flag: Flag, names: readonly string[]): SyntaxProblem | undefined {
  if (flagless.has(name)) {
    return {
      at: flag.span,
      message: `\`${name}\` takes no flags, so \`--${flag.name}\` is refused: put the program before it, or use the exec form \`["…"]\`.`,
    };
  }
  const meant = nearest(flag.name, names);
  if (meant === undefined) return undefined;
  return { at: flag.nameSpan, message: `\`${name}\` has no flag \`--${flag.name}\`: did you mean \`--${meant}\`?` };
}

const mountTypes: readonly string[] = ["bind", "cache", "secret", "ssh", "tmpfs"];

function mountFault(flag: Flag): string | undefined {
  const type = /(?:^|,)type=([^,]*)/i.exec(flag.value ?? "")?.[1]?.toLowerCase();
  if (type === undefined || mountTypes.includes(type)) return valueFault(flag, "list");
  const meant = nearest(type, mountTypes);
  return meant === undefined ? undefined : `\`${type}\` is not a type of mount: did you mean \`${meant}\`?`;
}

function valueFault(flag: Flag, kind: FlagKind): string | undefined {
  const { name, value } = flag;
  if (kind !== "switch") return value === undefined ? `\`--${name}\` needs a value: \`--${name}=…\`.` : undefined;
  if (value === undefined || /^(?:true|false)$/i.test(value)) return undefined;
  if (value === "")
    return `\`--${name}=\` has no value: leave the \`=\` out, or write \`true\` or \`false\` behind it.`;
  return `\`--${name}\` is on or off: \`${value}\` is neither \`true\` nor \`false\`.`;
}
