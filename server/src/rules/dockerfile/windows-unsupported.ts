import { defineInstructionRule, type Problem } from "../../engine/rule.ts";
import { removeInstruction, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Flag, Instruction } from "../../languages/dockerfile/model.ts";
import { remove, type TextEdit } from "../../text/edit.ts";

export default defineInstructionRule({
  slug: "windows-unsupported",
  summary: "A Windows image uses what only Linux containers have.",
  why: `Windows containers have neither POSIX owners and modes nor signals. \`--chown\` and \`--chmod\` are for Linux images by Docker's own word: depending on the
builder they are refused or pass without effect, and the files belong to whom they would belong anyway. \`STOPSIGNAL\` is written into the image and never sent.
A user by number cannot be found. \`RUN --mount\` needs BuildKit, which Docker does not build Windows images with.

Set rights with \`icacls\` in a \`RUN\`, let the program react to Ctrl+C and shutdown events, and name \`ContainerUser\` or \`ContainerAdministrator\`.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:windows/no-chown-flag", "tally:windows/no-run-mounts", "tally:windows/no-stopsignal"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
    "https://docs.docker.com/build/buildkit/#buildkit-on-windows",
    "https://learn.microsoft.com/virtualization/windowscontainers/manage-docker/optimize-windows-dockerfile",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022-amd64\nCOPY --chown=ContainerUser app.exe C:/app/\nUSER ContainerUser\nCMD ["C:/app/app.exe"]\n',
      good: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022-amd64\nCOPY app.exe C:/app/\nUSER ContainerUser\nCMD ["C:/app/app.exe"]\n',
    },
  ],
  instructions: ["COPY", "ADD", "RUN", "STOPSIGNAL", "USER"],
  suspects: (instruction) =>
    instruction.name === "STOPSIGNAL" || isNumbered(instruction) || foreignFlags(instruction).length > 0,
  *check(instruction, model) {
    if (instruction.stage?.windows !== true) return;
    if (instruction.name === "STOPSIGNAL") {
      yield {
        at: instruction.keywordSpan,
        message: `\`${instruction.keyword}\` has no effect, as Windows containers know no signals: leave it out.`,
        fixes: () =>
          instruction.onbuild
            ? []
            : [{ title: "Leave it out", safety: "review", edits: [removeInstruction(model, instruction)] }],
      };
      return;
    }
    const [user] = instruction.words;
    if (user !== undefined && isNumbered(instruction)) {
      yield {
        at: user.span,
        message: `Windows has no users by number such as \`${user.value}\`: name one, such as \`ContainerUser\`.`,
        fixes: () => [
          {
            title: "Run as `ContainerUser` (files it writes must be that user's)",
            safety: "review",
            edits: [replaceWord(user, "ContainerUser")],
          },
        ],
      };
    }
    for (const flag of foreignFlags(instruction)) yield problemOf(model, flag);
  },
});

function isNumbered({ name, words }: Instruction): boolean {
  return name === "USER" && /^\d+(?::\w*)?$/.test(words[0]?.value ?? "");
}

function foreignFlags({ name, flags }: Instruction): readonly Flag[] {
  if (flags.length === 0) return [];
  return flags.filter((flag) => (name === "RUN" ? flag.name === "mount" : /^ch(?:own|mod)$/.test(flag.name)));
}

function problemOf(model: DockerfileModel, flag: Flag): Problem {
  if (flag.name === "mount") {
    return {
      at: flag.span,
      message:
        "`--mount` needs BuildKit, which Docker does not build Windows images with: do without it, or copy what it brings.",
    };
  }
  return {
    at: flag.span,
    message: `\`--${flag.name}\` is for Linux containers, and a build for Windows refuses or ignores it: set rights with \`icacls\`.`,
    fixes: () => [
      {
        title: `Leave \`--${flag.name}\` out (the files get the rights they inherit)`,
        safety: "review",
        edits: [withoutFlag(model, flag)],
      },
    ],
  };
}

/** With the blanks behind it. */
function withoutFlag({ text }: DockerfileModel, { span }: Flag): TextEdit {
  let { end } = span;
  while (text.charAt(end) === " " || text.charAt(end) === "\t") end += 1;
  return remove({ start: span.start, end });
}
