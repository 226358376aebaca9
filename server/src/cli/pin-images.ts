import type { RuleNames } from "../engine/names.ts";
import { type ParsedFile, parseFile } from "../languages/index.ts";
import type { Answer } from "../registry/answers.ts";
import { acceptedUnpinned, namesAround } from "../registry/pin-surroundings.ts";
import { type FixedReference, pinPlaces, pinState, type PinTarget } from "../registry/pins.ts";
import { linesOf } from "../text/lines.ts";
import type { FoundDigest } from "../languages/image/index.ts";
import { shownFrom } from "./paths.ts";
import type { PinOptions } from "./pin-options.ts";
import type { PinnedImage, PinOutcome } from "./pin-result.ts";
import type { Project, ProjectFile } from "./project.ts";
import type { Notice } from "./result.ts";
import { reasonOf } from "./walk.ts";

/** A file that names images, as it was read. */
export interface FileOfImages {
  readonly absolutePath: string;
  readonly shown: string;
  readonly parsed: ParsedFile;
  /** See `TextFile`. */
  readonly mark: boolean;
  readonly faithful: boolean;
  readonly images: readonly FoundImage[];
}

/** A reference in a file: one that can be changed, or why not. */
export interface FoundImage {
  readonly place: Omit<PinnedImage, "outcome">;
  readonly target: PinTarget | undefined;
  /** Why it is to be left alone, in a few words. */
  readonly skip: string | undefined;
}

const fixedBecause: Readonly<Record<FixedReference["because"], string>> = {
  variable: "a variable or a template says which image it is",
  written: "it cannot be changed where it stands",
  retagged: "a kustomization puts its own tag or digest there",
  local: "its pull policy says that it is never pulled",
};

/** The files of a project that name images to be pulled, in its order. */
export function imagesOf(
  project: Project,
  { cwd, names }: { readonly cwd: string; readonly names: RuleNames },
): { readonly files: readonly FileOfImages[]; readonly notices: readonly Notice[] } {
  const files: FileOfImages[] = [];
  const notices: Notice[] = [];
  for (const file of project.files) {
    try {
      const found = imagesIn(project, file, cwd, names);
      if (found !== undefined && found.images.length > 0) files.push(found);
    } catch (error) {
      notices.push({ text: `${shownFrom(cwd, file.absolutePath)}: ${reasonOf(error)}`, failure: true });
    }
  }
  return { files, notices };
}

function imagesIn(project: Project, file: ProjectFile, cwd: string, names: RuleNames): FileOfImages | undefined {
  const { text, mark, faithful, parsed = parseFile({ path: file.path, text }) } = project.open(file);
  if (parsed === undefined) return undefined;
  const { targets, fixed } = pinPlaces(parsed, namesAround(project.view(file)));
  const accepted = acceptedUnpinned(parsed, targets, names);
  const lines = linesOf(text);
  const shown = shownFrom(cwd, file.absolutePath);
  const placeOf = ({ span, role, owner }: PinTarget | FixedReference, written: string): FoundImage["place"] => ({
    path: shown,
    range: { start: lines.positionAt(span.start), end: lines.positionAt(span.end) },
    text: written,
    role,
    owner,
  });
  const images = [
    ...targets.map((target) => ({
      at: target.span.start,
      place: placeOf(target, target.reference.text),
      target,
      skip: skipOf(target, accepted),
    })),
    ...fixed.map((one) => ({
      at: one.span.start,
      place: placeOf(one, one.text),
      target: undefined,
      skip: fixedBecause[one.because],
    })),
  ].sort((a, b) => a.at - b.at);
  return { absolutePath: file.absolutePath, shown, parsed, mark, faithful, images };
}

function skipOf(target: PinTarget, accepted: ReadonlySet<PinTarget>): string | undefined {
  switch (pinState(target.reference)) {
    case "digest":
      return "a digest without a tag: nobody can say what it should become";
    case "tag":
      return accepted.has(target) ? "a comment accepts it without a digest" : undefined;
    default:
      return undefined;
  }
}

/** What is to be said of an image without asking for it; `undefined` where its registry must be asked. */
export function knownOutcome({ target, skip }: FoundImage, task: PinOptions["task"]): PinOutcome | undefined {
  if (target === undefined || skip !== undefined) return { type: "skipped", reason: skip ?? "" };
  const { digest } = target.reference;
  if (digest === undefined) return task === "check" ? { type: "unpinned" } : undefined;
  return task === "pin" ? { type: "kept", before: digest } : undefined;
}

/** What is to be done about an image after its registry was asked. */
export function askedOutcome(
  { reference }: PinTarget,
  answer: Answer<FoundDigest>,
  task: PinOptions["task"],
): PinOutcome {
  if (answer.type === "failed") return { type: "failed", reason: answer.reason };
  const { digest, shape } = answer.value;
  const single = shape === "manifest";
  const before = reference.digest;
  if (before === undefined) return { type: "pinned", digest, single };
  if (before === digest) return { type: "current", digest };
  if (algorithmOf(before) !== algorithmOf(digest)) {
    return {
      type: "skipped",
      reason: `its digest is ${algorithmOf(before)}, which cannot be compared with the registry's`,
    };
  }
  return { type: task === "check" ? "moved" : "updated", before, digest, single };
}

function algorithmOf(digest: string): string {
  return digest.split(":", 1)[0] ?? "";
}
