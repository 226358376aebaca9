import { type CompletionItem, CompletionItemKind, MarkupKind, type Position } from "vscode-languageserver";
import type { OptionSpec, Rule } from "../engine/rule.ts";
import type { YamlNode } from "../languages/yaml/node.ts";
import { parseYaml } from "../languages/yaml/parse.ts";
import { helpUrl } from "../reference/help-url.ts";
import type { OpenDocument } from "./documents.ts";

/** What may be written at a place of a config file: keys, rules, severities, presets, options. YAML and JSON alike. */
export function completeConfig(document: OpenDocument, position: Position, rules: readonly Rule[]): CompletionItem[] {
  const { text, places } = document;
  const offset = places.offset(position);
  const lineStart = places.offset({ line: position.line, character: 0 });
  const line = text.slice(lineStart, offset);
  const word = /[\w/:.$-]*$/.exec(line)?.[0] ?? "";
  const rest = /^[\w/:.$-]*/.exec(text.slice(offset))?.[0] ?? "";
  const quoted = /["']$/.test(line.slice(0, line.length - word.length));
  const colonFollows = /^["']?\s*:/.test(text.slice(offset + rest.length));
  // A word is a key where nothing but the key can stand: at the start of a line of YAML, or before a colon.
  const opensLine = /^\s*(?:-\s+)?["']?$/.test(line.slice(0, line.length - word.length));
  const mark = opensLine && !quoted && !colonFollows ? `${marker}: ~` : marker;
  const marked = text.slice(0, offset - word.length) + mark + text.slice(offset + rest.length);
  const place = findMarker(parseYaml(marked).root, []);
  if (place === undefined) return [];
  const range = places.range({ start: offset - word.length, end: offset + rest.length });
  const suffix = !place.isKey || colonFollows || quoted ? "" : ": ";
  return wordsAt(place.path, place.isKey, rules).map(({ label, detail, documentation, kind }) => ({
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    textEdit: { range, newText: label + (place.isKey ? suffix : "") },
  }));
}

/** Stands for the word at the cursor while the file is read. */
const marker = "seaworthyCursorIsHere";

/** Keys of the maps around the cursor, `*` for an item of a list. A lone value may also become a key of the map that is not there yet. */
interface Place {
  readonly path: readonly string[];
  readonly isKey: boolean;
}

function findMarker(node: YamlNode | undefined, path: readonly string[]): Place | undefined {
  if (node === undefined) return undefined;
  if (node.type === "scalar") return node.text === marker ? { path, isKey: false } : undefined;
  const inner: readonly (readonly [string, YamlNode])[] =
    node.type === "seq" ? node.items.map((item) => ["*", item]) : node.entries.map(({ key, value }) => [key, value]);
  for (const [key, value] of inner) {
    if (key === marker) return { path, isKey: true };
    const found = findMarker(value, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Word {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  readonly documentation?: string;
}

function wordsAt(path: readonly string[], isKey: boolean, rules: readonly Rule[]): readonly Word[] {
  const [first, second] = path;
  // What holds at the top holds in an override too.
  if (first === "overrides" && second === "*") return wordsIn(path.slice(2), isKey, overrideKeys, rules);
  return wordsIn(path, isKey, topKeys, rules);
}

function wordsIn(
  [first, second, third]: readonly string[],
  isKey: boolean,
  keys: readonly Word[],
  rules: readonly Rule[],
): readonly Word[] {
  if (first === undefined) return isKey ? keys : [];
  if (first === "preset" && second === undefined) return isKey ? [] : presets;
  if (first === "fail-on" && second === undefined) return isKey ? [] : failOns;
  if (first === "ignore-comments" && second === undefined) return isKey ? [] : switches;
  if (first !== "rules") return [];
  if (second === undefined) return isKey ? rules.map(ruleWord) : [];
  const named = rules.filter(({ id, slug }) => id === second || slug === second);
  if (third === undefined) return isKey ? [severityKey, ...named.flatMap(optionWords)] : severities;
  if (isKey) return [];
  return third === "severity" ? severities : named.flatMap(({ options }) => valueWords(options[third]));
}

function key(label: string, detail: string): Word {
  return { label, kind: CompletionItemKind.Property, detail };
}

function value(label: string, detail: string): Word {
  return { label, kind: CompletionItemKind.EnumMember, detail };
}

const overrideKeys: readonly Word[] = [
  key("files", "globs of the files that the override is for"),
  key("preset", "which rules are on"),
  key("rules", "severity and options, rule by rule"),
];

const topKeys: readonly Word[] = [
  key("preset", "which rules are on"),
  key("rules", "severity and options, rule by rule"),
  key("overrides", "other presets and rules for some files"),
  key("exclude", "globs of files that are not checked"),
  key("fail-on", "from which severity on the command fails"),
  key("ignore-comments", "whether comments in files silence findings"),
];

const presets: readonly Word[] = [
  value("minimal", "only what fails or endangers in production"),
  value("recommended", "what is right for nearly everyone"),
  value("strict", "hardening and reproducibility as well"),
  value("all", "every rule, contested advice included"),
];

const severities: readonly Word[] = [
  value("off", "not reported"),
  value("on", "with the rule's own severity"),
  value("hint", "hardening"),
  value("info", "advice"),
  value("warning", "a risk in production"),
  value("error", "fails or endangers"),
];

const failOns: readonly Word[] = [
  value("error", "only errors"),
  value("warning", "warnings and errors; what holds without the key"),
  value("info", "advice as well"),
  value("hint", "every finding"),
  value("never", "findings never make it fail"),
];

const switches: readonly Word[] = [value("true", ""), value("false", "")];

const severityKey: Word = key("severity", "off, on, hint, info, warning or error");

function ruleWord(rule: Rule): Word {
  return { ...key(rule.id, rule.summary), documentation: `${rule.why}\n\n[${rule.id}](${helpUrl(rule)})` };
}

function optionWords({ options }: Rule): readonly Word[] {
  return Object.entries(options).map(([name, option]) => key(name, option.description));
}

function valueWords(option: OptionSpec | undefined): readonly Word[] {
  if (typeof option?.default === "boolean") return switches;
  return (option?.values ?? []).map((name) => value(name, ""));
}
