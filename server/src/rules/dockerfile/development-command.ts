import { defineRule } from "../../engine/rule.ts";
import type { WorkspaceView } from "../../workspace/index.ts";
import { isForDevelopment } from "./shared/development.ts";
import { developmentCommand, type DevelopmentCommand } from "../shared/development-servers.ts";
import { commandsBehind, packageCall } from "./shared/package-scripts.ts";
import { type StartedProgram, startedPrograms } from "./shared/start.ts";

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
  *check({ finalStage }, _options, workspace) {
    if (finalStage === undefined || isForDevelopment(workspace.path, finalStage)) return;
    const seen = new Set<unknown>();
    for (const program of startedPrograms(finalStage)) {
      if (seen.has(program.instruction)) continue;
      const found = developmentCommand(program) ?? behindScript(program, workspace);
      if (found === undefined) continue;
      seen.add(program.instruction);
      yield { at: program.span, message: messageFor(found) };
    }
  },
});

interface BehindScript extends DevelopmentCommand {
  /** The call that comes down to it: `npm start`. */
  readonly call: string;
}

/** What a script of `package.json` starts. */
function behindScript({ name, args }: StartedProgram, workspace: WorkspaceView): BehindScript | undefined {
  const call = packageCall(name, args);
  const facts = call === undefined ? undefined : workspace.packageJson();
  if (call === undefined || facts === undefined || facts === "unknown") return undefined;
  for (const program of commandsBehind(call, facts)) {
    const found = developmentCommand(program);
    if (found !== undefined) return { ...found, call: call.shown };
  }
  return undefined;
}

function messageFor(found: DevelopmentCommand | BehindScript): string {
  const { command, kind } = found;
  const name = "call" in found ? `\`${found.call}\` runs \`${command}\`, which` : `\`${command}\``;
  switch (kind) {
    case "compiles":
      return `${name} builds the program at every start: build it in the Dockerfile and start the result.`;
    case "reloads":
      return `${name} is for development, where files change and are watched: start the program as production runs it.`;
    default:
      return `${name} starts a server for development, slow and not meant to be reached by others: use one made for production.`;
  }
}
