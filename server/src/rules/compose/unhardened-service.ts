import { defineRule } from "../../engine/rule.ts";
import { listed } from "../../text/words.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { certainHardening, editsOf, type HardeningPart } from "./shared/hardening/index.ts";
import { lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "unhardened-service",
  summary: "A service keeps privileges that it is known not to need.",
  why: `A container starts with more than most programs use: setuid programs that make somebody root, fourteen capabilities, and a file system into which an attacker can put tools. Taking
these away does not stop a flaw in the program, but what can be done with it.

One hint for each service names what is missing and known to work with its image: \`no-new-privileges\` for nearly all, \`cap_drop: [ALL]\` and \`read_only\` where it is known which capabilities
the image needs and where it writes. Nothing is said of jobs and of files for development. "Harden service" among the refactorings of the editor also offers what has to be tried: limits, an init
process, the image's own user. Where a service cannot be hardened, leave a comment.`,
  category: "security",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#security_opt",
    "https://docs.docker.com/reference/compose-file/services/#read_only",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: composeWith({ security: [] }),
      good: composeWith({ security: [], own: ["security_opt:", "  - no-new-privileges:true"] }),
    },
  ],
  *check(model, _options, workspace) {
    const missing = certainHardening(model, workspace);
    for (const service of lastingServices(model, workspace)) {
      const parts = missing(service);
      if (parts.length === 0) continue;
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` can be hardened: add ${listed(parts.map(({ missing }) => missing))}.`,
        fixes: () => {
          const edits = editsOf({ model, service, workspace }, parts);
          return reviewed(titleOf(service.name, parts), edits);
        },
      };
    }
  },
});

function titleOf(service: string, parts: readonly HardeningPart[]): string {
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? only.title
    : `Harden \`${service}\` with ${listed(parts.map(({ missing }) => missing))} (what needs setuid programs, other capabilities or other folders stops working)`;
}
