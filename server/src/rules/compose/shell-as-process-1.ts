import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import type { ShellCommand } from "../../languages/shell/index.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { nameOf } from "../../text/path.ts";
import { isShellScript } from "../shared/script-of-words.ts";
import { servedBehindShell, withExec } from "../shared/shell-in-front.ts";
import { composeWith } from "./shared/example.ts";
import { scriptOf } from "./shared/service-scripts.ts";
import { lastingServices, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "shell-as-process-1",
  summary: "A shell is the service's first process, and the signal to stop does not get past it.",
  why: `With \`command: sh -c "…"\` the shell is process 1 and gets the SIGTERM of \`docker compose stop\`, of a deployment or of a scale-down. It waits for what it has
started and does not pass the signal on: the program works as if nothing had happened until it is killed, with requests and writes half done, and each stop takes
the whole grace period. bash and busybox step aside for the last command of a script; dash, the \`sh\` of Debian and Ubuntu, does not. \`init: true\` does not help:
the shell then ends at once and takes the program with it.

\`exec\` in front of the last command puts the program in the shell's place, with every shell.`,
  category: "lifecycle",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#entrypoint",
    "https://docs.docker.com/reference/compose-file/services/#command",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ['command: sh -c "/app/migrate && /app/api serve"'] }),
      good: composeWith({ own: ['command: sh -c "/app/migrate && exec /app/api serve"'] }),
    },
  ],
  keys: ["command", "entrypoint"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of lastingServices(model)) {
    const entrypoint = service.get("entrypoint");
    for (const [key, node] of [
      ["entrypoint", entrypoint],
      ["command", service.get("command")],
    ] as const) {
      const found = node === undefined ? undefined : inShell(model, service, node, key);
      if (found === undefined) continue;
      yield {
        at: found.last.nameSpan,
        message: `\`sh\` ${found.sure ? "stays" : "may stay"} in front of \`${found.last.name ?? ""}\` and keeps the signal to stop from it: put \`exec\` before it.`,
        fixes: () => withExec(found.last),
        ...(found.sure ? {} : { severity: "hint" }),
      };
    }
  }
}

/** The last command of a script that `sh -c` runs, and that the shell waits for. */
function inShell(
  model: ComposeModel,
  service: ComposeService,
  node: YamlNode,
  role: "command" | "entrypoint",
): { readonly last: ShellCommand; readonly sure: boolean } | undefined {
  const { text } = model.document;
  if (!/\bsh\b/.test(text.slice(node.span.start, node.span.end))) return undefined;
  const found = scriptOf(model, node, role);
  const [only] = found?.commands ?? [];
  const words = itemsOf(node).map((item) => scalarText(item) ?? "");
  const listed = words.some((_, index) => isShellScript(words, index));
  const shell = listed ? nameOf(words[0] ?? "") : found?.commands.length === 1 ? only?.name : undefined;
  const script = listed ? found : only?.inner;
  if (script === undefined || script.broken || !/^(?:da)?sh$/.test(shell ?? "")) return undefined;
  const os = service.imageUse?.built === true ? undefined : service.imageUse?.facts?.os;
  // Elsewhere `sh` is bash or busybox, which do for their last command what `exec` does.
  if (os !== undefined && os !== "debian" && os !== "ubuntu") return undefined;
  const last = servedBehindShell(script);
  return last === undefined ? undefined : { last, sure: os !== undefined };
}
