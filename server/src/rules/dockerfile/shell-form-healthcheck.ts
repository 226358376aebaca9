import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, HealthcheckInstruction } from "../../languages/dockerfile/model.ts";
import { touches } from "../../text/span.ts";
import { plainVerdict } from "./shared/health-check.ts";
import { lacksShell } from "./shared/shell-presence.ts";

export default defineInstructionRule({
  slug: "shell-form-healthcheck",
  summary: "The health check is run by a shell.",
  why: `Without the brackets of the exec form, \`/bin/sh\` is started for each check and starts the program. That costs a process every time, and it needs a shell
in the image, which is one more thing that goes missing when the base changes to a smaller one.

It is the usual way to write it all the same, and no signal is lost by it, as a check has nothing to shut down: \`curl -f … || exit 1\` works. So this is off
until asked for. Where variables or several steps are needed, the shell form is right, and nothing is said.`,
  category: "health",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["hadolint:DL3025"],
  references: ["https://docs.docker.com/reference/dockerfile/#healthcheck"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-bookworm\nCOPY server.js /\nHEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1\nUSER node\nCMD ["node", "/server.js"]\n',
      good: 'FROM node:22.14-bookworm\nCOPY server.js /\nHEALTHCHECK CMD ["curl", "-f", "http://localhost:3000/"]\nUSER node\nCMD ["node", "/server.js"]\n',
    },
  ],
  instructions: ["HEALTHCHECK"],
  suspects: (check) => !check.none && check.form === "shell" && plainVerdict(check.script) !== undefined,
  *check(check, model) {
    const words = plainVerdict(check.script);
    const [type] = check.words;
    // Where there is no shell, another rule speaks.
    if (words === undefined || type === undefined || lacksShell(check.stage)) return;
    yield {
      at: type.span,
      message: `A shell is started for each check only to start \`${words[0] ?? ""}\`: write it in exec form.`,
      fixes: () => execForm(model, check, words),
    };
  },
});

function execForm(model: DockerfileModel, check: HealthcheckInstruction, words: readonly string[]): readonly Fix[] {
  // Comments between the lines would be lost.
  if (model.comments.some(({ span }) => touches(span, check.argumentsSpan))) return [];
  const edit = replaceArguments(model, check, `CMD ${toExecForm(words)}`);
  return [{ title: "Write it in exec form (the program's own exit code counts)", safety: "review", edits: [edit] }];
}
