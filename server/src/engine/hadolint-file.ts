import { parseYaml } from "../languages/yaml/parse.ts";
import type { Span } from "../text/span.ts";
import type { ConfigProblem } from "./config.ts";
import { type ConfigValue, fromYaml } from "./config-value.ts";
import { closestOf } from "../text/closest.ts";
import type { Severity } from "./rule.ts";

/** A word of the file with its place. */
export interface Placed<T> {
  readonly value: T;
  readonly at: Span;
}

/** What a label of hadolint's `label-schema` is to hold. */
export type LabelType = "text" | "url" | "rfc3339" | "spdx" | "hash" | "semver" | "email";

/** What a `.hadolint.yaml` says, in its own terms but for the severities, of which hadolint's `style` is our `hint`. */
export interface HadolintFile {
  readonly ignored: readonly Placed<string>[];
  readonly overrides: readonly { readonly severity: Severity; readonly code: Placed<string> }[];
  readonly trustedRegistries: readonly string[];
  readonly labels: readonly { readonly name: string; readonly type: LabelType }[];
  readonly strictLabels: boolean;
  /** `failure-threshold`, or `never` by `no-fail`. */
  readonly failOn: Severity | "never" | undefined;
  readonly ignoresPragmas: boolean;
  /** Keys of hadolint's that say nothing about findings, as `format`, with what they say. */
  readonly others: readonly { readonly key: string; readonly value: string }[];
  readonly problems: readonly ConfigProblem[];
}

/** Reads a `.hadolint.yaml`. Never throws: what is not understood becomes a problem and is left out. */
export function readHadolintFile(text: string): HadolintFile {
  const document = parseYaml(text);
  const problems: ConfigProblem[] = document.problems.map(({ at, message }) => ({ at, message, severity: "error" }));
  const file: Draft = {
    ignored: [],
    overrides: [],
    trustedRegistries: [],
    labels: [],
    strictLabels: false,
    failOn: undefined,
    ignoresPragmas: false,
    others: [],
    problems,
  };
  const root = document.root === undefined ? undefined : fromYaml(document.root);
  if (root?.type === "map") for (const entry of root.entries) readKey(file, entry);
  else if (root !== undefined && !isNothing(root)) problem(file, root.at, "hadolint's config must be a map.");
  return file;
}

type Draft = {
  -readonly [K in keyof HadolintFile]: HadolintFile[K] extends readonly (infer E)[] ? E[] : HadolintFile[K];
};

interface Entry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: ConfigValue;
}

function readKey(file: Draft, { key, keyAt, value }: Entry): void {
  switch (key) {
    case "ignored":
      file.ignored.push(...words(file, value));
      break;
    case "override":
      readOverrides(file, value);
      break;
    case "trustedRegistries":
    case "trusted-registries":
      file.trustedRegistries.push(...words(file, value).map((word) => word.value));
      break;
    case "label-schema":
      readLabels(file, value);
      break;
    case "strict-labels":
      file.strictLabels = flag(file, key, value);
      break;
    case "disable-ignore-pragma":
      file.ignoresPragmas = flag(file, key, value);
      break;
    case "no-fail":
      if (flag(file, key, value)) file.failOn = "never";
      break;
    case "failure-threshold":
      file.failOn ??= threshold(file, value);
      break;
    default:
      if (unrelated.includes(key)) file.others.push({ key, value: written(value) });
      else problem(file, keyAt, `hadolint has no key \`${key}\`.`, closestOf(key, known));
  }
}

const unrelated: readonly string[] = ["format", "output-format", "no-color", "verbose"];
const known: readonly string[] = [
  "ignored",
  "override",
  "trustedRegistries",
  "label-schema",
  "strict-labels",
  "disable-ignore-pragma",
  "no-fail",
  "failure-threshold",
  ...unrelated,
];

const severities: ReadonlyMap<string, Severity> = new Map([
  ["error", "error"],
  ["warning", "warning"],
  ["info", "info"],
  ["style", "hint"],
]);

function readOverrides(file: Draft, value: ConfigValue): void {
  for (const { key, keyAt, value: codes } of entriesOf(file, value, "override")) {
    const severity = severities.get(key);
    if (severity === undefined) {
      problem(file, keyAt, `hadolint has no severity \`${key}\`.`, closestOf(key, severities.keys()));
      continue;
    }
    for (const code of words(file, codes)) file.overrides.push({ severity, code });
  }
}

const labelTypes: ReadonlyMap<string, LabelType> = new Map([
  ["", "text"],
  ["text", "text"],
  ["rawtext", "text"],
  ["url", "url"],
  ["rfc3339", "rfc3339"],
  ["spdx", "spdx"],
  ["hash", "hash"],
  ["semver", "semver"],
  ["email", "email"],
]);

function readLabels(file: Draft, value: ConfigValue): void {
  for (const { key: name, value: inner } of entriesOf(file, value, "label-schema")) {
    const word = inner.type === "scalar" && (inner.value === null || inner.value === undefined) ? "" : written(inner);
    const type = labelTypes.get(word);
    if (type !== undefined) file.labels.push({ name, type });
    else problem(file, inner.at, `hadolint knows no type \`${word}\` of labels.`, closestOf(word, labelTypes.keys()));
  }
}

function threshold(file: Draft, value: ConfigValue): Severity | "never" | undefined {
  const word = written(value);
  if (word === "ignore" || word === "none") return "never";
  const severity = severities.get(word);
  if (severity === undefined)
    problem(file, value.at, `hadolint has no severity \`${word}\`.`, closestOf(word, severities.keys()));
  return severity;
}

function entriesOf(file: Draft, value: ConfigValue, name: string): readonly Entry[] {
  if (value.type === "map") return value.entries;
  if (!isNothing(value)) problem(file, value.at, `\`${name}\` must be a map.`);
  return [];
}

/** A list of words, or a single one. */
function words(file: Draft, value: ConfigValue): readonly Placed<string>[] {
  if (isNothing(value)) return [];
  const items = value.type === "list" ? value.items : [value];
  return items.flatMap((item) => {
    if (item.type === "scalar" && typeof item.value === "string") return [{ value: item.value, at: item.at }];
    problem(file, item.at, "This must be a list of strings.");
    return [];
  });
}

function flag(file: Draft, name: string, value: ConfigValue): boolean {
  const given = value.type === "scalar" ? value.value : undefined;
  if (typeof given === "boolean") return given;
  problem(file, value.at, `\`${name}\` must be \`true\` or \`false\`.`);
  return false;
}

function written(value: ConfigValue): string {
  return value.type === "scalar" ? String(value.value ?? "") : "…";
}

function isNothing(value: ConfigValue): boolean {
  return value.type === "scalar" && value.value === null;
}

function problem(file: Draft, at: Span, message: string, instead?: string): void {
  const hint = instead === undefined || instead === "" ? "" : ` Did you mean \`${instead}\`?`;
  file.problems.push({ at, message: message + hint, severity: "warning" });
}
