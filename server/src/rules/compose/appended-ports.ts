import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposePort, ComposeService } from "../../languages/compose/model.ts";
import { portOf } from "../../languages/compose/ports.ts";
import { insert } from "../../text/edit.ts";
import { nameOf } from "../../text/path.ts";
import type { ComposeValueAt } from "../../workspace/compose-project.ts";
import { placeOfPort, wordsOfPort } from "./shared/published-ports.ts";

const layer = (tag: string): string => `services:\n  api:\n    ports:${tag}\n      - "127.0.0.1:8080:3000"\n`;

export default defineRule("compose", {
  slug: "appended-ports",
  summary: "A file on top publishes a port anew, and what the main file publishes stays beside it.",
  why: `Compose joins the \`ports\` of two files; it does not replace them. An override that means to move a port, or to bind it to \`127.0.0.1\`, so leaves the old one open as well:
the database that should no longer be public still is, or the container fails to start because both want the same port of the host.

\`!override\` behind \`ports:\` replaces the list as a whole (Docker Compose 2.24.4 or newer). Where both are wanted, a comment says so.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/merge/#replace-value",
    "https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/",
  ],
  fix: "review",
  examples: [
    {
      path: "compose.override.yaml",
      bad: layer(""),
      good: layer(" !override"),
      files: {
        "compose.yaml": 'services:\n  api:\n    image: ghcr.io/acme/api:1.4.2\n    ports:\n      - "8080:3000"\n',
      },
    },
  ],
  reads: "workspace",
  keys: ["ports"],
  *check(model, _options, workspace) {
    const project = workspace.composeProject();
    if (project.below.length === 0) return;
    const below = new Set(project.below.map(({ path }) => path));
    for (const service of model.services) {
      const ports = service.map.get("ports")?.value;
      if (ports?.type !== "seq" || ports.tag !== undefined) continue;
      const others = project.elsewhere(service.name, "ports").filter(({ path }) => below.has(path));
      for (const port of service.ports) {
        const found = firstTwin(port, others);
        if (found === undefined || !ports.items.includes(port.node)) continue;
        const { text, at, taken } = found;
        const main = nameOf(at.path);
        yield {
          at: placeOfPort(port),
          message: taken
            ? `Lists of ports are joined, so \`${text}\` of \`${main}\` takes the same port of the host as \`${wordsOfPort(port)}\`, and the service cannot start: tag the list \`!override\` to replace that one.`
            : `Lists of ports are joined, so \`${text}\` of \`${main}\` stays published beside \`${wordsOfPort(port)}\`: tag the list \`!override\` to replace that one.`,
          fixes: () => fixes(model, service, main),
          related: [{ at: at.span, path: at.path, message: `\`${text}\` is published here.` }],
        };
      }
    }
  },
});

/** A port of the other files that leads to the same one of the container by another way, or takes the same way (`taken`) to another one. */
function firstTwin(
  port: ComposePort,
  others: readonly ComposeValueAt[],
): { readonly text: string; readonly at: ComposeValueAt; readonly taken: boolean } | undefined {
  if (!port.known || port.published === undefined) return undefined;
  for (const at of others) {
    for (const item of Array.isArray(at.value) ? at.value : []) {
      if (typeof item !== "string" && typeof item !== "number") continue;
      const text = String(item);
      const other = portOf({ type: "scalar", value: text, text, style: "plain", span: at.span });
      if (other === undefined || !other.known || other.published === undefined) continue;
      if (other.protocol !== port.protocol) continue;
      const taken = other.published === port.published && (other.hostIp ?? "") === (port.hostIp ?? "");
      if ((other.target === port.target) !== taken) return { text, at, taken };
    }
  }
  return undefined;
}

function fixes({ document, dialect }: ComposeModel, { map }: ComposeService, main: string): readonly Fix[] {
  const entry = map.get("ports");
  if (
    dialect === "stack" ||
    entry?.colon === undefined ||
    entry.merged !== undefined ||
    entry.value.alias !== undefined
  ) {
    return [];
  }
  const title = `Replace the ports of \`${main}\` with \`!override\` (those that are not repeated here are no longer published)`;
  const edits = [insert(entry.colon + 1, document.text[entry.colon + 1] === "[" ? " !override " : " !override")];
  return [{ title, safety: "review", edits }];
}
