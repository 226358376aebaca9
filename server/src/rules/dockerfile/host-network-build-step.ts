import { defineInstructionRule } from "../../engine/rule.ts";
import { removeWord } from "../../languages/dockerfile/edit-words.ts";

export default defineInstructionRule({
  slug: "host-network-build-step",
  summary: "A step of the build uses the network of the machine that builds.",
  why: `With \`RUN --network=host\` the step reaches what listens on the builder's own \`localhost\`: databases, the API of a container engine, the metadata service that
hands out the builder's credentials. A package's install script reaches them too. The image also builds only where those services run, and only by a builder that
has the entitlement \`network.host\`.

Give the step what it needs by a \`COPY\`, a named build context or a mounted secret; the network of the build reaches every server outside.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["sonar:S6431"],
  references: ["https://docs.docker.com/reference/dockerfile/#run---network"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN --network=host apk add --no-cache tini=0.19.0-r3\nUSER nobody\n",
      good: "FROM alpine:3.23\nRUN apk add --no-cache tini=0.19.0-r3\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => run.flag("network")?.value === "host",
  *check(run, model) {
    const flag = run.flag("network");
    if (flag === undefined) return;
    yield {
      at: flag.span,
      message: "`--network=host` lets this step reach what listens on the builder itself: leave it out.",
      fixes: () => [
        {
          title: "Take `--network=host` out (a step that asks a service of the builder fails without)",
          safety: "review",
          edits: [removeWord(model, flag.span)],
        },
      ],
    };
  },
});
