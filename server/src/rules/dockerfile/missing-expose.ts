import { defineRule } from "../../engine/rule.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { finalImage } from "./shared/final-image.ts";
import { servedPort } from "./shared/served-port.ts";

export default defineRule("dockerfile", {
  slug: "missing-expose",
  summary: "The program listens on a port, and no `EXPOSE` says which.",
  why: `\`EXPOSE\` is a note to those who run the image: \`docker ps\` and \`docker run -P\`, Compose and Kubernetes tools, service discovery and reverse proxies such as
Traefik read the port from it. Without it they ask a person or guess.

It opens nothing, and a container can be reached without it: many leave it out on purpose, and in Kubernetes the manifest says the port.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["droast:DF022"],
  references: ["https://docs.docker.com/reference/dockerfile/#expose"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nENV PORT=3000\nUSER node\nHEALTHCHECK CMD ["node", "health.js"]\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nENV PORT=3000\nUSER node\nHEALTHCHECK CMD ["node", "health.js"]\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
    },
  ],
  *check(model) {
    const image = finalImage(model);
    if (image === undefined || image.stage.last("EXPOSE") !== undefined) return;
    const { stage, word, facts } = image;
    const served = servedPort(stage);
    // What the base image exposes counts for those built upon it.
    if (served === undefined || facts?.server?.ports.includes(served.port) === true) return;
    const { port, by } = served;
    yield {
      at: word.span,
      message: `\`${by}\` lets the program listen on a port that the image does not tell of: add \`EXPOSE ${port}\`.`,
      fixes: () => [
        {
          title: `Add \`EXPOSE ${port}\` (\`docker run -P\` and some platforms then open it)`,
          safety: "review",
          edits: [insertBeforeStart(model, stage, [`EXPOSE ${port}`])],
        },
      ],
    };
  },
});
