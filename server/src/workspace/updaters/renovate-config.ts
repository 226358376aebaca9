import {
  type RenovateManager,
  renovateFilePatterns,
  renovateGroups,
  renovateIgnoredPaths,
  renovatePresets,
  renovateRenamed,
} from "../../knowledge/renovate.ts";
import { type JsonNode, type JsonReading, memberOf, parseJson } from "../../languages/json/parse.ts";
import { nameOf } from "../../text/path.ts";
import { isPlainMap, plainAt, plainItems, type PlainValue } from "../plain-value.ts";

/** What a Renovate configuration says about images, its presets put in. */
export interface RenovateConfig {
  readonly enabled: boolean;
  /** Whether digests are raised at all. */
  readonly digests: boolean;
  /** Whether images without a digest get one, where no package rule says otherwise; `undefined`: nobody said. */
  readonly pins: boolean | undefined;
  /** Whether updates wait until somebody ticks them off in the dashboard, where no package rule says otherwise. */
  readonly waits: boolean;
  /** Whether it proposes nothing by itself. */
  readonly silent: boolean;
  /** Hosts that it is not to ask, by name or address; the empty text stands for all. */
  readonly unaskedHosts: readonly string[];
  /** Presets that are left out wherever others name them. */
  readonly ignoredPresets: readonly string[];
  readonly ignorePaths: readonly string[];
  readonly includePaths: readonly string[];
  /** `undefined`: all of them. */
  readonly enabledManagers: readonly string[] | undefined;
  readonly ignoreDeps: readonly string[];
  readonly managers: Readonly<Record<RenovateManager, ManagerConfig>>;
  readonly packageRules: readonly PlainValue[];
  /** Patterns of files that are read by expressions of the person's own, which may look for images. */
  readonly customPatterns: readonly string[];
  /** Presets that are written in some repository or package, so that nothing is known of them. */
  readonly foreign: readonly string[];
}

/** What is set for one manager. */
export interface ManagerConfig {
  readonly enabled: boolean;
  readonly digests: boolean;
  readonly pins: boolean | undefined;
  readonly waits: boolean | undefined;
  /** Renovate's own and those added to them. */
  readonly filePatterns: readonly string[];
  readonly ignorePaths: readonly string[] | undefined;
}

/** The part of a file that is Renovate's configuration; `undefined` where there is none, as in most package.json. */
export function renovateRoot(file: string, text: string): JsonReading | undefined {
  const reading = parseJson(text, file.endsWith(".json5") ? "json5" : "jsonc");
  if (nameOf(file) !== "package.json") return reading;
  const own = reading.type === "read" ? memberOf(reading.root, "renovate") : undefined;
  return own === undefined ? undefined : { type: "read", root: own };
}

