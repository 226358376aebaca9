import type { YamlNode } from "../yaml/node.ts";
import { booleanOf, getPath, isNull, isUnknown, isUnknownText, scalarText } from "../yaml/path.ts";
import type { ComposeMount } from "./model.ts";
import { splitShort } from "./short-syntax.ts";

/** An item of `volumes` in short (`./data:/data:ro`, `data:/data`, `/data`, `C:\data:/data`) or long form; `undefined` for what is neither. */
export function mountOf(node: YamlNode): ComposeMount | undefined {
  if (node.type === "map") return longMount(node);
  return node.type === "scalar" && !isNull(node) ? shortMount(node, node.text) : undefined;
}

function shortMount(node: YamlNode, text: string): ComposeMount {
  const parts = splitShort(text, ":");
  const [first, second, options = ""] = parts;
  const source = second === undefined ? undefined : first;
  return {
    type: source === undefined ? "volume" : typeOf(source),
    source,
    target: second ?? first,
    readOnly: options.split(",").includes("ro"),
    span: node.span,
    node,
    known: !isUnknown(node),
  };
}

/** A path is mounted as it is, a name is a volume. */
function typeOf(source: string): "bind" | "volume" | "unknown" {
  if (/^(?:[./~\\]|[A-Za-z]:[\\/])/.test(source)) return "bind";
  return isUnknownText(source.slice(0, 2)) || source.startsWith("$") ? "unknown" : "volume";
}

function longMount(node: YamlNode): ComposeMount {
  const text = (key: string): string | undefined => scalarText(getPath(node, key));
  return {
    type: text("type") ?? "unknown",
    source: text("source") ?? text("src"),
    target: text("target") ?? text("destination") ?? text("dst"),
    readOnly: booleanOf(getPath(node, "read_only")) ?? false,
    span: node.span,
    node,
    known: !["type", "source", "target", "read_only"].some((key) => isUnknown(getPath(node, key))),
  };
}
