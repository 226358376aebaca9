import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { normalizePath } from "../../text/path.ts";
import { containerSocket, socketMountWhy } from "../shared/container-sockets.ts";
import { composeWith } from "./shared/example.ts";
import { hostPathOf, sourceSpan } from "./shared/host-mounts.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "docker-socket-mount",
  summary: "A service mounts the container engine's socket, or a host folder that holds it.",
  why: `${socketMountWhy}

Reverse proxies, dashboards and updaters ask for it all the same. Put a filtering proxy in between (\`tecnativa/docker-socket-proxy\` and the like) that
lets through the few requests they need; such a proxy itself is not reported. Builds go to BuildKit or a rootless engine of their own.`,
  category: "security",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0001", "kics:docker_socket_mounted_in_container", "semgrep:exposing-docker-socket-volume"],
  references: [
    "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: null,
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - /var/run/docker.sock:/var/run/docker.sock:ro"] }),
      good: composeWith({ own: ["environment:", "  DOCKER_HOST: tcp://socket-proxy:2375"] }),
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
    if (isSocketProxy(service)) continue;
    for (const mount of service.mounts) {
      const path = hostPathOf(model, mount);
      if (path === undefined || isUnknownText(path)) continue;
      const what = exposed(path);
      if (what === undefined) continue;
      yield {
        at: sourceSpan(mount),
        message: `\`${path}\` ${what}: whoever takes over \`${service.name}\` is root on the host. Put a filtering socket proxy in between, or do without it.`,
        ...(model.role === "development" ? { severity: "info" } : {}),
      };
    }
  }
}

/** What the path gives away, worded to follow the path; `undefined` where no engine can be reached through it. */
function exposed(path: string): string | undefined {
  if (!path.startsWith("/") && !path.startsWith("~")) return undefined;
  const normal = normalizePath(path);
  const socket = containerSocket(normal) ?? (/\/docker(?:\.raw)?\.sock$/.test(normal) ? "Docker" : undefined);
  if (socket !== undefined) return `is the ${socket} socket`;
  return holders.has(normal) ? "holds the container engine's socket" : undefined;
}

/** Folders of the host below which the sockets are. `/var` is none: its `run` is a link that leads elsewhere inside the container. */
const holders: ReadonlySet<string> = new Set(["/", "/run", "/var/run"]);

function isSocketProxy({ image, name }: ComposeService): boolean {
  return /(?:^|[/_.-])(?:docker-?)?socket-?proxy(?:$|[/_.-])/i.test(image?.canonical ?? name);
}
