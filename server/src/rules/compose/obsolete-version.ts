import { defineRule } from "../../engine/rule.ts";
import { entriesOf, getPath, isNull } from "../../languages/yaml/path.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { composeWith } from "./shared/example.ts";

export default defineRule("compose", {
  slug: "obsolete-version",
  summary: "The file states a `version`, which Compose has ignored since version 2.",
  why: `Compose reads every file by the one Compose Specification. \`version\` changes nothing any more, warns on each command, and misleads readers
into thinking that it switches features on or off.

Files for \`docker stack deploy\` are not reported: older releases of that command refuse a file without it. Leave it also where somebody still runs the
old \`docker-compose\` 1.x, which is out of support since 2023.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["dclint:no-version-field"],
  references: ["https://docs.docker.com/reference/compose-file/version-and-name/#version-top-level-element-obsolete"],
  fix: "safe",
  examples: [{ bad: composeWith({ top: ['version: "3.8"'] }), good: composeWith({}) }],
  keys: ["version"],
  *check(model) {
    const entry = model.root.get("version");
    if (entry === undefined || model.dialect === "stack" || model.document.templated) return;
    if (model.root.get("services") === undefined) return;
    const edits = removeEntry(model.document, model.root, "version");
    const deployed = entriesOf(getPath(model.root, "services")).some(({ value }) => !isNull(getPath(value, "deploy")));
    yield {
      at: entry.keySpan,
      message: "`version` is obsolete and ignored by Compose: remove it.",
      tag: "deprecated",
      fixes:
        edits === undefined
          ? []
          : deployed
            ? [{ title: "Remove `version` (an old `docker stack deploy` asks for it)", safety: "review", edits }]
            : [{ title: "Remove `version`", safety: "safe", edits }],
    };
  },
});
