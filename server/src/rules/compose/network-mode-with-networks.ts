import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { nameOf } from "../../text/path.ts";
import type { Span } from "../../text/span.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const end = ["networks:", "  backend:"];

export default defineRule("compose", {
  slug: "network-mode-with-networks",
  summary: "A service has both `network_mode` and `networks`.",
  why: `\`network_mode\` replaces the project's networks: by the host's, by another container's, by none. A service that also names \`networks\` asks for two things that
exclude each other, and Compose refuses the whole file. Keep \`networks\` for services that talk to others by name.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#network_mode"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["network_mode: bridge", "networks:", "  - backend"], end }),
      good: composeWith({ own: ["networks:", "  - backend"], end }),
    },
  ],
  reads: "workspace",
  keys: ["network_mode", "networks"],
  *check(model, _options, workspace) {
    // `docker stack deploy` takes no notice of `network_mode`.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const mode = service.entry("network_mode");
    const text = scalarText(mode?.value);
    if (mode === undefined || text === undefined || text === "" || isUnknown(mode.value)) continue;
    const networks = networksOf(service, workspace);
    if (networks === undefined) continue;
    const there = networks.path === undefined ? "" : ` (in \`${nameOf(networks.path)}\`)`;
    yield {
      at: mode.keySpan,
      message: `\`${service.name}\` has both \`network_mode: ${text}\` and \`networks\`${there}, so Compose refuses the file: keep one of them.`,
      fixes: () => {
        const mended = [...without(model, service, "network_mode"), ...without(model, service, "networks")];
        // The engine's own bridge is hardly ever what is meant where a network of the project is named as well.
        return text === "bridge" ? mended : mended.toReversed();
      },
      related: [{ ...networks, message: `the \`networks\` of \`${service.name}\`` }],
    };
  }
}

/** Where the service's networks stand, in this file or another one that is surely read with it. */
function networksOf(
  service: ComposeService,
  workspace: WorkspaceView,
): { readonly at: Span; readonly path?: string } | undefined {
  const networks = service.entry("networks");
  if (networks !== undefined && isFilled(networks.value)) return { at: networks.keySpan };
  // Written, it is emptied on purpose, or taken away by `!reset`.
  if (service.map.get("networks") !== undefined) return undefined;
  const other = workspace.composeProject().elsewhere(service.name, "networks");
  const filled = other.find(
    ({ certain, tag, value }) =>
      certain && tag !== "!reset" && typeof value === "object" && value !== null && Object.keys(value).length > 0,
  );
  return filled === undefined ? undefined : { at: filled.span, path: filled.path };
}

function isFilled(node: YamlNode): boolean {
  return node.type === "seq" ? node.items.length > 0 : node.type === "map" && node.entries.length > 0;
}

function without(model: ComposeModel, service: ComposeService, key: string): ReturnType<typeof reviewed> {
  const other = key === "networks" ? "network_mode" : "networks";
  return reviewed(
    `Remove \`${key}\` from \`${service.name}\` (\`${other}\` decides whom it reaches)`,
    removeEntry(model.document, service.map, key),
  );
}
