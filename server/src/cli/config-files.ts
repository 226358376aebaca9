import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Config,
  type ConfigFile,
  type ConfigLayers,
  type FileConfig,
  configFileNames,
  configResolver,
  hadolintConfigNames,
  parseConfig,
} from "../engine/config.ts";
import type { RuleCard } from "../engine/rule.ts";
import { linesOf } from "../text/lines.ts";
import { readText } from "./files.ts";
import { repositoryOf } from "./ignored.ts";
import { paintFor } from "./paint.ts";
import { isWithin, shownFrom, slashed } from "./paths.ts";
import type { Terminal } from "./terminal.ts";
import { reasonOf } from "./walk.ts";
import { printable } from "./width.ts";

/** Which config holds for which file, and what is wrong with the config files met so far. */
export interface Configs {
  /** What holds for the file at `path` in the project at `root`; both absolute. */
  for(path: string, root: string): FileConfig;
  /** Of each config file met, in the order they were met. */
  readonly problems: readonly ConfigFileProblem[];
}

/** Something wrong in a config file; `error` where it cannot be used. */
export interface ConfigFileProblem {
  /** Absolute. */
  readonly path: string;
  /** Counted from 1; 0 where the file could not be read at all. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly severity: "error" | "warning";
}

/**
 * The nearest config file from a file's folder upwards holds. The search ends at the root of the repository; outside of one, at the current
 * folder for projects below it, else at the project's root. Where there is none of ours, hadolint's is looked for in the same folders. A config file
 * given by name holds for all files instead.
 */
export function configsFor(options: {
  readonly rules: readonly RuleCard[];
  readonly cwd: string;
  /** Absolute path of the one config file to use. */
  readonly given: string | undefined;
  readonly overrides: Config;
}): Configs {
  const problems: ConfigFileProblem[] = [];
  const resolvers: Remembered<(path: string) => FileConfig> = new Map();
  const read: Remembered<ConfigFile | undefined> = new Map();
  const inFolder: Remembered<string | undefined> = new Map();
  const boundaries: Remembered<string> = new Map();

  const boundaryOf = (root: string): string =>
    remember(boundaries, root, () => repositoryOf(root) ?? (isWithin(options.cwd, root) ? options.cwd : root));

  const open = (path: string): ConfigFile | undefined => {
    let text: string;
    try {
      text = readText(path).text;
    } catch (error) {
      problems.push({ path, line: 0, column: 0, message: reasonOf(error), severity: "error" });
      return undefined;
    }
    const file = parseConfig(slashed(path), text, options.rules);
    const lines = linesOf(text);
    for (const problem of file.problems) {
      // Mostly a ShellCheck code that hadolint is to leave out; for editors.
      if (problem.severity === "hint") continue;
      const { line, character } = lines.positionAt(problem.at.start);
      const severity = problem.severity === "error" ? "error" : "warning";
      problems.push({ path, line: line + 1, column: character + 1, message: problem.message, severity });
    }
    return file;
  };

  const nearestOf = (names: readonly string[], folder: string, boundary: string): string | undefined => {
    for (let at = folder; ; at = dirname(at)) {
      const found = remember(inFolder, join(at, names[0] ?? ""), () =>
        names.map((name) => join(at, name)).find((path) => existsSync(path)),
      );
      if (found !== undefined || at === boundary || dirname(at) === at) return found;
    }
  };
  const nearest = (folder: string, boundary: string): string | undefined =>
    nearestOf(configFileNames, folder, boundary) ?? nearestOf(hadolintConfigNames, folder, boundary);

  return {
    problems,
    for(path, root) {
      const name = options.given ?? nearest(dirname(path), boundaryOf(root));
      const resolver = remember(resolvers, name ?? "", () => {
        const file = name === undefined ? undefined : remember(read, name, () => open(name));
        const layers: ConfigLayers = { overrides: options.overrides, ...(file && { file }) };
        return configResolver(layers, options.rules);
      });
      return resolver(slashed(path));
    },
  };
}

/** Tells what is wrong with the config files met. Whether the command may go on: a file that was not understood would make it do something else than was meant. */
export function tellConfigProblems(configs: Configs, terminal: Terminal, noColor: boolean): boolean {
  const paint = paintFor({ noColor, interactive: terminal.messages.interactive }, terminal.env);
  let usable = true;
  for (const problem of configs.problems) {
    const place = problem.line === 0 ? "" : `:${problem.line}:${problem.column}`;
    const severity = paint(problem.severity === "error" ? "red" : "yellow", problem.severity);
    const path = shownFrom(terminal.cwd, problem.path);
    terminal.messages.write(`${path}${place}: ${severity}: ${printable(problem.message)}\n`);
    if (problem.severity === "error") usable = false;
  }
  return usable;
}

type Remembered<V> = Map<string, { readonly value: V }>;

/** What was made for a key before, else what `make` makes now. */
function remember<V>(known: Remembered<V>, key: string, make: () => V): V {
  const found = known.get(key) ?? { value: make() };
  known.set(key, found);
  return found.value;
}
