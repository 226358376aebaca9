import {
  contextName,
  isDigest,
  nameAsWritten,
  parseImageReference,
  pinnedText,
  withDigest,
  withTag,
} from "../languages/image/index.ts";
import type { ImageReference, ImageUse } from "../languages/image/reference.ts";
import type { ParsedFile } from "../languages/index.ts";
import { replace, type TextEdit } from "../text/edit.ts";
import { shift, type Span, textOf } from "../text/span.ts";
import { overlaidEdit, overlaidTags } from "./kustomization-pins.ts";
import { neverPulled } from "./never-pulled.ts";

/**
 * An image reference that can be changed where it stands: nothing that is built, no stage, no variable or template, nothing that is written in another
 * way than it reads (an escape, a block scalar).
 */
export interface PinTarget {
  /** As it stands in the file: its `text` is what `span` holds, but for an `overlay`. */
  readonly reference: ImageReference;
  /** In the whole file, quotes left out. Behind an alias that is the text at the anchor. */
  readonly span: Span;
  readonly role: ImageUse["role"];
  /** The stage, service or container. */
  readonly owner?: string;
  /** An entry of a kustomization's `images`: the reference is put together from its parts, and `span` is that of its `newTag`. */
  readonly overlay?: true;
}

/**
 * `tag`: no digest yet. `pinned`: tag and digest. `digest`: a digest alone, of which nobody can say what it should be raised to; such a reference is
 * neither pinned nor updated.
 */
export type PinState = "tag" | "pinned" | "digest";

/** What is known from elsewhere of the names in a file. */
export interface NamesElsewhere {
  /** Build contexts that are handed to a build under these names, which are written as by `contextName`: a FROM of such a name pulls nothing. */
  readonly contexts?: ReadonlySet<string>;
  /** Whether a kustomization gives a tag or a digest of its own to the images of this name; those that are written do not count then. */
  readonly retagged?: (name: string) => boolean;
}

/** A reference that has to stay as it is. */
export interface FixedReference {
  /** As it stands in the file. */
  readonly text: string;
  /** In the whole file. */
  readonly span: Span;
  readonly role: ImageUse["role"];
  readonly owner?: string;
  /**
   * `variable`: a variable or a template says what it is. `written`: it stands there in another way than it reads, or an alias puts it elsewhere, too. `local`: its pull
   * policy says that it is never pulled. `retagged`: a kustomization puts its own tag or digest in the place of what is written.
   */
  readonly because: "variable" | "written" | "local" | "retagged";
}

/** The references of a file that can be pinned by changing their text, each place once, in the order of the text. */
export function pinTargets(parsed: ParsedFile, elsewhere?: NamesElsewhere): readonly PinTarget[] {
  return pinPlaces(parsed, elsewhere).targets;
}

