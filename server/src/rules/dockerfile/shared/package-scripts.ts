import { type ShellCommand, parseShell } from "../../../languages/shell/index.ts";
import { nameOf } from "../../../text/path.ts";
import type { PackageFacts } from "../../../workspace/index.ts";
import { plainWords } from "./plain-command.ts";

/** A package manager asked to run something: a script of `package.json`, or a program of a package. */
export interface PackageCall {
  readonly manager: string;
  /** In short, for a message: `npm start`. */
  readonly shown: string;
  readonly runs: { readonly script: string } | { readonly program: string };
  /** What the script or program is given. */
  readonly args: readonly string[];
  /** Options were given that may change what is run or where. */
  readonly options: boolean;
}

/** What a call of npm, yarn, pnpm or bun runs; `undefined` for another program, a script named by a variable, and everything else these do. */
export function packageCall(path: string, args: readonly (string | undefined)[]): PackageCall | undefined {
  const manager = nameOf(path);
  if (runners.has(manager)) return programCall(manager, [], args);
  const builtins = managers.get(manager);
  if (builtins === undefined) return undefined;
  const before = args.findIndex((arg) => arg === undefined || !arg.startsWith("-"));
  const verb = args[before];
  if (verb === undefined) return undefined;
  const options = !args.slice(0, before).every(isQuiet);
  const behind = args.slice(before + 1);
  if (verb === "exec" || verb === "x" || verb === "dlx") return programCall(manager, [verb], behind, options);
  if (verb === "run" || verb === "run-script") return scriptCall(manager, [verb], behind, options);
  if (/^(?:start|stop|restart|test)$/.test(verb) || (manager !== "npm" && !builtins.has(verb)))
    return scriptCall(manager, [], args.slice(before), options);
  return undefined;
}

/** What a call runs in the end. */
export interface DirectCommand {
  /** Variables that are set for it alone. */
  readonly assignments: readonly { readonly name: string; readonly value: string }[];
  readonly words: readonly string[];
}

/**
 * The one command that a call comes down to, with the path of programs that only the package manager finds; `undefined` where more than that
 * happens (several steps, a script before or after), or it cannot be called without the package manager. `installed` are programs known to be on the path.
 */
export function directCommand(
  call: PackageCall,
  facts: PackageFacts,
  installed: (program: string) => boolean,
  depth = 0,
): DirectCommand | undefined {
  // Later versions of Yarn may keep packages where only Yarn finds them.
  if (call.options || depth > 5 || /^yarn@(?!1\.)/.test(facts.packageManager ?? "")) return undefined;
  if ("program" in call.runs) {
    const program = programPath(call.runs.program, facts, installed);
    return program === undefined ? undefined : { assignments: [], words: [program, ...call.args] };
  }
  const command = onlyCommand(call.runs.script, facts);
  if (command === undefined) return undefined;
  const read = plainly(command);
  const [first, ...args] = read?.words ?? [];
  if (read === undefined || first === undefined) return undefined;
  const { assignments } = read;
  const inner = packageCall(first, args);
  if (inner !== undefined) {
    const found = directCommand({ ...inner, args: [...inner.args, ...call.args] }, facts, installed, depth + 1);
    return found && { assignments: [...assignments, ...found.assignments], words: found.words };
  }
  const program = programPath(first, facts, installed);
  return program === undefined ? undefined : { assignments, words: [program, ...args, ...call.args] };
}

/** Every command that a call runs, as far as `package.json` tells. */
export function commandsBehind(call: PackageCall, facts: PackageFacts, depth = 0): readonly Called[] {
  if (!("script" in call.runs) || depth > 5) return [];
  const text = scriptText(call.runs.script, facts);
  if (text === undefined) return [];
  return parseShell(text, 0).everyCommand.flatMap((command) => {
    const own = command.name === "cross-env" ? withoutCrossEnv(command)?.words : undefined;
    const [name, ...args] = own ?? command.words.map(({ value }) => value);
    if (name === undefined) return [];
    const inner = packageCall(name, args);
    return [{ name: nameOf(name), args }, ...(inner === undefined ? [] : commandsBehind(inner, facts, depth + 1))];
  });
}

/** A program without its folder, and its words; `undefined` for one that depends on a variable. */
export interface Called {
  readonly name: string;
  readonly args: readonly (string | undefined)[];
}

/** What each takes for a command of its own; any other word is a script. */
const managers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["npm", new Set<string>()],
  [
    "yarn",
    new Set(
      "add audit autoclean bin cache check config constraints create dedupe explain generate-lock-entry global help import info init install licenses link list login logout node npm outdated owner pack patch patch-commit plugin policies prod publish rebuild remove search self-update set stage tag team unlink unplug up upgrade upgrade-interactive version versions why workspace workspaces".split(
        " ",
      ),
    ),
  ],
  [
    "pnpm",
    new Set(
      "add approve-builds audit bin ci config create dedupe deploy doctor env fetch help i import info init install install-test it licenses link list ls outdated pack patch prune publish rb rebuild recursive remove rm root server setup store test unlink up update upgrade why".split(
        " ",
      ),
    ),
  ],
  [
    "bun",
    new Set(
      "add audit build c create i init install link outdated patch pm publish remove repl rm test unlink update upgrade why".split(
        " ",
      ),
    ),
  ],
]);

