import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { packageManagerMention } from "../../knowledge/package-managers.ts";
import { appendToRun, removeCommand, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type Caching, cachingOf } from "./shared/package-caches.ts";
import { deletes, mounted } from "./shared/cleaning.ts";
import { refreshesOf } from "./shared/package-lists.ts";
import {
  type PackageStep,
  asPrivileged,
  commandsOf,
  flagsOf,
  packageStep,
  withFlag,
  wordInForm,
} from "./shared/package-steps.ts";
import { type RunBody, bodyOf, instructionsBefore, isShipped } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "package-cache-left",
  summary: "A package manager leaves its cache in the image.",
  why: `Package managers keep what they download for the next installation. In an image there is no next one: the archives and indexes of
\`apk\`, \`dnf\`, \`yum\`, \`zypper\`, \`pip\`, \`npm\`, \`yarn\` and \`composer\` are pulled by every node, often tens or hundreds of megabytes of them, and
never read. They must go, or never be written, in the \`RUN\` that installs: a layer keeps what a later one deletes.

A cache mount (\`RUN --mount=type=cache,target=…\`) does both: nothing stays in the image, and a rebuild need not download again. Stages that are not
shipped may keep their caches.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3019",
    "hadolint:DL3032",
    "hadolint:DL3036",
    "hadolint:DL3040",
    "hadolint:DL3042",
    "hadolint:DL3060",
    "trivy:DS-0015",
    "trivy:DS-0019",
    "trivy:DS-0020",
    "trivy:DS-0025",
    "trivy:DS-0027",
    "kics:apk_add_using_local_cache_path",
    "kics:missing_dnf_clean_all",
    "kics:missing_zypper_clean",
    "kics:pip_install_keeping_cached_packages",
    "kics:yum_clean_all_missing",
    "droast:DF029",
    "droast:DF030",
    "droast:DF045",
    "droast:DF046",
    "droast:DF047",
    "droast:DF055",
    "semgrep:missing-apk-no-cache",
    "semgrep:missing-dnf-clean-all",
    "semgrep:missing-yum-clean-all",
    "semgrep:missing-zypper-clean",
    "semgrep:missing-pip-no-cache-dir",
  ],
  references: [
    "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
    "https://pip.pypa.io/en/stable/topics/caching/#disabling-caching",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN apk add --update tini\nUSER nobody\n",
      good: "FROM alpine:3.22\nRUN apk add --no-cache tini\nUSER nobody\n",
    },
    {
      bad: "FROM fedora:44\nRUN dnf install -y jq\nUSER nobody\n",
      good: "FROM fedora:44\nRUN dnf install -y jq && dnf clean all\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: packageManagerMention,
  suspects: (run) => leftoversOf(run).length > 0,
  *check(run, model) {
    if (!isShipped(run)) return;
    const leftovers = leftoversOf(run);
    const before = [...instructionsBefore(model, run)];
    for (const { body, commands, caching, first, left, own } of leftovers) {
      if (caching.redirected(before, commands)) continue;
      yield {
        at: first.at,
        message: caching.message(first.label, first.packages),
        fixes: () => fixesOf(model, body, first, left, own),
      };
    }
  },
});

/** What a RUN leaves in one cache. */
interface Leftover {
  readonly body: RunBody;
  readonly commands: readonly ShellCommand[];
  readonly caching: Caching;
  /** The steps that fill the cache and that nothing empties it after. */
  readonly left: readonly Step[];
  readonly first: Step;
  /** All steps that use it. */
  readonly own: readonly Step[];
}

/** The caches that a RUN leaves filled, as far as its own text tells. */
function leftoversOf(run: RunInstruction): readonly Leftover[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const commands = commandsOf(script);
  const steps = commands.flatMap((command, index): readonly Step[] => {
    const step = packageStep(command);
    const caching = step && cachingOf(step.packages.manager.name);
    return step === undefined || caching === undefined ? [] : [{ ...step, index, caching }];
  });
  return [...new Set(steps.map((step) => step.caching))].flatMap((caching): readonly Leftover[] => {
    if (mounted(run.mounts, caching.directories)) return [];
    const own = steps.filter((step) => step.caching === caching);
    const cleaned = commands.findLastIndex(
      (command, index) =>
        deletes(command, caching.directories) || own.some((step) => step.index === index && caching.empties(step)),
    );
    const left = own.filter((step) => step.index > cleaned && caching.fills(step, flagsOf(step)));
    const [first] = left;
    // An index that nothing in the RUN uses is a matter of its age first: `stale-package-lists`.
    if (
      first?.packages.does === "refresh" &&
      refreshesOf(run).some(({ keeper, alone }) => alone && keeper === first.packages.manager.name)
    )
      return [];
    return first === undefined ? [] : [{ body: { run, script }, commands, caching, first, left, own }];
  });
}

interface Step extends PackageStep {
  /** Among the commands of its RUN. */
  readonly index: number;
  readonly caching: Caching;
}

function fixesOf(
  model: DockerfileModel,
  body: RunBody,
  first: Step,
  left: readonly Step[],
  all: readonly Step[],
): readonly EditFix[] {
  const { manager } = first.packages;
  const [flag] = manager.noCache;
  if (flag === undefined) {
    const command = manager.clean === undefined ? undefined : asPrivileged(first, manager.clean);
    const edit = command === undefined ? undefined : appendToRun(model, body.run, command);
    const { safety, doubt } = first.caching.cleaning(left.map((step) => flagsOf(step)));
    const title = `End this \`RUN\` with \`${command ?? ""}\`${doubt}`;
    return edit === undefined ? [] : [{ title, safety, edits: [edit] }];
  }
  const edits: TextEdit[] = [];
  for (const step of left) {
    if (step.packages.does === "refresh") continue;
    const refreshing = step.command.args.find(({ text }) => /^(?:--update|--update-cache|-U)$/.test(text));
    edits.push(
      refreshing === undefined || manager.name !== "apk"
        ? withFlag(body, step, flag)
        : replaceWord(refreshing, wordInForm(body, step.command, flag)),
    );
  }
  // An index that is fetched apart is not read by `apk add --no-cache`.
  for (const step of all.filter(({ packages }) => packages.does === "refresh")) {
    const edit = all.some(({ packages }) => packages.does === "install")
      ? removeCommand(model, body.run, step.command)
      : undefined;
    if (edit === undefined) return [];
    edits.push(edit);
  }
  const title = edits.length > left.length || left.some(({ packages }) => packages.does === "refresh");
  return [
    {
      title: title ? `Install with \`${flag}\`, without \`${manager.name} update\`` : `Add \`${flag}\``,
      safety: "safe",
      edits,
    },
  ];
}
