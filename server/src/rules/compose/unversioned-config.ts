import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

const used = ["configs:", "  - settings"];

export default defineRule("compose", {
  slug: "unversioned-config",
  summary: "A config or secret of a stack has a fixed name, so that its content can never change.",
  why: `Configs and secrets of a swarm cannot be changed once they are made. When the file behind one changes, the next \`docker stack deploy\` fails ("only updates to Labels
are allowed"), unless the object has got a new name; then services are moved over to it one task after the other, and go back to the old one when the update is rolled back.

So a version or a hash of the file belongs into \`name\`, given by the pipeline as a variable. What never changes needs none; removing and creating it by hand works too, with
the services down.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/swarm/configs/#example-rotate-a-config",
    "https://docs.docker.com/reference/compose-file/configs/",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ own: used, end: ["configs:", "  settings:", "    file: ./settings.toml"] }),
      good: stackWith({
        own: used,
        end: ["configs:", "  settings:", "    name: settings-${SETTINGS_VERSION:-1}", "    file: ./settings.toml"],
      }),
    },
  ],
  *check(model) {
    if (model.dialect !== "stack" || model.role === "development" || model.document.templated) return;
    for (const part of ["configs", "secrets"] as const) {
      for (const entry of model[part].values()) yield* judged(model, part, entry);
    }
  },
});

function* judged(model: ComposeModel, part: "configs" | "secrets", entry: YamlEntry): Iterable<Problem> {
  const { key, keySpan, value } = entry;
  const file = getPath(value, "file");
  const name = getPath(value, "name");
  if (isNull(file) || isUnknown(name)) return;
  // `app-v2`, `site_20240131` and the like are changed by hand.
  if (/[-_.]v?\d+$|[0-9a-f]{7,}$/i.test(scalarText(name) ?? key)) return;
  const message = `The content of ${part === "configs" ? "config" : "secret"} \`${key}\` cannot change under a fixed name: put a version into its \`name\`.`;
  yield {
    at: keySpan,
    message,
    fixes: (): readonly Fix[] => {
      const base = scalarText(name) ?? key;
      const versioned = `${base}-\${${variableOf(key)}:-1}`;
      const edits = setPath(model.document, model.root, [part, key, "name"], versioned, { position: "start" });
      const title = `Name it \`${versioned}\` (raise the variable when the file changes; the old object stays)`;
      return reviewed(title, edits);
    },
  };
}

function variableOf(key: string): string {
  return `${key
    .toUpperCase()
    .replaceAll(/\W+/g, "_")
    .replace(/^(?=\d)/, "_")}_VERSION`;
}
