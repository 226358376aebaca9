import { defineInstructionRule } from "../../engine/rule.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import { type LanguageInstallation, languageInstallation } from "./shared/language-package-arguments.ts";
import { unpinnedMessage } from "./shared/package-arguments.ts";
import { commandsOf } from "./shared/package-steps.ts";
import { bodyOf, instructionsBefore } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "unpinned-package",
  summary: "A package of a language is installed in whatever version is the newest.",
  why: `\`npm install -g serve\` and \`pip install flask\` take what the registry offers on the day of the build. A new major version breaks an image whose sources nobody
touched, two builds of one commit differ, and a version that somebody published with a stolen account is in the next image at once. \`@latest\` says the same
in more words.

Unlike a distribution's archive, these registries keep every version, so that a pin goes on to work: name it, or let a lockfile or a file of
constraints do it, and have a bot propose the next one. A version of a package says nothing about those it depends on; only a lockfile does. What is thrown away
with its build stage, a linter for example, is the case where the newest may be just right.`,
  category: "reproducibility",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3013",
    "hadolint:DL3016",
    "hadolint:DL3028",
    "hadolint:DL3062",
    "kics:unpinned_package_version_in_pip_install",
    "kics:npm_install_without_pinned_version",
    "kics:gem_install_without_version",
    "droast:DF051",
    "droast:DF053",
    "droast:DF054",
  ],
  references: [
    "https://pip.pypa.io/en/stable/topics/repeatable-installs/",
    "https://docs.npmjs.com/cli/commands/npm-install",
    "https://go.dev/ref/mod#go-install",
    "https://slsa.dev/spec/v1.0/threats",
  ],
  fix: null,
  examples: [
    {
      bad: 'FROM node:22.14-alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nRUN npm install -g serve && npm cache clean --force\nUSER node\nCMD ["serve", "/srv"]\n',
      good: 'FROM node:22.14-alpine@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nRUN npm install -g serve@14.2.4 && npm cache clean --force\nUSER node\nCMD ["serve", "/srv"]\n',
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => installations(run).length > 0,
  *check(run, model) {
    for (const { unpinned, tool, inModule } of installations(run)) {
      const [first, ...others] = unpinned;
      if (first === undefined) continue;
      if ((inModule && hasSources(model, run)) || (isPython.has(tool) && isConstrained(model, run))) continue;
      yield { at: first.word.span, message: unpinnedMessage([first, ...others]) };
    }
  },
});

function installations(run: RunInstruction): readonly LanguageInstallation[] {
  const script = bodyOf(run);
  return script === undefined ? [] : commandsOf(script).flatMap((command) => languageInstallation(command) ?? []);
}

const isPython = new Set(["pip", "uv"]);

/** Whether a `go.mod` may be there. */
function hasSources(model: DockerfileModel, run: RunInstruction): boolean {
  if (run.mounts.some(({ type }) => type === "bind")) return true;
  for (const { name } of instructionsBefore(model, run)) if (name === "COPY" || name === "ADD") return true;
  return false;
}

/** Whether a variable names a file of constraints. */
function isConstrained(model: DockerfileModel, run: RunInstruction): boolean {
  for (const before of instructionsBefore(model, run)) {
    if (before.name !== "ENV" && before.name !== "ARG") continue;
    if (before.pairs.some(({ name }) => /^(?:PIP|UV)_(?:CONSTRAINT|EXCLUDE_NEWER|REQUIREMENT)$/.test(name)))
      return true;
  }
  return false;
}
