import type {
  DockerfileModel,
  Instruction,
  RunInstruction,
  TransferInstruction,
} from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { joinPath } from "../../../text/path.ts";
import { bodyOf, instructionsBefore } from "./run-bodies.ts";
import { workingDirectoryAfter } from "../../../languages/dockerfile/working-directory.ts";

/** Archives that `ADD` can unpack. */
export const tarName = /\.(?:tar|tar\.(?:gz|bz2|xz|zst|Z)|t[gx]z|tbz2?|tb2|tzst)$/i;

/** A command behind a COPY or ADD that unpacks what it brought. */
export interface Unpacking {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  /** Where to, with a `/` at the end; `undefined` where that is not known, or where it does more than `ADD` would. */
  readonly folder: string | undefined;
  /** The RUN does nothing else, but for deleting the archive. */
  readonly whole: boolean;
}

/** The last part of a path, of Windows too, as written but for quotes. */
export function lastPart(text: string): string {
  return text.replaceAll(/["']/g, "").replace(/^.*[/\\]/, "");
}

/** The first command behind it, in its stage, that unpacks an archive of this name. */
export function unpackedLater(
  model: DockerfileModel,
  instruction: TransferInstruction,
  ...names: readonly string[]
): Unpacking | undefined {
  for (const run of laterRuns(model, instruction)) {
    const script = bodyOf(run);
    for (const command of script?.everyCommand ?? []) {
      if (!unpacks(command) || !command.args.some(({ text }) => names.includes(lastPart(text)))) continue;
      const others = (script?.everyCommand ?? []).filter((other) => other !== command);
      const isDeletion = ({ name, operands, depth }: ShellCommand): boolean =>
        name === "rm" && depth === 0 && operands.every(({ text }) => names.includes(lastPart(text)));
      const whole = others.every(isDeletion) && run.heredocs.length === 0 && run.flags.length === 0;
      const moved = others.some(({ name }) => name === "cd");
      return { run, command, folder: moved ? undefined : folderOfTar(model, run, command, names), whole };
    }
  }
  return undefined;
}

/** The RUNs behind an instruction of the same stage, or of a piece of a Dockerfile. */
export function* laterRuns(model: DockerfileModel, instruction: Instruction): Generator<RunInstruction> {
  for (const other of instruction.stage?.instructions ?? model.instructions) {
    if (other.span.start <= instruction.span.start) continue;
    if (other.name === "RUN") yield other;
  }
}

function unpacks({ name, args: words }: ShellCommand): boolean {
  const args = words.map(({ value, text }) => value ?? text);
  switch (name) {
    case "unzip":
    case "gunzip":
    case "bunzip2":
    case "unxz":
    case "unlzma":
    case "uncompress":
    case "unzstd":
      return true;
    case "tar":
    case "bsdtar":
      return (
        /^-?[a-zA-Z]*x/.test(args[0] ?? "") ||
        args.some((text) => /^(?:-[A-Za-z]*x[A-Za-z]*|--extract|--get)$/.test(text))
      );
    case "7z":
    case "7za":
      return args[0] === "x" || args[0] === "e";
    case "gzip":
    case "xz":
    case "zstd":
      return args.some((text) => /^(?:-[A-Za-z]*d|--decompress|--uncompress)/.test(text));
    default:
      return false;
  }
}

/** The directory that a plain `tar -x` unpacks into. */
function folderOfTar(
  model: DockerfileModel,
  run: RunInstruction,
  command: ShellCommand,
  names: readonly string[],
): string | undefined {
  if (command.name !== "tar" || command.redirects.length > 0 || command.joined === "|") return undefined;
  let folder: string | undefined;
  let archive = false;
  for (let index = 0; index < command.args.length; index++) {
    const word = command.args[index];
    const text = word?.value;
    if (word === undefined || text === undefined) return undefined;
    if (names.includes(lastPart(word.text)) && !archive) archive = true;
    else if (text === "-C" || text === "--directory") folder = command.args[++index]?.value ?? "$";
    else if (text.startsWith("--directory=")) folder = text.slice("--directory=".length);
    else if (!/^(?:-?[xzjJvpf]+|--(?:extract|gzip|xz|bzip2|file|verbose))$/.test(text)) return undefined;
  }
  const start = workingDirectoryAfter(instructionsBefore(model, run));
  if (folder === undefined) folder = start?.certain === true ? start.path : "$";
  const path = folder.startsWith("/") ? folder : start?.certain === true ? joinPath(start.path, folder) : undefined;
  if (path === undefined || folder.startsWith("$") || /[\s"'*?$]/.test(path)) return undefined;
  return path.endsWith("/") ? path : `${path}/`;
}
