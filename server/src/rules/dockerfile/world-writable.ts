import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { RunInstruction, Stage, TransferInstruction } from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand, type ShellScript, type ShellWord } from "../../languages/shell/index.ts";
import { replace } from "../../text/edit.ts";
import { cover, type Span } from "../../text/span.ts";
import { createdUsers } from "./shared/created-user.ts";
import { type OpenMode, openMode } from "./shared/modes.ts";
import { bodyOf } from "./shared/run-bodies.ts";
import { finalUser, userBefore } from "./shared/step-user.ts";

export default defineInstructionRule({
  slug: "world-writable",
  summary: "Everybody in the container may write to a file or folder.",
  why: `\`chmod 777\` is how a program that is refused a file gets it, and with it everybody else does: a hole in any program of the container is enough to change what the
others run or read. On a folder that is mounted from the host it reaches the host's users as well.

The one that writes should own it (\`chown app\`, \`COPY --chown=app\`), or its group may (\`775\` with the group 0, which OpenShift gives to every container). Folders as
\`/tmp\`, where everybody is to write, have the sticky bit (\`1777\`), so that nobody deletes what belongs to others; that is not reported.

The fix gives a folder to the user that the container runs as, and there is none where that is still root: \`USER\` comes first, and then the folder can be its own.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["sonar:S2612", "droast:DF034", "tally:world-writable-state-path-workaround"],
  references: [
    "https://man7.org/linux/man-pages/man1/chmod.1.html",
    "https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/images/creating-images",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nRUN mkdir -p /srv/uploads && chmod -R 777 /srv/uploads\nUSER node\n",
      good: "FROM node:22.14-alpine\nRUN mkdir -p /srv/uploads && chown -R node /srv/uploads\nUSER node\n",
    },
    {
      bad: "FROM alpine:3.22\nCOPY --chmod=777 report.sh /usr/local/bin/report\nUSER nobody\n",
      good: "FROM alpine:3.22\nCOPY --chmod=755 report.sh /usr/local/bin/report\nUSER nobody\n",
    },
  ],
  instructions: ["RUN", "COPY", "ADD"],
  mentions: /chmod|mkdir|install/,
  suspects: (instruction) => opened(instruction).length > 0,
  *check(instruction) {
    const { stage } = instruction;
    if (stage?.windows === true || (stage?.shipped === false && !instruction.onbuild)) return;
    for (const one of opened(instruction)) {
      yield {
        at: one.at,
        message: `\`${one.mode}\` lets everybody in the container write${one.what}: let one user own it, or use \`${one.open.closed ?? "chown"}\`.`,
        fixes: () => fixesFor(instruction, one),
      };
    }
  },
});

interface Opened {
  readonly mode: string;
  readonly open: OpenMode;
  readonly at: Span;
  /** Where the mode stands. */
  readonly place: Span;
  readonly command: ShellCommand | undefined;
  readonly paths: readonly ShellWord[];
  /** For the message: ` to …`. */
  readonly what: string;
  /** The command's words are JSON strings. */
  readonly element: boolean;
}

function opened(instruction: RunInstruction | TransferInstruction): readonly Opened[] {
  if (instruction.name === "RUN") {
    const script = bodyOf(instruction);
    if (script === undefined) return [];
    return everyCommand(script).flatMap((command) => {
      const found = openedBy(command);
      if (found !== undefined && isClosedLater(script, found)) return [];
      const element = instruction.form === "exec" && script.commands.includes(command);
      return found === undefined ? [] : [{ ...found, element }];
    });
  }
  const flag = instruction.flag("chmod");
  const open = flag?.value === undefined ? undefined : openMode(flag.value);
  if (flag?.value === undefined || flag.valueSpan === undefined || open === undefined) return [];
  const to = instruction.destination?.text;
  const what = to === undefined ? "" : ` to \`${to}\``;
  return [
    {
      mode: flag.value,
      open,
      at: flag.span,
      place: flag.valueSpan,
      command: undefined,
      paths: [],
      what,
      element: false,
    },
  ];
}

function openedBy(command: ShellCommand): Omit<Opened, "element"> | undefined {
  const mode = modeOf(command);
  const open = mode?.value === undefined ? undefined : openMode(mode.value);
  if (mode?.value === undefined || open === undefined) return undefined;
  const paths = command.operands.filter((word) => word !== mode);
  // Devices are not files of the image.
  if (paths.length > 0 && paths.every(({ value }) => value?.startsWith("/dev/") === true)) return undefined;
  const [path] = paths;
  const what = path === undefined ? "" : ` to \`${path.text}\``;
  const at = cover(command.nameSpan, mode.span);
  return { mode: mode.value, open, at, place: mode.span, command, paths, what };
}

