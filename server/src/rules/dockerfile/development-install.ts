import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { insertFlag } from "../../languages/dockerfile/edit.ts";
import type { Instruction } from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../languages/shell/index.ts";
import { insert, replace } from "../../text/edit.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { type DevelopmentRequirement, developmentRequirement } from "./shared/development-requirements.ts";
import { developmentCommand } from "../shared/development-servers.ts";
import { isForDevelopment } from "./shared/development.ts";
import { type Installation, buildsWithThem, installationsIn, isInstallation } from "./shared/installations.ts";
import { contextCopy } from "./shared/source-copies.ts";
import { startedPrograms } from "./shared/start.ts";

export default defineInstructionRule({
  slug: "development-install",
  summary: "Dependencies are installed as on a developer's machine.",
  why: `\`npm install\` resolves versions anew where the lockfile does not fit, and changes it: two builds of one commit may ship different code. \`npm ci\` installs what the
lockfile says, or fails. And without \`--omit=dev\` the test runners, linters and bundlers are shipped as well: often most of \`node_modules\`, all of it to
download at every deployment, and to be searched for flaws. The other package managers have the same switch under another name: \`--prod\`, \`--production\`, \`--no-dev\`, \`--only main\`, Bundler's \`without\`;
with pip it is a file, or an extra, that one names or does not.

Leave the development dependencies where the same stage builds with them, better still, build in a stage of its own. Stages that are only copied from are left alone.`,
  category: "reproducibility",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["droast:DF031", "tally:php/composer-no-dev-in-production"],
  references: [
    "https://docs.npmjs.com/cli/commands/npm-ci",
    "https://pnpm.io/cli/install#--prod--p",
    "https://getcomposer.org/doc/03-cli.md#install-i",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm install && npm cache clean --force\nCOPY src ./src\nUSER node\nCMD ["node", "src/server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nUSER node\nCMD ["node", "src/server.js"]\n',
    },
  ],
  instructions: ["RUN"],
  reads: "workspace",
  suspects: ({ script }) =>
    script !== undefined &&
    everyCommand(script).some((command) => isInstallation(command) || developmentRequirement(command) !== undefined),
  *check(run, model, _options, workspace) {
    const stage = model.finalStage;
    const steps = stage?.history ?? model.instructions;
    if (run.onbuild || !steps.includes(run) || isForDevelopment(workspace.path, stage)) return;
    const starts = stage === undefined ? [] : startedPrograms(stage);
    const startsForDevelopment = starts.some((program) => developmentCommand(program) !== undefined);
    for (const installation of installationsIn(steps)) {
      if (installation.run !== run) continue;
      const known = { ...installation, lockfile: knownLockfile(installation, workspace) };
      const problem =
        installation.tool === "npm"
          ? npmProblem(known, startsForDevelopment)
          : otherProblem(known, startsForDevelopment);
      if (problem !== undefined) yield problem;
    }
    if (startsForDevelopment || run.script === undefined || starts.some(({ name }) => testRunners.has(name))) return;
    for (const command of everyCommand(run.script)) {
      const requirement = developmentRequirement(command);
      if (requirement !== undefined && !buildsWithThem(steps, command)) yield requirementProblem(requirement);
    }
  },
});

const testRunners = new Set("pytest tox nox behave".split(" "));

type Lockfile = Installation["lockfile"] | "absent";

type KnownInstallation = Omit<Installation, "lockfile"> & { readonly lockfile: Lockfile };

/** What `COPY . .` and `COPY package*.json ./` bring can be looked up. */
function knownLockfile({ lockfile, lockName, before }: Installation, workspace: WorkspaceView): Lockfile {
  const brings = lockfile === "maybe" ? contextCopy : lockfile === "copied" ? patternCopy : undefined;
  if (brings === undefined || !before.some((step) => brings(step) !== undefined)) return lockfile;
  const present = workspace.contextHas(lockName);
  return present === "unknown" ? lockfile : present ? "copied" : "absent";
}

