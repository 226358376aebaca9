import { defineRule } from "../../engine/rule.ts";
import { isForDevelopment } from "./shared/development.ts";
import { developmentCommand, type DevelopmentCommand } from "./shared/development-servers.ts";
import { startedPrograms } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "development-command",
  summary: "The image starts what is made for a developer's machine.",
  why: `Development servers watch files, compile at start or at the first request, show stack traces and sometimes a console to whoever asks, and serve one
request at a time; their makers say not to use them in production. \`go run\`, \`cargo run\` and \`mvn spring-boot:run\` build the program anew at every start: the
container needs the compiler, its memory and often the network, and is slow to come up when it is wanted most.

Build in the Dockerfile, and start what came out: \`node dist/server.js\`, \`next start\`, \`gunicorn\`, the binary or the jar. An image for development is a file
(\`Dockerfile.dev\`) or a stage (\`AS dev\`) of its own, which is left alone.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver",
    "https://flask.palletsprojects.com/en/stable/deploying/",
    "https://docs.docker.com/build/building/multi-stage/",
  ],
  fix: null,
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nUSER node\nCMD ["npm", "run", "dev"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nUSER node\nCMD ["node", "src/server.js"]\n',
    },
  ],
  reads: "workspace",
  *check({ finalStage }, _options, { path }) {
    if (finalStage === undefined || isForDevelopment(path, finalStage)) return;
    const seen = new Set<unknown>();
    for (const program of startedPrograms(finalStage)) {
      const found = developmentCommand(program);
      if (found === undefined || seen.has(program.instruction)) continue;
      seen.add(program.instruction);
      yield { at: program.span, message: messageFor(found) };
    }
  },
});

function messageFor({ command, kind }: DevelopmentCommand): string {
  const name = `\`${command}\``;
  switch (kind) {
    case "compiles":
      return `${name} builds the program at every start: build it in the Dockerfile and start the result.`;
    case "reloads":
      return `${name} is for development, where files change and are watched: start the program as production runs it.`;
    default:
      return `${name} starts a server for development, slow and not meant to be reached by others: use one made for production.`;
  }
}
