import { newestKubernetes } from "../knowledge/deprecated-apis.ts";
import type { Span } from "../text/span.ts";
import type { ComposeDialect } from "../languages/compose/dialect.ts";
import type { TextEdit } from "../text/edit.ts";
import { globMatcher } from "./glob.ts";
import { hadolintConfigNames } from "./hadolint-config.ts";
import { ruleNames } from "./names.ts";
import type { Preset, RuleCard, Severity } from "./rule.ts";

export { parseConfig, readSettings } from "./config-file.ts";
export { hadolintConfigNames };

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
  /** The mildest severity that makes the command fail; `warning` where nobody says. */
  readonly failOn?: FailOn;
  /** Whether comments and annotations in files silence findings; they do where nobody says. */
  readonly ignoreComments?: boolean;
  /** Which command reads the Compose files; their names and keys tell where nobody says. */
  readonly dialect?: ComposeDialect;
  /** The Kubernetes release that the manifests are for, as `1.31`; the newest known one where nobody says. */
  readonly kubernetes?: string;
}

/** From which severity on the command's exit code is 1. */
export type FailOn = Severity | "never";

/** Globs are relative to the config file's folder; one without a `/` fits at any depth, one that fits a folder fits all that is in it. */
export interface ConfigOverride {
  readonly files: readonly string[];
  readonly preset?: Preset;
  readonly rules?: RuleSettings;
  readonly dialect?: ComposeDialect;
  readonly kubernetes?: string;
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
  /** Where it is for files of this kind alone; hadolint's is. */
  readonly concerns?: "dockerfile";
}

/** The names a config file may have, in the order they are looked for in a folder. */
export const configFileNames: readonly string[] = [".seaworthy.yaml", ".seaworthy.yml", ".seaworthy.json"];

/** Whether a file of this name (without its folder) is a config file, ours or hadolint's. */
export function isConfigName(name: string): boolean {
  return configFileNames.includes(name) || hadolintConfigNames.includes(name);
}

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
  /** The mildest severity that makes the command fail. */
  readonly failOn: FailOn;
  /** Whether comments and annotations silence findings. */
  readonly ignoreComments: boolean;
  /** Which command reads the file, should it be a Compose file; `undefined` where nobody says. */
  readonly dialect: ComposeDialect | undefined;
  /** The Kubernetes release that the file is for, should it hold manifests, as `1.31`. */
  readonly kubernetes: string;
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

/** Answers for many files of the same layers; equal answers are the same object. Use this one in loops. */
export function configResolver(layers: ConfigLayers, rules: readonly RuleCard[]): (path: string) => FileConfig {
  const sources = sourcesOf(layers, rules);
  const answers = new Map<string, FileConfig>();
  return (path) => {
    let excluded = false;
    const parts: ConfigPart[] = [];
    let signature = "";
    for (const source of sources) {
      if (source.excludes(path)) excluded = true;
      for (const part of source.parts) {
        const counts = part.fits(path);
        signature += counts ? "1" : "0";
        if (counts) parts.push(part);
      }
    }
    if (excluded) signature += "x";
    const known = answers.get(signature);
    if (known !== undefined) return known;
    const source = sources.findLast((one) => one.concerns(path))?.name;
    const answer = fileConfig(parts, excluded, source ?? "defaults", rules);
    answers.set(signature, answer);
    return answer;
  };
}

/** What holds for the file at `path`. */
export function resolveConfig(path: string, layers: ConfigLayers, rules: readonly RuleCard[]): FileConfig {
  return configResolver(layers, rules)(path);
}

const presets: readonly Preset[] = ["minimal", "recommended", "strict", "all"];

/** A layer that says something. */
interface ConfigSource {
  readonly name: string;
  concerns(path: string): boolean;
  excludes(path: string): boolean;
  readonly parts: readonly ConfigPart[];
}

/** The rules and preset of a layer, or of one of its overrides. */
interface ConfigPart {
  readonly name: string;
  readonly preset: Preset | undefined;
  readonly failOn: FailOn | undefined;
  readonly ignoreComments: boolean | undefined;
  readonly dialect: ComposeDialect | undefined;
  readonly kubernetes: string | undefined;
  fits(path: string): boolean;
  setting(rule: RuleCard): RuleSetting | undefined;
}

/** The weakest first. */
function sourcesOf(layers: ConfigLayers, rules: readonly RuleCard[]): readonly ConfigSource[] {
  const root = layers.root ?? "";
  const slash = layers.file?.path.lastIndexOf("/") ?? -1;
  const file = layers.file;
  const given: readonly (readonly [string, string, Config | undefined])[] = [
    ["the editor's settings", root, withoutDefaults(layers.settings)],
    [file?.path.slice(slash + 1) ?? "", file?.path.slice(0, Math.max(0, slash)) ?? "", file?.config],
    ["the command line", root, layers.overrides],
  ];
  const sources: ConfigSource[] = [];
  for (const [name, folder, config] of given) {
    if (config === undefined) continue;
    if (saysNothing(config)) continue;
    const concerns = config === file?.config && file.concerns === "dockerfile" ? mayBeDockerfile : () => true;
    const part = (said: Config, fits: (path: string) => boolean): ConfigPart => ({
      name,
      preset: said.preset,
      failOn: said.failOn,
      ignoreComments: said.ignoreComments,
      dialect: said.dialect,
      kubernetes: said.kubernetes,
      fits,
      setting: settingsLookup(said.rules ?? {}, rules),
    });
    sources.push({
      name,
      concerns,
      excludes: globMatcher(config.exclude ?? [], folder),
      parts: [
        part(config, concerns),
        ...(config.overrides ?? []).map((override) => part(override, globMatcher(override.files, folder))),
      ],
    });
  }
  return sources;
}