/** The same, and the references that pull something but cannot be changed where they stand. */
export function pinPlaces(
  parsed: ParsedFile,
  { contexts, retagged }: NamesElsewhere = {},
): { readonly targets: readonly PinTarget[]; readonly fixed: readonly FixedReference[] } {
  const { text } = parsed.file;
  const uses = parsed.units.flatMap(({ base, model }) =>
    model.images.map((use) => ({ use, span: shift(use.span, base) })),
  );
  const built = new Set(
    uses.flatMap(({ use }) => (use.built && use.reference !== undefined ? [contextName(use.reference)] : [])),
  );
  const local = neverPulled(parsed);
  let elsewhere: ReadonlySet<string> | undefined;
  const aliased = (): ReadonlySet<string> => (elsewhere ??= aliasedElsewhere(text));
  const targets = new Map<number, PinTarget>();
  const fixed = new Map<number, FixedReference>();
  for (const { use, span } of uses) {
    if (use.built || targets.has(span.start) || fixed.has(span.start)) continue;
    const written = textOf(text, span);
    const place = { span, role: use.role, ...(use.owner === undefined ? {} : { owner: use.owner }) };
    if (use.reference === undefined || use.reference.text.includes("$")) {
      if (/\$|\{[{%]/.test(written)) fixed.set(span.start, { ...place, text: written, because: "variable" });
      continue;
    }
    const name = contextName(use.reference);
    if (use.role === "service" && built.has(name)) continue;
    if (parsed.kind === "dockerfile" && use.role !== "frontend" && contexts?.has(name) === true) continue;
    const overlaid = parsed.kind === "kubernetes" && retagged?.(nameAsWritten(use.reference)) === true;
    if (overlaid || local.has(span.start)) {
      fixed.set(span.start, { ...place, text: written, because: overlaid ? "retagged" : "local" });
      continue;
    }
    const reference = parseImageReference(written);
    const stays = parsed.kind !== "dockerfile" && !standsForImagesAlone(text, span, aliased);
    if (reference === undefined || !isSame(reference, use.reference) || stays) {
      fixed.set(span.start, { ...place, text: use.reference.text, because: "written" });
    } else targets.set(span.start, { reference, ...place });
  }
  for (const { reference, span } of overlaidTags(parsed)) {
    targets.set(span.start, { reference, span, role: "container", owner: nameAsWritten(reference), overlay: true });
  }
  return { targets: inOrder(targets), fixed: inOrder(fixed) };
}

/** What a reference has of tag and digest. */
export function pinState({ tag, digest }: ImageReference): PinState {
  if (digest === undefined) return "tag";
  return tag === undefined ? "digest" : "pinned";
}

/**
 * Pins a target, or puts the new digest in place of the one it has; the name and the tag are not touched. `undefined` where it has that digest, where
 * it is a digest alone, where the digest is none, and where the file is no longer the one that the target was found in.
 */
export function pinEdit(parsed: ParsedFile, target: PinTarget, digest: string): TextEdit | undefined {
  const { reference } = target;
  if (pinState(reference) === "digest" || reference.digest === digest || !isDigest(digest)) return undefined;
  if (target.overlay === true) return overlaidEdit(parsed, target, reference.tag ?? "latest", digest);
  return behind(parsed, target, withTagOf(reference), pinnedText(reference, digest));
}

/**
 * Gives a target another tag, and that tag's digest where there is one; a digest that it had goes, since it would be another tag's. `undefined` where
 * nothing would change, where tag or digest are none, and where the file is no longer the one that the target was found in.
 */
export function retagEdit(parsed: ParsedFile, target: PinTarget, tag: string, digest?: string): TextEdit | undefined {
  const { reference } = target;
  const text = digest === undefined ? withTag(reference, tag) : withDigest({ ...reference, tag }, digest);
  const after = parseImageReference(text);
  if (after === undefined || after.tag !== tag || after.digest !== digest) return undefined;
  if (target.overlay === true) return overlaidEdit(parsed, target, tag, digest);
  return behind(parsed, target, nameAsWritten(reference), text);
}

/** What stands behind `head`, with which the reference begins before and after. */
function behind(parsed: ParsedFile, { reference, span }: PinTarget, head: string, text: string): TextEdit | undefined {
  if (textOf(parsed.file.text, span) !== reference.text || text === reference.text) return undefined;
  if (!reference.text.startsWith(head) || !text.startsWith(head)) return undefined;
  return replace({ start: span.start + head.length, end: span.end }, text.slice(head.length));
}

function withTagOf(reference: ImageReference): string {
  return reference.tag === undefined ? nameAsWritten(reference) : withTag(reference, reference.tag);
}

function inOrder<T extends { readonly span: Span }>(places: ReadonlyMap<number, T>): readonly T[] {
  return [...places.values()].sort((a, b) => a.span.start - b.span.start);
}

function isSame(a: ImageReference, b: ImageReference): boolean {
  return a.canonical === b.canonical && a.tag === b.tag && a.digest === b.digest;
}

/** Whether a scalar may change as far as its anchor goes: a text that aliases also put where no image is wanted must stay as it is. */
function standsForImagesAlone(text: string, span: Span, aliased: () => ReadonlySet<string>): boolean {
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const name = /&([^\s,[\]{}]+)\s+(?:!\S+\s+)?["']?$/.exec(text.slice(lineStart, span.start))?.[1];
  return name === undefined || !aliased().has(name);
}

/** The anchors that aliases name elsewhere than behind a key for an image. */
function aliasedElsewhere(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of text.split("\n")) {
    for (const { 1: name = "", index } of line.matchAll(/\*([^\s,[\]{}]+)/g)) {
      if (!/(?:image|reference|source)["']?\s*:\s*$/.test(line.slice(0, index))) found.add(name);
    }
  }
  return found;
}
