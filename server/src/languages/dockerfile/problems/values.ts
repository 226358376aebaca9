import { nearest } from "./nearest.ts";

/** Whether the builder takes a text for a signal: a name, with `SIG` before it or not, in any case, or a number other than 0. */
export function isSignal(text: string): boolean {
  if (/^[+-]?\d+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, "");
  return signals.has(name) || /^RTM(?:IN(?:\+(?:[1-9]|1[0-5]))?|AX(?:-(?:[1-9]|1[0-4]))?)$/.test(name);
}

/** The signal that a slip of the keyboard was meant to be, as `SIGTERM`. */
export function nearestSignal(text: string): string | undefined {
  const name = nearest(text.toUpperCase().replace(/^SIG/, ""), [...signals]);
  return name === undefined ? undefined : `SIG${name}`;
}

/** Linux' signals, by the names Docker knows them under. */
const signals: ReadonlySet<string> = new Set([
  "ABRT",
  "ALRM",
  "BUS",
  "CHLD",
  "CLD",
  "CONT",
  "EMT",
  "FPE",
  "HUP",
  "ILL",
  "INT",
  "IO",
  "IOT",
  "KILL",
  "PIPE",
  "POLL",
  "PROF",
  "PWR",
  "QUIT",
  "SEGV",
  "STKFLT",
  "STOP",
  "SYS",
  "TERM",
  "TRAP",
  "TSTP",
  "TTIN",
  "TTOU",
  "URG",
  "USR1",
  "USR2",
  "VTALRM",
  "WINCH",
  "XCPU",
  "XFSZ",
]);

/** What is wrong with a duration of HEALTHCHECK, as Go reads one: `1m30s`. `short`: less than a millisecond and not 0. */
export function durationFault(text: string): "syntax" | "unit" | "short" | undefined {
  if (text === "") return undefined;
  const match = /^([+-]?)(.*)$/s.exec(text);
  const rest = match?.[2] ?? "";
  if (rest === "0") return undefined;
  if (/^\d+(?:\.\d*)?$/.test(rest)) return "unit";
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return "syntax";
  let milliseconds = 0;
  for (const [, number = "0", unit = "s"] of rest.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    milliseconds += Number(number) * (millisecondsPer.get(unit) ?? 0);
  }
  if (milliseconds === 0) return undefined;
  return match?.[1] === "-" || milliseconds < 1 ? "short" : undefined;
}

const millisecondsPer: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);
