import { defineInstructionRule } from "../../engine/rule.ts";
import { removeWord } from "../../languages/dockerfile/edit-words.ts";

export default defineInstructionRule({
  slug: "privileged-build-step",
  summary: "A step is built without the sandbox.",
  why: `\`RUN --security=insecure\` gives the step all of the kernel's privileges, as \`docker run --privileged\` does: what it runs, every script of every package it
installs included, can take over the machine that builds, with the credentials and the other builds on it. A builder refuses it unless it is started with the entitlement
\`security.insecure\`, and so does every hosted one.

It is for the few steps that mount file systems or start containers themselves. Do these outside the build, or in a rootless way (\`buildah\`, \`fuse-overlayfs\`).`,
  category: "security",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["sonar:S6502"],
  references: ["https://docs.docker.com/reference/dockerfile/#run---security"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN --security=insecure apk add --no-cache tini=0.19.0-r3\nUSER nobody\n",
      good: "FROM alpine:3.23\nRUN apk add --no-cache tini=0.19.0-r3\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => run.flag("security")?.value === "insecure",
  *check(run, model) {
    const flag = run.flag("security");
    if (flag === undefined) return;
    yield {
      at: flag.span,
      message: "`--security=insecure` lets this step do anything to the machine that builds: leave it out.",
      fixes: () => [
        {
          title: "Take `--security=insecure` out (a step that mounts or starts containers fails without)",
          safety: "review",
          edits: [removeWord(model, flag.span)],
        },
      ],
    };
  },
});
