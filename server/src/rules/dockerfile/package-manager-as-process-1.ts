import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { CommandInstruction, DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { everyCommand } from "../../languages/shell/index.ts";
import { cover, touches } from "../../text/span.ts";
import { replace } from "../../text/edit.ts";
import { nameOf } from "../../text/path.ts";
import { isForDevelopment } from "./shared/development.ts";
import { developmentCommand } from "../shared/development-servers.ts";
import { commandOf, isCommandInEffect } from "./shared/final-image.ts";
import { type MainProgram, mainProgramOf } from "./shared/main-program.ts";
import {
  commandsBehind,
  type DirectCommand,
  directCommand,
  packageCall,
  type PackageCall,
} from "./shared/package-scripts.ts";
import { plainCommand } from "./shared/plain-command.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "package-manager-as-process-1",
  summary: "A package manager is the container's first process, and the program a child of it.",
  why: `\`npm start\` reads package.json, starts a shell, and that starts the program: three processes where one is meant, with the package manager holding some
tens of megabytes for as long as the container runs. The SIGTERM of \`docker stop\`, of a deployment or of a scale-down goes to the package manager. Whether
it is passed on, and whether the end of the program is waited for, depends on its version and on the script: older ones keep it to themselves, and with
\`&&\` in the script the shell does. Requests are then cut off when the grace period is over. A stop in good order ends with an error of the package manager.

The program started directly gets its signals itself. What the script sets or does beforehand has to go into the Dockerfile. Programs that read
\`npm_package_…\` variables need the package manager.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd",
    "https://docs.docker.com/reference/dockerfile/#cmd",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json server.js ./\nUSER node\nCMD ["npm", "start"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
      files: { "package.json": '{ "scripts": { "start": "node server.js" } }\n' },
    },
  ],
  reads: "workspace",
  instructions: ["CMD", "ENTRYPOINT"],
  suspects: ({ words }) => words.some(({ value }) => /\b(?:npm|npx|yarn|pnpm|pnpx|bun|bunx)\b/.test(value)),
  *check(instruction, model, _options, workspace) {
    if (!isCommandInEffect(instruction, model) || isForDevelopment(workspace.path, model.finalStage)) return;
    const entrypoint =
      instruction.name === "CMD" && model.finalStage !== undefined
        ? commandOf(model.finalStage, "ENTRYPOINT")
        : undefined;
    // A shell leaves out what CMD says.
    if (entrypoint?.form === "shell") return;
    const program = mainProgramOf(instruction);
    if (program === undefined || [...(entrypoint?.elements ?? []), ...program.launchers].some(isInit)) return;
    const args = continued(program, model.finalStage);
    const call = packageCall(program.path, args);
    if (call === undefined || isJob(call)) return;
    const facts = workspace.packageJson();
    const known = facts === "unknown" ? undefined : facts;
    const behind = known === undefined ? [] : commandsBehind(call, known);
    if ([{ name: nameOf(program.path), args }, ...behind].some(isForDeveloping)) return;
    const direct = known && directCommand(call, known, (name) => isInstalled(name, model.finalStage));
    yield {
      at: program.span,
      message: messageFor(call, direct),
      fixes: () => (direct === undefined ? [] : fixesFor(model, program, direct, entrypoint)),
    };
  },
});

/** The command's words follow those of an entrypoint. */
function continued({ instruction, args }: MainProgram, stage: Stage | undefined): MainProgram["args"] {
  const command = instruction.name === "ENTRYPOINT" && stage !== undefined ? commandOf(stage, "CMD") : undefined;
  return instruction.form === "exec" && command?.elements !== undefined ? [...args, ...command.elements] : args;
}

/** The first process is another one then, and passes signals on. */
function isInit(word: string): boolean {
  return /^(?:tini(?:-static)?|dumb-init|catatonit|docker-init|s6-svscan|init|pm2-runtime|supervisord)$/.test(
    nameOf(word),
  );
}

/** What ends by itself, and may as well be cut off. */
function isJob({ runs }: PackageCall): boolean {
  return "script" in runs
    ? /^(?:pre|post)?(?:test|lint|build|bundle|compile|check|ci|coverage|cypress|deploy|e2e|export|format|generate|migrat\w*|playwright|publish|release|seed|stop|typecheck|unit)(?:[:._-].*)?$|[:._-](?:test|lint|build|migrate|seed)$/.test(
        runs.script,
      )
    : /^(?:ava|cypress|drizzle-kit|eslint|jest|knex|lerna|lhci|mocha|newman|nyc|playwright|prettier|prisma|sequelize|tsc|turbo|typeorm|vitest|wdio)(?:@.*)?$/.test(
        runs.program,
      );
}

function isForDeveloping(program: { readonly name: string; readonly args: MainProgram["args"] }): boolean {
  return developmentCommand(program) !== undefined;
}

/** Some step installs it for all (`npm install -g serve`). */
function isInstalled(program: string, stage: Stage | undefined): boolean {
  return (stage?.history ?? []).some((step) => {
    const script = step.name === "RUN" ? bodyOf(step) : undefined;
    return (script === undefined ? [] : everyCommand(script)).some(
      ({ name, args }) =>
        name !== undefined &&
        /^(?:npm|yarn|pnpm|bun)$/.test(name) &&
        args.some(({ value }) => /^(?:-g|--global|--location=global|global)$/.test(value ?? "")) &&
        args.some(({ value }) => value?.replace(/(?<=.)@.*$/, "") === program),
    );
  });
}

function messageFor(call: PackageCall, direct: DirectCommand | undefined): string {
  const { manager, shown, runs } = call;
  const todo =
    direct !== undefined
      ? `start \`${direct.words.join(" ")}\` itself`
      : "script" in runs
        ? `start what the script \`${runs.script}\` runs, such as \`node server.js\``
        : `start \`${runs.program}\` itself, by its path`;
  return `\`${shown}\` makes ${manager} the first process, which may not pass the signal to stop on to the program: ${todo}.`;
}

