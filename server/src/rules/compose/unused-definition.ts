import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { entriesOf, getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import type { ComposePart } from "../../workspace/facts.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith } from "./shared/example.ts";
import { declaredIn, partsNamedBy, type Reference, volumesOf } from "./shared/references.ts";

export default defineRule("compose", {
  slug: "unused-definition",
  summary: "A network, volume, secret, config or model is declared and no service uses it.",
  why: `Compose creates only what a service uses, so a declaration without a user does nothing, while whoever reads the file believes that the data is on that volume or that the
network keeps two parts from each other. Often it is what is left of a removed service, or the use was forgotten: a database whose volume is declared and not mounted writes into the container.

What another file of the project uses (an override, a variant such as \`compose.prod.yaml\`, an included file) counts as used. Leave it where a file with another name, which
nobody can know of, is added with \`-f\`.`,
  category: "correctness",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/volumes/",
    "https://docs.docker.com/reference/compose-file/networks/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        own: ["volumes:", "  - uploads:/srv/uploads"],
        end: ["volumes:", "  uploads:", "  cache:"],
      }),
      good: composeWith({ own: ["volumes:", "  - uploads:/srv/uploads"], end: ["volumes:", "  uploads:"] }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (model.document.templated || model.services.length === 0) return;
    for (const part of parts) yield* unused(model, workspace, part);
  },
});

type Part = Exclude<ComposePart, "services">;

const parts: readonly Part[] = ["networks", "volumes", "secrets", "configs", "models"];

const nouns: Readonly<Record<Part, string>> = {
  networks: "network",
  volumes: "volume",
  secrets: "secret",
  configs: "config",
  models: "model",
};

function* unused(model: ComposeModel, workspace: WorkspaceView, part: Part): Iterable<Problem> {
  const declared = declaredIn(model, part).filter(
    ({ key, merged }) => merged === undefined && !key.startsWith("x-") && !(part === "networks" && key === "default"),
  );
  if (declared.length === 0) return;
  const used = new Set<string>();
  for (const service of model.services) {
    if (isOpen(service, part)) return;
    for (const { name } of namesIn(model, service, part)) used.add(name);
  }
  const project = workspace.composeProject();
  for (const { key, keySpan, value } of declared) {
    if (used.has(key) || !project.complete || project.uses(part, key)) continue;
    const noun = nouns[part];
    yield {
      at: keySpan,
      message: `No service uses the ${noun} \`${key}\`, so it does nothing: use it where it was meant to be, or remove it.`,
      tag: "unnecessary",
      fixes: () => fixes(model, part, key, value),
    };
  }
}

function* namesIn(model: ComposeModel, service: ComposeService, part: Part): Iterable<Pick<Reference, "name">> {
  if (part === "volumes") yield* volumesOf(model, service);
  else yield* partsNamedBy(model, service, [part]);
  if (part === "secrets") yield* partsNamedBy(model, service, ["build", "secrets"]);
  const credentials = part === "configs" ? scalarText(service.get("credential_spec", "config")) : undefined;
  if (credentials !== undefined) yield { name: credentials };
}

/** Whether a variable decides what the service uses. */
function isOpen(service: ComposeService, part: Part): boolean {
  const holders = [service.get(part), part === "secrets" ? service.get("build", "secrets") : undefined];
  return holders.some((holder) => holder !== undefined && holdsUnknownName(holder));
}

function holdsUnknownName(holder: YamlNode): boolean {
  if (holder.type === "scalar") return isUnknown(holder);
  if (holder.type === "map") return entriesOf(holder).some(({ key }) => key.includes("$"));
  return holder.items.some((item) => {
    const named = item.type === "map" ? getPath(item, "source") : item;
    return named?.type === "scalar" && /^\$|^[^:]*\$\{[^:}]*\}/.test(named.text);
  });
}

/** A volume that was created before and is no longer declared is not taken along by \`down --volumes\`; secrets of a stack are made, used or not. */
function fixes({ document, root, dialect }: ComposeModel, part: Part, name: string, value: YamlNode): readonly Fix[] {
  const edits = removePath(document, root, [part, name]);
  if (edits === undefined || value.alias !== undefined) return [];
  const kept =
    dialect === "stack" && (part === "secrets" || part === "configs")
      ? "what is outside of this file loses it"
      : part === "volumes"
        ? "one that an earlier version created stays on the host"
        : "services of files that are not known to this project lose it";
  return [{ title: `Remove the ${nouns[part]} \`${name}\` (${kept})`, safety: "review", edits }];
}
