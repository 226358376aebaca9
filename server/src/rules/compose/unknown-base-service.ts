import { closestOf } from "../../text/closest.ts";
import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { declaredIn } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "unknown-base-service",
  summary: "A service extends one that is not there.",
  why: `\`extends\` takes over another service of the same file, or of the one that \`file\` names. Where that file has no such service Compose refuses everything. What an \`include\` or another \`-f\` brings
does not count: a service is only looked for in the one file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#extends"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["extends:", "  file: common.yaml", "  service: bass"] }),
      good: composeWith({ own: ["extends:", "  file: common.yaml", "  service: base"] }),
      files: { "common.yaml": "services:\n  base:\n    image: ghcr.io/acme/base:1.0.0\n    init: true\n" },
    },
  ],
  reads: "workspace",
  keys: ["extends"],
  *check(model, _options, workspace) {
    if (!model.document.templated) yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const value = service.map.get("extends")?.value;
    if (value === undefined || isNull(value)) continue;
    const name = value.type === "map" ? value.get("service")?.value : value;
    if (name?.type !== "scalar" || name.value === null || isUnknown(name)) continue;
    const names = namesThere(model, service, workspace);
    if (names === undefined || names.names.includes(name.text)) continue;
    const near = closestOf(
      name.text,
      names.names.filter((other) => other !== service.name),
    );
    const where = names.file === undefined ? "This file" : `\`${names.file}\``;
    yield {
      at: insideQuotes(model.document.text, name),
      message: `${where} has no service \`${name.text}\` that \`${service.name}\` could extend: ${near === undefined ? "name one that is there." : `did you mean \`${near}\`?`}`,
      fixes: () => fixes(model, name, near),
    };
  }
}

/** The services of the file in which the base is looked for; `undefined` where that is not known. */
function namesThere(
  model: ComposeModel,
  { map }: ComposeService,
  workspace: WorkspaceView,
): { readonly names: readonly string[]; readonly file: string | undefined } | undefined {
  const file = getPath(map, "extends", "file");
  if (file === undefined) return { names: declaredIn(model, "services").map(({ key }) => key), file: undefined };
  if (file.type !== "scalar" || isUnknown(file)) return undefined;
  const names = workspace.servicesOf(file.text);
  return names === undefined ? undefined : { names, file: file.text };
}

function fixes({ document }: ComposeModel, name: YamlScalar, near: string | undefined): readonly Fix[] {
  const edits = near === undefined ? undefined : replaceScalar(document, name, near);
  return reviewed(`Extend \`${near ?? ""}\``, edits);
}
