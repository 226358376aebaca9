import { insideQuotes, partOf } from "../scalar-place.ts";
import type { YamlNode } from "../yaml/node.ts";
import { isNull, isUnknown, isUnknownText } from "../yaml/path.ts";
import type { ComposeVariable } from "./model.ts";

/** The variables of an `environment`, in map or list form; what is neither gives none. `text` is the document's. */
export function variablesOf(text: string, node: YamlNode | undefined): readonly ComposeVariable[] {
  if (node?.type === "map") {
    return node.entries.flatMap(({ key, keySpan, value }): ComposeVariable[] => {
      if (value.type !== "scalar") return [];
      const empty = isNull(value);
      return [
        {
          name: key,
          nameSpan: keySpan,
          value: empty ? undefined : value.text,
          valueSpan: empty ? undefined : insideQuotes(text, value),
          known: !isUnknown(value) && !isUnknownText(key),
          span: { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) },
          form: "map",
        },
      ];
    });
  }
  if (node?.type !== "seq") return [];
  return node.items.flatMap((item): ComposeVariable[] => {
    if (item.type !== "scalar" || isNull(item)) return [];
    const equals = item.text.indexOf("=");
    const nameEnd = equals < 0 ? item.text.length : equals;
    return [
      {
        name: item.text.slice(0, nameEnd),
        nameSpan: partOf(text, item, 0, nameEnd),
        value: equals < 0 ? undefined : item.text.slice(equals + 1),
        valueSpan: equals < 0 ? undefined : partOf(text, item, equals + 1, item.text.length),
        known: !isUnknown(item),
        span: item.span,
        form: "list",
      },
    ];
  });
}
