import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insertTopLevel } from "../../languages/yaml/edit.ts";
import { folderOf, nameOf } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";

export default defineRule("compose", {
  slug: "missing-project-name",
  summary: "The project has no name of its own, so that it is called after its folder.",
  why: `Without \`name\` the project is called after the folder the file lies in, and containers, networks and volumes after the project. The same file
in a folder of another name — a fresh checkout, a release directory with a date — is a new project, with new and empty volumes, beside the old one that
still holds the ports.

\`-p\` and \`COMPOSE_PROJECT_NAME\` win over the key; where every deployment sets one of them, the key adds nothing. Somebody who runs several copies from several
folders wants the folders' names, which is why this is off until asked for.`,
  category: "storage",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["dclint:require-project-name-field"],
  references: [
    "https://docs.docker.com/compose/how-tos/project-name/",
    "https://docs.docker.com/reference/compose-file/version-and-name/#name-top-level-element",
  ],
  fix: "review",
  examples: [
    {
      path: "shop/compose.yaml",
      bad: composeWith({}),
      good: composeWith({ top: ["name: shop"] }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const [first] = model.root.entries;
    if (first === undefined || model.role !== "main" || model.dialect === "stack" || model.document.templated) return;
    if (model.root.get("name") !== undefined || model.root.get("services") === undefined) return;
    yield {
      at: first.keySpan,
      message:
        "The project is called after its folder, and gets new volumes wherever the folder has another name: set `name`.",
      fixes: () => fixesOf(model, workspace.path),
    };
  },
});

/** The name it has today, where the folder is known. */
function fixesOf({ document }: ComposeModel, path: string): readonly Fix[] {
  const folder = nameOf(folderOf(path));
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
  if (name === "") return [];
  const edits = insertTopLevel(document, "name", name, {
    after: ["version"],
    before: ["include", "services", "networks", "volumes"],
  });
  return reviewed(`Name it \`${name}\`, after its folder (unless a variable or option names it)`, edits);
}
