import { type EditFix, defineRule } from "../../engine/rule.ts";
import { appendToRun, removeCommand, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type Caching, cachingOf } from "./shared/package-caches.ts";
import { deletes, mounted } from "./shared/cleaning.ts";
import { type PackageStep, asPrivileged, commandsOf, flagsOf, packageStep, withFlag } from "./shared/package-steps.ts";
import { type RunBody, instructionsBefore, shippedRunBodies } from "./shared/run-bodies.ts";

export default defineRule("dockerfile", {
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
      bad: "FROM alpine:3.21\nRUN apk add --update tini\nUSER nobody\n",
      good: "FROM alpine:3.21\nRUN apk add --no-cache tini\nUSER nobody\n",
    },
    {
      bad: "FROM fedora:41\nRUN dnf install -y jq\nUSER nobody\n",
      good: "FROM fedora:41\nRUN dnf install -y jq && dnf clean all\nUSER nobody\n",
    },
  ],
  *check(model) {
    for (const body of shippedRunBodies(model)) {
      const commands = commandsOf(body.script);
      const steps = commands.flatMap((command, index): readonly Step[] => {
        const step = packageStep(command);
        const caching = step && cachingOf(step.packages.manager.name);
        return step === undefined || caching === undefined ? [] : [{ ...step, index, caching }];
      });
      if (steps.length === 0) continue;
      const before = [...instructionsBefore(model, body.run)];
      for (const caching of new Set(steps.map((step) => step.caching))) {
        if (mounted(body.run.mounts, caching.directories) || caching.redirected(before, commands)) continue;
        const own = steps.filter((step) => step.caching === caching);
        const cleaned = commands.findLastIndex(
          (command, index) =>
            deletes(command, caching.directories) || own.some((step) => step.index === index && caching.empties(step)),
        );
        const left = own.filter((step) => step.index > cleaned && caching.fills(step, flagsOf(step)));
        const [first] = left;
        if (first === undefined) continue;
        yield {
          at: first.at,
          message: caching.message(first.label, first.packages),
          fixes: fixesOf(model, body, first, left, own),
        };
      }
    }
  },
});

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
        : replaceWord(refreshing, inForm(body, step, flag)),
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

function inForm({ run, script }: RunBody, { command }: PackageStep, flag: string): string {
  return run.form === "exec" && script.commands.includes(command) ? JSON.stringify(flag) : flag;
}
