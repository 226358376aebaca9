import { defineInstructionRule } from "../../engine/rule.ts";
import type { Stage, TransferInstruction } from "../../languages/dockerfile/model.ts";
import { flagRemoval } from "./shared/flag-removal.ts";
import { placeOf } from "./shared/placed-files.ts";
import { isStatePath } from "./shared/state-folders.ts";
import { finalUser, isRootName, userBefore } from "./shared/step-user.ts";

export default defineInstructionRule({
  slug: "writable-program",
  summary: "The program's own files belong to the user that runs it, who can change them.",
  why: `Somebody who gets the program to write a file where it should not (an upload, an unpacked archive) replaces its code when that belongs to the same user, and a
hole becomes a way in that stays until the container is replaced. Root-owned files can be read and executed by everybody, and that is all a program needs.

Some have to write beside their code: caches of frameworks, compiled templates, a database file. Give those folders to the user, and not the whole. With a read-only
root file system (\`readOnlyRootFilesystem\`, \`read_only\`) it makes no difference who owns the files.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:chown_flag_exists", "sonar:S6504"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nRUN useradd --system app\nCOPY --chown=app:app server /usr/local/bin/server\nUSER app\n",
      good: "FROM debian:13.1-slim\nRUN useradd --system app\nCOPY server /usr/local/bin/server\nUSER app\n",
    },
  ],
  instructions: ["COPY", "ADD"],
  suspects: (copy) => {
    const owner = copy.flag("chown")?.value;
    return owner !== undefined && !isRootName(owner) && !isReadOnly(copy.flag("chmod")?.value);
  },
  *check(copy, model) {
    const { stage, onbuild } = copy;
    const flag = copy.flag("chown");
    if (onbuild || stage === undefined || !stage.shipped || stage.windows || flag?.value === undefined) return;
    if (!runsAsOwner(model.finalStage ?? stage, flag.value)) return;
    const to = placeOf(stage, copy);
    if (to === undefined || isHome(to) || isStatePath(stage, to) || isBuiltUpon(stage, copy)) return;
    yield {
      at: flag.span,
      message: `\`${flag.value}\` runs what is copied here and could change it: leave out \`--chown\`, and give it only what it has to write.`,
      fixes: () => [
        {
          title: "Let root own it (what the program writes there has to be given to its user)",
          safety: "review",
          edits: [flagRemoval(model.text, flag)],
        },
      ],
    };
  },
});

/** A user's own folder is the user's. */
function isHome(path: string): boolean {
  return /^\/(?:home\/[^/]+|root)$/.test(path);
}

/** `--chmod` without a right to write for anybody. */
function isReadOnly(mode: string | undefined): boolean {
  return mode !== undefined && (/^0?[0145]{3}$/.test(mode) || /a-w|ugo-w/.test(mode));
}

/** Whether the container runs as the owner, as far as names and numbers can be told to be the same. */
function runsAsOwner(stage: Stage, owner: string): boolean {
  const user = finalUser(stage);
  if (user?.plain !== true) return false;
  const [name = ""] = owner.split(":");
  const [running = ""] = user.text.split(":");
  if (name === running) return true;
  const number = /^\d+$/;
  return [stage.baseFacts?.nonRootUser, stage.baseFacts?.user].some(
    (known) =>
      known !== undefined &&
      number.test(name) !== number.test(running) &&
      [name, running].includes(known.name) &&
      [name, running].includes(String(known.uid)),
  );
}

/** Whether a later step works on the files as their owner. */
function isBuiltUpon(stage: Stage, copy: TransferInstruction): boolean {
  return stage.instructions.some(
    (step) => step.name === "RUN" && step.span.start > copy.span.start && userBefore(stage, step)?.root !== true,
  );
}
