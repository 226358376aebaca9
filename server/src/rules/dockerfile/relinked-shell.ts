import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { insertAfter, removeCommand, replaceWord, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { commandsOf } from "./shared/package-steps.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "relinked-shell",
  summary: "`/bin/sh` is replaced by another shell, which `SHELL` is for.",
  why: `A link from \`/bin/sh\` to bash changes the shell of everything in the image, the package manager's own scripts and the programs that call \`system()\`
included, in builds and in production. An upgrade of \`dash\` may put the old link back, and where the base image has no bash, each step after it fails.

\`SHELL ["/bin/bash", "-c"]\` says the same for the instructions that follow, and for nothing else. Scripts that need bash say so in their first line.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL4005", "kics:changing_default_shell_using_run_command", "semgrep:use-shell-instruction"],
  references: ["https://docs.docker.com/reference/dockerfile/#shell"],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nRUN ln -sf /bin/bash /bin/sh\nUSER nobody\n",
      good: 'FROM debian:13.1-slim\nSHELL ["/bin/bash", "-c"]\nUSER nobody\n',
    },
  ],
  instructions: ["RUN"],
  mentions: /sh\b/,
  suspects: (run) => relinking(run).length > 0,
  *check(run, model) {
    for (const found of relinking(run)) {
      const line = found.shell === undefined ? "SHELL" : `SHELL ${toExecForm([found.shell, "-c"])}`;
      yield {
        at: found.command.nameSpan,
        message: `\`${found.command.name ?? ""}\` changes the shell of all programs in the image: say \`${line}\` for the steps that need it.`,
        fixes: () => fixesFor(model, run, found),
      };
    }
  },
});

interface Relinking {
  readonly command: ShellCommand;
  /** The shell that is to take its place; `undefined` where that is not known to be one. */
  readonly shell: string | undefined;
}

function relinking(run: RunInstruction): readonly Relinking[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command) => {
    const { name, operands, args } = command;
    if (name === "update-alternatives") {
      const [, link, , shell] = args[0]?.value === "--install" ? args : [];
      return link?.value === undefined || !isSh(link.value) ? [] : [{ command, shell: shellOf(shell?.value) }];
    }
    if (name !== "ln" && name !== "cp" && name !== "mv") return [];
    const link = operands.at(-1)?.value;
    if (operands.length !== 2 || link === undefined || !isSh(link)) return [];
    return [{ command, shell: shellOf(operands[0]?.value) }];
  });
}

function isSh(path: string): boolean {
  return /^(?:\/usr)?\/bin\/sh$/.test(path);
}

function shellOf(target: string | undefined): string | undefined {
  const name = /(?:^|\/)((?:ba|z|k|mk|a|da)sh)$/.exec(target ?? "")?.[1];
  return name === undefined ? undefined : target?.startsWith("/") === true ? target : `/bin/${name}`;
}

function fixesFor(model: DockerfileModel, run: RunInstruction, { command, shell }: Relinking): readonly EditFix[] {
  const { script } = run;
  if (shell === undefined || script === undefined || script.broken || run.onbuild || run.shell !== undefined) return [];
  const line = `SHELL ${toExecForm([shell, "-c"])}`;
  // `rm /bin/sh && ln -s …`
  const whole = script.commands.every(
    (other) =>
      other === command ||
      (/^(?:rm|mv|unlink)$/.test(other.name ?? "") && other.operands.some(({ value }) => isSh(value ?? ""))),
  );
  const removal = whole ? undefined : removeCommand(model, run, command);
  const moved = script.commands.some(
    (other) => other !== command && other.operands.some(({ value }) => isSh(value ?? "")),
  );
  if (!whole && (removal === undefined || moved)) return [];
  return [
    {
      title: `${whole ? "Change it to" : "Put"} \`${line}\`${whole ? "" : " behind this `RUN`"} (scripts that begin with \`#!/bin/sh\` keep the old shell)`,
      safety: "review",
      edits: removal === undefined ? [replaceWord(run, line)] : [removal, insertAfter(model, run, [line])],
    },
  ];
}
