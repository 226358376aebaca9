import type { Span } from "../text/span.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Preset, Rule, Severity } from "./rule.ts";

/**
 * What is asked of a rule. `on`: whatever severity the rule itself has. An object without `severity` is `on` as well, so that
 * giving an option to a rule outside the preset turns it on.
 */
export type RuleSetting =
  | "off"
  | "on"
  | Severity
  | { readonly severity?: "off" | "on" | Severity; readonly [option: string]: unknown };

/** Keys are a rule's id, its slug (every rule of that slug) or another tool's code; where several fit one rule, the id wins, then the slug. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** What a config file, the editor's settings or the command line say. */
export interface Config {
  readonly preset?: Preset;
  readonly rules?: RuleSettings;
  /** For the files that one of the globs fits; the later override wins. */
  readonly overrides?: readonly ConfigOverride[];
  /** Globs of files that are not checked. */
  readonly exclude?: readonly string[];
}

/** Globs are relative to the config file's folder; one without a `/` fits at any depth, one that fits a folder fits all that is in it. */
export interface ConfigOverride {
  readonly files: readonly string[];
  readonly preset?: Preset;
  readonly rules?: RuleSettings;
}

/** Something wrong in a config file. Offsets count in the file's text. */
export interface ConfigProblem {
  readonly at: Span;
  /** One line. */
  readonly message: string;
  readonly severity: Severity;
  readonly fixes?: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
}

/** A config file as it was understood; what was not is in `problems` and left out of `config`. */
export interface ConfigFile {
  /** In the same form as the paths of the files it is for: relative to the workspace, or absolute. */
  readonly path: string;
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** The names a config file may have, in the order they are looked for in a folder. */
export const configFileNames: readonly string[] = [".seaworthy.yaml", ".seaworthy.yml", ".seaworthy.json"];

/** The severity of a rule for a file, and its options complete with defaults. */
export interface RuleConfig {
  readonly severity: Severity | "off";
  /** Whether `severity` was asked for by name, so that a problem's own severity does not count. */
  readonly fixed: boolean;
  /** Where `severity` comes from, in words: "the rule's default", ".seaworthy.yaml", "the editor's settings". */
  readonly from: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What holds for one file. */
export interface FileConfig {
  readonly excluded: boolean;
  readonly preset: Preset;
  /** Which config applies, for people: the config file's path, "the editor's settings", "the command line" or "defaults". */
  readonly source: string;
  /** An unknown id is off. */
  rule(id: string): RuleConfig;
  /** Equal for equal answers of `rule`. */
  readonly key: string;
}

/** Where answers come from, the strongest last: defaults, settings, the nearest config file, the command line. */
export interface ConfigLayers {
  /** The nearest one, from the checked file upwards. */
  readonly file?: ConfigFile;
  /** The editor's. */
  readonly settings?: Config;
  /** The command line's. */
  readonly overrides?: Config;
  /** The folder that globs of `settings` and `overrides` count from, in the form of the paths; "" where paths are relative already. */
  readonly root?: string;
}
/** Reads a config file. Never throws: unknown keys, rules and options and wrong types become problems with a "did you mean", the rest counts. */
export declare function parseConfig(path: string, text: string, rules: readonly Rule[]): ConfigFile;

/** The same for the editor's settings, an object of unknown shape: what is not understood is left out. */
export declare function readSettings(value: unknown, rules: readonly Rule[]): Config;

/** Answers for many files of the same layers; equal answers are the same object. Use this one in loops. */
export declare function configResolver(layers: ConfigLayers, rules: readonly Rule[]): (path: string) => FileConfig;

/** What holds for the file at `path`. */
export declare function resolveConfig(path: string, layers: ConfigLayers, rules: readonly Rule[]): FileConfig;
