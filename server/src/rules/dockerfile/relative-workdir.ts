import { defineInstructionRule, type EditFix } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { Word } from "../../languages/dockerfile/model.ts";
import { joinPath } from "../../text/path.ts";
import { instructionsBefore } from "./shared/run-bodies.ts";
import { workingDirectoryAfter } from "../../languages/dockerfile/working-directory.ts";

export default defineInstructionRule({
  slug: "relative-workdir",
  summary: "A `WORKDIR` is not an absolute path.",
  why: `A relative \`WORKDIR\` begins where the one before it ended. Without one, that is wherever the base image happens to stand, and a new release of the base
moves the application; with one, a line added further up does. An absolute path says where things are, to the reader and to the \`COPY\` and volume
mounts that must agree with it.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3000",
    "buildkit:WorkdirRelativePath",
    "dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE",
    "trivy:DS-0009",
    "checkov:CKV_DOCKER_10",
    "kics:workdir_path_not_absolute",
    "sonar:S7021",
    "droast:DF009",
  ],
  references: [
    "https://docs.docker.com/reference/dockerfile/#workdir",
    "https://docs.docker.com/reference/build-checks/workdir-relative-path/",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.22\nWORKDIR /srv\nWORKDIR report\nUSER nobody\n",
      good: "FROM alpine:3.22\nWORKDIR /srv\nWORKDIR /srv/report\nUSER nobody\n",
    },
  ],
  instructions: ["WORKDIR"],
  suspects: ({ words: [word] }) => word !== undefined && !isAbsolute(word.value),
  *check(instruction, model) {
    const [word] = instruction.words;
    if (word?.resolved === undefined || word.resolved === "" || isAbsolute(word.resolved)) return;
    const { onbuild, stage } = instruction;
    const start = onbuild ? undefined : workingDirectoryAfter(instructionsBefore(model, instruction));
    if (word.value.startsWith("~")) {
      yield {
        at: word.span,
        message: `\`WORKDIR\` does not know \`~\`: \`${word.text}\` makes a directory of that name. Write the path from \`/\` on.`,
      };
    } else if (start === undefined) {
      const fix = () => (stage?.windows === true || onbuild ? [] : rewrite(word, "/", "review"));
      yield {
        at: word.span,
        message: `\`${word.text}\` begins wherever the base image stands: write the path from \`/\` on.`,
        fixes: fix,
      };
    } else {
      const fix = () => (start.certain && stage?.windows !== true ? rewrite(word, start.path, "safe") : []);
      yield {
        at: word.span,
        message: `\`${word.text}\` depends on the \`WORKDIR\` above it: write \`${joinPath(start.path, word.resolved)}\`.`,
        // Where it leads is settled in this very file.
        severity: "info",
        fixes: fix,
      };
    }
  },
});

/** `C:\app` and `\app` are absolute as well. */
function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[a-z]:)/i.test(path);
}

function rewrite(word: Word, from: string, safety: EditFix["safety"]): readonly EditFix[] {
  // What a variable holds may be an absolute path next time.
  if (word.variable || /[\\\n]/.test(word.text)) return [];
  const quote = /^["']/.exec(word.text)?.[0] ?? "";
  const path = joinPath(from, word.value);
  const title = safety === "safe" ? `Write \`${path}\`` : `Write \`${path}\` (the base image may have stood elsewhere)`;
  return [{ title, safety, edits: [replaceWord(word, `${quote}${path}${quote}`)] }];
}
