import { defineRule, type Problem } from "../../engine/rule.ts";
import { hostPathMeaning } from "../../knowledge/host-paths.ts";
import type { ComposeModel, ComposeMount } from "../../languages/compose/model.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { normalizePath } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { hostPathOf, isReadOnly, sourceSpan } from "./shared/host-mounts.ts";
import { oncePerPlace } from "./shared/services.ts";
import { readOnlyEdits } from "./shared/read-only-mount.ts";

export default defineRule("compose", {
  slug: "writable-host-root",
  summary: "A service can write to folders by which one becomes root on the host.",
  why: `Who writes to \`/etc\`, \`/root\`, \`/boot\`, \`/usr/bin\`, \`/var/lib/docker\` or \`/proc\` of the host needs no flaw in the kernel: a line in a crontab, a user in \`/etc/passwd\`, a key in
\`authorized_keys\` or another program in the place of \`sshd\` is enough. The container's root is the host's there.

Mount the one folder that is the service's own. Where it only reads, \`:ro\` takes the worst away, and reading is then \`sensitive-host-path\`'s matter. Tools that really manage the machine should
run on it.`,
  category: "security",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0025", "kics:volume_has_sensitive_host_directory"],
  references: [
    "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
    "https://docs.docker.com/engine/storage/bind-mounts/#use-a-read-only-bind-mount",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - /etc/cron.d:/cron"] }),
      good: composeWith({ own: ["volumes:", "  - ./cron:/cron"] }),
      fixed: false,
    },
  ],
  keys: ["volumes"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const mount of service.mounts) {
      const path = hostPathOf(model, mount);
      if (path?.startsWith("/") !== true || isReadOnly(model, mount) || isUnknownMode(mount)) continue;
      const meaning = hostPathMeaning(normalizePath(path));
      if (meaning !== "system" && meaning !== "programs" && meaning !== "accounts") continue;
      yield {
        at: sourceSpan(mount),
        message: `\`${service.name}\` can write to \`${path}\` of the host, which makes it root there: mount its own folder only, or this one read-only.`,
        fixes: () => {
          const edits = mount.type === "bind" ? readOnlyEdits(model, mount) : undefined;
          return reviewed("Mount it read-only (what writes there fails)", edits);
        },
        ...(model.role === "development" ? { severity: "warning" } : {}),
      };
    }
  }
}

/** Whether a variable decides how it is mounted. */
function isUnknownMode(mount: ComposeMount): boolean {
  return mount.node.type === "map" ? isUnknown(mount.node.get("read_only")?.value) : isUnknown(mount.node);
}
