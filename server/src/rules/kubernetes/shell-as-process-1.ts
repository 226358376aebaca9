import { defineRule } from "../../engine/rule.ts";
import { servedBehindShell, withExec } from "../shared/shell-in-front.ts";
import { commandOf } from "./shared/container-command.ts";
import { serviceWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

const run = (command: string) =>
  serviceWith({}).replace("          ports:", `          command: [sh, -c, "${command}"]\n          ports:`);

export default defineRule("kubernetes", {
  slug: "shell-as-process-1",
  summary: "A shell is the container's first process, and the signal to stop does not get past it.",
  why: `With \`command: [sh, -c, …]\` the shell is process 1 and gets the SIGTERM of each rollout, scale-down and node drain. It waits for what it has started and does not pass the signal
on: the program works as if nothing had happened until it is killed at the end of the grace period, half a minute later, with requests and writes half done. bash and busybox
step aside for the last command of a script; dash, the \`sh\` of Debian and Ubuntu, does not.

\`exec\` in front of the last command puts the program in the shell's place, with every shell.`,
  category: "lifecycle",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/",
  ],
  fix: "review",
  examples: [{ bad: run("/app/migrate && /app/api serve"), good: run("/app/migrate && exec /app/api serve") }],
  keys: ["command"],
  *check(model) {
    for (const { container, pod } of containersOf(model)) {
      if (pod.batch || container.role === "init" || container.role === "ephemeral" || pod.windows) continue;
      const found = commandOf(model.document.text, container);
      if (found?.shell === undefined || !/^(?:da)?sh$/.test(found.shell) || found.script.broken) continue;
      // Elsewhere `sh` is bash or busybox, which do for their last command what `exec` does.
      const os = container.imageUse?.facts?.os;
      if (os !== undefined && os !== "debian" && os !== "ubuntu") continue;
      const last = servedBehindShell(found.script);
      if (last === undefined) continue;
      yield {
        at: last.nameSpan,
        message: `\`sh\` ${os === undefined ? "may stay" : "stays"} in front of \`${last.name ?? ""}\` and keeps the signal to stop from it: put \`exec\` before it.`,
        fixes: () => withExec(last),
        ...(os === undefined ? { severity: "hint" } : {}),
      };
    }
  },
});
