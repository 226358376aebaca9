import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { insertAfter, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { CommandInstruction, DockerfileModel } from "../../languages/dockerfile/model.ts";
import { startedFiles } from "../../languages/dockerfile/started-files.ts";
import { scriptFacts } from "../../languages/shell/index.ts";
import { nameOf } from "../../text/path.ts";
import type { WorkspaceView } from "../../workspace/index.ts";
import { commandOf, type FinalImage, finalImage } from "./shared/final-image.ts";
import { serves } from "./shared/serving.ts";
import { programIndex } from "../../languages/dockerfile/launchers.ts";
import { isPrompt } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "entrypoint-without-default",
  summary: "`ENTRYPOINT` goes on with a command, and the image has none.",
  why: `Setting \`ENTRYPOINT\` takes away the \`CMD\` that the base image or an earlier stage has: a stage that only wraps the entrypoint of \`postgres\` starts it with
nothing to run. An init (\`tini --\`) or a script that ends with \`exec "$@"\` then ends at once, and whoever runs the image has to know what belongs there.

Only entrypoints that are known to need a command are reported; \`ENTRYPOINT ["/server"]\` is complete.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["droast:DF017"],
  references: ["https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact"],
  fix: "review",
  examples: [
    {
      bad: 'FROM postgres:17.5\nCOPY --chmod=755 wrap.sh /\nENTRYPOINT ["docker-entrypoint.sh"]\nHEALTHCHECK CMD ["pg_isready", "-U", "postgres"]\n',
      good: 'FROM postgres:17.5\nCOPY --chmod=755 wrap.sh /\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["postgres"]\nHEALTHCHECK CMD ["pg_isready", "-U", "postgres"]\n',
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const image = finalImage(model);
    const entrypoint = image && commandOf(image.stage, "ENTRYPOINT");
    if (image === undefined || entrypoint?.elements === undefined || entrypoint.elements.length === 0) return;
    const own = entrypoint.stage;
    const command = commandOf(image.stage, "CMD");
    // One of the same stage stays, whichever comes first; so does one of a stage built upon it.
    if (command !== undefined && (command.stage === own || command.span.start > entrypoint.span.start)) return;
    const lost = command?.elements ?? (command === undefined ? lostWith(image, entrypoint.elements) : undefined);
    if (command !== undefined || lost !== undefined) {
      const shown = lost === undefined ? "`CMD`" : `\`CMD ${toExecForm(lost)}\``;
      const whose = command === undefined ? `of \`${image.base}\`` : "of the stage before";
      if (command !== undefined && !needsCommand(entrypoint, image, workspace)) return;
      yield problem(
        entrypoint,
        `\`ENTRYPOINT\` takes away the ${shown} ${whose}, so nothing is left to run: repeat it behind this.`,
        () => (lost === undefined ? [] : adding(model, entrypoint, lost)),
      );
    } else if (
      (serves(image) || image.stage.last("HEALTHCHECK") !== undefined) &&
      needsCommand(entrypoint, image, workspace)
    ) {
      yield problem(
        entrypoint,
        `\`${nameOf(entrypoint.elements[0] ?? "")}\` goes on with the command, and the image has none: say what it is to run with \`CMD\`.`,
        () => [],
      );
    }
  },
});

function problem(entrypoint: CommandInstruction, message: string, fixes: () => readonly Fix[]): Problem {
  return { at: entrypoint.keywordSpan, message, fixes };
}

/** The command of the base image, where its own entrypoint is set once more. */
function lostWith(
  { facts, description, stage }: FinalImage,
  elements: readonly string[],
): readonly string[] | undefined {
  const image = facts ?? description;
  const own = image?.entrypoint;
  const [program, ...args] = image?.command ?? [];
  if (own === undefined || program === undefined || isPrompt(nameOf(program), args)) return undefined;
  // One of the same name may be something else.
  if (startedFiles(stage).some(({ instruction }) => instruction.name === "ENTRYPOINT")) return undefined;
  return elements.length === own.length && elements.every((word, index) => nameOf(word) === nameOf(own[index] ?? ""))
    ? image?.command
    : undefined;
}

/** A launcher, or a script known to end with running its arguments. */
function needsCommand(entrypoint: CommandInstruction, { stage }: FinalImage, workspace: WorkspaceView): boolean {
  const { elements = [] } = entrypoint;
  const at = programIndex(elements);
  if (at === elements.length) return true;
  if (at < elements.length - 1) return false;
  const file = startedFiles(stage).find(({ instruction }) => instruction === entrypoint);
  if (file === undefined) return false;
  const { origin, path } = file;
  const facts =
    origin.type === "heredoc"
      ? origin.heredoc.quoted
        ? scriptFacts(path, origin.heredoc.body)
        : undefined
      : workspace.script(origin.path);
  return facts !== undefined && facts !== "unknown" && facts.shell?.needsArguments === true;
}

function adding(model: DockerfileModel, entrypoint: CommandInstruction, words: readonly string[]): readonly Fix[] {
  const line = `CMD ${toExecForm(words)}`;
  const title = `Add \`${line}\` (the container runs it then)`;
  return [{ title, safety: "review", edits: [insertAfter(model, entrypoint, [line])] }];
}
