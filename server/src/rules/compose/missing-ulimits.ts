import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { isSetElsewhere, lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-ulimits",
  summary: "A service takes over whatever limits the engine has for open files.",
  why: `How many files and connections a process may have open differs from engine to engine: some give a million, some 1,024, and a few programs even spend minutes closing files they might have open. The
same file then behaves differently on two machines. \`ulimits\` makes it say what the service needs.

Where all machines are set up alike, the engine's own default (\`default-ulimits\`) is the better place, so this is off by default.`,
  category: "resources",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#ulimits",
    "https://docs.docker.com/reference/cli/dockerd/#default-ulimit-settings",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: composeWith({}),
      good: composeWith({ own: ["ulimits:", "  nofile:", "    soft: 65536", "    hard: 65536"] }),
    },
  ],
  *check(model, _options, workspace) {
    for (const service of lastingServices(model, workspace)) {
      if (service.entry("ulimits") !== undefined || isSetElsewhere(workspace, service.name, "ulimits")) continue;
      yield {
        at: service.keySpan,
        message: `How many files \`${service.name}\` may open is left to the engine: say what it needs in \`ulimits\`.`,
        fixes: () => {
          const limit = { nofile: { soft: 65536, hard: 65536 } };
          const edits = setPath(model.document, service.map, ["ulimits"], limit);
          const title = `Let \`${service.name}\` open 65,536 files (an engine that gave more no longer does)`;
          return reviewed(title, edits);
        },
      };
    }
  },
});
