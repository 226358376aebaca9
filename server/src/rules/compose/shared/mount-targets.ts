import type { ComposeModel, ComposeMount, ComposeService } from "../../../languages/compose/model.ts";
import { insideQuotes, partOf } from "../../../languages/scalar-place.ts";
import { removePath } from "../../../languages/yaml/edit.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isUnknownText, itemsOf } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { normalizePath } from "../../../text/path.ts";
import type { Span } from "../../../text/span.ts";

/** Where in the container something is mounted, without needless slashes and dots; `undefined` where that is not known. */
export function finalTarget({ target }: ComposeMount): string | undefined {
  return target === undefined || target === "" || isUnknownText(target) ? undefined : normalizePath(target);
}

/** The characters of a mount's target. */
export function targetSpan(text: string, { node, source, target = "" }: ComposeMount): Span {
  if (node.type === "scalar") {
    const from = source === undefined ? 0 : source.length + 1;
    return partOf(text, node, from, from + target.length);
  }
  const written = getPath(node, "target");
  return written?.type === "scalar" ? insideQuotes(text, written) : node.span;
}

/** Takes a mount away, where it is written in the service itself: an item of a list, or the value of `tmpfs`. */
export function withoutMount(
  model: ComposeModel,
  service: ComposeService,
  key: "tmpfs" | "volumes",
  node: YamlNode,
): readonly TextEdit[] | undefined {
  const holder = service.map.get(key)?.value;
  if (holder === node) return removePath(model.document, service.map, [key]);
  const index = itemsOf(holder).indexOf(node);
  return index < 0 ? undefined : removePath(model.document, service.map, [key, index]);
}
