import { type ComposeDialect, dialectOf } from "./compose/dialect.ts";
import { parseCompose } from "./compose/index.ts";
import type { ComposeModel } from "./compose/model.ts";
import { type DetectOptions, kindOf } from "./detect.ts";
import { parseDockerfile } from "./dockerfile/index.ts";
import type { DockerfileModel } from "./dockerfile/model.ts";
import { type IgnoreModel, parseIgnoreFile } from "./ignore/index.ts";
import { isTemplated, parseManifest } from "./kubernetes/index.ts";
import { cutList } from "./kubernetes/list-items.ts";
import type { KubernetesModel } from "./kubernetes/model.ts";
import type { Descriptions } from "./image/description.ts";
import { descriptionOf } from "./image/known.ts";
import type { ImageUse } from "./image/reference.ts";
import { inOrder } from "./in-order.ts";
import type { YamlDocument } from "./yaml/node.ts";
import { type CutDocument, type ParsedYamlUnit, parseStream } from "./yaml/parse.ts";

/** `ignore`: the `.dockerignore` of a build context, or of one Dockerfile. */
export type Kind = "dockerfile" | "compose" | "kubernetes" | "ignore";

/** A text and where it lies. `path` uses `/`; relative to its workspace folder in the CLI and in tests, absolute or a URI's path in editors. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The editor's language id, where there is an editor. */
  readonly languageId?: string;
}

export interface Models {
  readonly dockerfile: DockerfileModel;
  readonly compose: ComposeModel;
  readonly kubernetes: KubernetesModel;
  readonly ignore: IgnoreModel;
}

/**
 * The smallest part of a file that is parsed and analysed by itself: a whole Dockerfile or ignore file, one document of a YAML stream, or one item of a
 * `List` of Kubernetes objects (see `cutList`).
 * Places in `model` count from the unit's own start; `base` is where that is in the file. A unit whose text did not change
 * keeps its model (the same object) from one parse to the next, so that what was derived from it can be kept too.
 */
export interface Unit<K extends Kind = Kind> {
  readonly base: number;
  readonly model: Models[K];
}

export interface ParsedFile<K extends Kind = Kind> {
  readonly kind: K;
  readonly file: SourceFile;
  readonly units: readonly Unit<K>[];
}

/**
 * The file's kind and models; `undefined` where it is none of ours. Never throws. What did not change since `previous`, an earlier text of
 * the same file, is taken over.
 */
export function parseFile(file: SourceFile, options?: DetectOptions, previous?: ParsedFile): ParsedFile | undefined {
  const kind = kindOf(file, options);
  const earlier = previous?.file.path === file.path ? previous : undefined;
  switch (kind) {
    case "dockerfile":
      return { kind, file, units: [dockerfileUnit(file, earlier)] };
    case "compose":
      return { kind, file, units: composeUnits(file, earlier) };
    case "kubernetes":
      return { kind, file, units: manifestUnits(file, earlier) };
    case "ignore":
      return { kind, file, units: [{ base: 0, model: parseIgnoreFile(file.text) }] };
    default:
      return undefined;
  }
}

/**
 * The same file with its Compose documents read for that command, or for the one that they tell themselves. A document that is read so already keeps
 * its model.
 */
export function inDialect(parsed: ParsedFile, asked: ComposeDialect | undefined): ParsedFile {
  if (!isOfKind(parsed, "compose")) return parsed;
  const { path } = parsed.file;
  const units = parsed.units.map((unit): Unit<"compose"> => {
    const { document, root, dialect, descriptions } = unit.model;
    const wanted = asked ?? dialectOf(root, path);
    if (dialect === wanted) return unit;
    return { base: unit.base, model: parseCompose(document, path, wanted, descriptions) };
  });
  return units.every((unit, index) => unit === parsed.units[index]) ? parsed : { ...parsed, units };
}

