import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellPipeline } from "../../languages/shell/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type Span, contains, cover } from "../../text/span.ts";
import { removePipeline, removeStep, removeWords } from "./shared/removal.ts";
import { type RunBody, bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "password-in-image",
  summary: "A step gives a user of the image a password.",
  why: `The password stands in the file and in the image's history, and its hash in \`/etc/shadow\`, where everybody who pulls the image can try to guess it at
leisure. It is the same in every container ever started from the image, and with \`sshd\`, \`su\` or \`sudo\` in it, it is the way to root.

A container needs no log-in: \`docker exec -u\` and \`kubectl exec\` get in without. A user who must exist is locked (\`useradd\` without \`-p\`,
\`adduser --disabled-password\`); where people do log in, use keys, or set the password when the container starts.`,
  category: "secrets",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_17"],
  references: [
    "https://manpages.debian.org/stable/passwd/chpasswd.8.en.html",
    "https://manpages.debian.org/stable/passwd/useradd.8.en.html",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN useradd --system app && echo 'app:letmein' | chpasswd\nUSER app\n",
      good: "FROM debian:12.10-slim\nRUN useradd --system app\nUSER app\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => passwordsIn(run).length > 0,
  *check(run, model) {
    if (run.stage !== undefined && !run.stage.shipped && !run.onbuild) return;
    for (const password of passwordsIn(run)) yield problem(model, password);
  },
});

interface Password {
  readonly at: Span;
  readonly says: string;
  readonly remove: (model: DockerfileModel) => readonly (TextEdit | undefined)[];
}

function passwordsIn(run: RunInstruction): readonly Password[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const body: RunBody = { run, script };
  return script.everyCommand.flatMap((command) => passwordOf(body, command) ?? []);
}

function passwordOf(body: RunBody, command: ShellCommand): Password | undefined {
  switch (command.name) {
    case "chpasswd":
      return ofPipeline(body, command, "sets a password for everyone who has the image");
    case "passwd":
      if (command.has("--stdin")) return ofPipeline(body, command, "sets a password for everyone who has the image");
      if (!command.has("-d", "--delete") || command.has("-l", "--lock")) return undefined;
      return {
        at: command.span,
        says: "lets in without any password",
        remove: (model) => [removeStep(model, body, command)],
      };
    case "useradd":
    case "usermod":
      return ofFlag(body, command);
    default:
      return undefined;
  }
}

function ofPipeline(body: RunBody, command: ShellCommand, says: string): Password | undefined {
  const mounted = command.redirects.some(({ target }) => target?.startsWith("/run/secrets/") === true);
  if (mounted || command.has("--help", "-h")) return undefined;
  const pipeline: ShellPipeline | undefined = body.script.pipelines.find(({ span }) => contains(span, command.span));
  return {
    at: command.nameSpan,
    says,
    remove: (model) => [
      pipeline === undefined ? removeStep(model, body, command) : removePipeline(model, body, pipeline),
    ],
  };
}

/** `-p hash` of `useradd`, in whose place `!` and `*` say that no password fits. */
function ofFlag(body: RunBody, command: ShellCommand): Password | undefined {
  const index = command.args.findIndex(({ text, value }) =>
    /^(?:-[a-zA-Z]*p|--password(?:=.*)?)$/s.test(value ?? text),
  );
  const flag = command.args[index];
  if (flag === undefined) return undefined;
  const name = flag.value ?? flag.text;
  const inline = name.startsWith("--password=");
  const value = inline ? flag : command.args[index + 1];
  if (value === undefined) return undefined;
  const given = inline ? flag.value?.slice("--password=".length) : value.value;
  if (given !== undefined && /^[!*]/.test(given)) return undefined;
  const separate = /^(?:-p|--password)/.test(name);
  return {
    at: cover(flag.span, value.span),
    says: given === "" ? "lets in without any password" : "sets a password for everyone who has the image",
    remove: (model) => (separate ? removeWords(model, body, inline ? [flag] : [flag, value]) : []),
  };
}

function problem(model: DockerfileModel, { at, says, remove }: Password): Problem {
  return {
    at,
    message: `\`${model.text.slice(at.start, at.end).split("\n")[0]?.trim()}\` ${says}: leave the user locked, and log in by key or not at all.`,
    fixes: (): readonly Fix[] => {
      const edits = remove(model).filter((edit) => edit !== undefined);
      return edits.length === 0
        ? []
        : [{ title: "Take the password out (nobody can log in by it any more)", safety: "review", edits }];
    },
  };
}
