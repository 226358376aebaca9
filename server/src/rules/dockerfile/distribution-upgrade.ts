import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { PackageManagerName } from "../../knowledge/package-managers.ts";
import { removeCommand, removeInstruction } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { deletes } from "./shared/cleaning.ts";
import { type PackageStep, commandsOf, flagsOf, packageStep } from "./shared/package-steps.ts";
import { type RunBody, bodyOf, isShipped } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "distribution-upgrade",
  summary: "A `RUN` upgrades every package of the base image.",
  why: `What comes out of \`apt-get upgrade\`, \`apk upgrade\` or \`dnf update\` depends on the day it runs, and on whether the build cache skips it: two
builds of one commit are two systems, and every upgraded file is in the image twice. A newer tag of the base image brings the same fixes, tested together
and shared between images. \`dist-upgrade\`, \`zypper dup\` and \`distro-sync\` may also remove packages or change the release.

The other side: a base image is rebuilt some days after a fix is published, and some are hardly rebuilt at all. Where a scanner has to be satisfied at
once, an upgrade does it, together with builds that skip the cache (\`docker build --pull --no-cache\`); then switch this rule off.`,
  category: "reproducibility",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3035",
    "trivy:DS-0017",
    "trivy:DS-0024",
    "droast:DF044",
    "semgrep:avoid-apk-upgrade",
    "semgrep:avoid-apt-get-upgrade",
    "semgrep:avoid-dnf-update",
    "semgrep:avoid-yum-update",
    "semgrep:avoid-zypper-update",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
    "https://en.opensuse.org/SDB:System_upgrade",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim@sha256:4b44499bc2a6c78d726f3b281e6798009c0ae1f034b0bfaf6a227147dcff928b\nRUN apt-get update && \\\n    apt-get upgrade -y && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
      good: "FROM debian:12.10-slim@sha256:4b44499bc2a6c78d726f3b281e6798009c0ae1f034b0bfaf6a227147dcff928b\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => upgradesOf(run).length > 0,
  *check(run, model) {
    if (!isShipped(run)) return;
    for (const { body, step } of upgradesOf(run)) {
      const releases = changesRelease(step);
      yield {
        at: step.at,
        ...(releases ? { severity: "info" } : {}),
        message: releases
          ? `\`${step.label}\` may replace and remove packages of the base image, with another result every day: start from a newer tag instead.`
          : `\`${step.label}\` upgrades the base image's packages, with another result every day: start from a newer tag instead.`,
        fixes: () => removal(model, body, step),
      };
    }
  },
});

/** The steps of a RUN that upgrade all there is. */
function upgradesOf(run: RunInstruction): readonly { readonly body: RunBody; readonly step: PackageStep }[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command) => {
    const step = packageStep(command);
    return step !== undefined && upgradesAll(step) ? [{ body: { run, script }, step }] : [];
  });
}

const looksOnly =
  /^(?:-s|--simulate|--just-print|--dry-run|--recon|--no-act|--print-uris|--assume-no|--assumeno|-D|--help|-h|--downloadonly|--download-only|-d)$/;
const elsewhere = /^(?:--installroot|--root|-R)(?:=|$)/;

function upgradesAll(step: PackageStep): boolean {
  const { does, manager, operands } = step.packages;
  if (manager.scope !== "system" || does !== "upgrade" || operands.length > 0) return false;
  return !flagsOf(step).some(
    (flag) => (looksOnly.test(flag) && !ownMeaning(manager.name, flag)) || elsewhere.test(flag),
  );
}

/** `-d` is a level of messages for the Red Hat family. */
function ownMeaning(manager: PackageManagerName, flag: string): boolean {
  return flag === "-d" && manager !== "apt-get" && manager !== "zypper";
}

const acrossReleases = /^(?:dist-upgrade|full-upgrade|dup|distro-sync|dsync|distribution-synchronization)$/;

function changesRelease({ packages }: PackageStep): boolean {
  return acrossReleases.test(packages.subcommand ?? "");
}

function removal(model: DockerfileModel, { run, script }: RunBody, step: PackageStep): readonly Fix[] {
  const { command } = step;
  const rest = commandsOf(script).filter((other) => other !== command && other.inner === undefined);
  const whole = rest.every(tidies);
  if (whole && run.onbuild) return [];
  const edit = whole ? removeInstruction(model, run) : removeCommand(model, run, command);
  if (edit === undefined) return [];
  const title = `Take out \`${step.label}\` (packages stay as the base image has them: use its newest tag)`;
  return [{ title, safety: "review", edits: [edit] }];
}

/** Of no use without an upgrade or installation beside it. */
function tidies(command: ShellCommand): boolean {
  if (command.name === "set") return true;
  const step = packageStep(command);
  if (step === undefined)
    return deletes(command, [
      "/var/lib/apt/lists",
      "/var/cache/apt",
      "/var/cache/apk",
      "/var/cache/dnf",
      "/var/cache/yum",
    ]);
  const { does, subcommand } = step.packages;
  return (
    does === "refresh" || does === "clean" || does === "upgrade" || /^auto-?(?:remove|clean)$/.test(subcommand ?? "")
  );
}
