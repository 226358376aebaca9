import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-compose-file",
  summary: "The file includes or extends a Compose file that is not there.",
  why: `Compose reads every file that \`include\` and \`extends\` name before it does anything, and stops where one is missing: none of the services start, not even those that have nothing to do
with it. Paths count from the folder of the file that names them.

Where the other file comes from a Git submodule or is generated, leave a comment.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/include/",
    "https://docs.docker.com/reference/compose-file/services/#extends",
  ],
  fix: null,
  examples: [
    {
      bad: composeWith({ top: ["include:", "  - monitoring/compose.yml"] }),
      good: composeWith({ top: ["include:", "  - monitoring/compose.yaml"] }),
      files: { "monitoring/compose.yaml": composeWith({ name: "prometheus" }) },
    },
  ],
  reads: "workspace",
  keys: ["include", "extends"],
  *check(model, _options, workspace) {
    if (!model.document.templated) yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const item of itemsOf(getPath(model.root, "include"))) {
    const path = item.type === "map" ? item.get("path")?.value : item;
    for (const one of oneOrMany(path)) {
      yield* missing(model, workspace, one, "so Compose refuses this one");
    }
  }
  for (const service of model.services) {
    const { name, map } = service;
    yield* missing(model, workspace, getPath(map, "extends", "file"), `which \`${name}\` extends`);
  }
}

function* missing(
  { document }: ComposeModel,
  workspace: WorkspaceView,
  node: YamlNode | undefined,
  consequence: string,
): Iterable<Problem> {
  if (node?.type !== "scalar" || node.value === null || isUnknown(node) || workspace.hasFile(node.text) !== false)
    return;
  yield {
    at: insideQuotes(document.text, node),
    message: `There is no file \`${node.text}\`, ${consequence}: correct the path or add the file.`,
  };
}
