import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { RunInstruction } from "../../languages/dockerfile/model.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type PackageStep, commandsOf, packageStep, withFlag, wordInForm } from "./shared/package-steps.ts";
import { type RunBody, bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "apt-for-scripts",
  summary: "A build calls `apt`, which is made for people at a terminal.",
  why: `\`apt\` is the front end for people: its manual reserves the right to change what it does from release to release, and it warns about itself
in every build log. \`apt-get\` and \`apt-cache\` do the same work and keep their options, output and exit codes, which is what a file wants that shall
build for years.

Nothing breaks today: this is advice. One difference counts: \`apt upgrade\` also installs new packages where an upgrade needs them, \`apt-get upgrade\` only
with \`--with-new-pkgs\`, which the fix adds.`,
  category: "reproducibility",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3027", "checkov:CKV_DOCKER_9", "kics:run_using_apt", "droast:DF059", "semgrep:prefer-apt-get"],
  references: ["https://manpages.debian.org/stable/apt/apt.8.en.html"],
  fix: "safe",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /\bapt(?![-\w])/,
  suspects: (run) => callsOf(run).length > 0,
  *check(run) {
    const calls = callsOf(run);
    const known = calls.filter(({ other }) => other !== undefined);
    // They are all of one habit, so the first one speaks for them.
    const first = known[0] ?? calls[0];
    if (first === undefined) return;
    const { step, other } = first;
    yield {
      at: step.command.nameSpan,
      message:
        other === undefined
          ? `\`${step.label}\` is made for people at a terminal, and its output may change: use \`apt-get\`, \`apt-cache\` or \`dpkg-query\`.`
          : `\`${step.label}\` is made for people at a terminal and may change: use \`${written(other)}\`.`,
      fixes: () => fixesOf(known),
    };
  },
});

interface Call {
  readonly body: RunBody;
  readonly step: PackageStep;
  readonly other: Counterpart | undefined;
}

/** The calls of `apt` whose subcommand is known. */
function callsOf(run: RunInstruction): readonly Call[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command): readonly Call[] => {
    const step = command.name === "apt" ? packageStep(command) : undefined;
    const subcommand = step?.subcommand?.value;
    if (step === undefined || subcommand === undefined) return [];
    return [{ body: { run, script }, step, other: counterparts.get(subcommand) }];
  });
}

/** What does the same as a subcommand of `apt`. */
interface Counterpart {
  readonly program: "apt-get" | "apt-cache";
  readonly subcommand: string;
  /** Needed to do the same. */
  readonly flag?: string;
}

const counterparts: ReadonlyMap<string, Counterpart> = new Map<string, Counterpart>([
  ...[
    "install",
    "update",
    "remove",
    "purge",
    "autoremove",
    "auto-remove",
    "autopurge",
    "clean",
    "autoclean",
    "distclean",
    "dist-clean",
    "dist-upgrade",
    "source",
    "build-dep",
    "satisfy",
    "download",
    "changelog",
    "check",
    "dselect-upgrade",
  ].map((subcommand) => [subcommand, { program: "apt-get", subcommand }] as const),
  ...["search", "show", "showsrc", "showpkg", "policy", "depends", "rdepends", "pkgnames", "madison"].map(
    (subcommand) => [subcommand, { program: "apt-cache", subcommand }] as const,
  ),
  ["upgrade", { program: "apt-get", subcommand: "upgrade", flag: "--with-new-pkgs" }],
  ["full-upgrade", { program: "apt-get", subcommand: "dist-upgrade" }],
  ["reinstall", { program: "apt-get", subcommand: "install", flag: "--reinstall" }],
]);

function written({ program, subcommand, flag }: Counterpart): string {
  return [program, subcommand, flag].filter((word) => word !== undefined).join(" ");
}

function fixesOf(calls: readonly Call[]): readonly Fix[] {
  const programs = [...new Set(calls.flatMap(({ other }) => (other === undefined ? [] : [other.program])))];
  const [only] = calls;
  if (only?.other === undefined) return [];
  const title =
    calls.length === 1
      ? `Use \`${written(only.other)}\``
      : `Use ${programs.map((program) => `\`${program}\``).join(" and ")} in this \`RUN\``;
  return [{ title, safety: "safe", edits: calls.flatMap(editsOf) }];
}

function editsOf({ body, step, other }: Call): readonly TextEdit[] {
  const { command, subcommand } = step;
  const [name] = command.words;
  if (name?.value === undefined || subcommand === undefined || other === undefined) return [];
  const edits = [replaceWord(name, wordInForm(body, command, name.value.replace(/apt$/, other.program)))];
  const { flag } = other;
  const flagged = flag === undefined || command.has(flag);
  if (subcommand.value !== other.subcommand) {
    edits.push(replaceWord(subcommand, wordInForm(body, command, other.subcommand, flagged ? [] : [flag])));
  } else if (!flagged) {
    edits.push(withFlag(body, step, flag));
  }
  return edits;
}
