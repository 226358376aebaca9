import type { EditFix } from "../../../engine/rule.ts";
import type { FieldProblem } from "../../../languages/kubernetes/fields.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { type YamlValue, flow, raw, replaceScalar, setPath } from "../../../languages/yaml/edit.ts";
import type { YamlMap, YamlNode, YamlScalar, YamlSequence } from "../../../languages/yaml/node.ts";
import { reviewed, safe } from "../../shared/edit-fixes.ts";
import { movable } from "./plain-value.ts";

type WrongType = FieldProblem & { readonly type: "wrong-type" };

/** What turns a value into one of the type its field takes, where only one thing can have been meant. */
export function typeFixes(model: KubernetesModel, problem: WrongType): readonly EditFix[] {
  const { node, expected } = problem;
  if (expected.type === "list") return listFixes(model, problem, node);
  if (expected.type === "map" && node.type === "seq") {
    const value = mapOfPairs(model, node);
    return value === undefined ? [] : safe("Make it a map", setAt(model, problem, value));
  }
  return node.type === "scalar" ? scalarFixes(model, problem, node) : [];
}

/** The value that is written in the place of a scalar, as a message may show it; `undefined` where it cannot be told. */
export function meantText({ expected }: WrongType, { text, style }: YamlScalar): string | undefined {
  switch (expected.type) {
    case "string":
    case "choice":
    case "time":
      return JSON.stringify(text);
    case "int":
    case "port":
      return style !== "plain" && /^[-+]?\d{1,15}$/.test(text) ? text : undefined;
    case "number":
      return style !== "plain" && /^-?\d{1,15}(?:\.\d+)?$/.test(text) ? text : undefined;
    case "bool":
      return booleanMeant(text);
    default:
      return undefined;
  }
}

function booleanMeant(text: string): "true" | "false" | undefined {
  if (/^(?:true|yes|on|1)$/i.test(text)) return "true";
  return /^(?:false|no|off|0)$/i.test(text) ? "false" : undefined;
}

function scalarFixes(model: KubernetesModel, problem: WrongType, node: YamlScalar): readonly EditFix[] {
  const meant = meantText(problem, node);
  if (meant === undefined) return [];
  const { type } = problem.expected;
  if (type === "string" || type === "choice" || type === "time") {
    return safe(`Put \`${node.text}\` in quotes`, replaceScalar(model.document, node, node.text));
  }
  const isPlain = type === "bool" || /^(?:0|-?[1-9]\d*)$/.test(meant);
  const edits = isPlain
    ? replaceScalar(model.document, node, type === "bool" ? meant === "true" : Number(meant))
    : setAt(model, problem, raw(meant));
  return safe(`Write \`${meant}\``, edits);
}

function listFixes(model: KubernetesModel, problem: WrongType, node: YamlNode): readonly EditFix[] {
  const { expected, entry } = problem;
  if (expected.type !== "list") return [];
  if (node.type === "map") {
    const pairs = entry.key === "env" ? variables(model, node) : undefined;
    if (pairs !== undefined) return safe("Make it a list of names and values", setAt(model, problem, pairs));
    const item = expected.of.type === "shape" ? movable(model.document, node) : undefined;
    return item === undefined ? [] : safe("Make it a list of one", setAt(model, problem, [item]));
  }
  if (node.type !== "scalar" || expected.of.type === "shape" || node.text === "" || node.text.includes("\n")) return [];
  if (!/\s/.test(node.text)) return safe("Make it a list of one", setAt(model, problem, [node.text]));
  return entry.key === "command"
    ? reviewed(
        "Let a shell run it (the image must have one)",
        setAt(model, problem, flow(["/bin/sh", "-c", node.text])),
      )
    : [];
}

/** The variables of a map as Compose has them. */
function variables({ document }: KubernetesModel, map: YamlMap): YamlValue | undefined {
  const value = movable(document, map);
  const isPlain = map.entries.every((entry) => entry.value.type === "scalar" && entry.value.value !== null);
  if (value === undefined || !isPlain) return undefined;
  return map.entries.flatMap((entry) =>
    entry.value.type === "scalar" ? [{ name: entry.key, value: entry.value.text }] : [],
  );
}

/** A list of maps with one text each, as one map. */
function mapOfPairs({ document }: KubernetesModel, list: YamlSequence): YamlValue | undefined {
  const entries = list.items.map((item) =>
    item.type === "map" && item.entries.length === 1 ? item.entries[0] : undefined,
  );
  const keys = new Set(entries.map((entry) => entry?.key));
  if (movable(document, list) === undefined || keys.has(undefined) || keys.size !== entries.length) return undefined;
  const value: { [key: string]: YamlValue } = {};
  for (const entry of entries) {
    if (entry?.value.type !== "scalar" || entry.value.value === null) return undefined;
    value[entry.key] = entry.value.text;
  }
  return value;
}

function setAt({ document }: KubernetesModel, { record, entry, below }: WrongType, value: YamlValue) {
  return setPath(document, record.map, [entry.key, ...below], value);
}
