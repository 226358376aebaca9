import { defineInstructionRule } from "../../engine/rule.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import {
  type PackageStep,
  commandsOf,
  flagsOf,
  hasUnknownFlags,
  packageStep,
  withFlag,
} from "./shared/package-steps.ts";
import { type RunBody, bodyOf, instructionsBefore, isShipped } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "recommended-packages",
  summary: "`apt-get install` also installs what the packages merely recommend.",
  why: `Debian and Ubuntu install recommended packages by default, which is meant for desktops: \`git\` brings \`less\` and an SSH client, \`python3-pip\` a
compiler. Each makes the image larger, slower to pull, and longer to patch when a scanner finds something in it. \`--no-install-recommends\` installs what
was named and what that cannot do without.

The other side: some things are recommended because they are nearly always wanted. \`curl\` and \`wget\` need \`ca-certificates\` for HTTPS; name it when you
add the flag, and try the image.`,
  category: "size",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3015",
    "trivy:DS-0029",
    "kics:apt_get_not_avoiding_additional_packages",
    "droast:DF016",
    "semgrep:missing-no-install-recommends",
  ],
  references: [
    "https://manpages.debian.org/stable/apt/apt-get.8.en.html",
    "https://ubuntu.com/blog/we-reduced-our-docker-images-by-60-with-no-install-recommends",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => undecided(run).length > 0,
  *check(run, model) {
    if (!isShipped(run) || configured(model, run)) return;
    for (const { body, step } of undecided(run)) {
      const flag = step.command.name === "aptitude" ? "--without-recommends" : "--no-install-recommends";
      yield {
        at: step.at,
        message: `\`${step.label}\` also installs what is only recommended: add \`${flag}\`, and name what of it you need.`,
        fixes: () => [
          {
            title: `Add \`${flag}\` (recommended packages such as \`ca-certificates\` must then be named)`,
            safety: "review",
            edits: [withFlag(body, step, flag, "flags")],
          },
        ],
      };
    }
  },
});

/** The installations that say neither way, as far as the RUN's own text tells. */
function undecided(run: RunInstruction): readonly { readonly body: RunBody; readonly step: PackageStep }[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command) => {
    const step = packageStep(command);
    return step === undefined || !isInstallation(step) || decides(step) ? [] : [{ body: { run, script }, step }];
  });
}

function isInstallation({ packages }: PackageStep): boolean {
  return packages.manager.name === "apt-get" && packages.does === "install" && packages.operands.length > 0;
}

const onlyLooks = /^(?:-s|--simulate|--just-print|--dry-run|--recon|--no-act|--print-uris)$/;

/** Whether the command says either way, or installs nothing. */
function decides(step: PackageStep): boolean {
  const { command } = step;
  if (command.words.some(({ text }) => /install-recommends/i.test(text)) || hasUnknownFlags(step)) return true;
  if (flagsOf(step).some((flag) => onlyLooks.test(flag))) return true;
  return (
    command.name === "aptitude" && flagsOf(step).some((flag) => /^(?:-R|-r|--with(?:out)?-recommends)$/.test(flag))
  );
}

/** Whether APT was set up to leave them out, as far as this file tells. */
function configured(model: DockerfileModel, run: RunInstruction): boolean {
  const says = ({ start, end }: RunInstruction["span"]): boolean =>
    /APT::Install-Recommends|\bInstall-Recommends\s+\\?"?(?:0|false|no)/i.test(model.text.slice(start, end));
  if (says(run.span)) return true;
  for (const before of instructionsBefore(model, run)) {
    if ((before.name === "RUN" || before.name === "COPY") && says(before.span)) return true;
    if (before.name === "ENV" && before.pairs.some(({ name }) => name === "APT_CONFIG")) return true;
    if (before.name !== "COPY" && before.name !== "ADD") continue;
    if (/^\/etc(?:\/(?:apt(?:\/(?:apt\.conf.*)?)?)?)?$/.test(before.destination?.value ?? "")) return true;
  }
  return false;
}
