import { defineRule } from "../../engine/rule.ts";
import type { ComposeService } from "../../languages/compose/model.ts";
import { composeWith } from "./shared/example.ts";
import { unprivilegedUser } from "./shared/hardening/privileges.ts";
import { factsOf, isSetElsewhere, lastingServices } from "./shared/services.ts";

const own: readonly string[] = ["cap_drop:", "  - ALL"];

export default defineRule("compose", {
  slug: "missing-user",
  summary: "A service runs as root, since neither the file nor its image names another user.",
  why: `Root in a container is root to the kernel. Whoever breaks into the service then owns every file of it and of what is mounted, may listen on any port and change the program itself, and a flaw in
the kernel or the engine makes root of the host of it.

Only images that are known to stay root are reported: not those whose entrypoint gives it up, nor what is built from a Dockerfile, where the question belongs. Some programs need root at the
start; leave those. A volume that root filled has to be given to the new user first.`,
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
      if (service.entry("user") !== undefined || !staysRoot(service)) continue;
      if (isSetElsewhere(workspace, service, "user")) continue;
      const user = factsOf(service) === undefined ? service.imageUse?.facts?.nonRootUser?.name : undefined;
      const advice = user === undefined ? "name another user with `user`" : `add \`user: ${user}\``;
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` runs as root, which its image leaves to \`user\`: ${advice}, and let it have the files it writes.`,
        fixes: () => {
          const part = unprivilegedUser({ model, service, workspace });
          return part === undefined ? [] : [{ title: part.title, safety: "review", edits: part.edits }];
        },
      };
    }
  },
});

/** Whether the image is one that is known, and stays root to the end. */
function staysRoot(service: ComposeService): boolean {
  if (service.build !== undefined || service.get("build") !== undefined) return false;
  const known = factsOf(service);
  if (known !== undefined) return known.user === "root";
  const image = service.imageUse?.facts;
  return image?.user.uid === 0 && image.nonRootUser !== undefined && !image.dropsRoot && image.workersDropRoot !== true;
}
