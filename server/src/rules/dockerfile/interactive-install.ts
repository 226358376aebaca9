import { defineInstructionRule } from "../../engine/rule.ts";
import { packageManagerMention, type PackageManagerName } from "../../knowledge/package-managers.ts";
import type { DockerfileModel, Instruction, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { contains } from "../../text/span.ts";
import { type FirstOfStage, firstOfStage, heldBefore } from "./shared/first-of-stage.ts";
import {
  type PackageStep,
  commandsOf,
  flagsOf,
  hasUnknownFlags,
  packageStep,
  withFlag,
} from "./shared/package-steps.ts";
import { type RunBody, bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "interactive-install",
  summary: "A package manager asks for confirmation, and a build has nobody to give it.",
  why: `\`apt-get\`, \`dnf\`, \`yum\` and \`zypper\` ask before they change what is installed. In a build there is no terminal: they take the silence for a no, and the
build fails, often only on the day when a package has got a new dependency, because \`apt-get\` asks only where it installs more than it was told.

\`DEBIAN_FRONTEND=noninteractive\` answers the questions of the packages, not this one. \`apt-get -qq\` does imply \`-y\`.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3014",
    "hadolint:DL3030",
    "hadolint:DL3034",
    "hadolint:DL3038",
    "trivy:DS-0021",
    "kics:apt_get_missing_flags_to_avoid_manual_input",
    "kics:missing_flag_from_dnf_install",
    "kics:missing_zypper_non_interactive_switch",
    "kics:yum_install_allows_manual_input",
    "droast:DF015",
    "droast:DF027",
    "droast:DF043",
    "semgrep:missing-assume-yes-switch",
    "semgrep:missing-dnf-assume-yes-switch",
    "semgrep:missing-yum-assume-yes-switch",
    "semgrep:missing-zypper-no-confirm-switch",
  ],
  references: [
    "https://manpages.debian.org/stable/apt/apt-get.8.en.html",
    "https://dnf.readthedocs.io/en/latest/command_ref.html",
    "https://en.opensuse.org/SDB:Zypper_manual",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: packageManagerMention,
  suspects: (run) => questions(run).length > 0,
  *check(run, model) {
    for (const { body, step } of questions(run)) {
      if (configured(model, body)) return;
      const { manager } = step.packages;
      const [flag = "-y"] = manager.yes;
      const place = manager.yesBeforeSubcommand ? "program" : "subcommand";
      yield {
        at: step.at,
        message: `\`${step.label}\` asks for confirmation, which fails in a build: add \`${flag}\`.`,
        fixes: () => [{ title: `Add \`${flag}\``, safety: "safe", edits: [withFlag(body, step, flag, place)] }],
      };
    }
  },
});

/** The steps of a RUN that ask, as far as its own text tells. */
function questions(run: RunInstruction): readonly { readonly body: RunBody; readonly step: PackageStep }[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const body: RunBody = { run, script };
  return commandsOf(script).flatMap((command) => {
    const step = packageStep(command);
    return step === undefined || !asks(step) || isAnswered(body, step) ? [] : [{ body, step }];
  });
}

const debianAsks = new Set("remove purge autoremove auto-remove autopurge build-dep satisfy reinstall".split(" "));
const redHatAsks = new Set("remove erase autoremove downgrade swap builddep group".split(" "));
const suseAsks = new Set("remove rm".split(" "));

/** What asks besides installing and upgrading. */
const others: Readonly<Partial<Record<PackageManagerName, ReadonlySet<string>>>> = {
  "apt-get": debianAsks,
  yum: redHatAsks,
  dnf: redHatAsks,
  tdnf: redHatAsks,
  zypper: suseAsks,
};

const simulates =
  /^(?:-s|--simulate|--just-print|--dry-run|--recon|--no-act|--print-uris|--assume-no|--assumeno|--help|-h|--version|--trivial-only|--force-yes|-D)$/;

function asks({ packages }: PackageStep): boolean {
  const { manager, does, subcommand } = packages;
  if (manager.scope !== "system" || manager.yes.length === 0 || subcommand === undefined) return false;
  return does === "install" || does === "upgrade" || others[manager.name]?.has(subcommand) === true;
}

function isAnswered(body: RunBody, step: PackageStep): boolean {
  const { command, packages } = step;
  const flags = flagsOf(step);
  if (command.has(...packages.manager.yes, "--yes", "--assume-yes", "--assumeyes")) return true;
  if (flags.some((flag) => simulates.test(flag)) || hasUnknownFlags(step)) return true;
  if (packages.manager.name === "apt-get" && quietness(flags) >= 2) return true;
  const text = command.words.map((word) => word.value ?? word.text).join(" ");
  return /assume-?yes["' ]*[= ]["' ]*(?:1|true|yes|on)/i.test(text) || isFed(body, command);
}

/** How often it is told to be quiet: `-qq`, `-q -q` and `-q=2` are two. */
function quietness(flags: readonly string[]): number {
  let level = 0;
  for (const flag of flags) {
    const given = /^(?:-q|--quiet)=(\d+)$/.exec(flag)?.[1];
    if (given !== undefined) level = Number(given);
    else if (flag === "--quiet") level += 1;
    else if (/^-[A-Za-z]+$/.test(flag)) level += flag.split("q").length - 1;
  }
  return level;
}

/** Whether something stands at its input that may answer: `yes | apt-get install …`. */
function isFed({ script }: RunBody, command: ShellCommand): boolean {
  if (command.redirects.some(({ operator, target }) => operator.startsWith("<") && target !== "/dev/null")) return true;
  return script.pipelines.some(
    ({ span, commands }) => contains(span, command.span) && command.span.start > (commands[0]?.span.start ?? Infinity),
  );
}

/** Whether the package manager's own configuration says yes, as far as this file tells. */
function configured(model: DockerfileModel, { run }: RunBody): boolean {
  return configures(model, run) || heldBefore(model.once(settings), run);
}

function settings(model: DockerfileModel): FirstOfStage {
  return firstOfStage(model, (instruction) => configures(model, instruction));
}

function configures({ text }: DockerfileModel, instruction: Instruction): boolean {
  const { name, span } = instruction;
  if (name !== "RUN" && name !== "COPY" && name !== "ADD") return false;
  if (
    name !== "RUN" &&
    /^\/etc(?:\/(?:(?:apt\/apt\.conf|yum\.conf|dnf\/dnf\.conf|zypp).*)?)?$/.test(instruction.destination?.value ?? "")
  )
    return true;
  return /APT::Get::Assume-Yes|assumeyes\s*=\s*(?:1|true|yes)/i.test(text.slice(span.start, span.end));
}