/** Reads it as Renovate would: presets first, in their order, then what is set itself. */
export function readRenovateConfig(root: JsonNode): RenovateConfig {
  const config = emptyConfig();
  const plain = plainJson(root);
  // In a package.json the name of a preset may stand for all.
  const whole: PlainValue = typeof plain === "string" ? { extends: [plain] } : plain;
  config.ignoredPresets = texts(whole, "ignorePresets");
  apply(config, whole);
  return config;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Draft extends Omit<Writable<RenovateConfig>, "managers" | "foreign" | "packageRules" | "customPatterns"> {
  managers: Record<RenovateManager, Writable<ManagerConfig>>;
  foreign: string[];
  packageRules: PlainValue[];
  customPatterns: string[];
}

function emptyConfig(): Draft {
  return {
    enabled: true,
    digests: true,
    pins: undefined,
    waits: false,
    silent: false,
    unaskedHosts: [],
    ignoredPresets: [],
    ignorePaths: renovateIgnoredPaths,
    includePaths: [],
    enabledManagers: undefined,
    ignoreDeps: [],
    managers: {
      dockerfile: emptyManager("dockerfile"),
      "docker-compose": emptyManager("docker-compose"),
      kubernetes: emptyManager("kubernetes"),
    },
    packageRules: [],
    customPatterns: [],
    foreign: [],
  };
}

function emptyManager(name: RenovateManager): ManagerConfig {
  return {
    enabled: true,
    digests: true,
    pins: undefined,
    waits: undefined,
    filePatterns: renovateFilePatterns[name],
    ignorePaths: undefined,
  };
}

function apply(config: Draft, value: PlainValue): void {
  if (!isPlainMap(value)) return;
  for (const preset of texts(value, "extends")) extend(config, preset);
  config.enabled = flag(value, "enabled") ?? config.enabled;
  config.digests = flag(value, "digest", "enabled") ?? config.digests;
  config.pins = flag(value, "pinDigests") ?? config.pins;
  config.waits =
    flag(value, "digest", "dependencyDashboardApproval") ?? flag(value, "dependencyDashboardApproval") ?? config.waits;
  const mode = plainAt(value, "mode");
  config.silent = typeof mode === "string" ? mode === "silent" : config.silent;
  config.unaskedHosts = [...config.unaskedHosts, ...plainItems(value, "hostRules").flatMap(unaskedHost)];
  config.ignorePaths = list(value, "ignorePaths") ?? config.ignorePaths;
  config.includePaths = list(value, "includePaths") ?? config.includePaths;
  config.enabledManagers = list(value, "enabledManagers") ?? config.enabledManagers;
  config.ignoreDeps = [...config.ignoreDeps, ...texts(value, "ignoreDeps")];
  config.packageRules.push(...plainItems(value, "packageRules"));
  for (const custom of [...plainItems(value, "customManagers"), ...plainItems(value, "regexManagers")]) {
    const datasource = plainAt(custom, "datasourceTemplate");
    if (typeof datasource === "string" && datasource !== "docker" && !datasource.includes("{")) continue;
    config.customPatterns.push(...filePatterns(custom));
  }
  // `docker` once stood for all that read images.
  const all = plainAt(value, "docker");
  for (const name of ["dockerfile", "docker-compose", "kubernetes"] as const) {
    const manager = config.managers[name];
    for (const own of [all, plainAt(value, name)]) {
      if (own === undefined) continue;
      manager.enabled = flag(own, "enabled") ?? manager.enabled;
      manager.digests = flag(own, "digest", "enabled") ?? manager.digests;
      manager.pins = flag(own, "pinDigests") ?? manager.pins;
      manager.waits = flag(own, "dependencyDashboardApproval") ?? manager.waits;
      manager.ignorePaths = list(own, "ignorePaths") ?? manager.ignorePaths;
      manager.filePatterns = [...manager.filePatterns, ...filePatterns(own)];
      const rules = plainItems(own, "packageRules").filter(isPlainMap);
      config.packageRules.push(...rules.map((rule) => ({ matchManagers: [name], ...rule })));
    }
  }
}

/** The host of a rule that turns requests off, for those of them that may be for images. */
function unaskedHost(rule: PlainValue): readonly string[] {
  const [type, host] = [plainAt(rule, "hostType"), plainAt(rule, "matchHost")];
  if (flag(rule, "enabled") !== false || (typeof type === "string" && type !== "docker")) return [];
  return [typeof host === "string" ? host : ""];
}

function extend(config: Draft, preset: string): void {
  const name = presetName(preset);
  const host = name === ":disableDomain" || name === ":disableHost" ? /\(([^)]*)\)/.exec(preset)?.[1] : undefined;
  if (host !== undefined) config.unaskedHosts = [...config.unaskedHosts, host.trim()];
  if (config.ignoredPresets.some((one) => presetName(one) === name)) return;
  const known = Object.hasOwn(renovatePresets, name) ? renovatePresets[name] : undefined;
  if (known !== undefined) apply(config, known);
  else if (!isRenovatesOwn(preset)) config.foreign.push(preset);
}

/** One way to write each: without arguments, by its present name, `:x` for `default:x`. */
function presetName(preset: string): string {
  const bare = preset.replace(/\(.*$/s, "").replace(/^default:/, ":");
  return (Object.hasOwn(renovateRenamed, bare) ? renovateRenamed[bare] : undefined) ?? bare;
}

function isRenovatesOwn(preset: string): boolean {
  const group = /^([A-Za-z]*):/.exec(preset)?.[1];
  return group !== undefined && renovateGroups.has(group);
}

/** `fileMatch`, its former name, holds bare expressions. */
function filePatterns(value: PlainValue): readonly string[] {
  return [...texts(value, "managerFilePatterns"), ...texts(value, "fileMatch").map((source) => `/${source}/`)];
}

function flag(value: PlainValue, ...path: readonly string[]): boolean | undefined {
  const found = plainAt(value, ...path);
  return typeof found === "boolean" ? found : undefined;
}

function list(value: PlainValue, key: string): readonly string[] | undefined {
  return plainAt(value, key) === undefined ? undefined : texts(value, key);
}

/** The texts of a list, or a lone one. */
function texts(value: PlainValue, key: string): readonly string[] {
  const found = plainAt(value, key);
  if (typeof found === "string") return [found];
  return plainItems(value, key).filter((item) => typeof item === "string");
}

function plainJson(node: JsonNode): PlainValue {
  if (node.type === "scalar") return node.value;
  if (node.type === "array") return node.items.map(plainJson);
  return Object.fromEntries(
    node.members.flatMap(({ name, value }) => (name === "__proto__" ? [] : [[name, plainJson(value)] as const])),
  );
}
