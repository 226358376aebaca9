import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { insertFlag } from "../../languages/dockerfile/edit.ts";
import type { Instruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/index.ts";
import { replace } from "../../text/edit.ts";
import { isForDevelopment } from "./shared/development.ts";
import { developmentCommand } from "./shared/development-servers.ts";
import { type Installation, installationsIn } from "./shared/installations.ts";
import { startedPrograms } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "development-install",
  summary: "Dependencies are installed as on a developer's machine.",
  why: `\`npm install\` resolves versions anew where the lockfile does not fit, and changes it: two builds of one commit may ship different code. \`npm ci\` installs what the
lockfile says, or fails. And without \`--omit=dev\` the test runners, linters and bundlers are shipped as well: often most of \`node_modules\`, all of it to
download at every deployment, and to be searched for flaws. The other package managers have the same switch under another name.

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
  reads: "workspace",
  *check(model, _options, { path }) {
    const stage = model.finalStage;
    if (isForDevelopment(path, stage)) return;
    const instructions = stage === undefined ? model.instructions : stage.history;
    const starts = stage === undefined ? [] : startedPrograms(stage);
    const startsForDevelopment = starts.some((program) => developmentCommand(program) !== undefined);
    for (const installation of installationsIn(instructions)) {
      const problem =
        installation.tool === "npm"
          ? npmProblem(installation, startsForDevelopment)
          : otherProblem(installation, startsForDevelopment);
      if (problem !== undefined) yield problem;
    }
  },
});

function npmProblem(installation: Installation, startsForDevelopment: boolean): Problem | undefined {
  const { command, subcommand, locked, ships, needed, lockfile, before } = installation;
  const at = { start: command.nameSpan.start, end: subcommand?.span.end ?? command.nameSpan.end };
  const name = `\`npm ${subcommand?.value ?? "install"}\``;
  const omits = ships && !needed && !startsForDevelopment;
  if (locked) {
    if (!omits || !copiesFromContext(before)) return undefined;
    const fix = flagFix(
      command,
      "--omit=dev",
      "Leave the development dependencies out (what needs them at run time would fail)",
    );
    return {
      at,
      severity: "info",
      message: `${name} ships the development dependencies as well: leave them out with \`--omit=dev\`.`,
      fixes: [fix],
    };
  }
  const wanted = omits ? "npm ci --omit=dev" : "npm ci";
  const also = omits ? " and ships the development dependencies" : "";
  const todo = lockfile === "none" ? `copy \`package-lock.json\` too and use \`${wanted}\`` : `use \`${wanted}\``;
  return {
    at,
    ...(omits ? {} : { severity: "info" }),
    message: `${name} may install other versions than were tested${also}: ${todo}.`,
    fixes:
      lockfile === "copied" && subcommand !== undefined && !command.has("--no-package-lock")
        ? [ciFix(installation, omits)]
        : [],
  };
}

function ciFix({ subcommand, command }: Installation, omits: boolean): Fix {
  const wanted = omits ? "ci --omit=dev" : "ci";
  return {
    title: `Install with \`npm ${wanted}\` (fails where the lockfile is missing or does not fit${omits ? "; what needs a development dependency at run time would fail" : ""})`,
    safety: "review",
    edits: [replace(subcommand?.span ?? command.nameSpan, wanted)],
  };
}

function otherProblem(installation: Installation, startsForDevelopment: boolean): Problem | undefined {
  const { command, subcommand, tool, ships, needed, leaveOut, lockFlag, lockfile } = installation;
  if (!ships || needed || startsForDevelopment || leaveOut === undefined) return undefined;
  const flags = lockFlag === undefined || lockfile !== "copied" ? leaveOut : `${lockFlag} ${leaveOut}`;
  return {
    at: { start: command.nameSpan.start, end: subcommand?.span.end ?? command.nameSpan.end },
    message: `\`${tool}${subcommand === undefined ? "" : ` ${subcommand.text}`}\` ships the development dependencies as well: leave them out with \`${leaveOut}\`.`,
    fixes: installation.certain
      ? [flagFix(command, flags, "Leave the development dependencies out (what needs them at run time would fail)")]
      : [],
  };
}

function flagFix(command: ShellCommand, flag: string, title: string): Fix {
  return { title, safety: "review", edits: [insertFlag(command, flag)] };
}

function copiesFromContext(before: readonly Instruction[]): boolean {
  return before.some((step) => (step.name === "COPY" || step.name === "ADD") && step.from === undefined);
}
