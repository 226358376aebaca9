import type { ComposeModel, ComposeMount } from "../../../languages/compose/model.ts";
import { setPath } from "../../../languages/yaml/edit.ts";
import { booleanOf, getPath } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { replaceWhereWritten } from "./written.ts";

/** Makes a bind mount read-only where it is written: `:ro` in short form, before other options; `read_only: true` in long form. */
export function readOnlyEdits(model: ComposeModel, { node, target }: ComposeMount): readonly TextEdit[] | undefined {
  if (node.type === "map") {
    const written = getPath(node, "read_only");
    return written !== undefined && booleanOf(written) === undefined
      ? undefined
      : setPath(model.document, node, ["read_only"], true, {
          intoAnchor: true,
          position: { after: ["target", "source"] },
        });
  }
  if (node.type !== "scalar" || target === undefined) return undefined;
  const at = node.text.lastIndexOf(`:${target}`);
  if (at < 0) return undefined;
  const rest = node.text.slice(at + 1 + target.length);
  const options = rest === "" ? [] : rest.slice(1).split(",");
  const changed = ["ro", ...options.filter((option) => option !== "rw" && option !== "")];
  return replaceWhereWritten(model, node, `${node.text.slice(0, at)}:${target}:${changed.join(",")}`);
}
