import type { ComposeModel } from "../../../languages/compose/model.ts";
import type { YamlEntry, YamlMap } from "../../../languages/yaml/node.ts";
import { booleanOf } from "../../../languages/yaml/path.ts";
import type { ComposePart } from "../../../workspace/facts.ts";
import { declaredIn } from "./references.ts";

/** Something that a file declares to exist already. */
export interface External {
  readonly part: Exclude<ComposePart, "services" | "models">;
  /** What one of its kind is called: `network`. */
  readonly noun: string;
  readonly name: string;
  readonly map: YamlMap;
  /** The `external` key with its value, `true` or a map with the name. */
  readonly entry: YamlEntry;
  /** The keys that say how to make it, which is not going to happen. Extensions, `name` and `external` are none. */
  readonly options: readonly YamlEntry[];
}

const nouns = [
  ["volumes", "volume"],
  ["networks", "network"],
  ["secrets", "secret"],
  ["configs", "config"],
] as const;

/** Everything a file declares as external; where a variable decides, nothing. */
export function* externalsOf(model: ComposeModel): Iterable<External> {
  for (const [part, noun] of nouns) {
    for (const { key: name, value: map } of declaredIn(model, part)) {
      const entry = map.type === "map" ? map.get("external") : undefined;
      if (map.type !== "map" || entry === undefined) continue;
      if (entry.value.type !== "map" && booleanOf(entry.value) !== true) continue;
      const options = map.entries.filter(({ key }) => key !== "name" && key !== "external" && !key.startsWith("x-"));
      yield { part, noun, name, map, entry, options };
    }
  }
}