/** Whether the same script takes the right back: it opens a file to write a line into it. */
function isClosedLater(script: ShellScript, { command, paths }: Pick<Opened, "command" | "paths">): boolean {
  if (command === undefined || paths.length === 0) return false;
  return paths.every((path) =>
    script.commands.some(({ name, operands: [mode, ...others], span }) => {
      if (name !== "chmod" || span.start <= command.span.start || mode?.value === undefined) return false;
      return /^[0-7]+$/.test(mode.value) && others.some(({ text }) => text === path.text);
    }),
  );
}

/** The word with the mode: of `chmod`, or behind `-m` of those that make files. */
function modeOf(command: ShellCommand): ShellWord | undefined {
  if (command.name === "chmod") return command.operands[0];
  if (command.name !== "mkdir" && command.name !== "install") return undefined;
  const at = command.args.findIndex(({ value }) => /^(?:-[a-zA-Z]*m|--mode)$/.test(value ?? ""));
  return at < 0 ? undefined : command.args[at + 1];
}

const shared = /^\/(?:var\/)?tmp\/?$/;

function fixesFor(instruction: RunInstruction | TransferInstruction, one: Opened): readonly Fix[] {
  const { open, command, mode, place } = one;
  const inForm = (text: string): string => (one.element ? JSON.stringify(text) : text);
  if (command?.name === "chmod" && one.paths.length > 0 && one.paths.every(({ value }) => shared.test(value ?? ""))) {
    if (open.sticky === undefined) return [];
    const title = `Use \`${open.sticky}\`, as \`/tmp\` has it (nobody deletes files of others then)`;
    return [{ title, safety: "review", edits: [replace(place, inForm(open.sticky))] }];
  }
  const owner = instruction.name === "RUN" && instruction.form === "shell" ? ownership(instruction, one) : undefined;
  const closing: readonly Fix[] =
    open.closed === undefined || isWritten(instruction, one)
      ? []
      : [
          {
            title: `Use \`${open.closed}\` instead of \`${mode}\` (only the owner can write then)`,
            safety: "review",
            edits: [replaceWord({ span: place }, inForm(open.closed))],
          },
        ];
  return owner === undefined ? closing : [owner, ...closing];
}

/** Gives folders to the user that the container runs as, where root opens them for it. */
function ownership(run: RunInstruction, { command, paths, place }: Opened): Fix | undefined {
  const { stage } = run;
  if (stage === undefined || command?.name !== "chmod" || !paths.every((path) => isFolder(run, command, path)))
    return undefined;
  const user = finalUser(stage);
  if (user?.plain !== true || userBefore(stage, run)?.root !== true || !isKnownAt(stage, run, command, user.text))
    return undefined;
  return {
    title: `Let \`${user.text}\`, whom the container runs as, own it (others cannot write then)`,
    safety: "review",
    edits: [replace(command.nameSpan, "chown"), replace(place, user.text)],
  };
}

/**
 * Whether it may be opened because somebody writes there, as to a folder or a log, or is to once the image has a user of its own. Nobody but the
 * owner could any more, so that it can only be given to that user.
 */
function isWritten(instruction: RunInstruction | TransferInstruction, { command, paths, mode }: Opened): boolean {
  if (instruction.name !== "RUN") {
    return instruction.sources.some(({ text }) => /(?:^|\/)\.{0,2}\/?$/.test(text));
  }
  if (command?.name === "mkdir" || command?.has("-d", "--directory") === true) return true;
  // Without the right to execute, a folder would be of no use to anybody.
  const single = /^0?[0-6]{3}$/.test(mode) && command?.has("-R", "--recursive") !== true;
  return !paths.every(({ text }) => !written.test(text) && (single || file.test(text)));
}

/** By its ending, or as one of the programs of a folder for these. */
const file = /(?:\.[A-Za-z]\w{0,9}|\/s?bin\/[\w.-]+)["']?$/;

/** Folders like `conf.d`, and files that a program writes. */
const written = /\.(?:d|log|out|pid|sock|lock|db|sqlite3?)["']?$/;

/** What `mkdir` makes, or all that lies below. A script needs its mode to be executed. */
function isFolder(run: RunInstruction, { span }: ShellCommand, path: ShellWord): boolean {
  const before = bodyOf(run)?.commands.filter((command) => command.span.start < span.start) ?? [];
  return before.some(({ name, operands }) => name === "mkdir" && operands.some(({ text }) => text === path.text));
}

/** Whether the name of a user means something when a command runs. */
function isKnownAt(stage: Stage, run: RunInstruction, command: ShellCommand, user: string): boolean {
  if (!/^[\w-]+(?::[\w-]+)?$/.test(user)) return false;
  const [name = "", group = "0"] = user.split(":");
  const { baseFacts } = stage;
  const brought = (given: string): boolean =>
    /^\d+$/.test(given) || [baseFacts?.user, baseFacts?.nonRootUser].some((known) => known?.name === given);
  const created = createdUsers(stage).some(
    (each) =>
      each !== "unknown" &&
      each.name === name &&
      (each.run === run ? each.command.span.start < command.span.start : each.run.span.start < run.span.start) &&
      (group === "0" || group === each.group || brought(group)),
  );
  return created || (brought(name) && brought(group));
}
