import { defineInstructionRule } from "../../engine/rule.ts";
import type { RunInstruction } from "../../languages/dockerfile/model.ts";
import { type UnpinnedPackage, unpinnedMessage } from "./shared/package-arguments.ts";
import { type PackageStep, commandsOf, packageStep } from "./shared/package-steps.ts";
import { bodyOf } from "./shared/run-bodies.ts";
import { unpinnedSystemPackages } from "./shared/system-package-arguments.ts";

export default defineInstructionRule({
  slug: "unpinned-system-package",
  summary: "A package of the distribution is installed in whatever version its archive has.",
  why: `The same file builds another image next month: \`apt-get install curl\` takes what the archive has on that day, and a step that is still in the builder's cache
keeps what it took long ago. Where an image must be built again exactly, or every change has to pass through a review, the versions belong in the file.

There is a price, and most teams do not pay it. Debian, Ubuntu and Alpine take a version out of their archives as soon as they have a better one: the pinned build
then fails, most often on the day of a security fix, which a pin also keeps out of the image. A base image pinned by its digest, rebuilt on purpose
and often, does most of the same. For an exact build, install from an archive that forgets nothing (\`snapshot.debian.org\`), which this rule takes for a pin.
On Alpine, \`curl=~8.12\` leaves room for the fixes of one line. That is why the rule is off until it is asked for.`,
  category: "reproducibility",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3008",
    "hadolint:DL3018",
    "hadolint:DL3033",
    "hadolint:DL3037",
    "hadolint:DL3041",
    "kics:apt_get_install_pin_version_not_defined",
    "kics:unpinned_package_version_in_apk_add",
    "kics:missing_version_specification_in_dnf_install",
    "kics:yum_install_without_version",
    "kics:zypper_install_without_version",
    "droast:DF005",
    "droast:DF052",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#version-pinning",
    "https://snapshot.debian.org/",
    "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper#Advanced_APK_Usage",
  ],
  fix: null,
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN apk add --no-cache tini\nUSER nobody\n",
      good: "FROM alpine:3.22\nRUN apk add --no-cache tini=~0.19\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => installations(run).length > 0,
  *check(run, { text }) {
    for (const { step, unpinned } of installations(run)) {
      const [first, ...others] = unpinned;
      if (first === undefined) continue;
      if (step.packages.manager.name === "apt-get" && pinsElsewhere.test(text.slice(0, run.span.end))) continue;
      yield { at: first.word.span, message: unpinnedMessage([first, ...others]) };
    }
  },
});

/** An archive of one day, or apt's own file of pins. */
const pinsElsewhere = /snapshot\.(?:debian\.org|ubuntu\.com)|\/etc\/apt\/preferences|repro-sources-list/;

interface Installation {
  readonly step: PackageStep;
  readonly unpinned: readonly UnpinnedPackage[];
}

/** The installations of a RUN that name a package and no version of it. */
function installations(run: RunInstruction): readonly Installation[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return commandsOf(script).flatMap((command) => {
    const step = packageStep(command);
    const unpinned = step === undefined ? [] : unpinnedSystemPackages(step);
    return step === undefined || unpinned.length === 0 ? [] : [{ step, unpinned }];
  });
}
