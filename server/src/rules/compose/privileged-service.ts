import { defineRule, type Problem } from "../../engine/rule.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";
import { booleanOf } from "../../languages/yaml/path.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { composeWith } from "./shared/example.ts";
import { removeWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "privileged-service",
  summary: "A service runs privileged, which makes it root on the host.",
  why: `\`privileged: true\` gives a container every capability and every device of the host and turns seccomp and AppArmor off. Root in it mounts the
host's disk and owns the machine, so a flaw in the program is a flaw in the host.

What seems to need it usually needs one capability (\`cap_add\`) or one device (\`devices\`). Docker in Docker really does need it: give that a
machine of its own, or the rootless variant. \`docker stack deploy\` ignores the key, so nothing is said in stack files.`,
  category: "security",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0002", "kics:privileged_containers_enabled", "semgrep:privileged-service"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#privileged",
    "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
  ],
  fix: "review",
  examples: [{ bad: composeWith({ own: ["privileged: true"] }), good: composeWith({}) }],
  keys: ["privileged"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  if (model.dialect === "stack") return;
  for (const service of model.services) {
    const entry = service.entry("privileged");
    if (entry === undefined || booleanOf(entry.value) !== true) continue;
    const inner = factsOf(service)?.name === "Docker in Docker";
    yield {
      at: entry.keySpan,
      message: inner
        ? `\`${service.name}\` is privileged, which makes it root on the host: Docker in Docker needs that, so give it a machine of its own or take the rootless variant.`
        : `\`${service.name}\` is privileged, which makes it root on the host: remove it and add the one capability or device it needs.`,
      fixes: () => {
        const edits = inner ? undefined : removeWhereWritten(model, ["privileged"], entry.value);
        const title = "Remove `privileged` (what needs it stops working)";
        return reviewed(title, edits);
      },
      ...(model.role === "development" ? { severity: "warning" } : {}),
    };
  }
}
