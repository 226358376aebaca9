import type {
  DockerfileModel,
  RunInstruction,
  Stage,
  TransferInstruction,
} from "../../../languages/dockerfile/model.ts";
import type { ShellWord } from "../../../languages/shell/model.ts";
import { joinPath } from "../../../text/path.ts";
import { bodyOf } from "./run-bodies.ts";
import { type WorkingDirectory, entered } from "../../../languages/dockerfile/working-directory.ts";

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
  if (bodyOf(run)?.commands.some(({ name, span }) => name === "cd" && span.start < path.span.start) === true) return [];
  const stage = model.once(copiesByStage).get(run.stage);
  const place = stage?.places.findLast(({ from }) => from < run.span.start)?.place;
  const wanted = absolute(plain(path.value ?? path.text), place);
  if (wanted === undefined || wanted === "/" || /[*?[{`(]/.test(wanted.slice(2))) return [];
  const within = ({ path: place, kind }: Place): boolean => {
    if (what === "tree") return place === wanted || place.startsWith(`${wanted}/`);
    return place === wanted && (kind === "file" || (what === "program" && kind === "either"));
  };
  return (stage?.copies ?? []).flatMap(({ copy, places }) => {
    if (copy.span.start >= run.span.start) return [];
    const hits = places.filter((candidates) => candidates.some(within));
    if (hits.length === 0) return [];
    const large = hits.flat().some(({ kind }) => kind !== "file");
    const exact = places.every((candidates) => candidates.some(({ path: place }) => place === wanted));
    return [{ copy, large, exact }];
  });
}

interface StageCopies {
  readonly copies: readonly { readonly copy: TransferInstruction; readonly places: readonly (readonly Place[])[] }[];
  /** Where the builder stands, from an offset on. */
  readonly places: readonly { readonly from: number; readonly place: WorkingDirectory | undefined }[];
}

/** What each stage copies, and where to. */
function copiesByStage({ instructions }: DockerfileModel): ReadonlyMap<Stage | undefined, StageCopies> {
  const stages = new Map<
    Stage | undefined,
    { copies: StageCopies["copies"][number][]; places: StageCopies["places"][number][] }
  >();
  for (const instruction of instructions) {
    const { stage, span } = instruction;
    let known = stages.get(stage);
    if (known === undefined) {
      const inherited = stage?.parent === undefined ? undefined : stages.get(stage.parent)?.places.at(-1)?.place;
      known = { copies: [], places: [{ from: -1, place: inherited }] };
      stages.set(stage, known);
    }
    const place = known.places.at(-1)?.place;
    if (instruction.name === "WORKDIR") known.places.push({ from: span.start, place: entered(place, instruction) });
    else if (instruction.name === "COPY" || instruction.name === "ADD")
      known.copies.push({ copy: instruction, places: placesOf(instruction, place) });
  }
  return stages;
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
