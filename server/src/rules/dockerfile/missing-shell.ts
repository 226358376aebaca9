import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { CommandInstruction, DockerfileModel, RunInstruction, Stage } from "../../languages/dockerfile/model.ts";
import { isShell } from "../../languages/shell/index.ts";
import { nameOf } from "../../text/path.ts";
import { touches } from "../../text/span.ts";
import { commandOf } from "./shared/final-image.ts";
import { plainCommand } from "./shared/plain-command.ts";
import { lacksShell } from "./shared/shell-presence.ts";

export default defineInstructionRule({
  slug: "missing-shell",
  summary: "A command wants a shell in an image that has none.",
  why: `\`RUN\`, \`CMD\` and \`ENTRYPOINT\` without the brackets of the exec form are handed to \`/bin/sh -c\`. \`scratch\`, the distroless images and the bare
variants of others hold no shell: such a \`RUN\` breaks the build, and such a \`CMD\` builds and then fails at the first start, with a message about a missing
\`/bin/sh\` that does not name the cause. A shell script as the entrypoint fails in the same way.

Do the work of the \`RUN\` in a build stage and copy the result. Write what is started in exec form; variables are then the program's own business.
Debug variants of distroless keep their shell in \`/busybox/sh\`, which \`SHELL\` must name.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["tally:shell-run-in-scratch", "buildkit:JSONArgsRecommended", "hadolint:DL3025"],
  references: [
    "https://github.com/GoogleContainerTools/distroless#entrypoints",
    "https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch",
    "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM scratch\nCOPY server /server\nUSER 10001:10001\nCMD /server --listen :8080\n",
      good: 'FROM scratch\nCOPY server /server\nUSER 10001:10001\nCMD ["/server", "--listen", ":8080"]\n',
    },
  ],
  instructions: ["RUN", "CMD", "ENTRYPOINT"],
  suspects: (instruction) =>
    instruction.form === "shell"
      ? instruction.argumentsSpan.end > instruction.argumentsSpan.start
      : instruction.words.length > 0 && wantsShell(instruction),
  *check(instruction, model) {
    const { stage, span, onbuild } = instruction;
    if (stage === undefined || onbuild || !lacksShell(stage, instruction.name === "RUN" ? span.start : undefined))
      return;
    const base = stage.scratch ? "scratch" : (stage.baseImage?.text ?? "the base image");
    if (instruction.form === "exec") {
      const [word] = instruction.words;
      if (word === undefined || hasBusybox(stage) || !takesEffect(instruction, model)) return;
      yield {
        at: word.span,
        message: isShell(nameOf(word.value))
          ? `\`${base}\` has no \`${word.value}\`: ${instruction.name === "RUN" ? inBuildStage : "start the program itself"}.`
          : `\`${word.value}\` is a shell script, and \`${base}\` has no shell: start the program itself.`,
      };
      return;
    }
    if (instruction.name === "RUN") {
      if (bringsShell(instruction)) return;
      yield {
        at: instruction.keywordSpan,
        message: `\`${instruction.keyword}\` needs a shell, and \`${base}\` has none: ${inBuildStage}.`,
        fixes: () => execForm(model, instruction, ownProgram(instruction)),
      };
    } else if (takesEffect(instruction, model)) {
      yield {
        at: instruction.keywordSpan,
        message: `\`${instruction.keyword}\` in shell form is started by \`/bin/sh\`, which \`${base}\` does not have: write it in exec form.`,
        fixes: () => execForm(model, instruction, startWords(instruction, stage)),
      };
    }
  },
});

const inBuildStage = "do it in a build stage and copy the result";

/** In exec form, a shell that is named as the program, or a script by its name. */
function wantsShell({ words }: RunInstruction | CommandInstruction): boolean {
  const program = words[0]?.value ?? "";
  return isShell(program) || /\.(?:ba)?sh$/.test(program);
}

/** Whether a container starts with this; a `CMD` in exec form only goes to an entrypoint where there is one. */
function takesEffect(instruction: RunInstruction | CommandInstruction, { finalStage }: DockerfileModel): boolean {
  if (instruction.name === "RUN") return true;
  if (finalStage === undefined || instruction.name === "SHELL") return false;
  if (commandOf(finalStage, instruction.name) !== instruction) return false;
  if (instruction.name === "ENTRYPOINT" || instruction.form === "shell") return true;
  return finalStage.last("ENTRYPOINT") === undefined && finalStage.baseFacts?.entrypoint === undefined;
}

/** Debug variants have a shell on the path, in `/busybox`. */
function hasBusybox({ baseFacts }: Stage): boolean {
  return baseFacts?.tools.wget !== false;
}

/** Whether something mounted for the command may be its shell. */
function bringsShell({ mounts }: RunInstruction): boolean {
  return mounts.some(({ options }) => {
    const target = options.get("target") ?? options.get("dst") ?? options.get("destination") ?? "/";
    return /^(?:\/|(?:\/usr)?\/bin(?:\/(?:\w*sh|busybox))?|\/usr)\/?$/.test(target);
  });
}

/** What can do without a shell, and is no program that only a distribution has. */
function ownProgram({ script, heredocs }: RunInstruction): readonly string[] | undefined {
  const words = script === undefined || heredocs.length > 0 ? undefined : plainCommand(script);
  return words !== undefined && /^\.?\//.test(words[0] ?? "") ? words : undefined;
}

/** The words to start with; those that the base image's own entrypoint has already said are left out. */
function startWords({ name, script }: CommandInstruction, stage: Stage): readonly string[] | undefined {
  const words = script === undefined ? undefined : plainCommand(script);
  const entrypoint = stage.last("ENTRYPOINT") === undefined && name === "CMD" ? stage.baseFacts?.entrypoint : undefined;
  if (words === undefined || entrypoint === undefined) return words;
  const [program = "", ...rest] = entrypoint;
  if (withoutVersion(words[0] ?? "") !== withoutVersion(program)) return words;
  const same = rest.every((word, index) => words[index + 1] === word);
  const left = words.slice(1 + rest.length);
  return same && left.length > 0 ? left : undefined;
}

function withoutVersion(program: string): string {
  return nameOf(program).replace(/[\d.]+$/, "");
}

function execForm(
  model: DockerfileModel,
  instruction: RunInstruction | CommandInstruction,
  words: readonly string[] | undefined,
): readonly Fix[] {
  const { argumentsSpan } = instruction;
  // Comments between the lines would be lost.
  if (words === undefined || model.comments.some(({ span }) => touches(span, argumentsSpan))) return [];
  return [
    {
      title: "Write it in exec form (nothing expands variables then)",
      safety: "review",
      edits: [replaceArguments(model, instruction, toExecForm(words))],
    },
  ];
}
