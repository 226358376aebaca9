import { type Fix, defineRule } from "../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { isForDevelopment } from "./shared/development.ts";
import { developmentCommand } from "../shared/development-servers.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { exposedPorts } from "./shared/exposed-ports.ts";
import { finalImage } from "./shared/final-image.ts";
import { startedPrograms } from "./shared/start.ts";
import { setsVariable } from "./shared/variables.ts";

export default defineRule("dockerfile", {
  slug: "missing-production-mode",
  summary: "A server of Node.js starts without `NODE_ENV=production`.",
  why: `Express, React on the server, Koa and many others take a missing \`NODE_ENV\` for development: errors are answered with their stack trace, templates are read anew for each
request, checks and warnings run that cost several times the work. Nothing fails, so nobody notices until the load comes or a stack trace is found.

Frameworks that are built for one mode, as Next.js and Nuxt, set it themselves, and where every deployment sets it, the image need not. Set it behind the installation: in
front of it, \`npm ci\` leaves the development dependencies out, which a build in the same stage may need.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production",
    "https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nWORKDIR /app\nCOPY server.js ./\nEXPOSE 3000\nHEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/"]\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nWORKDIR /app\nCOPY server.js ./\nEXPOSE 3000\nHEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/"]\nUSER node\nENV NODE_ENV=production\nCMD ["node", "server.js"]\n',
    },
  ],
  reads: "workspace",
  *check(model, _options, { path }) {
    const stage = model.finalStage;
    if (stage === undefined || stage.windows || exposedPorts(stage).length === 0 || !startsNode(stage)) return;
    const image = finalImage(model);
    // A base image that is not known may set it.
    if (image?.facts === undefined || setsVariable(stage, "NODE_ENV") || isForDevelopment(path, stage)) return;
    yield {
      at: image.word.span,
      message:
        "Nothing sets `NODE_ENV`, and servers of Node.js then run in development mode: set `NODE_ENV=production`.",
      fixes: () => fixesFor(model, stage),
    };
  },
});

/** `node server.js` or the like: not a framework that knows its mode, a script that may set it, or a server for development. */
function startsNode(stage: Stage): boolean {
  const programs = startedPrograms(stage);
  if (programs.some(({ name }) => /\.(?:sh|bash)$|entrypoint/.test(name))) return false;
  return (
    programs.some(
      (program) =>
        program.name === "node" &&
        program.args.some((arg) => arg !== undefined && !arg.startsWith("-")) &&
        developmentCommand(program) === undefined,
    ) &&
    !programs.some(({ instruction }) =>
      instruction.words.some(({ value }) => /NODE_ENV|\.next\b|\.nuxt\b|\.output\b/.test(value)),
    )
  );
}

function fixesFor(model: DockerfileModel, stage: Stage): readonly Fix[] {
  return [
    {
      title: "Add `ENV NODE_ENV=production` (what the program does only in development mode ends)",
      safety: "review",
      edits: [insertBeforeStart(model, stage, ["ENV NODE_ENV=production"])],
    },
  ];
}
