import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { raw, setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { booleanOf, getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { nameOf } from "../../text/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-env-file",
  summary: "A service reads its variables from a file that is not there.",
  why: `Compose refuses the whole file where an \`env_file\` is missing: no service starts, whichever one names it.

Such files often hold secrets and are kept out of the repository, so that one that is missing here may be there where it counts; this is a hint to put an
example beside it then. Compose 2.24 and newer take the long form with \`required: false\`, for a file that need not be there.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/services/#env_file"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["env_file: config/api.conf"] }),
      good: composeWith({ own: ["env_file:", "  - path: config/api.conf", "    required: false"] }),
    },
  ],
  reads: "workspace",
  keys: ["env_file"],
  *check(model, _options, workspace) {
    if (model.document.templated) return;
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const files = service.map.get("env_file")?.value;
    if (files === undefined) continue;
    for (const [index, item] of oneOrMany(files).entries()) {
      const node = item.type === "map" ? getPath(item, "path") : item;
      const path = scalarText(node);
      if (node?.type !== "scalar" || path === undefined || isUnknown(node)) continue;
      const required = item.type === "map" ? getPath(item, "required") : undefined;
      if (
        isWrittenByPortainer(path) ||
        booleanOf(required) === false ||
        isUnknown(required) ||
        workspace.hasFile(path) !== false
      )
        continue;
      yield {
        at: insideQuotes(model.document.text, node),
        message: `There is no \`${path}\`, and Compose starts nothing without it: create it, or take the line out.`,
        ...milder(model, path),
        fixes: () => fixes(model, service, files, index, path),
      };
    }
  }
}

/** Portainer makes this file of the variables that are set in its form. Source: https://docs.portainer.io/user/docker/stacks/add */
function isWrittenByPortainer(path: string): boolean {
  return path === "stack.env" || path === "./stack.env";
}

/** Files by these names are seldom part of a repository: where the project is checked may not be where it runs. */
function milder(model: ComposeModel, path: string): { readonly severity?: "info" | "hint" } {
  if (model.role === "development") return { severity: "hint" };
  return /^\.env|\.env$|secret/i.test(nameOf(path)) ? { severity: "info" } : {};
}

function fixes(
  { document, dialect }: ComposeModel,
  { map }: ComposeService,
  files: YamlNode,
  index: number,
  path: string,
): readonly Fix[] {
  // A stack takes the short form alone.
  if (dialect === "stack") return [];
  const item = oneOrMany(files)[index];
  const written = item?.type === "scalar" ? document.text.slice(item.span.start, item.span.end) : "";
  const optional = { path: written.includes("\n") ? path : raw(written), required: false };
  const edits =
    item?.type === "map"
      ? setPath(document, item, ["required"], false)
      : files.type === "seq"
        ? setPath(document, map, ["env_file", index], optional)
        : setPath(document, map, ["env_file"], [optional]);
  const title = `Let \`${path}\` be missing (Compose 2.24 and newer; the variables it would set are then missing, too)`;
  return reviewed(title, edits);
}
