import { defineInstructionRule } from "../../engine/rule.ts";
import { insertElement, insertFlag } from "../../languages/dockerfile/edit.ts";
import type { RunInstruction } from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand, type ShellWord } from "../../languages/shell/index.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "large-user-id",
  summary: "`useradd` makes a user with a very high number, and with it a log file as long as that number.",
  why: `\`useradd\` notes every user in \`/var/log/faillog\` and \`/var/log/lastlog\`, at the place that the user's number gives. These files have holes on a disk, but not
in a layer: builders and engines that pack them write each zero. With user 1000000 that is hundreds of megabytes, with numbers from a directory service the disk is full.

\`--no-log-init\` leaves the two files alone, and nothing in a container reads them. Users below 100000 need no such care. Newer distributions have moved these logs
elsewhere; there the flag does no harm.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3046", "droast:DF064"],
  references: [
    "https://docs.docker.com/build/building/best-practices/#user",
    "https://manpages.debian.org/stable/passwd/useradd.8.en.html",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nRUN useradd --create-home --uid 1200345 app\nUSER app\n",
      good: "FROM debian:13.1-slim\nRUN useradd --no-log-init --create-home --uid 1200345 app\nUSER app\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /useradd/,
  suspects: (run) => creations(run).length > 0,
  *check(run) {
    if (run.stage?.windows === true || run.stage?.baseFacts?.userDialect === "busybox") return;
    for (const { command, uid, at, element } of creations(run)) {
      yield {
        at: at.span,
        message: `User \`${uid}\` makes \`useradd\` write log files that grow with the number: add \`--no-log-init\`.`,
        fixes: () => {
          const edit = element
            ? insertElement(command.nameSpan, "--no-log-init")
            : insertFlag(command, "--no-log-init", command.nameSpan);
          return [{ title: "Add `--no-log-init`", safety: "safe", edits: [edit] }];
        },
      };
    }
  },
});

interface Creation {
  readonly command: ShellCommand;
  readonly uid: string;
  /** The word that holds the number. */
  readonly at: ShellWord;
  /** Its words are JSON strings. */
  readonly element: boolean;
}

function creations(run: RunInstruction): readonly Creation[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return everyCommand(script).flatMap((command) => {
    if (command.name !== "useradd" || command.has("-l", "--no-log-init")) return [];
    const found = numberOf(command);
    return found !== undefined && Number(found.uid) >= 100_000
      ? [{ command, ...found, element: run.form === "exec" && script.commands.includes(command) }]
      : [];
  });
}

function numberOf({ args }: ShellCommand): { readonly uid: string; readonly at: ShellWord } | undefined {
  for (const [index, word] of args.entries()) {
    const attached = /^(?:--uid=|-[a-zA-Z]*u)(\d+)$/.exec(word.value ?? "")?.[1];
    if (attached !== undefined) return { uid: attached, at: word };
    const next = args[index + 1];
    if (/^(?:--uid|-[a-zA-Z]*u)$/.test(word.value ?? "") && next?.value !== undefined && /^\d+$/.test(next.value))
      return { uid: next.value, at: next };
  }
  return undefined;
}
