import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const worker = (own: readonly string[]): readonly string[] =>
  serviceLines({ name: "worker", image: ["image: ghcr.io/acme/worker:2.0.1"], own })
    .trimEnd()
    .split("\n");

export default defineRule("compose", {
  slug: "duplicate-container-name",
  summary: "Two services give their containers the same name.",
  why: `A container's name is unique on its host, so only one of the two could ever run; Compose refuses to start either. Without \`container_name\` Compose makes up
a name from those of the project and the service, and other services reach it by the service's name all the same.

Two services that never run together, since each has a profile the other lacks, may share a name and are not reported.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency", "dclint:no-duplicate-container-names"],
  references: ["https://docs.docker.com/reference/compose-file/services/#container_name"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["container_name: acme"], end: worker(["container_name: acme"]) }),
      good: composeWith({ own: ["container_name: acme"], end: worker([]) }),
    },
  ],
  keys: ["container_name"],
  *check(model) {
    // `docker stack deploy` takes no notice of the key.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

interface Named {
  readonly service: ComposeService;
  readonly entry: YamlEntry;
}

function* problems(model: ComposeModel): Iterable<Problem> {
  const known = new Map<string, Named[]>();
  for (const service of model.services) {
    const entry = service.entry("container_name");
    const name = scalarText(entry?.value);
    if (entry === undefined || name === undefined || name === "" || isUnknown(entry.value)) continue;
    const others = known.get(name);
    if (others === undefined) {
      known.set(name, [{ service, entry }]);
      continue;
    }
    const other = others.find((candidate) => mayRunTogether(candidate.service, service));
    others.push({ service, entry });
    if (other !== undefined) yield problem(model, name, { service, entry }, other);
  }
}

function problem(model: ComposeModel, name: string, { service, entry }: Named, other: Named): Problem {
  // Of two that have it from one anchor or one extended service, the second is at fault itself.
  const shared = entry.value.span.start === other.entry.value.span.start;
  return {
    at: shared ? service.keySpan : entry.value.span,
    message: `\`${service.name}\` has the container name \`${name}\`, as \`${other.service.name}\` does, and only one container can have it: ${
      shared ? "give it a name of its own." : "rename it, or leave `container_name` to Compose."
    }`,
    fixes: () =>
      shared
        ? []
        : reviewed(
            `Remove \`container_name\` from \`${service.name}\` (Compose names the container)`,
            removeEntry(model.document, service.map, "container_name"),
          ),
    related: [{ at: other.entry.value.span, message: `\`${other.service.name}\` has the name \`${name}\`` }],
  };
}

/** One of them has no profile, or both have one in common. */
function mayRunTogether(a: ComposeService, b: ComposeService): boolean {
  if (a.profiles.length === 0 || b.profiles.length === 0) return true;
  return a.profiles.some((profile) => b.profiles.includes(profile));
}
