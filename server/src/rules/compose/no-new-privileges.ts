import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { appendItem, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { booleanOf, isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { newPrivilegesOf } from "./shared/hardening/privileges.ts";
import { isSetElsewhere, productionServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "no-new-privileges",
  summary: "A service's processes may gain privileges by setuid programs.",
  why: `An image holds a few programs that run as root whoever starts them (\`su\`, \`mount\`, \`ping\` in some). With \`no-new-privileges\` the kernel ignores that bit, so
that a process that was taken over stays the user it is.

It costs nothing where a container starts as the user it runs as. What uses \`sudo\`, or a mail or printing system with setuid helpers, stops working; an entrypoint
that starts as root and changes user with \`gosu\` or \`su-exec\` does not. Hardly any file has it, so this is off by default; \`unhardened-service\` advises it together with the rest. A stack file cannot say it.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "compose-lint:CL-0003",
    "kics:no_new_privileges_not_set",
    "kics:security_opt_not_set",
    "semgrep:no-new-privileges",
  ],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#security_opt",
    "https://docs.docker.com/reference/cli/docker/container/run/#security-opt",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: composeWith({ own: ["security_opt:", "  - no-new-privileges:false"] }),
      good: composeWith({ own: ["security_opt:", "  - no-new-privileges:true"] }),
    },
  ],
  *check(model, _options, workspace) {
    if (model.dialect === "stack") return;
    const seen = new Set<number>();
    for (const service of candidates(model, workspace)) {
      // A privileged container has all there is to gain.
      if (booleanOf(service.get("privileged")) === true || isUnknown(service.get("privileged"))) continue;
      const entry = service.entry("security_opt");
      if (entry === undefined && isSetElsewhere(workspace, service.name, "security_opt")) continue;
      const items = itemsOf(entry?.value);
      if (items.some((item) => isUnknown(item) || newPrivilegesOf(item) === true)) continue;
      const refused = items.find((item) => newPrivilegesOf(item) === false);
      const at = refused?.span ?? (entry === undefined ? service.keySpan : entry.keySpan);
      if (seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `Processes of \`${service.name}\` may gain privileges by setuid programs: add \`no-new-privileges:true\` to \`security_opt\`.`,
        fixes: () => fixes(model, service, refused),
      };
    }
  },
});

/** Whole services, and parts of one that have a list of such options. */
function candidates(model: ComposeModel, workspace: WorkspaceView): readonly ComposeService[] {
  const whole = new Set(productionServices(model, workspace));
  const parts = model.role === "main" && !model.document.templated;
  return model.services.filter(
    (service) => whole.has(service) || (parts && !service.open && service.entry("security_opt") !== undefined),
  );
}

function fixes(model: ComposeModel, service: ComposeService, refused: YamlNode | undefined): readonly Fix[] {
  const { document } = model;
  const option = "no-new-privileges:true";
  const own = service.map.get("security_opt");
  const edits =
    refused?.type === "scalar"
      ? replaceScalar(document, refused, option)
      : own?.value.type === "seq" && own.merged === undefined
        ? appendItem(document, own.value, option)
        : setPath(document, service.map, ["security_opt"], [option]);
  return reviewed(`Add \`${option}\` (\`sudo\` and other setuid programs stop working)`, edits);
}
