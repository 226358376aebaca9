import { closest, distance } from "fastest-levenshtein";

/** One `--name` of a command. */
export interface Flag {
  /** What stands for its value in the help, such as `FILE`; a flag without one is a switch. */
  readonly value?: string;
  /** The only values it takes. */
  readonly values?: readonly string[];
  /** One letter, given as `-h`. */
  readonly short?: string;
  /** One sentence for the help. */
  readonly help: string;
}

/** The flags of a command by their long names, in the order of its help. */
export type Flags = Readonly<Record<string, Flag>>;

/** A command line that was understood. Of a flag given twice the last one counts, where not all are asked for. */
export interface Arguments<Name extends string> {
  readonly operands: readonly string[];
  /** Whether a switch was given. */
  on(name: Name): boolean;
  text(name: Name): string | undefined;
  /** Of a flag that may be given several times: all values, in their order. */
  texts(name: Name): readonly string[];
}

/** A command line that was not understood; `misuse` says why, in one line. */
export interface Misuse {
  readonly misuse: string;
}

/** `--name value`, `--name=value`, `-n`, and after `--` operands only. A lone `-` is an operand. */
export function parseArguments<F extends Flags>(
  flags: F,
  argv: readonly string[],
): Arguments<Extract<keyof F, string>> | Misuse {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      operands.push(...argv.slice(i + 1));
      break;
    }
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const equals = word.indexOf("=");
    const written = equals < 0 ? word : word.slice(0, equals);
    const name = nameOf(flags, written);
    const flag = name === undefined ? undefined : flags[name];
    if (name === undefined || flag === undefined)
      return { misuse: `unknown option \`${written}\`${meant(flags, written)}` };
    if (flag.value === undefined) {
      if (equals >= 0) return { misuse: `\`--${name}\` takes no value` };
      values.set(name, []);
      continue;
    }
    let value = word.slice(equals + 1);
    if (equals < 0) {
      const next = argv[i + 1];
      if (next === undefined || (next.startsWith("--") && next.length > 2)) {
        return { misuse: `\`--${name}\` needs a value: --${name} ${flag.value}` };
      }
      value = next;
      i += 1;
    }
    if (flag.values !== undefined && !flag.values.includes(value)) {
      const near = nearest(value, flag.values);
      const hint = near === undefined ? "" : `; did you mean \`${near}\`?`;
      return { misuse: `\`--${name}\` is one of ${flag.values.join(", ")}, not \`${value}\`${hint}` };
    }
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return {
    operands,
    on: (name) => values.has(name),
    text: (name) => values.get(name)?.at(-1),
    texts: (name) => values.get(name) ?? [],
  };
}

/** The word of a list that was probably meant; `undefined` where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(word, [...known]);
  return distance(word, found) <= Math.max(2, Math.floor(found.length / 3)) ? found : undefined;
}

function nameOf(flags: Flags, written: string): string | undefined {
  if (written.startsWith("--")) {
    const name = written.slice(2);
    return Object.hasOwn(flags, name) ? name : undefined;
  }
  const short = written.slice(1);
  return Object.keys(flags).find((name) => flags[name]?.short === short);
}

function meant(flags: Flags, written: string): string {
  const near = nearest(written.replace(/^-+/, ""), Object.keys(flags));
  return near === undefined ? "" : `; did you mean \`--${near}\`?`;
}
