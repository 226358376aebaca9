import { folderOf, joinPath, nameOf, normalizePath } from "../../text/path.ts";
import { pathPattern } from "../ignore/index.ts";
import type { Heredoc, Stage, TransferInstruction } from "./model.ts";
import { entered, topDirectory, type WorkingDirectory, workingDirectoryAfter } from "./working-directory.ts";

/** What put a file into an image. */
export type Origin =
  | {
      readonly type: "context";
      readonly instruction: TransferInstruction;
      /** Seen from the root of the build context, normalised. Whether there is such a file is another question. */
      readonly path: string;
    }
  | { readonly type: "heredoc"; readonly instruction: TransferInstruction; readonly heredoc: Heredoc };

/**
 * Where the file at `path` (absolute, in the image of the stage) comes from, as far as COPY and ADD tell: the last one that can have put it there,
 * through other stages it was copied from. `undefined` where none did, or a variable leaves it open.
 */
export function originOf(stage: Stage, path: string): Origin | undefined {
  let at: { readonly stage: Stage; readonly path: string } | undefined = { stage, path };
  // A stage copies from those before it, so this ends; a chain longer than this was not written by hand.
  for (let steps = 0; at !== undefined && steps < 20; steps++) {
    const found: Source | undefined = sourceIn(at.stage, at.path);
    if (found === undefined) return undefined;
    const { instruction } = found;
    if (found.heredoc !== undefined) return { type: "heredoc", instruction, heredoc: found.heredoc };
    const inside = normalizePath(`/${found.path}`);
    if (instruction.from === undefined) return { type: "context", instruction, path: inside.slice(1) || "." };
    at = instruction.from.stage && { stage: instruction.from.stage, path: inside };
  }
  return undefined;
}

/** Where a stage's last WORKDIR leaves it. A base image's own is not known; `/` stands for it, for what is copied and what is called alike. */
export function workingDirectoryOf(stage: Stage): string | undefined {
  return workingDirectoryAfter(stage.all("WORKDIR"), topDirectory)?.path;
}

interface Source {
  readonly instruction: TransferInstruction;
  readonly path: string;
  readonly heredoc?: Heredoc;
}

function sourceIn(stage: Stage, path: string): Source | undefined {
  let directory: WorkingDirectory | undefined = topDirectory;
  let found: Source | undefined;
  for (const instruction of stage.history) {
    if (instruction.name === "WORKDIR") directory = entered(directory, instruction);
    if (instruction.name !== "COPY" && instruction.name !== "ADD") continue;
    if (instruction.onbuild) continue;
    const destination = instruction.destination?.resolved;
    if (destination === undefined || (directory === undefined && !destination.startsWith("/"))) continue;
    found = sourceOf(instruction, joinPath(directory?.path ?? "/", destination), destination, path) ?? found;
  }
  return found;
}

/** `target` is the destination as an absolute path, `written` as it stands. */
function sourceOf(instruction: TransferInstruction, target: string, written: string, path: string): Source | undefined {
  const below =
    target === "/" ? path.slice(1) : path.startsWith(`${target}/`) ? path.slice(target.length + 1) : undefined;
  const isFolder = /(?:^|\/)\.{0,2}$/.test(written);
  if (instruction.heredocs.length > 0) {
    const heredoc = isFolder
      ? instruction.heredocs.find(({ delimiter }) => delimiter === below)
      : path === target
        ? instruction.heredocs[0]
        : undefined;
    return heredoc && { instruction, path: heredoc.delimiter, heredoc };
  }
  // With its folders: the pivot point and the exclusions are not worth following.
  if (instruction.flag("parents") !== undefined) return undefined;
  const sources = instruction.sources.flatMap(({ resolved }) => (resolved === undefined ? [] : [resolved]));
  const single = instruction.sources.length === 1 && !isFolder ? sources[0] : undefined;
  if (single !== undefined && path === target && !isGlob(single)) return { instruction, path: single };
  if (below === undefined) return undefined;
  if (!below.includes("/")) {
    const exact = sources.find((source) =>
      isGlob(source) ? pathPattern(nameOf(source))?.test(below) : nameOf(normalizePath(source)) === below,
    );
    if (exact !== undefined) return { instruction, path: isGlob(exact) ? joinPath(folderOf(exact), below) : exact };
  }
  const folder = sources.find((source) => mayBeFolder(source));
  return folder === undefined ? undefined : { instruction, path: `${folder}/${below}` };
}

function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Of a folder only what is in it is copied. What looks like a file's name, or lies somewhere else, is none. */
function mayBeFolder(source: string): boolean {
  if (isGlob(source) || /^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(source)) return false;
  const name = nameOf(normalizePath(source));
  return name === "." || name === "" || source.endsWith("/") || !/.\.[a-z]\w*$/i.test(name);
}
