import type { DockerfileModel, RunInstruction, TransferInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellWord } from "../../../languages/shell/model.ts";
import { joinPath } from "../../../text/path.ts";
import { bodyOf } from "./run-bodies.ts";
import { type WorkingDirectory, workingDirectoryAfter } from "./working-directory.ts";

/** A COPY or ADD that brings what stands at a path. */
export interface Covering {
  readonly copy: TransferInstruction;
  /** It may bring a folder, and so any number of files. */
  readonly large: boolean;
  /** It brings nothing besides, and into this very place. */
  readonly exact: boolean;
}

/**
 * The COPYs and ADDs of the same stage, before the RUN, that bring what stands at this path of the image. `tree`: files at or below it; `file`: one
 * file; `program`: one file that by its name alone may as well be a folder. Empty where the path is not known.
 */
export function coveringCopies(
  model: DockerfileModel,
  run: RunInstruction,
  path: ShellWord,
  what: "tree" | "file" | "program",
): readonly Covering[] {
  const before = (run.stage?.instructions ?? model.instructions).filter(({ span }) => span.start < run.span.start);
  if (bodyOf(run)?.commands.some(({ name, span }) => name === "cd" && span.start < path.span.start) === true) return [];
  const wanted = absolute(plain(path.value ?? path.text), placeAfter(run, before.length, before));
  if (wanted === undefined || wanted === "/" || /[*?[{`(]/.test(wanted.slice(2))) return [];
  const within = ({ path: place, kind }: Place): boolean => {
    if (what === "tree") return place === wanted || place.startsWith(`${wanted}/`);
    return place === wanted && (kind === "file" || (what === "program" && kind === "either"));
  };
  return before.flatMap((instruction, index) => {
    if ((instruction.name !== "COPY" && instruction.name !== "ADD") || instruction.onbuild) return [];
    const places = placesOf(instruction, placeAfter(run, index, before));
    const hits = places.filter((candidates) => candidates.some(within));
    if (hits.length === 0) return [];
    const large = hits.flat().some(({ kind }) => kind !== "file");
    const exact = places.every((candidates) => candidates.some(({ path: place }) => place === wanted));
    return [{ copy: instruction, large, exact }];
  });
}

/** Where the builder stands before the instruction at an index. */
function placeAfter(
  run: RunInstruction,
  index: number,
  before: DockerfileModel["instructions"],
): WorkingDirectory | undefined {
  const parents = run.stage?.parent?.history ?? [];
  return workingDirectoryAfter([...parents, ...before.slice(0, index)]);
}

/** Without quotes, and with variables in one spelling. */
function plain(text: string): string {
  return text.replaceAll(/["']/g, "").replaceAll(/\$\{(\w+)\}/g, "$$$1");
}

/** `undefined` where it begins in a directory that is not known. A variable at its start counts as one name. */
function absolute(path: string, place: WorkingDirectory | undefined): string | undefined {
  if (path.startsWith("/")) return joinPath("/", path);
  if (path.startsWith("$")) return path.replace(/\/+$/, "");
  if (place !== undefined) return joinPath(place.path, path);
  // Both sides stand in the same directory, whichever that is.
  return joinPath("/?", path);
}

interface Place {
  readonly path: string;
  readonly kind: "file" | "folder" | "either";
}

/** Where each source of a COPY may come to lie. */
function placesOf(copy: TransferInstruction, place: WorkingDirectory | undefined): readonly (readonly Place[])[] {
  const { destination, sources, heredocs } = copy;
  const target = destination && absolute(plain(destination.value), place);
  if (destination === undefined || target === undefined) return [];
  const folder = /(?:^|\/)\.{0,2}$/.test(destination.value) || sources.length > 1;
  if (heredocs.length > 0) return folder ? [] : [[{ path: target, kind: "file" }]];
  return sources.map(({ value }): readonly Place[] => {
    const name = value.replace(/^.*\//, "");
    if (/^\.{0,2}$/.test(name)) return [{ path: target, kind: "folder" }];
    const kind = /\.\w+$/.test(name) ? "file" : "either";
    if (!folder) return [{ path: target, kind }];
    const inside: Place = { path: joinPath(target, name), kind };
    // The content of a folder goes into the target itself.
    return kind === "file" ? [inside] : [inside, { path: target, kind: "folder" }];
  });
}
