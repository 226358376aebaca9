import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { booleanOf, isUnknown } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { fixesOf } from "./shared/hardening/part.ts";
import { readOnlyRoot } from "./shared/hardening/file-system.ts";
import { factsOf, isSetElsewhere, productionServices } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "writable-root-filesystem",
  summary: "A service can write to its own root file system.",
  why: `With \`read_only: true\` nobody changes the program, its configuration or the tools in its image, and nothing can be downloaded to be run. What must be written goes to volumes and \`tmpfs\`,
where it can be seen.

Programs write to more places than one thinks: \`/tmp\`, \`/run\`, caches, log files. Whoever turns it on has to find these and test them, so this is off by default. For images of which the folders are
known, \`unhardened-service\` advises it.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0007", "semgrep:writable-filesystem-service"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#read_only",
    "https://docs.docker.com/engine/storage/tmpfs/",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: composeWith({}),
      good: composeWith({ own: ["read_only: true", "tmpfs:", "  - /tmp"] }),
    },
  ],
  *check(model, _options, workspace) {
    for (const service of productionServices(model, workspace)) {
      const entry = service.entry("read_only");
      if (isUnknown(entry?.value) || booleanOf(entry?.value) === true) continue;
      if (isSetElsewhere(workspace, service.name, "read_only") || factsOf(service)?.readOnly?.works === false) continue;
      yield {
        at: entry?.value.span ?? service.keySpan,
        message: `\`${service.name}\` can write to its root file system: set \`read_only: true\`, with a \`tmpfs\` where it has to write.`,
        fixes: () => fixes(model, service, workspace),
      };
    }
  },
});

function fixes(model: ComposeModel, service: ComposeService, workspace: WorkspaceView): readonly Fix[] {
  const written = service.get("read_only");
  if (written?.type === "scalar") {
    const edits = replaceWhereWritten(model, written, true);
    const title = "Make the root file system read-only (what writes outside of volumes and tmpfs fails)";
    return reviewed(title, edits);
  }
  return fixesOf(readOnlyRoot({ model, service, workspace }));
}