/** The same file with its manifests read for that release, and as patches or not. A document that is read so already keeps its model. */
export function readAs(
  parsed: ParsedFile,
  { release, patch }: { readonly release: string; readonly patch: boolean },
): ParsedFile {
  if (!isOfKind(parsed, "kubernetes")) return parsed;
  const fits = ({ model }: Unit<"kubernetes">): boolean => model.release === release && model.patch === patch;
  if (parsed.units.every(fits)) return parsed;
  const units = parsed.units.map((unit): Unit<"kubernetes"> => {
    if (fits(unit)) return unit;
    const { document, templated, descriptions } = unit.model;
    const options = { templated, release, patch, descriptions };
    return { base: unit.base, model: parseManifest(document, parsed.file.path, options) };
  });
  return { ...parsed, units };
}

/**
 * The same file with what registries said of its images. A unit of which they say what they said when it was read keeps its model, so that only a file
 * whose images somebody asked about is read again.
 */
export function withDescriptions(parsed: ParsedFile, descriptions: Descriptions): ParsedFile {
  const tells = ({ model }: Unit): boolean => "descriptions" in model && !saysTheSame(model, descriptions);
  if (!parsed.units.some(tells)) return parsed;
  const { path } = parsed.file;
  const again = (unit: Unit): Unit => {
    const { base, model } = unit;
    if (!tells(unit)) return unit;
    if ("instructions" in model) return { base, model: parseDockerfile(model.text, model, descriptions) };
    if ("services" in model) return { base, model: parseCompose(model.document, path, model.dialect, descriptions) };
    if (!("resources" in model)) return unit;
    const { document, templated, release, patch } = model;
    return { base, model: parseManifest(document, path, { templated, release, patch, descriptions }) };
  };
  return { ...parsed, units: parsed.units.map(again) };
}

function saysTheSame(
  { images, descriptions: before }: { readonly images: readonly ImageUse[]; readonly descriptions: Descriptions },
  now: Descriptions,
): boolean {
  if (before === now || (before.size === 0 && now.size === 0)) return true;
  return images.every(
    ({ reference }) => reference === undefined || descriptionOf(reference, before) === descriptionOf(reference, now),
  );
}

/** Tells the compiler the kind of a parsed file, and with it the type of its models. */
export function isOfKind<K extends Kind>(file: ParsedFile, kind: K): file is ParsedFile<K> {
  return file.kind === kind;
}

function dockerfileUnit(file: SourceFile, previous: ParsedFile | undefined): Unit<"dockerfile"> {
  const [unit] = previous !== undefined && isOfKind(previous, "dockerfile") ? previous.units : [];
  const same = unit?.model.text === file.text;
  return { base: 0, model: same ? unit.model : parseDockerfile(file.text, unit?.model) };
}

function composeUnits(file: SourceFile, previous: ParsedFile | undefined): readonly Unit<"compose">[] {
  const units = previous !== undefined && isOfKind(previous, "compose") ? previous.units : [];
  const known = inOrder(units, ({ model }) => model.document);
  return streamOf(file, units).map(({ base, document }, index) => ({
    base,
    model: known(document, index)?.model ?? parseCompose(document, file.path),
  }));
}

function manifestUnits(file: SourceFile, previous: ParsedFile | undefined): readonly Unit<"kubernetes">[] {
  const units = previous !== undefined && isOfKind(previous, "kubernetes") ? previous.units : [];
  const known = inOrder(units, ({ model }) => model.document);
  const stream = streamOf(file, units, cutItems);
  const options = { templated: stream.some(({ document }) => document.templated) };
  return stream.map(({ base, document }, index) => {
    const unit = known(document, index);
    if (unit?.model.templated !== isTemplated(document, file.path, options))
      return { base, model: parseManifest(document, file.path, options) };
    return unit.base === base ? unit : { base, model: unit.model };
  });
}

function streamOf(
  file: SourceFile,
  units: readonly { readonly base: number; readonly model: { readonly document: YamlDocument } }[],
  cut?: CutDocument,
): readonly ParsedYamlUnit[] {
  return parseStream(
    file.text,
    units.map(({ base, model }) => ({ base, document: model.document })),
    cut,
  );
}

/** The items of a `List` are units of their own. */
function cutItems(text: string): ReturnType<CutDocument> {
  const list = cutList(text);
  return list === undefined ? undefined : { parts: list.parts, layout: { sequenceStep: list.column } };
}
