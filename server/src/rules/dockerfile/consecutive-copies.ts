import { type EditFix, type Problem, defineRule } from "../../engine/rule.ts";
import type { DockerfileModel, Instruction, TransferInstruction } from "../../languages/dockerfile/model.ts";
import { type TextEdit, insert, replace } from "../../text/edit.ts";
import { nameOf } from "../../text/path.ts";
import { textOf } from "../../text/span.ts";
import { shippedRows } from "./shared/rows.ts";

export default defineRule("dockerfile", {
  slug: "consecutive-copies",
  summary: "Several `COPY`s in a row go to the same place.",
  why: `Each \`COPY\` and \`ADD\` makes a layer to store, pull and unpack, and one takes any number of sources. Nothing is gained by keeping those apart between which
nothing runs: the steps behind them are repeated whichever of the files has changed.

It is a matter of tidiness for two of them, and of time for twenty. A destination for several sources has to end in \`/\`.`,
  category: "size",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:multiple_run_add_copy_instructions_listed"],
  references: ["https://docs.docker.com/reference/dockerfile/#copy"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nCOPY report.sh /srv/\nCOPY names.csv /srv/\nUSER nobody\n",
      good: "FROM alpine:3.22\nCOPY report.sh names.csv /srv/\nUSER nobody\n",
    },
  ],
  *check(model) {
    for (const row of shippedRows(model, isPlain, sameWay)) yield problem(model, row);
  },
});

function isPlain(instruction: Instruction): instruction is TransferInstruction {
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return false;
  const { destination, sources, heredocs } = instruction;
  if (destination === undefined || heredocs.length > 0) return false;
  // A file that the next one takes the place of is another matter.
  return isFolder(destination.value) && sources.every(({ value }) => nameOf(value) !== nameOf(destination.value));
}

function isFolder(path: string): boolean {
  return /(?:^|\/)\.{0,2}$/.test(path) || !/\.\w+$/.test(path);
}

function sameWay(before: TransferInstruction, instruction: TransferInstruction): boolean {
  return (
    before.name === instruction.name &&
    before.destination?.value === instruction.destination?.value &&
    flagsOf(before) === flagsOf(instruction)
  );
}

function flagsOf({ flags }: TransferInstruction): string {
  return flags.map(({ name, value }) => `${name}=${value ?? ""}`).join(" ");
}

function problem(model: DockerfileModel, row: readonly [TransferInstruction, ...TransferInstruction[]]): Problem {
  const [first, ...others] = row;
  const { keyword, destination } = first;
  return {
    at: first.keywordSpan,
    message: `These ${row.length} \`${keyword}\`s make ${row.length} layers for \`${destination?.text ?? ""}\`: write one with all sources.`,
    related: others.map(({ keywordSpan }) => ({ at: keywordSpan, message: "Another layer" })),
    fixes: () => fixesFor(model, row),
  };
}

function fixesFor(
  model: DockerfileModel,
  [first, ...others]: readonly [TransferInstruction, ...TransferInstruction[]],
): readonly EditFix[] {
  const { destination } = first;
  const last = first.sources.at(-1);
  const all = [first, ...others];
  // A JSON list is somebody's choice for names with blanks.
  if (destination === undefined || last === undefined) return [];
  if (all.some(({ argumentsSpan }) => /^\[|[\r\n"']/.test(textOf(model.text, argumentsSpan)))) return [];
  const added = others.flatMap(({ sources }) => sources.map(({ text }) => text));
  const ends = /(?:\/|^\.{1,2})$/.test(destination.value);
  const edits: TextEdit[] = [
    insert(last.span.end, added.map((source) => ` ${source}`).join("")),
    ...(ends ? [] : [insert(destination.span.end, "/")]),
    ...others.map((instruction, index) => removal(model, all[index] ?? first, instruction)),
  ];
  return [
    {
      title: ends
        ? `Write one \`${first.keyword}\` (a change to one file then copies all)`
        : `Write one \`${first.keyword}\` to \`${destination.text}/\` (which is then a directory in any case)`,
      safety: "review",
      edits,
    },
  ];
}

/** Takes one out with what parts it from the one before; comments stay. */
function removal({ text, lineEnding }: DockerfileModel, before: Instruction, instruction: Instruction): TextEdit {
  const between = { start: before.span.end, end: instruction.span.start };
  const comments = textOf(text, between)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  return replace(
    { start: between.start, end: instruction.span.end },
    comments.map((line) => lineEnding + line).join(""),
  );
}
