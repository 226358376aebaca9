import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeMount } from "../../languages/compose/model.ts";
import { mountOf } from "../../languages/compose/mounts.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { finalTarget, targetSpan, withoutMount } from "./shared/mount-targets.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "shadowed-mount",
  summary: "Two mounts of a service have the same target, so that only the later one counts.",
  why: `Of two items of \`volumes\` with one target Compose keeps the last and drops the other without a word. Whatever the first was to bring, a config file, the data of
a database, is not there, and nothing in the log says so. Mostly a line was copied and its target forgotten.`,
  category: "storage",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/services/#volumes"],
  fix: "safe",
  examples: [
    {
      bad: composeWith({
        own: ["volumes:", "  - ./conf/old:/etc/acme:ro", "  - ./conf/new:/etc/acme:ro"],
      }),
      good: composeWith({ own: ["volumes:", "  - ./conf/new:/etc/acme:ro"] }),
    },
  ],
  keys: ["volumes", "tmpfs"],
  *check(model) {
    // `docker stack deploy` refuses it instead.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    // Through `extends` a later mount is meant to take the place of an earlier one, so only the service's own list is looked at.
    const mounts = itemsOf(service.map.get("volumes")?.value).flatMap((item) => mountOf(item) ?? []);
    const last = new Map<string, ComposeMount>();
    for (const mount of mounts) {
      const target = identityOf(mount);
      if (target !== undefined) last.set(target, mount);
    }
    for (const mount of mounts) {
      const target = identityOf(mount);
      const winner = target === undefined ? undefined : last.get(target);
      if (target === undefined || winner === undefined || winner === mount) continue;
      yield {
        at: targetSpan(model.document.text, mount),
        message: `${capital(what(mount))} is never mounted at \`${target}\`: ${
          winner.source === mount.source ? "the same is mounted again" : `${what(winner)} takes its place`
        } further down. Change one of the targets, or remove the mount.`,
        fixes: () => {
          const edits = withoutMount(model, service, "volumes", mount.node);
          return safe(`Remove the mount of ${what(mount)} that has no effect`, edits);
        },
        related: [{ at: targetSpan(model.document.text, winner), message: `what is mounted at \`${target}\`` }],
      };
    }
  }
}

function what({ source, type }: ComposeMount): string {
  if (source !== undefined) return `\`${source}\``;
  return type === "volume" ? "an anonymous volume" : `a mount of type \`${type}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** By what Compose takes two mounts for the same: targets of long forms are compared as they are written. */
function identityOf(mount: ComposeMount): string | undefined {
  const target = finalTarget(mount);
  return target === undefined || mount.node.type === "scalar" ? target : mount.target;
}
