import { defineRule } from "../../engine/rule.ts";
import { capabilityName, usualCapabilities } from "../../knowledge/capabilities.ts";
import { booleanOf, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { composeWith } from "./shared/example.ts";
import { fixesOf } from "./shared/hardening/part.ts";
import { droppedCapabilities } from "./shared/hardening/privileges.ts";
import { isSetElsewhere, productionServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-cap-drop",
  summary: "A service keeps all the capabilities that the engine gives by default.",
  why: `By default root in a container has fourteen capabilities: it opens raw sockets, makes device nodes, changes the owner of any file. Most programs use none of them once they run. With
\`cap_drop: [ALL]\` and the few that are needed in \`cap_add\` a flaw in the program opens as many doors less.

Many images start as root, give files to a user and become that user, for which they need \`CHOWN\`, \`SETUID\` and \`SETGID\`: dropping all without these stops them at the start. So this is off by default; where
the needs of an image are known, \`unhardened-service\` says so.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0006", "kics:container_capabilities_unrestricted"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#cap_drop",
    "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: composeWith({}),
      good: composeWith({
        own: ["cap_drop:", "  - ALL", "cap_add:", ...usualCapabilities.map((name) => `  - ${name}`)],
      }),
    },
  ],
  *check(model, _options, workspace) {
    for (const service of productionServices(model, workspace)) {
      if (booleanOf(service.get("privileged")) === true || isUnknown(service.get("privileged"))) continue;
      const items = itemsOf(service.get("cap_drop"));
      if (items.some((item) => isUnknown(item) || capabilityName(scalarText(item) ?? "") === "ALL")) continue;
      if (isSetElsewhere(workspace, service.name, "cap_drop")) continue;
      const entry = service.entry("cap_drop");
      yield {
        at: entry?.keySpan ?? service.keySpan,
        message: `\`${service.name}\` keeps ${items.length === 0 ? "all" : "most"} of the engine's capabilities: drop them with \`cap_drop: [ALL]\` and add back the few it needs.`,
        fixes: () => fixesOf(droppedCapabilities({ model, service, workspace })),
      };
    }
  },
});
