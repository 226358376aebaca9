import type { FieldType } from "../../../knowledge/kubernetes-fields/index.ts";
import type { FieldRecord } from "../../../languages/kubernetes/fields.ts";
import { scalarKind } from "../../../languages/kubernetes/scalar-types.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";

/** A map in words, to stand behind "of": "a container", "a pod's `spec`", "an item of `ports`". */
export function recordWords({ shape, entry, item, around, resource }: FieldRecord): string {
  const { resourceKind } = resource;
  if (entry === undefined) return `${articleOf(resourceKind)} ${resourceKind}`;
  const known = shapeWords[shape];
  if (known !== undefined) return known;
  if (item) return `an item of \`${entry.key}\``;
  return around.length === 1 && entry.key === "spec"
    ? `the \`spec\` of ${articleOf(resourceKind)} ${resourceKind}`
    : `\`${entry.key}\``;
}

const shapeWords: Readonly<Record<string, string>> = {
  Container: "a container",
  EphemeralContainer: "an ephemeral container",
  PodSpec: "a pod's `spec`",
  PodSecurityContext: "a pod's `securityContext`",
  SecurityContext: "a container's `securityContext`",
  EnvVar: "an environment variable",
  ContainerPort: "a container's port",
  Volume: "a volume",
};

function articleOf(word: string): string {
  return /^[aeiou]/i.test(word) ? "an" : "a";
}

/** What a field takes, in words. */
export function typeWords(type: FieldType): string {
  switch (type.type) {
    case "string":
    case "choice":
      return "text";
    case "int":
      return "an integer";
    case "number":
      return "a number";
    case "bool":
      return "`true` or `false`";
    case "quantity":
      return "an amount";
    case "port":
      return "an integer or a text";
    case "time":
      return "a time as text";
    case "list":
      return "a list";
    case "map":
    case "shape":
      return "a map";
    default:
      return "anything";
  }
}

/** What stands there, in words, its own text first where it is short: "`8080` is a number". */
export function nodeWords(node: YamlNode): string {
  if (node.type === "map") return "a map";
  if (node.type === "seq") return "a list";
  const kind = scalarKind(node);
  return kind === "text" ? "text" : kind === "boolean" ? "a boolean" : "a number";
}

/** A text of the user, short enough for a message. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
