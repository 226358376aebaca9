import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { isNull, isUnknown, isUnknownText, scalarText } from "../../languages/yaml/path.ts";
import { nameOf } from "../../text/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "container-name-with-replicas",
  summary: "A service with several containers gives them all one name.",
  why: `A container's name is unique on its host, so \`container_name\` and more than one replica exclude each other: Compose refuses the whole file. Without
\`container_name\` the containers are numbered, and other services reach all of them by the service's name.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#container_name",
    "https://docs.docker.com/reference/compose-file/deploy/#replicas",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["container_name: acme-api", "deploy:", "  replicas: 3"] }),
      good: composeWith({ own: ["deploy:", "  replicas: 3"] }),
    },
  ],
  reads: "workspace",
  keys: ["container_name", "replicas", "scale"],
  *check(model, _options, workspace) {
    // `docker stack deploy` takes no notice of the key.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const scaled = scaleOf(service);
    const count = scalarText(scaled?.entry.value) ?? "";
    if (scaled === undefined || !/^\d+$/.test(count) || Number(count) <= 1) continue;
    const named = service.entry("container_name");
    if (named === undefined) yield* namedElsewhere(service, scaled, workspace);
    if (named === undefined || isNull(named.value) || isUnknown(named.value)) continue;
    yield {
      at: named.keySpan,
      message: told(service, scaled, `\`${scalarText(named.value) ?? ""}\``, "remove `container_name`."),
      fixes: () =>
        reviewed(
          `Remove \`container_name\` from \`${service.name}\` (Compose numbers the containers)`,
          removeEntry(model.document, service.map, "container_name"),
        ),
      related: [{ at: scaled.entry.keySpan, message: `\`${scaled.key}\` asks for several containers` }],
    };
  }
}

interface Scaled {
  readonly key: string;
  readonly entry: YamlEntry;
}

/** The name stands in another file that is surely read with this one. */
function* namedElsewhere(service: ComposeService, scaled: Scaled, workspace: WorkspaceView): Iterable<Problem> {
  if (service.map.get("container_name") !== undefined) return;
  const other = workspace
    .composeProject()
    .elsewhere(service.name, "container_name")
    .find(({ certain, tag, value }) => certain && tag !== "!reset" && typeof value === "string");
  const name = other?.value;
  if (other === undefined || typeof name !== "string" || isUnknownText(name)) return;
  const file = nameOf(other.path);
  yield {
    at: scaled.entry.keySpan,
    message: told(
      service,
      scaled,
      `\`${name}\` (\`container_name\` in \`${file}\`)`,
      "remove the name there, or set `container_name: !reset null` here.",
    ),
    related: [{ at: other.span, path: other.path, message: `the \`container_name\` of \`${service.name}\`` }],
  };
}

function told(service: ComposeService, { key, entry }: Scaled, name: string, advice: string): string {
  return `\`${service.name}\` runs ${scalarText(entry.value) ?? ""} containers (\`${key}\`), which cannot all be named ${name}, so Compose refuses the file: ${advice}`;
}

/** What says how many containers there are: `scale` goes before `deploy.replicas`. */
function scaleOf(service: ComposeService): Scaled | undefined {
  const scale = service.entry("scale");
  if (scale !== undefined && !isNull(scale.value)) return { key: "scale", entry: scale };
  const replicas = service.entry("deploy", "replicas");
  return replicas === undefined ? undefined : { key: "deploy.replicas", entry: replicas };
}
