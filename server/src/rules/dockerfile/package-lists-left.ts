import { type EditFix, defineRule } from "../../engine/rule.ts";
import { appendToRun } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { deletes, mounted } from "./shared/cleaning.ts";
import { type PackageStep, asPrivileged, commandsOf, packageStep } from "./shared/package-steps.ts";
import { type RunBody, instructionsBefore, runBodies, shippedRunBodies } from "./shared/run-bodies.ts";

const lists = ["/var/lib/apt/lists"];

export default defineRule("dockerfile", {
  slug: "package-lists-left",
  summary: "The package lists that `apt-get update` fetches stay in the image.",
  why: `\`apt-get update\` writes some 20 to 50 MB of package lists to \`/var/lib/apt/lists\`. Nothing needs them at run time, they are stale after a
day, and every node pulls them with the image. Only a removal in the same \`RUN\` helps: a layer keeps what a later one deletes.

\`apt-get clean\` does not remove the lists, and the Debian and Ubuntu images already drop the downloaded packages themselves. With BuildKit a cache mount
on \`/var/lib/apt\` keeps the lists out of the image and makes rebuilds faster.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3009",
    "kics:apt_get_install_lists_were_not_deleted",
    "droast:DF004",
    "semgrep:remove-package-lists",
    "semgrep:remove-package-cache",
  ],
  references: ["https://docs.docker.com/build/building/best-practices/#apt-get"],
  fix: "safe",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends ca-certificates\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends ca-certificates && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  *check(model) {
    for (const body of shippedRunBodies(model)) {
      const commands = commandsOf(body.script);
      const steps = commands.flatMap((command, index) => {
        const step = packageStep(command);
        return step?.packages.manager.name === "apt-get" ? [{ step, index }] : [];
      });
      const update = steps.findLast(({ step }) => step.packages.does === "refresh");
      if (update === undefined || mounted(body.run.mounts, lists)) continue;
      if (commands.some((command, index) => index > update.index && removesLists(command))) continue;
      const alone = steps.every(({ step }) => step.packages.does !== "install");
      const needed = neededLater(model, body);
      const fix = alone || needed ? undefined : removal(model, body, update.step);
      yield {
        at: update.step.at,
        message: needed
          ? `The lists that \`${update.step.label}\` fetches stay in this layer: update, install and \`rm -rf /var/lib/apt/lists/*\` in one \`RUN\`.`
          : `The lists that \`${update.step.label}\` fetches stay in the image: end this \`RUN\` with \`rm -rf /var/lib/apt/lists/*\`.`,
        fixes: fix === undefined ? [] : [fix],
      };
    }
  },
});

function removesLists(command: ShellCommand): boolean {
  if (deletes(command, lists)) return true;
  const step = packageStep(command);
  if (step?.packages.manager.name !== "apt-get") return false;
  return step.packages.subcommand === "distclean" || step.packages.subcommand === "dist-clean";
}

/** Whether a later RUN installs from these lists without fetching its own. */
function neededLater(model: DockerfileModel, { run }: RunBody): boolean {
  for (const later of runBodies(model)) {
    if (later.run.span.start <= run.span.start || later.run.onbuild !== run.onbuild) continue;
    for (const command of commandsOf(later.script)) {
      if (command.name === "apt-cache") return reachedFrom(model, run, later.run);
      const step = packageStep(command);
      if (step?.packages.manager.name !== "apt-get") continue;
      if (step.packages.does === "refresh") break;
      if (step.packages.does === "install" || step.packages.does === "upgrade" || usesLists(step)) {
        if (reachedFrom(model, run, later.run)) return true;
        break;
      }
    }
  }
  return false;
}

function usesLists({ packages }: PackageStep): boolean {
  return /^(?:build-dep|source|download|satisfy|show|list|search|policy)$/.test(packages.subcommand ?? "");
}

function reachedFrom(model: DockerfileModel, run: RunBody["run"], later: RunBody["run"]): boolean {
  for (const before of instructionsBefore(model, later)) if (before.span.start === run.keywordSpan.start) return true;
  return run.onbuild;
}

function removal(model: DockerfileModel, { run }: RunBody, update: PackageStep): EditFix | undefined {
  const command = asPrivileged(update, "rm -rf /var/lib/apt/lists/*");
  const edit = appendToRun(model, run, command);
  return edit && { title: `End this \`RUN\` with \`${command}\``, safety: "safe", edits: [edit] };
}