function fixesFor(
  model: DockerfileModel,
  { instruction, command, inScript, launchers, span }: MainProgram,
  { assignments, words }: DirectCommand,
  entrypoint: CommandInstruction | undefined,
): readonly Fix[] {
  const stage = model.finalStage;
  // Comments between the lines would be lost.
  if (inScript || model.comments.some((comment) => touches(comment.span, instruction.argumentsSpan))) return [];
  if (!assignments.every(({ name, value }) => stage !== undefined && isSetTo(stage, name, value))) return [];
  // What a later `docker run` or CMD adds to an entrypoint means something else to the package manager.
  if (instruction.name === "ENTRYPOINT" && stage?.last("CMD") !== undefined) return [];
  const title = `Start \`${words.join(" ")}\` itself (it gets no \`npm_…\` variables, and the script in package.json no longer counts)`;
  const fix = (edit: ReturnType<typeof replace>): readonly Fix[] => [{ title, safety: "review", edits: [edit] }];
  if (instruction.form === "exec") {
    const text = toExecForm([...launchers, ...words]);
    return fix(replaceArguments(model, instruction, text));
  }
  const { script } = instruction;
  if (script === undefined || command === undefined) return [];
  if (plainCommand(script) !== undefined && (entrypoint === undefined || entrypoint.form === "exec"))
    return fix(replaceArguments(model, instruction, toExecForm(words)));
  if (!words.every((word) => /^[\w./:=@,+-]+$/.test(word)) || command.joined === "|" || script.end > command.span.end)
    return [];
  const first = command.prefixWords[0]?.span ?? command.nameSpan;
  return fix(replace(cover(first, span), `exec ${words.join(" ")}`));
}

function isSetTo(stage: Stage, variable: string, value: string): boolean {
  const last = stage
    .all("ENV")
    .flatMap((instruction) => (instruction.name === "ENV" ? instruction.pairs : []))
    .findLast(({ name }) => name === variable);
  return last?.resolved === value;
}
