import { defineRule } from "../../engine/rule.ts";
import type { ComposeService } from "../../languages/compose/model.ts";
import { composeWith } from "./shared/example.ts";
import { fixesOf } from "./shared/hardening/part.ts";
import { unprivilegedUser } from "./shared/hardening/privileges.ts";
import { factsOf, isSetElsewhere, lastingServices } from "./shared/services.ts";

const own: readonly string[] = ["cap_drop:", "  - ALL"];

export default defineRule("compose", {
  slug: "missing-user",
  summary: "A service runs as root, though its image has a user without privileges for it.",
  why: `Root in a container is root to the kernel. Whoever breaks into the service then owns every file of it and of what is mounted, may listen on any port and change the program itself, and a flaw in
the kernel or the engine makes root of the host of it.

Only images that bring a user for the purpose and still start as root are reported (Node.js' \`node\`, PHP's \`www-data\`): not those whose entrypoint gives root up, nor what is built from a
Dockerfile, where the question belongs. A volume that root filled has to be given to the new user first.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#user",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: ["image: node:22.14.0-bookworm-slim"], own }),
      good: composeWith({ image: ["image: node:22.14.0-bookworm-slim"], own: [...own, "user: node"] }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const service of lastingServices(model, workspace)) {
      const user = service.entry("user") === undefined ? userOf(service) : undefined;
      if (user === undefined || isSetElsewhere(workspace, service, "user")) continue;
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` runs as root, though its image has a user for it: add \`user: ${user}\`, and let it have the files it writes.`,
        fixes: () => fixesOf(unprivilegedUser({ model, service, workspace })),
      };
    }
  },
});

/** The user that an image has for the program which it runs as root all the same. */
function userOf(service: ComposeService): string | undefined {
  if (service.build !== undefined || service.get("build") !== undefined || factsOf(service) !== undefined) {
    return undefined;
  }
  const image = service.imageUse?.facts;
  return image?.user.uid === 0 && !image.dropsRoot && image.workersDropRoot !== true
    ? image.nonRootUser?.name
    : undefined;
}
