import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeMount, ComposeService } from "../../languages/compose/model.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { normalizePath } from "../../text/path.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { isReadOnly, sourceSpan } from "./shared/host-mounts.ts";
import { oncePerPlace } from "./shared/services.ts";

const job = (mode: string): string =>
  serviceLines({ name: "worker", own: ["volumes:", `  - uploads:/srv/uploads${mode}`] });
const api = composeWith({ own: ["volumes:", "  - uploads:/srv/uploads"] });

export default defineRule("compose", {
  slug: "shared-volume",
  summary: "Several services can write to one volume.",
  why: `Two services that write to one folder have to agree on who owns which file, and a service that was taken over changes what the other one reads or runs. Where one of them only reads,
\`:ro\` says so and keeps it from doing harm.

Sharing a folder is often the very point: uploads, caches, sockets, certificates that one service renews for another. So this is off by default.`,
  category: "storage",
  severity: "info",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:shared_volumes_between_containers"],
  references: ["https://docs.docker.com/engine/storage/volumes/#use-a-read-only-volume"],
  fix: null,
  examples: [
    { bad: `${api}${job("")}volumes:\n  uploads:\n`, good: `${api}${job(":ro")}volumes:\n  uploads:\n`, fixed: false },
  ],
  keys: ["volumes"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

interface Use {
  readonly service: ComposeService;
  readonly mount: ComposeMount;
}

/** Of so many others the places are shown; each of a hundred services would list all of them. */
const mostRelated = 10;

function* problems(model: ComposeModel): Iterable<Problem> {
  const writers = new Map<string, Use[]>();
  for (const service of model.services) {
    for (const mount of service.mounts) {
      const { source, type } = mount;
      if (source === undefined || isUnknownText(source) || isReadOnly(model, mount)) continue;
      if (type !== "bind" && type !== "volume") continue;
      const key = `${type} ${type === "bind" ? normalizePath(source) : source}`;
      const uses = writers.get(key);
      if (uses === undefined) writers.set(key, [{ service, mount }]);
      else uses.push({ service, mount });
    }
  }
  for (const uses of writers.values()) {
    const names = [...new Set(uses.map(({ service }) => service.name))];
    const [first = "", second] = names;
    if (second === undefined) continue;
    for (const { service, mount } of uses) {
      const other = service.name === first ? second : first;
      const more = names.length > 2 ? ` and ${names.length - 2} more` : "";
      yield {
        at: sourceSpan(mount),
        message: `\`${mount.source ?? ""}\` can be written to by \`${service.name}\` and \`${other}\`${more}: mount it read-only where it is only read.`,
        related: uses
          .slice(0, mostRelated)
          .flatMap((use) =>
            use.mount === mount
              ? []
              : [{ at: sourceSpan(use.mount), message: `\`${use.service.name}\` writes to it, too` }],
          ),
      };
    }
  }
}
