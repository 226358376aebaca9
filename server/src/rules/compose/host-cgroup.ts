import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { isWatcher } from "./shared/host-namespace.ts";
import { oncePerPlace } from "./shared/services.ts";
import { removeWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "host-cgroup",
  summary: "A service is put into the host's control groups, or a group of its own choice.",
  why: `\`cgroup: host\` shows a container the control groups of the whole host, and \`cgroup_parent\` puts it below a group that others set the limits of: it may get more than
it should, or starve with the rest of that group. By default the engine gives each container a group of its own below its own.

Agents that measure the host need to see its groups; images known for that are not reported. A parent that systemd or a batch system keeps limits on is a good reason, too: say so in a comment. Stacks ignore both keys.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0010", "kics:cgroup_not_default"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#cgroup",
    "https://docs.docker.com/reference/compose-file/services/#cgroup_parent",
  ],
  fix: "review",
  examples: [{ bad: composeWith({ own: ["cgroup: host"] }), good: composeWith({}) }],
  keys: ["cgroup", "cgroup_parent"],
  *check(model) {
    if (model.dialect === "stack") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const shared = service.entry("cgroup");
    if (
      shared !== undefined &&
      shared.value.tag !== "!reset" &&
      scalarText(shared.value) === "host" &&
      !isWatcher(service)
    ) {
      yield {
        at: shared.value.span,
        message: `\`${service.name}\` sees the control groups of the whole host: remove \`cgroup: host\`, so that it sees its own.`,
        fixes: () => {
          const edits = removeWhereWritten(model, ["cgroup"], shared.value);
          const title = "Remove `cgroup: host` (what measures the host then measures the container)";
          return reviewed(title, edits);
        },
      };
    }
    const parent = service.entry("cgroup_parent");
    const group = scalarText(parent?.value);
    if (parent === undefined || parent.value.tag === "!reset" || group === undefined || isUnknown(parent.value))
      continue;
    yield {
      at: parent.keySpan,
      message: `\`${service.name}\` is put below the control group \`${group}\`, so that its limits are those of others: leave it to the engine and limit the service itself.`,
      fixes: () => {
        const edits = removeWhereWritten(model, ["cgroup_parent"], parent.value);
        const title = `Remove \`cgroup_parent\` (limits of \`${group}\` no longer hold)`;
        return reviewed(title, edits);
      },
    };
  }
}
