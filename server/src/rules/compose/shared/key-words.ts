import type { KeyType } from "../../../knowledge/compose-keys/index.ts";
import { type KeyRecord, alternativesOf } from "../../../languages/compose/keys.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { listed } from "../../../text/words.ts";

/** What a value of the type is, for the middle of a sentence: "a list or a map". */
export function typeWords(type: KeyType): string {
  const words = alternativesOf(type).flatMap((one) => (one.kind === "nothing" ? [] : [wordsOf(one)]));
  return listed([...new Set(words)], "or");
}

function wordsOf(type: KeyType): string {
  switch (type.kind) {
    case "text":
      return type.like === undefined ? "text" : `text such as \`${type.like}\``;
    case "choice":
      return listed(
        type.of.map((word) => `\`${word}\``),
        "or",
      );
    case "flag":
      return "`true` or `false`";
    case "whole": {
      const words = (type.words ?? []).map((word) => ` or \`${word}\``).join("");
      return `a whole number${rangeWords(type)}${words}`;
    }
    case "number":
      return "a number such as `0.5`";
    case "duration":
      return "a duration such as `1m30s`";
    case "bytes":
      return "a size such as `512m`";
    case "text-or-number":
      return "text or a number";
    case "scalar":
      return "text, a number or a boolean";
    case "list":
      return "a list";
    case "map":
    case "record":
      return "a map";
    default:
      return "a value";
  }
}

function rangeWords({ least, most }: { readonly least?: number; readonly most?: number }): string {
  if (least === undefined) return most === undefined ? "" : ` up to \`${most}\``;
  return most === undefined ? ` of \`${least}\` or more` : ` from \`${least}\` to \`${most}\``;
}

/** What a value is, as it is written. */
export function nodeWords(node: YamlNode): string {
  if (node.type === "seq") return "a list";
  if (node.type === "map") return "a map";
  if (node.value === null) return "nothing";
  if (typeof node.value === "number") return `the number \`${node.text}\``;
  return node.text === "" ? "an empty text" : `\`${shortened(node.text)}\``;
}

/** The first line of a text, and no more of it than a message bears. */
export function shortened(text: string): string {
  const line = text.trim().split(/[\r\n]/, 1)[0] ?? "";
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

const parts: Readonly<Record<string, string>> = {
  services: "a service",
  networks: "a network",
  volumes: "a volume",
  secrets: "a secret",
  configs: "a config",
  models: "a model",
};

/** Whose key it would be: "a service", "`healthcheck`", "an item of `ports`"; empty for the file itself. */
export function recordWords({ path, item }: Pick<KeyRecord, "path" | "item">): string {
  const [top = "", , ...rest] = path;
  const last = path.at(-1) ?? "";
  if (path.length === 0) return "";
  if (item) return `an item of \`${last}\``;
  if (path.length === 2 && Object.hasOwn(parts, top)) return parts[top] ?? "";
  if (rest.length > 1 && path.at(-2) === "depends_on") return "a dependency";
  if (rest.length > 1 && path.at(-2) === "networks") return "a service's network";
  return `\`${last}\``;
}