/** An editor hands over its defaults with the settings. As these are the weakest layer, a preset that is the default anyway can go. */
function withoutDefaults(settings: Config | undefined): Config | undefined {
  if (settings?.preset !== "recommended") return settings;
  const { preset: _, ...rest } = settings;
  return rest;
}

function saysNothing(config: Config): boolean {
  const { preset, rules = {}, overrides = [], exclude = [], failOn, ignoreComments, dialect, kubernetes } = config;
  if ([preset, failOn, ignoreComments, dialect, kubernetes].some((said) => said !== undefined)) return false;
  return Object.keys(rules).length === 0 && overrides.length === 0 && exclude.length === 0;
}

/** Of the files that are checked at all, those that are neither YAML nor JSON nor ignore files. */
function mayBeDockerfile(path: string): boolean {
  return !/\.(?:ya?ml|json|dockerignore|containerignore)$/i.test(path);
}

/** Finds what is said of a rule: by its id, else by its slug, else by another tool's code. */
function settingsLookup(
  settings: RuleSettings,
  rules: readonly RuleCard[],
): (rule: RuleCard) => RuleSetting | undefined {
  const plain = new Set(rules.flatMap(({ id, slug }) => [id, slug]));
  const codes = Object.keys(settings).filter((name) => !plain.has(name));
  const byCode = new Map<string, RuleSetting>();
  // The table of all codes is only made for those who use them.
  const names = codes.length === 0 ? undefined : ruleNames(rules);
  for (const code of codes) {
    const setting = settings[code];
    if (setting === undefined) continue;
    for (const id of names?.find(code) ?? []) if (!byCode.has(id)) byCode.set(id, setting);
  }
  return (rule) => settings[rule.id] ?? settings[rule.slug] ?? byCode.get(rule.id);
}

function fileConfig(
  parts: readonly ConfigPart[],
  excluded: boolean,
  source: string,
  rules: readonly RuleCard[],
): FileConfig {
  const preset = parts.findLast((part) => part.preset !== undefined)?.preset ?? "recommended";
  const presetFrom = parts.findLast((part) => part.preset !== undefined)?.name;
  const table = new Map<string, RuleConfig>();
  for (const rule of rules) table.set(rule.id, ruleConfig(rule, parts, preset, presetFrom));
  let key: string | undefined;
  const unknown: RuleConfig = { severity: "off", fixed: true, from: "no such rule", options: {} };
  return {
    excluded,
    preset,
    failOn: parts.findLast((part) => part.failOn !== undefined)?.failOn ?? "warning",
    ignoreComments: parts.findLast((part) => part.ignoreComments !== undefined)?.ignoreComments ?? true,
    dialect: parts.findLast((part) => part.dialect !== undefined)?.dialect,
    kubernetes: parts.findLast((part) => part.kubernetes !== undefined)?.kubernetes ?? newestKubernetes,
    source,
    rule: (id) => table.get(id) ?? unknown,
    get key() {
      key ??= JSON.stringify([...table].map(([id, { severity, fixed, options }]) => [id, severity, fixed, options]));
      return key;
    },
  };
}

function ruleConfig(
  rule: RuleCard,
  parts: readonly ConfigPart[],
  preset: Preset,
  presetFrom: string | undefined,
): RuleConfig {
  const within = presets.indexOf(rule.preset) <= presets.indexOf(preset);
  const presetName = presetFrom === undefined ? `the \`${preset}\` preset` : `the \`${preset}\` preset (${presetFrom})`;
  let severity: Severity | "off" = within ? rule.severity : "off";
  let fixed = false;
  let from = within ? "the rule's default" : presetName;
  const options: Record<string, unknown> = {};
  for (const [name, { default: value }] of Object.entries(rule.options)) options[name] = value;
  for (const part of parts) {
    const setting = part.setting(rule);
    if (setting === undefined) continue;
    const { severity: asked, ...given } = typeof setting === "string" ? { severity: setting } : setting;
    for (const [name, value] of Object.entries(given)) if (Object.hasOwn(rule.options, name)) options[name] = value;
    if (asked === undefined && severity !== "off") continue;
    const on = asked === undefined || asked === "on";
    severity = on ? rule.severity : asked;
    fixed = !on;
    from = part.name;
  }
  return { severity, fixed, from, options };
}
