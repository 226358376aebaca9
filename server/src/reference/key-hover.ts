import type { ComposeKey } from "../knowledge/compose-keys/index.ts";
import { visitKeys } from "../languages/compose/keys.ts";
import type { ComposeModel } from "../languages/compose/model.ts";
import type { YamlEntry, YamlNode } from "../languages/yaml/node.ts";
import { typeWords } from "../rules/compose/shared/key-words.ts";
import { contains, type Span } from "../text/span.ts";

/** What is said of a key, in Markdown. */
export interface KeyHover {
  /** The key, in the document. */
  readonly at: Span;
  readonly markdown: string;
}

/**
 * What the key of a Compose file at an offset of the document means: the key itself, or the one whose scalar, or whose list of scalars, is there.
 * `undefined` where there is none, and for names that the author chose.
 */
export function keyHover(model: ComposeModel, offset: number): KeyHover | undefined {
  const place: Span = { start: offset, end: offset };
  let found: KeyHover | undefined;
  visitKeys(model, {
    key(entry, key, path) {
      if (found === undefined && isAt(entry, place)) found = { at: entry.keySpan, markdown: describe(key, path) };
    },
  });
  return found;
}

function isAt({ keySpan, value }: YamlEntry, place: Span): boolean {
  if (contains(keySpan, place)) return true;
  const nodes: readonly YamlNode[] = value.type === "seq" ? value.items : [value];
  return nodes.some((node) => node.type === "scalar" && node.text !== "" && contains(node.span, place));
}

function describe({ type, means, since, only }: ComposeKey, path: readonly string[]): string {
  const facts = [
    `Takes ${typeWords(type)}.`,
    since === undefined ? undefined : `Since Docker Compose ${since}.`,
    only === undefined ? undefined : `For \`docker ${only === "compose" ? "compose" : "stack deploy"}\` alone.`,
  ];
  return [`**\`${path.at(-1) ?? ""}\`**: ${means}`, facts.filter((fact) => fact !== undefined).join(" ")].join("\n\n");
}
