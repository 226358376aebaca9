import type { Instruction, Stage, TransferInstruction } from "../../../languages/dockerfile/model.ts";
import { folderOf, joinPath, nameOf, normalizePath } from "../../../text/path.ts";
import { startedPrograms } from "./start.ts";
import { workingDirectoryAfter } from "../../../languages/dockerfile/working-directory.ts";

/**
 * Whether a COPY or ADD of a stage may put a file at an absolute path, as far as its text tells: folders hold nobody knows what. A name that the
 * image is started by stands for a file.
 */
export function mayPlace(stage: Stage, instruction: TransferInstruction, path: string): boolean {
  const to = placeOf(stage, instruction);
  if (to === undefined) return true;
  if (to === path) return true;
  if (!path.startsWith(to === "/" ? to : `${to}/`)) return false;
  if (instruction.name === "ADD" || instruction.flag("parents") !== undefined) return true;
  return instruction.sources.some(({ resolved }) => {
    if (resolved === undefined || /[*?[]|(?:^|\/)\.?$/.test(resolved)) return true;
    const name = nameOf(resolved);
    if (folderOf(path) === to && name === nameOf(path)) return true;
    return !isFile(stage, name, to);
  });
}

/** The absolute path that a COPY or ADD of a stage writes to, without a slash at its end; `undefined` where it is not known. */
export function placeOf(stage: Stage, instruction: TransferInstruction): string | undefined {
  const path = instruction.destination?.resolved;
  if (path === undefined) return undefined;
  if (path.startsWith("/")) return joinPath("/", path);
  return joinPath(folderAt(stage, instruction), path);
}

/** Where a stage stands at an instruction: the root as long as no `WORKDIR` says otherwise. */
export function folderAt(stage: Stage, instruction: Instruction): string {
  const before = stage.history.filter(({ span }) => span.start < instruction.span.start);
  return workingDirectoryAfter(before)?.path ?? "/";
}

/** By its name, or because the image starts it from there. */
function isFile(stage: Stage, name: string, folder: string): boolean {
  if (
    /\.(?:jar|war|js|mjs|cjs|py|rb|php|dll|exe|so|json|ya?ml|toml|conf|cfg|ini|crt|pem|txt|md|html|css|sh|sql)$/.test(
      name,
    )
  )
    return true;
  return startedPrograms(stage).some(({ instruction, name: program }) => {
    if (program !== name) return false;
    const [word = ""] =
      instruction.form === "exec" ? (instruction.elements ?? []) : instruction.words.map(({ value }) => value);
    return normalizePath(word) === normalizePath(joinPath(folder, name));
  });
}
