import { defineInstructionRule } from "../../engine/rule.ts";
import { type Telemetry, telemetryOf } from "../../knowledge/telemetry.ts";
import { insertBefore } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import type { Span } from "../../text/span.ts";
import { settingsOf } from "./shared/removal.ts";
import { bodyOf, instructionsBefore } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "telemetry",
  summary: "A tool reports its use from the build to its makers.",
  why: `Many command-line tools send what they were called with, on what machine, and how long it took, unless a variable says no. In a build that means requests to hosts
nobody planned for (which a closed network refuses or waits for), and facts about private projects in other hands.

What is sent is anonymous, and tells the makers what to mend; where one wants to help them, there is nothing wrong here. The variable set by \`ENV\` also holds
for containers of the image, in which the tool may run.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["tally:prefer-telemetry-opt-out"],
  references: ["https://learn.microsoft.com/en-us/dotnet/core/tools/telemetry", "https://nextjs.org/telemetry"],
  fix: "review",
  examples: [
    {
      bad: "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY app.csproj ./\nRUN dotnet restore\n\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /src ./\nUSER app\n",
      good: "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nCOPY app.csproj ./\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet restore\n\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nWORKDIR /app\nCOPY --from=build /src ./\nUSER app\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => reportersIn(run).length > 0,
  *check(run, model) {
    for (const { telemetry, at, command } of reportersIn(run)) {
      if (isSaidBefore(model, run, telemetry)) continue;
      const { of, variable, value } = telemetry;
      yield {
        at,
        message: `${of} reports the use of \`${command}\` to its makers: set \`${variable}=${value}\` to keep it from doing so.`,
        fixes: () =>
          run.onbuild
            ? []
            : [
                {
                  title: `Add \`ENV ${variable}=${value}\` (containers of the image have it, too)`,
                  safety: "review",
                  edits: [insertBefore(model, run, [`ENV ${variable}=${value}`], "keep")],
                },
              ],
      };
    }
  },
});

interface Reporter {
  readonly telemetry: Telemetry;
  readonly command: string;
  readonly at: Span;
}

/** The first command of each tool that reports, where the step does not tell it otherwise. */
function reportersIn(run: RunInstruction): readonly Reporter[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const found: Reporter[] = [];
  for (const command of script.everyCommand) {
    const reporter = reporterOf(command);
    if (reporter === undefined || found.some(({ telemetry }) => telemetry.variable === reporter.telemetry.variable))
      continue;
    found.push(reporter);
  }
  if (found.length === 0) return [];
  const settings = new Set(settingsOf(run, { run, script }).map(({ name }) => name));
  return found.filter(({ telemetry }) => !isToldBy(settings, telemetry));
}

function reporterOf(command: ShellCommand): Reporter | undefined {
  const { name, operands } = command;
  if (name === undefined) return undefined;
  const behind = launcherOperands(name, operands[0]?.value);
  const word = behind === 0 ? undefined : operands[behind - 1];
  const program = behind === 0 ? name : word?.value?.replace(/@.*$/, "");
  const telemetry = program === undefined ? undefined : telemetryOf(program);
  if (telemetry === undefined || program === undefined) return undefined;
  const subcommand = operands[behind]?.value;
  if (subcommand === undefined || subcommand === "telemetry") return undefined;
  if (telemetry.subcommands?.has(subcommand) === false) return undefined;
  return { telemetry, command: `${program} ${subcommand}`, at: word?.span ?? command.nameSpan };
}

/** How many operands of `npx`, `pnpm exec` and the like stand up to the program's name; 0 where the command is the program. */
function launcherOperands(name: string, first: string | undefined): number {
  if (name === "npx" || name === "bunx" || name === "pnpx") return 1;
  if (name !== "pnpm" && name !== "yarn" && name !== "npm") return 0;
  if (first === "exec" || first === "dlx" || first === "x") return 2;
  return name === "npm" ? 0 : 1;
}

function isToldBy(variables: ReadonlySet<string>, { variable, doNotTrack }: Telemetry): boolean {
  return variables.has(variable) || (doNotTrack === true && variables.has("DO_NOT_TRACK"));
}

/** Whether the variable is set for the step, or an earlier step is where it was said. */
function isSaidBefore(model: DockerfileModel, run: RunInstruction, telemetry: Telemetry): boolean {
  for (const before of instructionsBefore(model, run)) {
    if (before.name === "ENV" || before.name === "ARG") {
      if (isToldBy(new Set(before.pairs.map(({ name }) => name)), telemetry)) return true;
    } else if (before.name === "RUN" && before.stage === run.stage) {
      if (reportersIn(before).some((other) => other.telemetry.variable === telemetry.variable)) return true;
      if (/telemetry\s+(?:disable|off)/.test(model.text.slice(before.span.start, before.span.end))) return true;
    }
  }
  return false;
}
