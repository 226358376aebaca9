import type { AssignmentOutline, Launch, WordOutline } from "./outline.ts";

/** How a program that runs another one is called. */
interface Launcher {
  /** Options that take the next word as their value. */
  readonly valued: readonly string[];
  /** Operands of its own before the program, as the user of `gosu`. */
  readonly operands?: number;
  /** Takes `NAME=value` words. */
  readonly assignments?: true;
  /** With one of these it does not run anything: `command -v`. */
  readonly queries?: readonly string[];
}

const plain: Launcher = { valued: [] };

const launchers: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  [
    "sudo",
    {
      valued: ["-u", "-g", "-h", "-p", "-C", "-T", "-U", "-r", "-t", "-D", "-R", "--user", "--group", "--chdir"],
      assignments: true,
      queries: ["-l", "-v", "-k", "-K", "-V", "--list", "--version"],
    },
  ],
  ["doas", { valued: ["-u", "-C", "-a"] }],
  ["env", { valued: ["-u", "-C", "--unset", "--chdir"], assignments: true, queries: ["--version", "--help"] }],
  ["exec", { valued: ["-a"] }],
  ["time", { valued: ["-f", "-o"] }],
  ["command", { valued: [], queries: ["-v", "-V"] }],
  ["builtin", plain],
  ["nohup", plain],
  ["setsid", plain],
  ["eatmydata", plain],
  ["tini", { valued: ["-p", "-e"] }],
  ["dumb-init", { valued: ["-r", "--rewrite"] }],
  ["nice", { valued: ["-n", "--adjustment"] }],
  ["ionice", { valued: ["-c", "-n", "--class", "--classdata"] }],
  ["stdbuf", { valued: ["-i", "-o", "-e", "--input", "--output", "--error"] }],
  ["timeout", { valued: ["-k", "-s", "--kill-after", "--signal"], operands: 1 }],
  ["gosu", { valued: [], operands: 1 }],
  ["su-exec", { valued: [], operands: 1 }],
]);

/** Tells the launchers of a command from the program they launch. */
export function launchOf(words: readonly WordOutline[]): Launch {
  const prefixes: string[] = [];
  let assignments: readonly AssignmentOutline[] = [];
  let start = 0;
  let name = programName(words[start]);
  for (;;) {
    const launcher = name === undefined ? undefined : launchers.get(name);
    if (name === undefined || launcher === undefined) break;
    const found: AssignmentOutline[] = [];
    const next = programAfter(words, start + 1, launcher, found);
    if (next === undefined) break;
    prefixes.push(name);
    assignments = found.length === 0 ? assignments : [...assignments, ...found];
    start = next;
    name = programName(words[start]);
  }
  if (start === 0) return { prefixes, prefixWords: [], assignments, words, name };
  return { prefixes, prefixWords: words.slice(0, start), assignments, words: words.slice(start), name };
}

/** The program's name without its folder; `undefined` where it is not known. */
export function programName(word: WordOutline | undefined): string | undefined {
  const value = word?.value;
  if (value === undefined) return undefined;
  return value.slice(value.lastIndexOf("/") + 1);
}

function programAfter(
  words: readonly WordOutline[],
  from: number,
  launcher: Launcher,
  assignments: AssignmentOutline[],
): number | undefined {
  let operands = launcher.operands ?? 0;
  let at = from;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    const text = word.value ?? word.text;
    if (text === "--") {
      at += 1;
      break;
    }
    if (text.startsWith("-") && text.length > 1) {
      if (launcher.queries?.includes(text) === true) return undefined;
      at += launcher.valued.includes(text) ? 2 : 1;
      continue;
    }
    const assigned = launcher.assignments === true ? assignmentOf(word) : undefined;
    if (assigned !== undefined) assignments.push(assigned);
    else if (operands > 0) operands -= 1;
    else break;
    at += 1;
  }
  return at < words.length ? at : undefined;
}

function assignmentOf(word: WordOutline): AssignmentOutline | undefined {
  const name = /^([A-Za-z_]\w*)=/.exec(word.text)?.[1];
  if (name === undefined) return undefined;
  return { name, value: word.value?.slice(name.length + 1), start: word.start, end: word.end };
}
