import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { booleanOf, getPath, isUnknown, isUnknownText } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { inLongForm } from "./shared/long-dependencies.ts";
import { dependenciesOf, type Reference } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";

const cache = serviceLines({
  name: "cache",
  image: ["image: ghcr.io/acme/cache:2.1.0"],
  own: ["profiles: [cache]"],
})
  .trimEnd()
  .split("\n");

const waits = ["depends_on:", "  cache:", "    condition: service_healthy"];

export default defineRule("compose", {
  slug: "profiled-dependency",
  summary: "A service depends on one that only exists with a profile.",
  why: `A service with \`profiles\` does not exist for Compose as long as none of them is enabled. Another service that needs it, and is not under the same profiles, then makes
Compose refuse the whole file: \`docker compose up\` fails where \`docker compose --profile … up\` works.

\`required: false\` (Compose 2.20 and later) lets the service start without the other one. Where \`COMPOSE_PROFILES\` in
the \`.env\` beside the file enables the profile, nothing is reported.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/compose/how-tos/profiles/",
    "https://docs.docker.com/reference/compose-file/services/#depends_on",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: waits, end: cache }),
      good: composeWith({ own: [...waits, "    required: false"], end: cache }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  if (!model.services.some(({ profiles }) => profiles.length > 0)) return;
  const enabled = enabledIn(workspace);
  for (const service of model.services) {
    for (const reference of dependenciesOf(model, service)) {
      const needed = model.service(reference.name);
      if (needed === undefined || needed.profiles.length === 0 || !isMissed(service, needed)) continue;
      if (needed.profiles.some((profile) => enabled.has(profile) || enabled.has("*"))) continue;
      const required = reference.key === "depends_on" ? getPath(reference.node, "required") : undefined;
      if (booleanOf(required) === false || isUnknown(required)) continue;
      yield problem(model, service, reference, needed);
    }
  }
}

/** The profiles that the `.env` beside the file enables whenever nobody says otherwise. */
function enabledIn(workspace: WorkspaceView): ReadonlySet<string> {
  const variables = workspace.environmentFile(".env");
  const set = variables === undefined || variables === "unknown" ? undefined : variables.get("COMPOSE_PROFILES");
  return new Set((set ?? "").split(",").map((profile) => profile.trim()));
}

/** There is a way to enable the service without the one it needs. */
function isMissed(service: ComposeService, needed: ComposeService): boolean {
  if ([...service.profiles, ...needed.profiles].some((profile) => isUnknownText(profile))) return false;
  return service.profiles.length === 0 || service.profiles.some((profile) => !needed.profiles.includes(profile));
}

function problem(
  model: ComposeModel,
  service: ComposeService,
  reference: Reference,
  { name, profiles }: ComposeService,
): Problem {
  const list = profiles.map((profile) => `\`${profile}\``).join(" or ");
  const lacking = service.profiles.filter((profile) => !profiles.includes(profile));
  const when = lacking.length === 0 ? "without it" : `with the profile \`${lacking.join("`, `")}\` alone`;
  return {
    at: reference.at,
    message: `\`${service.name}\` needs \`${name}\`, which exists only with the profile ${list}: ${when} Compose refuses the file. ${
      reference.key === "depends_on"
        ? "Put both under the same profiles, or set `required: false`."
        : "Put both under the same profiles."
    }`,
    fixes: () => notRequired(model, reference),
    ...(lacking.length === 0 ? {} : { severity: "info" }),
  };
}

function notRequired(model: ComposeModel, { service, name, key, node }: Reference): readonly Fix[] {
  const holder = service.map.get("depends_on")?.value;
  if (key !== "depends_on" || holder === undefined) return [];
  const title = `Start \`${service.name}\` without \`${name}\` where its profile is not enabled`;
  if (holder.type === "map") {
    return holder.get(name)?.value === node
      ? reviewed(title, setPath(model.document, service.map, ["depends_on", name, "required"], false))
      : [];
  }
  if (holder.type !== "seq" || !holder.items.includes(node)) return [];
  return reviewed(
    title,
    inLongForm(model, service, (other) => ({
      condition: "service_started",
      ...(other === name ? { required: false } : {}),
    })),
  );
}
