import type { Fix } from "../../../engine/rule.ts";
import type { SecretFile } from "../../../knowledge/secret-files.ts";
import { removeCommand, removeInstruction } from "../../../languages/dockerfile/edit.ts";
import { removeFirstWord } from "../../../languages/dockerfile/edit-words.ts";
import type {
  DockerfileModel,
  Instruction,
  RunInstruction,
  TransferInstruction,
  Word,
} from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { joinPath, nameOf } from "../../../text/path.ts";
import type { Span } from "../../../text/span.ts";
import { placeOf } from "./placed-files.ts";
import { bodyOf } from "./run-bodies.ts";
import { addMount } from "./secret-mounts.ts";

/** Where a later step removes a copied file by its name. */
export function removalOf(model: DockerfileModel, transfer: TransferInstruction, word: Word): Span | undefined {
  const name = nameOf(word.value.replace(/\/+$/, ""));
  for (const run of stepsBehind(model, transfer)) {
    for (const command of bodyOf(run)?.everyCommand ?? []) {
      const removed = removes(command) ? command.args.find((arg) => namesFile(arg.value ?? arg.text, name)) : undefined;
      if (removed !== undefined) return removed.span;
    }
  }
  return undefined;
}

/**
 * Mounts a file that is copied in, in the steps whose programs read it, instead. Nothing where no step of the stage reads it, where something else speaks of
 * it, or where its place is not known.
 */
export function mountedFile(
  model: DockerfileModel,
  transfer: TransferInstruction,
  word: Word,
  file: SecretFile,
): readonly Fix[] {
  const { stage, onbuild } = transfer;
  const { readers } = file;
  if (stage === undefined || stage.windows || onbuild || readers === undefined) return [];
  if (transfer.from !== undefined || transfer.heredocs.length > 0 || word === transfer.destination) return [];
  if (model.text[transfer.argumentsSpan.start] === "[") return [];
  if (/[*?[$]|\/$/.test(word.value) || /^\.(?:ssh|aws|kube|azure|docker)$/.test(nameOf(word.value))) return [];
  const place = placeOf(stage, transfer);
  const target = targetOf(place, transfer, word);
  if (target === undefined) return [];
  const name = nameOf(word.value);
  const edits: TextEdit[] = [];
  let mounts = 0;
  const id = name.replace(/^[._]+/, "").replaceAll(".", "_");
  for (const run of stepsBehind(model, transfer)) {
    const script = bodyOf(run);
    const cleaned = script?.commands.filter((command) => removes(command) && namesAlone(command, name)) ?? [];
    const reads = script?.everyCommand.some((command) => readers.includes(command.name ?? "")) === true;
    const spoken = model.text.slice(run.span.start, run.span.end).split(name).length - 1;
    // A mounted file cannot be removed; whatever else is done to it (`chmod`) would be done to nothing.
    if (spoken !== cleaned.length || cleaned.length > 1) return [];
    const [command] = cleaned;
    const removal = command === undefined ? undefined : withoutCommand(model, run, command);
    if (command !== undefined && removal === undefined) return [];
    if (removal !== undefined) edits.push(removal);
    if (!reads) continue;
    edits.push(addMount(run, `type=secret,id=${id},target=${target}`));
    mounts += 1;
  }
  if (mounts === 0 || othersSpeakOf(model, transfer, name)) return [];
  return [
    {
      title: `Mount \`${name}\` as a secret (build with \`docker build --secret id=${id},src=${word.value} .\`)`,
      safety: "review",
      edits: [withoutSource(model, transfer, word), ...edits],
    },
  ];
}

function stepsBehind(model: DockerfileModel, { span, stage }: TransferInstruction): readonly RunInstruction[] {
  const instructions: readonly Instruction[] = stage === undefined ? model.instructions : stage.instructions;
  return instructions.flatMap((instruction) =>
    instruction.name === "RUN" && instruction.span.start > span.start ? [instruction] : [],
  );
}

function removes({ name }: ShellCommand): boolean {
  return name === "rm" || name === "shred" || name === "unlink";
}

function namesFile(text: string, name: string): boolean {
  return nameOf(text.replace(/["']/g, "").replace(/\/+$/, "")) === name;
}

function namesAlone(command: ShellCommand, name: string): boolean {
  const [only] = command.operands;
  return command.operands.length === 1 && only !== undefined && namesFile(only.value ?? only.text, name);
}

function withoutCommand(model: DockerfileModel, run: RunInstruction, command: ShellCommand): TextEdit | undefined {
  return run.script?.commands.length === 1 ? removeInstruction(model, run) : removeCommand(model, run, command);
}

/** The absolute path of the copied file; `undefined` where it is not known. */
function targetOf(place: string | undefined, transfer: TransferInstruction, { value }: Word): string | undefined {
  const written = transfer.destination?.resolved;
  if (place === undefined || written === undefined || transfer.flag("parents") !== undefined) return undefined;
  if (written.endsWith("/") || /(?:^|\/)\.{1,2}$/.test(written) || transfer.sources.length > 1) {
    return joinPath(place, nameOf(value));
  }
  // Without a slash the destination may be a folder that is there.
  return nameOf(place) === nameOf(value) || nameOf(place).includes(".") || nameOf(place).startsWith("id_")
    ? place
    : undefined;
}

function withoutSource(model: DockerfileModel, transfer: TransferInstruction, word: Word): TextEdit {
  if (transfer.sources.length === 1) return removeInstruction(model, transfer);
  return removeFirstWord(model, word.span);
}

function othersSpeakOf(model: DockerfileModel, transfer: TransferInstruction, name: string): boolean {
  return model.instructions.some(
    (instruction) =>
      instruction.name !== "RUN" &&
      instruction.span.start !== transfer.span.start &&
      model.text.slice(instruction.span.start, instruction.span.end).includes(name),
  );
}
