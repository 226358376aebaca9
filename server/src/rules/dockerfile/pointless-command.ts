import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { removeCommand, removeInstruction } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/model.ts";
import { commandsOf } from "./shared/package-steps.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "pointless-command",
  summary: "A command does nothing for an image, or cannot work in a build.",
  why: `A build keeps the files that a \`RUN\` leaves behind, not its processes: what \`service nginx start\` starts is gone with the \`RUN\`, and has to be started by
\`CMD\` or \`ENTRYPOINT\`. \`ps\`, \`free\` and \`top\` tell of the machine that builds. \`mount\`, \`shutdown\` and \`ifconfig\` need rights that a build does not have, and an editor
waits for a keyboard that is not there.

A server that the same \`RUN\` starts, uses and stops, to fill a database or to run a test, is fine and not reported; nor is \`ssh\` where an agent is mounted.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3001", "kics:run_utilities_and_posix_commands", "semgrep:nonsensical-command", "droast:DF060"],
  references: ["https://docs.docker.com/engine/containers/multi-service_container/"],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim@sha256:4b44499bc2a6c78d726f3b281e6798009c0ae1f034b0bfaf6a227147dcff928b\nRUN ./install.sh && service cron start\nUSER nobody\n",
      good: "FROM debian:13.1-slim@sha256:4b44499bc2a6c78d726f3b281e6798009c0ae1f034b0bfaf6a227147dcff928b\nRUN ./install.sh\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => pointless(run).length > 0,
  *check(run, model) {
    for (const { command, what } of pointless(run)) {
      yield {
        at: command.nameSpan,
        message: what,
        fixes: () => fixesFor(model, run, command),
      };
    }
  },
});

interface Pointless {
  readonly command: ShellCommand;
  readonly what: string;
}

function pointless(run: RunInstruction): readonly Pointless[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command) => {
    const judge = command.name === undefined ? undefined : judges.get(command.name);
    const what = judge?.(command, run, script);
    return what === undefined ? [] : [{ command, what }];
  });
}

type Judge = (command: ShellCommand, run: RunInstruction, script: ShellScript) => string | undefined;

const looks: Judge = ({ name }) =>
  `\`${name ?? ""}\` tells of the machine that builds, and leaves nothing in the image: remove it.`;

const edits: Judge = ({ name, args }) =>
  args.some(({ text }) => /^(?:\+|-[cEesS]|--(?:headless|version|cmd)|-es)/.test(text))
    ? undefined
    : `\`${name ?? ""}\` waits for a keyboard, which a build does not have: remove it.`;

const refused: Judge = ({ name, args }, run) =>
  run.flag("security") !== undefined || args.length === 0
    ? undefined
    : `A build may not \`${name ?? ""}\`: use \`RUN --mount=…\`, or leave it to whoever runs the container.`;

const halts: Judge = ({ name }) => `There is no machine to \`${name ?? ""}\` in a build: remove it.`;

const starts: Judge = (command, _, script) => {
  const words = command.args.map(({ text }) => text);
  if (command.name === "systemctl" && !/^(?:start|restart|reload|status|stop)$/.test(words[0] ?? "")) return undefined;
  if (words.some((word) => word === "stop") || isUsed(command, script)) return undefined;
  return `What \`${[command.name, ...words].join(" ").slice(0, 60)}\` starts is gone at the end of this \`RUN\`: let \`CMD\` or \`ENTRYPOINT\` start it.`;
};

const kills: Judge = ({ span, args }, _, script) => {
  const [first] = script.commands;
  if (
    args.some(({ value }) => value === "-l" || value === "-0") ||
    (first !== undefined && first.span.start < span.start)
  )
    return undefined;
  return "No process of an earlier `RUN` is left for `kill` to end: remove it.";
};

const connects: Judge = ({ args }, run) =>
  run.mounts.some(({ type }) => type === "ssh" || type === "secret") || args.some(({ value }) => value === "-V")
    ? undefined
    : "`ssh` has no key to connect with in a build, unless it lies in the image: use `RUN --mount=type=ssh`.";

const judges: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ["ps", looks],
  ["top", looks],
  ["htop", looks],
  ["free", looks],
  ["ifconfig", looks],
  ["vim", edits],
  ["vi", edits],
  ["nano", edits],
  ["emacs", edits],
  ["mount", refused],
  ["umount", refused],
  ["shutdown", halts],
  ["reboot", halts],
  ["poweroff", halts],
  ["service", starts],
  ["systemctl", starts],
  ["invoke-rc.d", starts],
  ["kill", kills],
  ["ssh", connects],
]);

/** Whether something behind it, in the same RUN, may need what it starts. */
function isUsed(command: ShellCommand, script: ShellScript): boolean {
  return script.commands.some(
    ({ name, span, words }) =>
      span.start > command.span.end &&
      !(
        name !== undefined &&
        /^(?:echo|true|exit|sleep|service|rm)$/.test(name) &&
        !words.some(({ text }) => text === "stop")
      ),
  );
}

function fixesFor(model: DockerfileModel, run: RunInstruction, command: ShellCommand): readonly EditFix[] {
  const script = bodyOf(run);
  if (script === undefined || script.broken || run.onbuild || command.name === "ssh") return [];
  const alone = commandsOf(script).filter(({ inner }) => inner === undefined).length === 1 && run.heredocs.length === 0;
  const edit = alone ? removeInstruction(model, run) : removeCommand(model, run, command);
  if (edit === undefined) return [];
  const title = alone ? "Remove this `RUN`" : `Remove \`${command.name ?? ""}\``;
  return [{ title: `${title} (nothing of it is left in the image)`, safety: "review", edits: [edit] }];
}
