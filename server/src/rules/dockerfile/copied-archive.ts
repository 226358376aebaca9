import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { removeCommand, removeInstruction, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, TransferInstruction, Word } from "../../languages/dockerfile/model.ts";
import { insert, replace } from "../../text/edit.ts";
import { joinPath } from "../../text/path.ts";
import { archiveName } from "./shared/downloads.ts";
import { bodyOf, instructionsBefore } from "./shared/run-bodies.ts";
import { type Unpacking, lastPart, laterRuns, tarName, unpackedLater } from "./shared/unpacking.ts";
import { workingDirectoryAfter } from "../../languages/dockerfile/working-directory.ts";

export default defineInstructionRule({
  slug: "copied-archive",
  summary: "An archive is copied into the image and unpacked there, so that both stay.",
  why: `The layer of the \`COPY\` keeps the archive for good, and the \`RUN\` that unpacks it adds the same files once more; deleting it there changes nothing in the layer
below. The image is pulled with both.

\`ADD\` unpacks a local tar archive by itself. Where it is a zip, or only a part is wanted, a bind mount shows the archive to that one \`RUN\` and leaves nothing of
it. In a build stage whose files are copied from, none of this matters.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3010", "droast:DF067"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives",
    "https://docs.docker.com/reference/dockerfile/#run---mounttypebind",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nCOPY site.tar.gz /tmp/\nRUN tar -xzf /tmp/site.tar.gz -C /srv && rm /tmp/site.tar.gz\nUSER nobody\n",
      good: "FROM alpine:3.22\nADD site.tar.gz /srv/\nUSER nobody\n",
    },
  ],
  instructions: ["COPY"],
  suspects: (copy) => archivesOf(copy).length > 0,
  *check(copy, model) {
    if (copy.stage?.shipped === false) return;
    for (const source of archivesOf(copy)) {
      const found = unpackedLater(model, copy, ...namesOf(copy, source));
      if (found === undefined) continue;
      const name = lastPart(source.text);
      yield {
        at: source.span,
        message: `\`${name}\` stays in the image beside what is unpacked from it: ${adviceFor(copy, name)}.`,
        related: [{ at: found.command.nameSpan, message: "It is unpacked here" }],
        fixes: () => [...addFix(model, copy, found), ...mountFix(model, copy, source, found)],
      };
    }
  },
});

function archivesOf(copy: TransferInstruction): readonly Word[] {
  if (copy.name !== "COPY" || copy.onbuild) return [];
  return copy.sources.filter(({ text }) => archiveName.test(lastPart(text)));
}

function adviceFor({ from }: TransferInstruction, name: string): string {
  if (from?.stage !== undefined) return `unpack it in \`${from.value}\` and copy what comes of it`;
  return from === undefined && tarName.test(name)
    ? "let `ADD` unpack it"
    : "show it to that `RUN` by `--mount=type=bind`";
}

/** What it may be called in the image. */
function namesOf({ destination }: TransferInstruction, source: Word): readonly string[] {
  const renamed = lastPart(destination?.text ?? "");
  return archiveName.test(renamed) ? [renamed] : [lastPart(source.text)];
}

function addFix(
  model: DockerfileModel,
  copy: TransferInstruction,
  { folder, run, whole }: Unpacking,
): readonly EditFix[] {
  const { destination, sources, keyword, keywordSpan } = copy;
  const [source] = sources;
  if (!whole || folder === undefined || destination === undefined || source === undefined || sources.length > 1)
    return [];
  if (
    copy.from !== undefined ||
    !tarName.test(lastPart(source.text)) ||
    copy.stage?.windows === true ||
    copy.heredocs.length > 0
  )
    return [];
  return [
    {
      title: `Let \`ADD\` unpack it into \`${folder}\` (owners and modes are those in the archive)`,
      safety: "review",
      edits: [
        replace(keywordSpan, keyword === "copy" ? "add" : "ADD"),
        replaceWord(destination, folder),
        removeInstruction(model, run),
      ],
    },
  ];
}

/** Shows the archive to the RUN that unpacks it, where no other asks for it. */
function mountFix(
  model: DockerfileModel,
  copy: TransferInstruction,
  source: Word,
  { run }: Unpacking,
): readonly EditFix[] {
  const { destination, sources } = copy;
  if (destination === undefined || sources.length > 1 || copy.stage?.windows === true || run.onbuild) return [];
  if (/[*?["'\s,]/.test(source.text) || source.variable || destination.variable) return [];
  const [name = ""] = namesOf(copy, source);
  const start = workingDirectoryAfter(instructionsBefore(model, copy));
  const path = destination.value.startsWith("/")
    ? destination.value
    : start?.certain === true && joinPath(start.path, destination.value);
  if (path === false || /[\s,]/.test(path)) return [];
  const target = lastPart(path) === name ? path : joinPath(path, name);
  const mentions = ({ text }: { readonly text: string }): boolean => text.includes(name) || /(?:^|\/)\*/.test(text);
  const others = [...laterRuns(model, copy)].filter((other) => other !== run);
  if (others.some(({ span }) => model.text.slice(span.start, span.end).includes(name))) return [];
  // What is mounted cannot be deleted or moved.
  const changes = (bodyOf(run)?.everyCommand ?? []).filter(
    (command) => /^(?:rm|mv|gunzip|bunzip2|unxz)$/.test(command.name ?? "") && command.args.some(mentions),
  );
  const removals = changes.map((command) =>
    command.name === "rm" && command.operands.every((word) => lastPart(word.text) === name)
      ? removeCommand(model, run, command)
      : undefined,
  );
  const kept = removals.filter((edit) => edit !== undefined);
  if (kept.length < removals.length || copy.from?.value.includes("$") === true) return [];
  const from = copy.from === undefined ? "" : `from=${copy.from.value},`;
  return [
    {
      title: `Show it to the \`RUN\` by a bind mount instead (needs BuildKit; \`${name}\` is then in no later step)`,
      safety: "review",
      edits: [
        removeInstruction(model, copy),
        insert(run.keywordSpan.end, ` --mount=type=bind,${from}source=${source.value},target=${target}`),
        ...kept,
      ],
    },
  ];
}
