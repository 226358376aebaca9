import type { Config, ConfigFile, ConfigProblem, RuleSetting } from "./config.ts";
import { type HadolintFile, type LabelType, readHadolintFile } from "./hadolint-file.ts";
import { type RuleNames, ruleNames } from "./names.ts";
import type { RuleCard, Severity } from "./rule.ts";

/** The names under which hadolint looks for its config in a folder, in its order. */
export const hadolintConfigNames: readonly string[] = [".hadolint.yaml", ".hadolint.yml"];

/** What hadolint's config asks of our rules. It speaks of Dockerfiles alone. */
export interface HadolintTranslation {
  /** By rule id. */
  readonly rules: ReadonlyMap<string, TranslatedSetting>;
  /** Codes that no rule of ours answers to. */
  readonly unknown: readonly HadolintFile["ignored"][number][];
}

/** A setting, and the words of hadolint's config it comes from: `ignored: DL3008`. */
export interface TranslatedSetting {
  readonly setting: RuleSetting;
  readonly from: readonly string[];
}

/** Reads a `.hadolint.yaml` as a config of ours. Never throws; codes we have no rule for become hints. */
export function parseHadolintConfig(path: string, text: string, rules: readonly RuleCard[]): ConfigFile {
  const file = readHadolintFile(text);
  const translation = translateHadolint(file, ruleNames(rules));
  const unknown: readonly ConfigProblem[] = translation.unknown.map(({ value, at }) => ({
    at,
    message: /^SC\d+$/i.test(value)
      ? `\`${value}\` is ShellCheck's: Seaworthy can leave a single one out, but give it no severity.`
      : `No rule of Seaworthy answers to \`${value}\`.`,
    severity: "hint",
  }));
  const config: Config = {
    rules: Object.fromEntries([...translation.rules].map(([id, { setting }]) => [id, setting])),
    ...(file.failOn === undefined ? {} : { failOn: file.failOn }),
    ...(file.ignoresPragmas ? { ignoreComments: false } : {}),
  };
  const problems = [...file.problems, ...unknown].sort((a, b) => a.at.start - b.at.start);
  return { path, config, problems, concerns: "dockerfile" };
}

/**
 * What becomes of hadolint's codes and options. A rule of ours may answer to several codes: it is off as soon as one of them is ignored, and has the
 * gravest of the severities they are given.
 */
export function translateHadolint(file: HadolintFile, names: RuleNames): HadolintTranslation {
  const drafts = new Map<string, Draft>();
  const unknown: HadolintFile["ignored"][number][] = [];
  const draft = (id: string): Draft => {
    const known = drafts.get(id) ?? { severity: undefined, options: {}, from: [] };
    drafts.set(id, known);
    return known;
  };
  const ask = (code: HadolintFile["ignored"][number], severity: Severity | "off", from: string): void => {
    const ids = idsOf(code.value, names);
    const covering = severity === "off" ? names.covering(`hadolint:${code.value}`) : [];
    if (ids.length === 0 && covering.length === 0) unknown.push(code);
    // A rule that passes on all codes of a tool leaves out this one alone.
    for (const id of covering) {
      const asked = draft(id);
      const before = asked.options["ignore"];
      asked.options["ignore"] = [...(Array.isArray(before) ? before : []), code.value.toUpperCase()];
      asked.from.push(`${from}: ${code.value}`);
    }
    for (const id of ids) {
      const asked = draft(id);
      asked.severity = stronger(asked.severity, severity);
      asked.from.push(`${from}: ${code.value}`);
    }
  };
  for (const code of file.ignored) ask(code, "off", "ignored");
  for (const { severity, code } of file.overrides)
    ask(code, severity, `override ${severity === "hint" ? "style" : severity}`);
  for (const [id, from, options] of optionsOf(file)) {
    const asked = draft(id);
    Object.assign(asked.options, options);
    asked.from.push(from);
  }
  const rules = new Map(
    [...drafts].map(([id, { severity, options, from }]) => [id, { setting: settingOf(severity, options), from }]),
  );
  return { rules, unknown };
}

interface Draft {
  severity: Severity | "off" | undefined;
  readonly options: Record<string, unknown>;
  readonly from: string[];
}

function settingOf(severity: Severity | "off" | undefined, options: Readonly<Record<string, unknown>>): RuleSetting {
  if (Object.keys(options).length === 0) return severity ?? "on";
  return severity === undefined ? options : { severity, ...options };
}

function idsOf(code: string, names: RuleNames): readonly string[] {
  return [...new Set([...names.foreign("hadolint", code), ...names.foreign("shellcheck", code)])];
}

const gravity: readonly (Severity | "off")[] = ["hint", "info", "warning", "error", "off"];

function stronger(one: Severity | "off" | undefined, other: Severity | "off"): Severity | "off" {
  return one !== undefined && gravity.indexOf(one) > gravity.indexOf(other) ? one : other;
}

type RuleOptions = readonly [id: string, from: string, options: Readonly<Record<string, unknown>>];

function* optionsOf({ trustedRegistries, labels, strictLabels }: HadolintFile): Generator<RuleOptions> {
  if (trustedRegistries.length > 0) {
    // Docker Hub goes by two names in hadolint.
    const allow = trustedRegistries.map((name) => (name === "hub.docker.com" ? "docker.io" : name));
    yield ["image/untrusted-registry", "trustedRegistries", { allow: [...new Set(allow)] }];
  }
  const names = labels.map(({ name }) => name);
  if (labels.length > 0) {
    yield ["dockerfile/missing-label", "label-schema", { required: names }];
    const lists = new Map<string, string[]>();
    for (const { name, type } of labels) {
      const list = lists.get(optionFor[type]) ?? [];
      lists.set(optionFor[type], [...list, name]);
    }
    yield ["dockerfile/invalid-label-value", "label-schema", Object.fromEntries(lists)];
  }
  if (strictLabels) yield ["dockerfile/superfluous-label", "strict-labels", { strict: true, allow: names }];
}

/** The option of `invalid-label-value` for a type of label. */
const optionFor: Readonly<Record<LabelType, string>> = {
  text: "texts",
  url: "urls",
  rfc3339: "times",
  spdx: "licenses",
  hash: "hashes",
  semver: "versions",
  email: "emails",
};
