import { closestOf } from "../../../text/closest.ts";
import type { Fix } from "../../../engine/rule.ts";
import type { KeyType } from "../../../knowledge/compose-keys/index.ts";
import { type KeyPlace, type KeyProblem, alternativesOf } from "../../../languages/compose/keys.ts";
import type { ComposeModel } from "../../../languages/compose/model.ts";
import { booleanMeant, fitsScalar } from "../../../languages/compose/value.ts";
import { type YamlValue, removeEntry, replaceScalar, setPath } from "../../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap, YamlScalar } from "../../../languages/yaml/node.ts";
import { isNull } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { editFixes } from "../../shared/edit-fixes.ts";
import { shortened } from "./key-words.ts";

type WrongType = KeyProblem & { readonly type: "wrong-type" };

/** What turns a value into one of the type its key takes, where only one thing can have been meant. */
export function typeFixes(model: ComposeModel, problem: WrongType): readonly Fix[] {
  const { node, expected, place } = problem;
  const types = alternativesOf(expected);
  if (isNull(node)) return emptied(model, place);
  if (node.type === "map") {
    const text = pairOf(node);
    if (place.list === undefined || text === undefined || !types.some(({ kind }) => kind === "text")) return [];
    return editFixes(`Write it as \`${shortened(text)}\``, "safe", setAt(model, problem, text));
  }
  if (node.type !== "scalar") return [];
  const listed = types.find((type) => type.kind === "list");
  if (listed?.kind === "list" && place.list === undefined && fitsScalar(node, textOf(listed.of)) && node.text !== "") {
    return editFixes(`Make it a list of one`, "safe", setAt(model, problem, [node.text]));
  }
  for (const type of types) {
    const meant = meantBy(node, type);
    if (meant === undefined) continue;
    return editFixes(meant.title, meant.safety, replaceScalar(model.document, node, meant.value));
  }
  return [];
}

/** Whether a key is written over several lines: a line above lost its colon, so that what is mended of the key would take the next line along. */
export function runsOn({ document }: ComposeModel, { keySpan }: YamlEntry): boolean {
  return /[\r\n]/.test(document.text.slice(keySpan.start, keySpan.end));
}

interface Meant {
  readonly title: string;
  readonly safety: Fix["safety"];
  readonly value: string | boolean;
}

function meantBy(node: YamlScalar, type: KeyType): Meant | undefined {
  const { text, value } = node;
  switch (type.kind) {
    case "text":
    case "scalar":
    case "text-or-number":
      if (typeof value === "string" || (type.kind === "text" && type.pattern?.test(text) === false)) return undefined;
      return { title: `Put \`${text}\` in quotes`, safety: "safe", value: text };
    case "flag": {
      const meant = booleanMeant(text);
      return meant === undefined ? undefined : { title: `Write \`${meant}\``, safety: "safe", value: meant };
    }
    case "choice": {
      const near = type.of.find((word) => word === text.toLowerCase()) ?? closestOf(text, type.of);
      return near === undefined ? undefined : { title: `Write \`${near}\``, safety: "review", value: near };
    }
    case "duration": {
      const meant = durationMeant(text);
      return meant === undefined
        ? undefined
        : { title: `Write \`${meant}\` (if that unit was meant)`, safety: "review", value: meant };
    }
    case "bytes": {
      if (typeof value === "number" && type.strict === true) {
        return { title: `Put \`${text}\` in quotes (bytes, as it says no unit)`, safety: "review", value: text };
      }
      const unit = /^(\d+(?:\.\d+)?) ?([kmgt])i$/i.exec(text);
      return unit === null
        ? undefined
        : { title: `Write \`${unit[1]}${unit[2]}\``, safety: "safe", value: `${unit[1]}${unit[2]}` };
    }
    default:
      return undefined;
  }
}

/** Seconds where there is no unit; units as other tools write them. */
function durationMeant(text: string): string | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return `${text}s`;
  const unit = /^(\d+(?:\.\d+)?) *(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)$/i.exec(text);
  const letter = unit?.[2]?.charAt(0).toLowerCase();
  return letter === undefined ? undefined : `${unit?.[1]}${letter}`;
}

function textOf(type: KeyType): KeyType {
  return alternativesOf(type).find(({ kind }) => kind === "text" || kind === "text-or-number") ?? type;
}

/** `NAME=value` of a map with one scalar in it. */
function pairOf(map: YamlMap): string | undefined {
  const [entry, ...rest] = map.entries;
  if (entry === undefined || rest.length > 0 || entry.value.type !== "scalar" || entry.merged !== undefined)
    return undefined;
  if (!/^[\w.-]+$/.test(entry.key) || entry.value.tag !== undefined || /[\r\n]/.test(entry.value.text))
    return undefined;
  return isNull(entry.value) ? `${entry.key}=` : `${entry.key}=${entry.value.text}`;
}

/** Takes a key away that has nothing behind it. */
function emptied(model: ComposeModel, { entry, list, records }: KeyPlace): readonly Fix[] {
  const owner = records[0]?.map;
  if (entry === undefined || list !== undefined || owner?.get(entry.key) !== entry) return [];
  // Without its services a file is no Compose file any more, nor is one that is known by this key alone.
  if (owner === model.root && (entry.key === "services" || !isKnownWithout(entry.key, model.root))) return [];
  return editFixes(
    `Remove \`${entry.key}\`, which says nothing`,
    "review",
    removeEntry(model.document, owner, entry.key),
  );
}

/** Whether a file is taken for a Compose file by a key besides this one. */
function isKnownWithout(key: string, root: YamlMap): boolean {
  return ["services", "include", "volumes", "networks", "secrets", "configs"].some(
    (other) => other !== key && root.get(other) !== undefined,
  );
}

/** Sets the value where it is written, in the nearest map of known keys around it. */
function setAt(
  { document }: ComposeModel,
  { node, place }: WrongType,
  value: YamlValue,
): readonly TextEdit[] | undefined {
  const record = place.records[0];
  if (record === undefined) return undefined;
  const path = place.path.slice(record.path.length);
  const index = place.list?.items.indexOf(node) ?? -1;
  return setPath(document, record.map, index < 0 ? path : [...path, index], value);
}