const runners: ReadonlySet<string> = new Set(["npx", "bunx", "pnpx"]);

function isQuiet(word: string | undefined): boolean {
  return word !== undefined && /^(?:-s|-q|--silent|--quiet|--loglevel=\w+|--no-update-notifier)$/.test(word);
}

function scriptCall(
  manager: string,
  verb: readonly string[],
  words: readonly (string | undefined)[],
  options: boolean,
): PackageCall | undefined {
  const start = words.findIndex((word) => word === undefined || !word.startsWith("-"));
  const script = words[start];
  // Bun runs files by itself.
  if (script === undefined || (manager === "bun" && /[./]/.test(script))) return undefined;
  const given = words.slice(start + 1);
  const known = given.filter((word) => word !== undefined);
  // npm takes what looks like an option for itself up to `--`.
  const dashes = known.indexOf("--");
  const own = manager === "npm" ? known.slice(0, dashes < 0 ? known.length : dashes) : [];
  const args = known.filter((word, index) => index !== dashes && !(index < own.length && word.startsWith("-")));
  const unknown =
    options || known.length < given.length || ![...words.slice(0, start), ...own.filter(isOption)].every(isQuiet);
  return { manager, shown: [manager, ...verb, script].join(" "), runs: { script }, args, options: unknown };
}

function isOption(word: string): boolean {
  return word.startsWith("-");
}

function programCall(
  manager: string,
  verb: readonly string[],
  words: readonly (string | undefined)[],
  options = false,
): PackageCall | undefined {
  const start = words.findIndex((word) => word === undefined || !word.startsWith("-"));
  const program = words[start];
  if (program === undefined) return undefined;
  const given = words.slice(start + 1);
  const args = given.filter((word) => word !== undefined);
  const plain = words
    .slice(0, start)
    .every((word) => isQuiet(word) || /^(?:-y|--yes|--no-install|--no|--)$/.test(word ?? ""));
  return {
    manager,
    shown: [manager, ...verb, program].join(" "),
    runs: { program },
    args: args[0] === "--" ? args.slice(1) : args,
    options: options || args.length < given.length || !plain,
  };
}

function scriptText(script: string, { scripts }: PackageFacts): string | undefined {
  // npm's own default.
  return Object.hasOwn(scripts, script) ? scripts[script] : script === "start" ? "node server.js" : undefined;
}

/** The one command of a script that nothing runs before or after. */
function onlyCommand(script: string, facts: PackageFacts): ShellCommand | undefined {
  const text = scriptText(script, facts);
  if (text === undefined || facts.scripts[`pre${script}`] !== undefined || facts.scripts[`post${script}`] !== undefined)
    return undefined;
  const parsed = parseShell(text, 0);
  const [command, ...others] = parsed.commands;
  if (command === undefined || others.length > 0 || parsed.broken || command.depth > 0) return undefined;
  return command.redirects.length > 0 || parsed.end > command.span.end ? undefined : command;
}

function plainly(command: ShellCommand): DirectCommand | undefined {
  const assignments = command.assignments.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
  if (assignments.length < command.assignments.length) return undefined;
  if (command.name === "cross-env") {
    const rest = withoutCrossEnv(command);
    return rest && { assignments: [...assignments, ...rest.assignments], words: rest.words };
  }
  if (command.prefixes.some((prefix) => prefix !== "exec")) return undefined;
  const words = plainWords(command)?.slice(command.prefixWords.length);
  return words && { assignments, words };
}

function withoutCrossEnv(command: ShellCommand): DirectCommand | undefined {
  const words = plainWords(command)?.slice(command.prefixWords.length + 1);
  const start = words?.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word)) ?? -1;
  if (words === undefined || start < 0) return undefined;
  const assignments = words.slice(0, start).map((word) => {
    const equals = word.indexOf("=");
    return { name: word.slice(0, equals), value: word.slice(equals + 1) };
  });
  return { assignments, words: words.slice(start) };
}

/** Scripts find the programs of the packages first. */
function programPath(
  program: string,
  { dependencies, workspaces }: PackageFacts,
  installed: (program: string) => boolean,
): string | undefined {
  if (/^(?:node|bun|deno)$/.test(program) || program.includes("/")) return program;
  if (!workspaces && dependencies.includes(program)) return `./node_modules/.bin/${program}`;
  return installed(program) ? program : undefined;
}
