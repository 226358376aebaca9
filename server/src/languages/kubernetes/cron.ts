/** When a CronJob runs, as the fields of its `schedule` say. */
export interface CronSchedule {
  /** Values of each field, in the order minute, hour, day of the month, month, day of the week (0 is Sunday). `@every 1h` has none. */
  readonly fields: readonly (readonly number[])[];
  /** Seconds from one run to the next, of `@every`. */
  readonly every: number | undefined;
  /** No day is restricted, so that day of the month and day of the week have to fit both; else either is enough. */
  readonly anyDay: { readonly month: boolean; readonly week: boolean };
}

/** Why the API server refuses a schedule. */
export interface CronProblem {
  /** What is wrong, to go on behind the schedule's name: "has 6 fields instead of 5". */
  readonly what: string;
  /** The part of the text that is at fault; the whole of it where left out. */
  readonly part?: { readonly start: number; readonly end: number };
}

/**
 * Reads a schedule as the CronJob controller does. Source: the standard parser of github.com/robfig/cron, version 3, which has five fields, names of months
 * and days, `?` for `*`, and no `L`, `W`, `#` or 7 for Sunday.
 */
export function readSchedule(text: string): CronSchedule | CronProblem {
  if (text.startsWith("@")) return readMacro(text);
  const words = [...text.matchAll(/\S+/g)];
  if (words.length !== FIELDS.length) {
    return { what: `has ${words.length === 1 ? "1 field" : `${words.length} fields`} instead of 5` };
  }
  const fields: (readonly number[])[] = [];
  for (const [index, { 0: word, index: start }] of words.entries()) {
    const field = FIELDS[index];
    if (field === undefined) continue;
    const values = readField(word, field);
    if (typeof values === "string") return { what: values, part: { start, end: start + word.length } };
    fields.push(values);
  }
  const [month, week] = [words[2]?.[0], words[4]?.[0]].map((word) => /(?:^|,)[*?]/.test(word ?? ""));
  return { fields, every: undefined, anyDay: { month: month === true, week: week === true } };
}

/** Whether it is a problem. */
export function isCronProblem(read: CronSchedule | CronProblem): read is CronProblem {
  return "what" in read;
}

/** Whether some day of some year has its turn: no `31 2`, no `30 2`. */
export function everRuns({ fields, every, anyDay }: CronSchedule): boolean {
  if (every !== undefined) return true;
  if (fields.some((values) => values.length === 0)) return false;
  // A day of the week comes in every month, and is enough where days of the month are restricted as well.
  if (!anyDay.week && !anyDay.month) return true;
  const [, , days = [], months = []] = fields;
  const first = Math.min(...days);
  return months.some((month) => first <= (LONGEST[month - 1] ?? 31));
}

/** The least seconds between two runs within a day, as the minutes and hours say; a day where there is one at most. */
export function leastGap({ fields, every }: CronSchedule): number {
  if (every !== undefined) return every;
  const [minutes = [], hours = []] = fields;
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * 3600 + minute * 60)).sort((a, b) => a - b);
  let least = 86_400;
  for (const [index, time] of times.entries()) {
    const before = times[index - 1];
    if (before !== undefined) least = Math.min(least, time - before);
  }
  return least;
}

const LONGEST: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  {
    name: "month",
    least: 1,
    most: 12,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  { name: "day of the week", least: 0, most: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/** The values of a field, or what is wrong with it. */
function readField(text: string, field: Field): readonly number[] | string {
  const values = new Set<number>();
  for (const part of text.split(",").filter((piece) => piece !== "")) {
    const range = readRange(part, field);
    if (typeof range === "string") return range;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function readRange(text: string, field: Field): Range | string {
  const { name, least, most } = field;
  const [range = "", stepText, ...moreSteps] = text.split("/");
  const [low = "", high, ...moreEnds] = range.split("-");
  const isAny = low === "*" || low === "?";
  if (moreSteps.length > 0 || (!isAny && moreEnds.length > 0)) return `has \`${text}\`, which is no range`;
  const from = isAny ? least : numberOf(low, field);
  const last = isAny ? most : high === undefined ? from : numberOf(high, field);
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  if (from === undefined || last === undefined || step === undefined) {
    return `has \`${text}\` for the ${name}, which Kubernetes cannot read`;
  }
  const to = !isAny && high === undefined && stepText !== undefined ? most : last;
  if (from < least || to > most) {
    const wrong = from < least ? from : to;
    return `has \`${wrong}\` for the ${name}, which goes from ${least} to ${most}`;
  }
  if (from > to) return `has \`${text}\` for the ${name}, which ends before it begins`;
  return step === 0 ? `has \`${text}\` for the ${name}, and steps of nothing` : { from, to, step };
}

function numberOf(text: string, { least, names = [] }: Field): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? wholeNumber(text) : least + index;
}

function wholeNumber(text: string): number | undefined {
  return /^\+?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const MACROS: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/** The words that stand for a schedule, `@every` aside. */
export const cronMacros: readonly string[] = [...MACROS.keys()];

function readMacro(text: string): CronSchedule | CronProblem {
  const fields = MACROS.get(text);
  if (fields !== undefined) return readSchedule(fields);
  const every = /^@every (.+)$/.exec(text)?.[1];
  if (every === undefined) return { what: "is no word that Kubernetes knows" };
  const seconds = goSeconds(every);
  if (seconds === undefined) return { what: `has \`${every}\`, which is no duration such as \`1h30m\`` };
  // Less than a second is rounded up to one.
  return { fields: [], every: Math.max(1, Math.floor(seconds)), anyDay: { month: true, week: true } };
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ns: 1e-9,
};

function goSeconds(text: string): number | undefined {
  if (text === "0" || !/^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text))
    return text === "0" ? 0 : undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([^\d.]+)/g)) sum += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  return text.startsWith("-") ? -sum : sum;
}
