import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { startUserOf } from "../../languages/image/index.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { isNonRoot } from "./shared/hardening/privileges.ts";
import { dockerfileOf } from "./shared/health.ts";
import { factsOf, jobsOf, oncePerPlace } from "./shared/services.ts";
import { removeWhereWritten, replaceWhereWritten } from "./shared/written.ts";

const image = (text: string): readonly string[] => [
  `image: ${text}@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c`,
];

const dropped: readonly string[] = ["cap_drop:", "  - ALL"];

export default defineRule("compose", {
  slug: "root-user",
  summary: "A service is told to run as root.",
  why: `\`user: root\` overrides the user that the image's author chose. Root in a container is root to the kernel: of a flaw in the kernel, of a mounted folder, of a socket it makes the most, and
whatever the service writes to the host belongs to root.

It is mostly there because a volume could not be written. Give the folder to the user once (\`chown\` on the host, or by a job that runs before), instead of running the service as root for ever. Jobs that do
just that, and files for development, are not reported.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0018"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#user",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["user"],
  examples: [
    {
      bad: composeWith({ image: image("node:22.14.0"), own: ["user: root", ...dropped] }),
      good: composeWith({ image: image("node:22.14.0"), own: ["user: node", ...dropped] }),
    },
  ],
  *check(model, _options, workspace) {
    if (model.role === "development") return;
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  const isJob = jobsOf(model);
  for (const service of model.services) {
    const user = service.get("user");
    const text = scalarText(user);
    if (user?.type !== "scalar" || text === undefined || isUnknown(user) || !/^(?:root|0+)(?::|$)/.test(text)) continue;
    if (isJob(service)) continue;
    yield {
      at: user.span,
      message: `\`${service.name}\` runs as root by \`user: ${text}\`: leave the user to the image, or name one that may do no more than it needs.`,
      fixes: () => fixes(model, service, user, workspace),
    };
  }
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  user: YamlScalar,
  workspace: WorkspaceView,
): readonly Fix[] {
  const facts = factsOf(service);
  const breaks = "files that belong to root can no longer be written";
  // What the registry told of this very image goes before what is usual for images of its name.
  const told = service.imageUse?.built === false && service.imageUse.description !== undefined;
  const own =
    facts === undefined || told ? hasOwnUser(service, workspace) || facts?.user === "drops" : facts.user !== "root";
  if (own) {
    const edits = removeWhereWritten(model, ["user"], user);
    const title = `Remove \`user\`, so that the image's own user runs it (${breaks})`;
    return reviewed(title, edits);
  }
  const known = service.build === undefined ? service.imageUse?.facts?.nonRootUser : undefined;
  if (known === undefined || facts !== undefined) return [];
  const edits = replaceWhereWritten(model, user, known.name);
  return reviewed(`Run as \`${known.name}\`, which the image has for it (${breaks})`, edits);
}

/** Whether the image, or the Dockerfile the service builds, names a user of its own. */
function hasOwnUser(service: ComposeService, workspace: WorkspaceView): boolean {
  if (service.build !== undefined) {
    const user = dockerfileOf(service, workspace)?.user;
    return user !== undefined && isNonRoot(user);
  }
  const start = service.imageUse && startUserOf(service.imageUse);
  return start !== undefined && start.uid !== 0;
}
