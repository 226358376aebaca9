import { defineRule, type Problem, type Severity } from "../../engine/rule.ts";
import { hostPathMeaning, type HostPathMeaning } from "../../knowledge/host-paths.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { normalizePath } from "../../text/path.ts";
import { composeWith } from "./shared/example.ts";
import { hostPathOf, isReadOnly, sourceSpan } from "./shared/host-mounts.ts";
import { isWatcher } from "./shared/host-namespace.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "sensitive-host-path",
  summary: "A service can read system files or keys of the host.",
  why: `A folder such as \`/etc\`, \`/root\` or \`~/.ssh\` holds what opens the machine and others: password hashes, host keys, tokens of clouds and clusters. A service that was taken over reads
them as well as its own files; read-only does not help against reading. \`/sys\` and \`/dev\` are the kernel's own controls.

Mount the one file that is needed, copied to the project or given as a secret. Files that only bring the host's clock, names and certificates along (\`/etc/localtime\`, \`/etc/ssl/certs\`) are
fine, and agents that watch the host need its folders: images known for that are not reported. Folders that can be written to as well are \`writable-host-root\`'s matter.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0013", "kics:volume_has_sensitive_host_directory"],
  references: [
    "https://docs.docker.com/engine/storage/bind-mounts/",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: null,
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - /root/.ssh:/keys:ro"] }),
      good: composeWith({
        own: ["secrets:", "  - deploy_key"],
        end: ["secrets:", "  deploy_key:", "    file: ./deploy_key"],
      }),
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
      if (path === undefined || !/^[/~$]/.test(path)) continue;
      const meaning = hostPathMeaning(normalizePath(path));
      const found = meaning === undefined ? undefined : judge(meaning, isReadOnly(model, mount));
      if (found === undefined || isWatcher(service)) continue;
      yield {
        at: sourceSpan(mount),
        message: `\`${service.name}\` ${found.what} \`${path}\`: ${found.instead}.`,
        severity: model.role === "development" ? "hint" : found.severity,
      };
    }
  }
}

function judge(
  meaning: HostPathMeaning,
  readOnly: boolean,
): { readonly what: string; readonly instead: string; readonly severity: Severity } | undefined {
  switch (meaning) {
    case "system":
      return readOnly
        ? { what: "reads the host's system files in", instead: "mount only the files it needs", severity: "warning" }
        : undefined;
    case "kernel":
      return {
        what: "sees the host's kernel and devices in",
        instead: "mount only the part it needs, and name its devices under `devices`",
        severity: readOnly ? "info" : "warning",
      };
    case "keys":
      return {
        what: "gets the keys and tokens in",
        instead: "hand over the one it needs as a secret",
        severity: "warning",
      };
    case "accounts":
      return readOnly
        ? { what: "learns the host's users from", instead: "name the user by number instead", severity: "hint" }
        : undefined;
    default:
      return undefined;
  }
}