/** A COPY of what a pattern finds in the root of the context, be it nothing. */
function patternCopy(step: Instruction): Instruction | undefined {
  if ((step.name !== "COPY" && step.name !== "ADD") || step.from !== undefined) return undefined;
  return step.sources.every(({ value }) => /^(?:\.\/)?[^/*]*\*[^/]*$/.test(value)) ? step : undefined;
}

function requirementProblem({ command, word, without }: DevelopmentRequirement): Problem {
  return {
    at: word.span,
    severity: "info",
    message: `\`${word.text}\` asks \`${command.name ?? "pip"}\` for development dependencies in the image that is shipped: install without them.`,
    fixes: () =>
      without === undefined
        ? []
        : [
            {
              title: leavesOut,
              safety: "review",
              edits: [without],
            },
          ],
  };
}

function npmProblem(installation: KnownInstallation, startsForDevelopment: boolean): Problem | undefined {
  const { command, subcommand, locked, ships, needed, lockfile, before } = installation;
  const at = { start: command.nameSpan.start, end: subcommand?.span.end ?? command.nameSpan.end };
  const name = `\`npm ${subcommand?.value ?? "install"}\``;
  const omits = ships && !needed && !startsForDevelopment;
  if (locked) {
    if (!omits || !copiesFromContext(before)) return undefined;
    const fix = (): readonly Fix[] => [flagFix(command, "--omit=dev")];
    return {
      at,
      severity: "info",
      message: `${name} ships the development dependencies as well: leave them out with \`--omit=dev\`.`,
      fixes: fix,
    };
  }
  const wanted = omits ? "npm ci --omit=dev" : "npm ci";
  const also = omits ? " and ships the development dependencies" : "";
  const todo =
    lockfile === "none"
      ? `copy \`package-lock.json\` too and use \`${wanted}\``
      : lockfile === "absent"
        ? `commit a \`package-lock.json\` and use \`${wanted}\``
        : `use \`${wanted}\``;
  return {
    at,
    ...(omits ? {} : { severity: "info" }),
    message: `${name} may install other versions than were tested${also}: ${todo}.`,
    fixes: () =>
      lockfile === "copied" && subcommand !== undefined && !command.has("--no-package-lock")
        ? [ciFix(installation, omits)]
        : [],
  };
}

function ciFix({ subcommand, command }: KnownInstallation, omits: boolean): Fix {
  const wanted = omits ? "ci --omit=dev" : "ci";
  return {
    title: `Install with \`npm ${wanted}\` (fails where the lockfile is missing or does not fit${omits ? "; what needs a development dependency at run time would fail" : ""})`,
    safety: "review",
    edits: [replace(subcommand?.span ?? command.nameSpan, wanted)],
  };
}

function otherProblem(installation: KnownInstallation, startsForDevelopment: boolean): Problem | undefined {
  const { command, subcommand, tool, ships, needed, leaveOut, lockFlag, lockfile } = installation;
  if (!ships || needed || startsForDevelopment || leaveOut === undefined) return undefined;
  const flags = lockFlag === undefined || lockfile !== "copied" ? leaveOut : `${lockFlag} ${leaveOut}`;
  return {
    at: { start: command.nameSpan.start, end: subcommand?.span.end ?? command.nameSpan.end },
    // Not every project of Ruby has such groups.
    ...(tool === "bundle" ? { severity: "info" } : {}),
    message:
      tool === "bundle"
        ? `\`bundle install\` installs every group of the \`Gemfile\`, those for development and tests too: leave them out with \`${leaveOut}\`.`
        : `\`${tool}${subcommand === undefined ? "" : ` ${subcommand.text}`}\` ships the development dependencies as well: leave them out with \`${leaveOut}\`.`,
    fixes: () => {
      if (!installation.certain) return [];
      return tool === "bundle" ? configFix(installation, leaveOut) : [flagFix(command, flags)];
    },
  };
}

/** Bundler is told by its configuration, which is still there when the program starts. */
function configFix({ command, run }: KnownInstallation, config: string): readonly Fix[] {
  const follows = command.joined === undefined || command.joined === "&&" || command.joined === "\n";
  if (!follows || command.depth > 0 || command.assignments.length > 0 || command.prefixes.length > 0) return [];
  if (run.script?.commands.includes(command) !== true) return [];
  return [{ title: leavesOut, safety: "review", edits: [insert(command.span.start, `${config} && `)] }];
}

const leavesOut = "Leave the development dependencies out (what needs them at run time would fail)";

function flagFix(command: ShellCommand, flag: string): Fix {
  return { title: leavesOut, safety: "review", edits: [insertFlag(command, flag)] };
}

function copiesFromContext(before: readonly Instruction[]): boolean {
  return before.some((step) => (step.name === "COPY" || step.name === "ADD") && step.from === undefined);
}
