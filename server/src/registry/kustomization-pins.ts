import { parseImageReference } from "../languages/image/index.ts";
import { insideQuotes } from "../languages/scalar-place.ts";
import type { ImageReference } from "../languages/image/reference.ts";
import { isOfKind, type ParsedFile } from "../languages/index.ts";
import { removeEntry, replaceScalar, setPath } from "../languages/yaml/edit.ts";
import type { YamlDocument, YamlMap, YamlScalar } from "../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../languages/yaml/path.ts";
import { applyEdits, shiftEdit, type TextEdit } from "../text/edit.ts";
import { shift, type Span } from "../text/span.ts";

/** What a kustomization makes of the tag of an image, `newTag` with or without `digest`: Kustomize writes `name:newTag@digest` where both are there. */
export interface OverlaidTag {
  /** Put together from `newName` or `name`, `newTag` and `digest`. */
  readonly reference: ImageReference;
  /** Of the value of `newTag`, in the whole file, quotes left out. */
  readonly span: Span;
}

/** The entries of `images` that give a tag, in the order of the text; those with an alias or a variable in them are left out. */
export function overlaidTags(parsed: ParsedFile): readonly OverlaidTag[] {
  return entriesOf(parsed).map(({ reference, span }) => ({ reference, span }));
}

/**
 * Gives an entry that tag and that digest, or none. `undefined` where nothing would change, where it cannot be done without harm, and where the file is no longer the
 * one that the entry was found in.
 */
export function overlaidEdit(
  parsed: ParsedFile,
  { reference, span }: OverlaidTag,
  tag: string,
  digest: string | undefined,
): TextEdit | undefined {
  const entry = entriesOf(parsed).find(
    (one) => one.span.start === span.start && one.span.end === span.end && one.reference.text === reference.text,
  );
  if (entry === undefined) return undefined;
  const { document, map, newTag, base } = entry;
  const parts = [
    reference.tag === tag ? [] : replaceScalar(document, newTag, tag),
    reference.digest === digest
      ? []
      : digest === undefined
        ? removeEntry(document, map, "digest")
        : setPath(document, map, ["digest"], digest, { position: { after: ["newTag"] } }),
  ];
  const edits: TextEdit[] = [];
  for (const part of parts) {
    if (part === undefined) return undefined;
    edits.push(...part);
  }
  const whole = asOne(document.text, edits);
  return whole === undefined ? undefined : shiftEdit(whole, base);
}

interface Entry extends OverlaidTag {
  readonly document: YamlDocument;
  readonly base: number;
  readonly map: YamlMap;
  readonly newTag: YamlScalar;
}

function entriesOf(parsed: ParsedFile): readonly Entry[] {
  if (!isOfKind(parsed, "kubernetes")) return [];
  return parsed.units.flatMap(({ base, model: { document, kustomization } }) =>
    itemsOf(getPath(kustomization?.map, "images")).flatMap((map): readonly Entry[] => {
      if (map.type !== "map") return [];
      const newTag = getPath(map, "newTag");
      const name = scalarText(getPath(map, "newName")) ?? scalarText(getPath(map, "name"));
      const written = ["name", "newName", "newTag", "digest"].flatMap((key) => map.get(key) ?? []);
      const odd = written.some(
        ({ value, merged }) => value.alias !== undefined || merged !== undefined || isUnknown(value, "kubernetes"),
      );
      if (newTag?.type !== "scalar" || newTag.text === "" || name === undefined || map.alias !== undefined || odd)
        return [];
      const digest = scalarText(getPath(map, "digest"));
      const reference = parseImageReference(`${name}:${newTag.text}${digest === undefined ? "" : `@${digest}`}`);
      if (reference === undefined || reference.tag !== newTag.text) return [];
      return [{ reference, span: shift(insideQuotes(document.text, newTag), base), document, base, map, newTag }];
    }),
  );
}

/** One edit that does what several do. */
function asOne(text: string, edits: readonly TextEdit[]): TextEdit | undefined {
  const [only] = edits;
  if (only === undefined || edits.length === 1) return only;
  const start = Math.min(...edits.map(({ span }) => span.start));
  const end = Math.max(...edits.map(({ span }) => span.end));
  const after = applyEdits(
    text.slice(start, end),
    edits.map((edit) => shiftEdit(edit, -start)),
  );
  return after === undefined ? undefined : { span: { start, end }, text: after };
}
