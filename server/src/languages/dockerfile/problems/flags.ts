import type { SyntaxProblem } from "../../problem.ts";
import type { Flag, Instruction, Keyword } from "../model.ts";
import { corrected } from "./correction.ts";
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

/**
 * What a frontend refuses about an instruction's flags. One that is not in the table, and no slip of the keyboard, may be newer than it, so that is
 * said with doubt; a preview of the next frontend may know other flags and values altogether.
 */
export function* flagProblems(instruction: Instruction, frontend: "stable" | "preview"): Generator<SyntaxProblem> {
  const { name, flags } = instruction;
  if (name === "unknown" || flags.length === 0) return;
  const table = flagsOf.get(name);
  const seen = new Set<string>();
  for (const flag of flags) {
    const kind = table?.get(flag.name);
    if (kind === undefined) {
      const problem = unknownFlag(name, flag, [...(table?.keys() ?? [])]);
      if (problem !== undefined) yield frontend === "preview" ? { ...problem, doubtful: true } : problem;
      if (table === undefined) return;
      continue;
    }
    if (seen.has(flag.name) && kind !== "list") {
      yield { at: flag.span, message: `\`--${flag.name}\` is given twice: keep one of them.` };
    }
    seen.add(flag.name);
    if (frontend === "preview") continue;
    const fault = flag.name === "mount" ? mountFault(flag) : valueFault(flag, kind);
    if (fault !== undefined) yield corrected(flag.valueSpan ?? flag.span, fault.message, fault.meant);
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
  if (meant !== undefined) {
    const message = `\`${name}\` has no flag \`--${flag.name}\`: did you mean \`--${meant}\`?`;
    return corrected(flag.nameSpan, message, meant);
  }
  // What stands before the words of these is a word of them.
  if (names.length === 0 || flag.name === "") return undefined;
  return {
    at: flag.nameSpan,
    message: `\`${name}\` has no flag \`--${flag.name}\` that is known here: most builders refuse it.`,
    doubtful: true,
  };
}

const mountTypes: readonly string[] = ["bind", "cache", "secret", "ssh", "tmpfs"];

interface FlagFault {
  readonly message: string;
  /** The whole value that was most likely meant. */
  readonly meant?: string;
}

function mountFault(flag: Flag): FlagFault | undefined {
  const { value = "" } = flag;
  const type = /(?:^|,)type=([^,]*)/i.exec(value)?.[1]?.toLowerCase();
  if (type === undefined || mountTypes.includes(type)) return valueFault(flag, "list");
  const meant = nearest(type, mountTypes);
  if (meant === undefined) return undefined;
  const message = `\`${type}\` is not a type of mount: did you mean \`${meant}\`?`;
  return { message, meant: value.replace(/((?:^|,)type=)[^,]*/i, `$1${meant}`) };
}

function valueFault(flag: Flag, kind: FlagKind): FlagFault | undefined {
  const { name, value } = flag;
  if (kind !== "switch") {
    return value === undefined ? { message: `\`--${name}\` needs a value: \`--${name}=…\`.` } : undefined;
  }
  if (value === undefined || /^(?:true|false)$/i.test(value)) return undefined;
  if (value === "") {
    return {
      message: `\`--${name}=\` has no value: leave the \`=\` out, or write \`true\` or \`false\` behind it.`,
      meant: "true",
    };
  }
  const meant = /^(?:yes|on|1)$/i.test(value) ? "true" : /^(?:no|off|0)$/i.test(value) ? "false" : undefined;
  const message = `\`--${name}\` is on or off: \`${value}\` is neither \`true\` nor \`false\`.`;
  return meant === undefined ? { message } : { message, meant };
}
