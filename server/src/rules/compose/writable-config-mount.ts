import { defineRule, type Problem } from "../../engine/rule.ts";
import { hostPathMeaning } from "../../knowledge/host-paths.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { normalizePath } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { sourceSpan } from "./shared/host-mounts.ts";
import { readOnlyEdits } from "./shared/read-only-mount.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "writable-config-mount",
  summary: "A file that a service only reads is mounted so that it can be written to.",
  why: `A configuration file, a certificate or a start-up script that comes from the host is the same file there: a service that was taken over changes what the next start, or another service,
reads. With \`:ro\` it cannot, and nothing else changes.

Some programs do write to their configuration, from a settings page or to upgrade its format. For these leave it writable and say so in a comment, so this is advice for the \`strict\` preset.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0013"],
  references: [
    "https://docs.docker.com/engine/storage/bind-mounts/#use-a-read-only-bind-mount",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - ./nginx.conf:/etc/nginx/nginx.conf"] }),
      good: composeWith({ own: ["volumes:", "  - ./nginx.conf:/etc/nginx/nginx.conf:ro"] }),
    },
  ],
  keys: ["volumes"],
  *check(model) {
    if (model.role === "development") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const mount of service.mounts) {
      const { source, target, type } = mount;
      if (type !== "bind" || !mount.known || mount.readOnly || source === undefined || target === undefined) continue;
      if (!isOnlyRead(source, target)) continue;
      yield {
        at: sourceSpan(mount),
        message: `\`${service.name}\` may write to \`${source}\`, which it only has to read: mount it read-only.`,
        fixes: () => {
          const edits = readOnlyEdits(model, mount);
          return reviewed("Mount it read-only (a program that rewrites it fails)", edits);
        },
      };
    }
  }
}

/** Settings that people write and programs read. JSON is left out, in which programs like to keep their state. */
const readFile = /\.(?:conf|cnf|ini|toml|properties|ya?ml|cfg|vcl|crt|pem|cer|sql|sh|template|tmpl|htpasswd)$/i;

/** Certain only where both ends are a file that is read, or where the image takes its start-up scripts from. */
function isOnlyRead(source: string, target: string): boolean {
  if (hostPathMeaning(normalizePath(source)) === "configuration") return true;
  const place = target.replace(/\/$/, "");
  if (/^\/docker-entrypoint-initdb\.d(?:\/|$)/.test(place)) return true;
  // What lies where data is kept is the program's own.
  return readFile.test(source) && readFile.test(place) && !/^\/(?:data|config|var\/lib|home)\//.test(place);
}
