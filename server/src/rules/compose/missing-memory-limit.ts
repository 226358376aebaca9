import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { limitsInDeploy, limitsMemory, memoryFor, placeOfLimit } from "./shared/limits.ts";
import { isSetElsewhere, lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-memory-limit",
  summary: "A service may use all of the host's memory.",
  why: `Without a limit one leak takes the memory of the whole machine, and the kernel then kills whatever it likes best: often the database, sometimes
the engine. With one, the service at fault is killed and starts again.

The right number is measured, not guessed: what \`docker stats\` shows under load, and half as much again. Runtimes that size themselves by the
container's memory (the JVM, .NET, Node.js) need the limit to do so. A limit that is too low kills a healthy service, so watch it after the change.`,
  category: "resources",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0026", "kics:memory_not_limited"],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#resources",
    "https://docs.docker.com/engine/containers/resource_constraints/#memory",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: composeWith({ memory: [] }),
      good: composeWith({ memory: [], own: ["mem_limit: 512m"] }),
    },
  ],
  *check(model, _options, workspace) {
    for (const service of lastingServices(model, workspace)) {
      const short = service.entry("mem_limit");
      const long = service.entry("deploy", "resources", "limits", "memory");
      const written = [short, long].filter((entry) => entry !== undefined && scalarText(entry.value) !== undefined);
      if (written.some((entry) => limitsMemory(entry))) continue;
      if (isSetElsewhere(workspace, service.name, "mem_limit")) continue;
      if (isSetElsewhere(workspace, service.name, "deploy", "resources", "limits", "memory")) continue;
      const [void_] = written;
      yield {
        at: void_?.value.span ?? placeOfLimit(service),
        message:
          void_ === undefined
            ? `\`${service.name}\` may use all of the host's memory: limit it to what it needs at its busiest, and some more.`
            : `\`${scalarText(void_.value) ?? ""}\` limits nothing, so \`${service.name}\` may use all of the host's memory: give an amount such as \`512m\`.`,
        fixes: () => fixes(model, service, written),
      };
    }
  },
});

function fixes(
  model: ComposeModel,
  service: ComposeService,
  written: readonly (YamlEntry | undefined)[],
): readonly Fix[] {
  const long = limitsInDeploy(model, service);
  const amount = memoryFor(service);
  if (amount === undefined) return [];
  const value = long ? amount.toUpperCase() : amount;
  const path = long ? ["deploy", "resources", "limits", "memory"] : ["mem_limit"];
  // One that limits nothing and stands elsewhere would contradict the new one.
  if (written.some((entry) => entry !== undefined && entry !== service.entry(...path))) return [];
  const edits = setPath(model.document, service.map, path, value);
  return reviewed(
    `Limit the memory of \`${service.name}\` to \`${value}\` (measure first: beyond it the service is killed)`,
    edits,
  );
}
