/** What in a command turns a check off. Numbers are indexes into the words behind the program's name. */
export interface Fault {
  /** The words at fault, next to each other; the first one names it. */
  readonly words: readonly number[];
  /** Only this part of the one word, as offsets in its text as written, and what belongs there instead. */
  readonly part?: { readonly from: number; readonly to: number; readonly text: string };
  /** The command does nothing else: without the fault it is not needed. */
  readonly whole?: true;
  /** What to do instead, for a message: "give it the CA with `--cacert`". */
  readonly instead?: string;
  /** What it installs lies in the build already: nobody on the way can have changed it. */
  readonly local?: true;
}

/** A word of a command: as written, and without quotes (`undefined` where it depends on a variable). */
export interface CommandWord {
  readonly text: string;
  readonly value: string | undefined;
}

/** Whether a setting's value means no: `0`, `false`, `no`, `off`. */
export function isOff(value: string | undefined): boolean {
  return value !== undefined && /^(?:0|false|no|off|n|f)$/i.test(value.trim());
}

/** Whether a setting's value means yes: `1`, `true`, `yes`, `on`. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|true|yes|on|y|t)$/i.test(value.trim());
}

/** A flag that takes no value, or one, in its next word or behind a `=`, as a fault where it is given. */
export function flagFault(
  words: readonly CommandWord[],
  flag: RegExp,
  valued = false,
  instead?: string,
): Fault | undefined {
  const index = words.findIndex(({ value, text }) => flag.test((value ?? text).split("=")[0] ?? ""));
  const word = words[index];
  if (word === undefined) return undefined;
  const both = valued && !(word.value ?? word.text).includes("=") && index + 1 < words.length;
  return { words: both ? [index, index + 1] : [index], ...(instead === undefined ? {} : { instead }) };
}

/** A setting in a text that turns a check off. Offsets count from the start of the text. */
export interface TextFaultPlace {
  /** Where the setting begins; it ends at `to`. */
  readonly start: number;
  /** What has to change, and what belongs there instead. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
