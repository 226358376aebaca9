import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { dependenciesOf, isUndeclared, nearService, type Reference, withoutReference } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";
import { renameFix } from "./shared/undeclared.ts";

const cache = serviceLines({
  name: "cache",
  image: ["image: ghcr.io/acme/cache:2.1.0"],
})
  .trimEnd()
  .split("\n");

export default defineRule("compose", {
  slug: "unknown-dependency",
  summary: "A service depends on a service that does not exist.",
  why: `\`depends_on\`, \`links\`, \`volumes_from\` and \`service:\` in \`network_mode\`, \`ipc\`, \`pid\` and \`uts\` name services of the same project. One name that does not
exist, after a service was renamed or removed, and Compose refuses the whole file; \`required: false\` does not help, since it is for services that exist
but whose profile is not enabled.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#depends_on",
    "https://docs.docker.com/reference/compose-file/services/#network_mode",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["depends_on:", "  cach:", "    condition: service_healthy"], end: cache }),
      good: composeWith({ own: ["depends_on:", "  cache:", "    condition: service_healthy"], end: cache }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    for (const reference of dependenciesOf(model, service)) {
      if (!isUndeclared(model, workspace, "services", reference.name)) continue;
      const near = nearService(model, workspace, reference);
      yield {
        at: reference.at,
        message: `\`${service.name}\` depends on the service \`${reference.name}\` (\`${reference.key}\`), which does not exist${model.dialect === "stack" ? "" : ", so Compose refuses the file"}: ${
          near === undefined ? "name one of this project, or remove it." : `did you mean \`${near}\`?`
        }`,
        fixes: () => [
          ...renameFix(model, reference, near),
          ...(isOptional(reference) ? reviewed(removalTitle(reference), withoutReference(model, reference)) : []),
        ],
        // `docker stack deploy` does not look at it.
        ...(model.dialect === "stack" ? { severity: "warning" } : {}),
      };
    }
  }
}

/** Without whose network or processes it is to share a service would be another one. */
function isOptional({ key }: Reference): boolean {
  return key === "depends_on" || key === "links" || key === "volumes_from";
}

function removalTitle({ service, name, key }: Reference): string {
  return `Remove \`${name}\` from the \`${key}\` of \`${service.name}\``;
}
