import type { ComposeDialect } from "../languages/compose/dialect.ts";
import { newestKubernetes } from "../knowledge/deprecated-apis.ts";
import { parseYaml } from "../languages/yaml/parse.ts";
import { replace } from "../text/edit.ts";
import { nameOf } from "../text/path.ts";
import { type Span, span } from "../text/span.ts";
import type { Config, ConfigFile, ConfigOverride, ConfigProblem, FailOn, RuleSetting, RuleSettings } from "./config.ts";
import { type ConfigMap, type ConfigValue, fromJson, fromYaml } from "./config-value.ts";
import { hadolintConfigNames, parseHadolintConfig } from "./hadolint-config.ts";
import { type RuleNames, ruleNames } from "./names.ts";
import { closestOf } from "../text/closest.ts";
import type { OptionSpec, Preset, RuleCard, Severity } from "./rule.ts";

/**
 * Reads a config file, ours or, by its name, hadolint's. Never throws: unknown keys, rules and options and wrong types become problems with a "did you
 * mean", the rest counts.
 */
export function parseConfig(path: string, text: string, rules: readonly RuleCard[]): ConfigFile {
  if (hadolintConfigNames.includes(nameOf(path))) return parseHadolintConfig(path, text, rules);
  const document = parseYaml(text);
  const problems: ConfigProblem[] = document.problems.map(({ at, message }) => ({ at, message, severity: "error" }));
  const reader = readerOf(rules, text, problems);
  const root = document.root;
  const config = root === undefined ? {} : readConfig(fromYaml(root), reader);
  return { path, config, problems: problems.sort((a, b) => a.at.start - b.at.start) };
}

/** The same for the editor's settings, an object of unknown shape: what is not understood is left out. */
export function readSettings(value: unknown, rules: readonly RuleCard[]): Config {
  return readConfig(fromJson(value ?? {}), readerOf(rules, "", []));
}

const presets: readonly Preset[] = ["minimal", "recommended", "strict", "all"];
const severities: readonly (Severity | "off" | "on")[] = ["off", "on", "error", "warning", "info", "hint"];
const topKeys = [
  "$schema",
  "preset",
  "rules",
  "overrides",
  "exclude",
  "fail-on",
  "ignore-comments",
  "dialect",
  "kubernetes",
];
const overrideKeys = ["files", "preset", "rules", "dialect", "kubernetes"];

interface Reader {
  readonly rules: ReadonlyMap<string, RuleCard>;
  readonly names: RuleNames;
  /** Notes a problem; `instead` are the words that may have been meant there. */
  report(at: Span, message: string, instead?: string): void;
}

