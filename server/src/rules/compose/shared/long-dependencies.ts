import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import { scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";

/**
 * A service's own `depends_on`, a list of names, as a map of what `settings` says of each. `undefined` where it is no list of the service itself, or has
 * comments, which have no place in the map.
 */
export function inLongForm(
  { document }: ComposeModel,
  { map }: ComposeService,
  settings: (name: string) => YamlValue,
): readonly TextEdit[] | undefined {
  const list = map.get("depends_on")?.value;
  if (list?.type !== "seq") return undefined;
  // A comment behind the last item is beyond the list.
  const lineEnd = document.text.indexOf("\n", list.span.end);
  const end = lineEnd < 0 ? document.text.length : lineEnd;
  if (document.comments.some(({ span }) => list.span.start < span.start && span.start < end)) return undefined;
  const names = list.items.flatMap((item) => scalarText(item) ?? []);
  return setPath(document, map, ["depends_on"], Object.fromEntries(names.map((name) => [name, settings(name)])));
}
