import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { insertElement } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellWord } from "../../languages/shell/model.ts";
import { type TextEdit, insert } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { type FirstOfStage, firstOfStage, heldBefore } from "./shared/first-of-stage.ts";
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

The other side: some things are recommended because they are nearly always wanted. \`curl\`, \`wget\` and \`git\` need \`ca-certificates\` for HTTPS. Name what
of it you need when you add the flag, and try the image.`,
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
  mentions: /apt/,
  suspects: (run) => undecided(run).length > 0,
  *check(run, model) {
    if (!isShipped(run) || configured(model, run)) return;
    for (const { body, step } of undecided(run)) {
      const flag = step.command.name === "aptitude" ? "--without-recommends" : "--no-install-recommends";
      yield {
        at: step.at,
        message: `\`${step.label}\` also installs what is only recommended: add \`${flag}\`, and name what of it you need.`,
        fixes: () => [fixFor(model, body, step, flag)],
      };
    }
  },
});

function fixFor(model: DockerfileModel, body: RunBody, step: PackageStep, flag: string): EditFix {
  const added = withFlag(body, step, flag, "flags");
  const client = needsCertificates(model, body.run, step);
  return client === undefined
    ? {
        title: `Add \`${flag}\` (what is recommended and needed must then be named)`,
        safety: "review",
        edits: [added],
      }
    : {
        title: `Add \`${flag}\` and \`${certificates}\` (what else is recommended and needed must then be named)`,
        safety: "review",
        edits: [added, alsoNamed(model, body, step, client)],
      };
}

const certificates = "ca-certificates";

/** The package of a client of HTTPS that would come without certificates: they are recommended, and nothing else brings them. */
function needsCertificates(model: DockerfileModel, run: RunInstruction, step: PackageStep): ShellWord | undefined {
  const client = clientOf(step);
  const { curl, wget } = run.stage?.baseFacts?.tools ?? {};
  if (client === undefined || curl === true || wget === true) return undefined;
  const names = ({ start, end }: Span): boolean => model.text.slice(start, end).includes(certificates);
  if (names(run.span)) return undefined;
  for (const before of instructionsBefore(model, run)) {
    if (names(before.span)) return undefined;
    if (before.name === "RUN" && undecided(before).some((other) => clientOf(other.step) !== undefined))
      return undefined;
  }
  return client;
}

function clientOf(step: PackageStep): ShellWord | undefined {
  return operandsOf(step).find(({ value }) => /^(?:curl|wget|git)(?:=.*)?$/.test(value ?? ""));
}

function operandsOf({ command, packages }: PackageStep): readonly ShellWord[] {
  return packages.operands.flatMap((index) => command.args[index] ?? []);
}

/** Puts the package behind another one, on a line of its own where each has one. */
function alsoNamed(model: DockerfileModel, body: RunBody, step: PackageStep, word: ShellWord): TextEdit {
  if (body.run.form === "exec" && body.script.commands.includes(step.command))
    return insertElement(word.span, certificates);
  const words = operandsOf(step);
  const index = words.indexOf(word);
  const [one, other] = index > 0 ? [words[index - 1], word] : [word, words[index + 1]];
  const between = one === undefined || other === undefined ? " " : model.text.slice(one.span.end, other.span.start);
  return insert(word.span.end, `${/^[ \t]+(?:[\\`]\r?\n[ \t]*)?$/.test(between) ? between : " "}${certificates}`);
}

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
  return configures(model, run) || heldBefore(model.once(settings), run);
}

function settings(model: DockerfileModel): FirstOfStage {
  return firstOfStage(model, (instruction) => configures(model, instruction));
}

function configures({ text }: DockerfileModel, instruction: Instruction): boolean {
  const { name, span } = instruction;
  if (name === "ENV") return instruction.pairs.some((pair) => pair.name === "APT_CONFIG");
  if (name !== "RUN" && name !== "COPY" && name !== "ADD") return false;
  if (name !== "RUN" && /^\/etc(?:\/(?:apt(?:\/(?:apt\.conf.*)?)?)?)?$/.test(instruction.destination?.value ?? ""))
    return true;
  return /APT::Install-Recommends|\bInstall-Recommends\s+\\?"?(?:0|false|no)/i.test(text.slice(span.start, span.end));
}