function readerOf(rules: readonly RuleCard[], text: string, problems: ConfigProblem[]): Reader {
  return {
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    names: ruleNames(rules),
    report(at, message, instead) {
      if (instead === undefined) problems.push({ at, message, severity: "warning" });
      else {
        const quoted = /^["']/.test(text.slice(at.start, at.end));
        const word = quoted ? span(at.start + 1, at.end - 1) : at;
        problems.push({
          at,
          message: `${message} Did you mean \`${instead}\`?`,
          severity: "warning",
          fixes: [{ title: `Change to \`${instead}\``, edits: [replace(word, instead)] }],
        });
      }
    },
  };
}

function readConfig(value: ConfigValue, reader: Reader): Config {
  const map = asMap(value, "A config", reader);
  if (map === undefined) return {};
  const config: { -readonly [K in keyof Config]: Config[K] } = {};
  for (const { key, keyAt, value: inner } of map.entries) {
    switch (key) {
      case "$schema":
        break;
      case "preset":
        Object.assign(config, presetOf(inner, reader));
        break;
      case "rules":
        config.rules = readRules(inner, reader);
        break;
      case "exclude":
        config.exclude = stringsOf(inner, "`exclude`", reader);
        break;
      case "overrides":
        config.overrides = readOverrides(inner, reader);
        break;
      case "fail-on":
        Object.assign(config, failOnOf(inner, reader));
        break;
      case "ignore-comments":
        if (inner.type === "scalar" && typeof inner.value === "boolean") config.ignoreComments = inner.value;
        else reader.report(inner.at, "`ignore-comments` must be `true` or `false`.");
        break;
      case "dialect":
        Object.assign(config, dialectOf(inner, reader));
        break;
      case "kubernetes":
        Object.assign(config, releaseOf(inner, reader));
        break;
      default:
        reader.report(keyAt, `Unknown key \`${key}\`.`, closestOf(key, topKeys));
    }
  }
  return config;
}

function readOverrides(value: ConfigValue, reader: Reader): readonly ConfigOverride[] {
  if (value.type !== "list") {
    reader.report(value.at, "`overrides` must be a list of maps with `files`.");
    return [];
  }
  const overrides: ConfigOverride[] = [];
  for (const item of value.items) {
    const map = asMap(item, "An override", reader);
    if (map === undefined) continue;
    const override: { -readonly [K in keyof ConfigOverride]: ConfigOverride[K] } = { files: [] };
    for (const { key, keyAt, value: inner } of map.entries) {
      if (key === "files") override.files = stringsOf(inner, "`files`", reader);
      else if (key === "preset") Object.assign(override, presetOf(inner, reader));
      else if (key === "rules") override.rules = readRules(inner, reader);
      else if (key === "dialect") Object.assign(override, dialectOf(inner, reader));
      else if (key === "kubernetes") Object.assign(override, releaseOf(inner, reader));
      else reader.report(keyAt, `Unknown key \`${key}\` in an override.`, closestOf(key, overrideKeys));
    }
    if (!map.entries.some(({ key }) => key === "files")) {
      reader.report(start(item.at), "An override needs `files`, the globs of the files it is for.");
    }
    overrides.push(override);
  }
  return overrides;
}

function readRules(value: ConfigValue, reader: Reader): RuleSettings {
  const map = asMap(value, "`rules`", reader);
  const settings: Record<string, RuleSetting> = {};
  for (const { key, keyAt, value: inner } of map?.entries ?? []) {
    const ids = reader.names.find(key);
    if (ids.length === 0) {
      reader.report(keyAt, `Unknown rule \`${key}\`.`, reader.names.closest(key));
      continue;
    }
    const rules = ids.flatMap((id) => reader.rules.get(id) ?? []);
    const setting = readSetting(inner, rules, key, reader);
    if (setting !== undefined) settings[key] = setting;
  }
  return settings;
}

function readSetting(
  value: ConfigValue,
  rules: readonly RuleCard[],
  name: string,
  reader: Reader,
): RuleSetting | undefined {
  if (value.type !== "map") return severityOf(value, name, reader);
  const options: Record<string, unknown> = {};
  let severity: Severity | "off" | "on" | undefined;
  for (const { key, keyAt, value: inner } of value.entries) {
    if (key === "severity") {
      severity = severityOf(inner, name, reader);
      continue;
    }
    const spec = rules.find((rule) => Object.hasOwn(rule.options, key))?.options[key];
    if (spec === undefined) {
      const known = ["severity", ...rules.flatMap((rule) => Object.keys(rule.options))];
      reader.report(keyAt, `The rule \`${name}\` has no option \`${key}\`.`, closestOf(key, known));
      continue;
    }
    const option = optionOf(inner, spec, key, reader);
    if (option !== undefined) options[key] = option;
  }
  return severity === undefined ? options : { ...options, severity };
}

function severityOf(value: ConfigValue, name: string, reader: Reader): Severity | "off" | "on" | undefined {
  const text = value.type === "scalar" ? value.value : undefined;
  // YAML 1.1 readers and habit make `off` and `on` booleans.
  if (typeof text === "boolean") return text ? "on" : "off";
  const severity = severities.find((known) => known === text);
  if (severity !== undefined) return severity;
  const instead = typeof text === "string" ? (closestOf(text, severities) ?? otherWords.get(text)) : undefined;
  reader.report(value.at, `\`${name}\` must be one of ${listOf(severities)}, or a map of options.`, instead);
  return undefined;
}

/** Words of other linters for our severities. */
const otherWords: ReadonlyMap<string, Severity | "off"> = new Map([
  ["information", "info"],
  ["style", "info"],
  ["note", "info"],
  ["warn", "warning"],
  ["critical", "error"],
  ["high", "error"],
  ["danger", "error"],
  ["ignore", "off"],
  ["none", "off"],
  ["disable", "off"],
]);

function optionOf(value: ConfigValue, spec: OptionSpec, name: string, reader: Reader): unknown {
  const fallback = spec.default;
  if (typeof fallback === "object") return stringsOf(value, `\`${name}\``, reader);
  const given = value.type === "scalar" ? value.value : undefined;
  if (typeof given !== typeof fallback) {
    reader.report(value.at, `\`${name}\` must be a ${typeof fallback}.`);
    return undefined;
  }
  if (spec.values !== undefined && typeof given === "string" && !spec.values.includes(given)) {
    reader.report(value.at, `\`${name}\` must be one of ${listOf(spec.values)}.`, closestOf(given, spec.values));
    return undefined;
  }
  return given;
}

function presetOf(value: ConfigValue, reader: Reader): { readonly preset?: Preset } {
  const text = value.type === "scalar" ? value.value : undefined;
  const preset = presets.find((known) => known === text);
  if (preset !== undefined) return { preset };
  const instead = typeof text === "string" ? closestOf(text, presets) : undefined;
  reader.report(value.at, `\`preset\` must be one of ${listOf(presets)}.`, instead);
  return {};
}

const dialects: readonly ComposeDialect[] = ["compose", "stack"];

function dialectOf(value: ConfigValue, reader: Reader): { readonly dialect?: ComposeDialect } {
  const text = value.type === "scalar" ? value.value : undefined;
  const dialect = dialects.find((known) => known === text);
  if (dialect !== undefined) return { dialect };
  const instead = typeof text === "string" ? (text === "swarm" ? "stack" : closestOf(text, dialects)) : undefined;
  reader.report(value.at, `\`dialect\` must be one of ${listOf(dialects)}.`, instead);
  return {};
}

/** A patch number does not count: what is served and refused changes with the minor release. */
function releaseOf(value: ConfigValue, reader: Reader): { readonly kubernetes?: string } {
  const text = value.type === "scalar" ? (value.text ?? value.value) : undefined;
  const match = typeof text === "string" ? /^v?(1\.\d{1,3})(?:\.\d+)?$/.exec(text.trim()) : null;
  if (match?.[1] !== undefined) return { kubernetes: match[1] };
  reader.report(value.at, `\`kubernetes\` must be a release of Kubernetes, such as \`"${newestKubernetes}"\`.`);
  return {};
}

const failOns: readonly FailOn[] = ["error", "warning", "info", "hint", "never"];

function failOnOf(value: ConfigValue, reader: Reader): { readonly failOn?: FailOn } {
  const text = value.type === "scalar" ? value.value : undefined;
  const failOn = failOns.find((known) => known === text);
  if (failOn !== undefined) return { failOn };
  const instead = typeof text === "string" ? closestOf(text, failOns) : undefined;
  reader.report(value.at, `\`fail-on\` must be one of ${listOf(failOns)}.`, instead);
  return {};
}

function stringsOf(value: ConfigValue, name: string, reader: Reader): readonly string[] {
  const items = value.type === "list" ? value.items : [value];
  if (value.type === "map") {
    reader.report(value.at, `${name} must be a list of strings.`);
    return [];
  }
  const strings: string[] = [];
  for (const item of items) {
    if (item.type === "scalar" && typeof item.value === "string") strings.push(item.value);
    else reader.report(item.at, `${name} must be a list of strings.`);
  }
  return strings;
}

function asMap(value: ConfigValue, name: string, reader: Reader): ConfigMap | undefined {
  if (value.type === "map") return value;
  // A key with nothing behind it is a map that was not filled in yet.
  if (value.type === "scalar" && value.value === null) return undefined;
  reader.report(value.at, `${name} must be a map.`);
  return undefined;
}

function start(at: Span): Span {
  return { start: at.start, end: Math.min(at.end, at.start + 1) };
}

function listOf(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
