import { type Problem, defineInstructionRule } from "../../engine/rule.ts";
import { removePrefix } from "../../languages/dockerfile/edit.ts";
import type {
  CommandInstruction,
  DockerfileModel,
  Instruction,
  RunInstruction,
} from "../../languages/dockerfile/model.ts";
import { startUserOf } from "../../languages/image/index.ts";
import type { ShellCommand, ShellWord } from "../../languages/shell/model.ts";
import { commandsOf } from "./shared/package-steps.ts";
import { bodyOf, instructionsBefore, scriptOfElements } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "sudo",
  summary: "A command runs through `sudo`.",
  why: `Builds start as root, so \`sudo\` adds nothing there; where a \`USER\` came before, an image in which it works lets that user become root without a
password, in production too, and the \`USER\` protects nothing. In a \`CMD\` or \`ENTRYPOINT\` it also stands between the container runtime and the program:
environment variables are dropped and signals arrive late or not at all.

Do what needs root before \`USER\`, or between \`USER root\` and the user's own \`USER\` line. An entrypoint that starts as root and gives it up does so with
\`gosu\`, \`su-exec\` or \`setpriv\`.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3004",
    "trivy:DS-0010",
    "checkov:CKV2_DOCKER_1",
    "kics:run_using_sudo",
    "semgrep:no-sudo-in-dockerfile",
    "droast:DF010",
  ],
  references: ["https://docs.docker.com/build/building/best-practices/#user"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN sudo ldconfig\nUSER nobody\n",
      good: "FROM alpine:3.23\nRUN ldconfig\nUSER nobody\n",
    },
  ],
  instructions: ["RUN", "CMD", "ENTRYPOINT"],
  mentions: /sudo/,
  suspects: (instruction) => privileged(instruction).length > 0,
  *check(instruction, model) {
    const { stage, onbuild } = instruction;
    if (stage !== undefined && !stage.shipped && !onbuild) return;
    const root = instruction.name === "RUN" && isRoot(model, instruction);
    for (const found of privileged(instruction)) yield problem(instruction, found, root);
  },
});

interface Privileged {
  readonly command: ShellCommand;
  readonly sudo: ShellWord;
}

function privileged(instruction: RunInstruction | CommandInstruction): readonly Privileged[] {
  const script = scriptOf(instruction);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command) => {
    if (!command.prefixes.includes("sudo")) return [];
    const sudo = command.prefixWords.find(({ value }) => value === "sudo" || value?.endsWith("/sudo") === true);
    return sudo === undefined ? [] : [{ command, sudo }];
  });
}

function scriptOf(instruction: RunInstruction | CommandInstruction) {
  if (instruction.name === "RUN") return bodyOf(instruction);
  if (instruction.name === "SHELL") return undefined;
  return instruction.form === "exec" ? scriptOfElements(instruction.words) : instruction.script;
}

function problem(
  instruction: RunInstruction | CommandInstruction,
  { command, sudo }: Privileged,
  root: boolean,
): Problem {
  const plain = command.prefixes.length === 1 && command.prefixWords.length === 1 && command.words.length > 0;
  return {
    at: sudo.span,
    message: messageFor(instruction, command, root),
    fixes: () =>
      root && plain && instruction.form === "shell"
        ? [
            {
              title: "Remove `sudo` (it no longer resets the environment)",
              safety: "review",
              edits: [removePrefix(command, sudo)],
            },
          ]
        : [],
  };
}

function messageFor({ name }: Instruction, command: ShellCommand, root: boolean): string {
  const what = command.name === undefined ? "" : ` for \`${command.name}\``;
  if (name !== "RUN")
    return `\`sudo\`${what} drops the environment and holds up signals: let \`USER\` say who runs it.`;
  if (root) return `This \`RUN\` is root already: leave out \`sudo\`${what}.`;
  return `\`sudo\`${what} needs a user who may become root: run it under \`USER root\`, or before \`USER\`.`;
}

/** Whether what runs here is known to run as root. */
function isRoot(model: DockerfileModel, instruction: Instruction): boolean {
  let user: string | undefined;
  let named = false;
  for (const before of instructionsBefore(model, instruction)) {
    if (before.name !== "USER") continue;
    named = true;
    user = before.words[0]?.resolved?.split(":")[0];
  }
  if (named) return user === "root" || user === "0";
  const { stage, onbuild } = instruction;
  // Of scratch, where there is no sudo, the facts would say root.
  if (stage === undefined || onbuild || stage.baseImage === undefined) return false;
  return startUserOf({ facts: stage.baseFacts, description: stage.baseDescription })?.uid === 0;
}
