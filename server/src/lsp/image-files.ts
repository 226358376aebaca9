import { parseFile, type ParsedFile } from "../languages/index.ts";
import type { Linter } from "../linting.ts";
import { acceptedUnpinned, namesAround } from "../registry/pin-surroundings.ts";
import { type PinTarget, pinState, pinTargets } from "../registry/pins.ts";
import { createWorkspace, factsOf, type Workspace, type WorkspaceView } from "../workspace/index.ts";
import { type Places, placesOf } from "./convert.ts";
import type { Documents } from "./documents.ts";
import type { Abilities } from "./abilities.ts";
import type { Files } from "./files.ts";
import { configOf, type Folders } from "./folders.ts";
import type { Settings } from "./settings.ts";
import { isWithin, pathOf, siblingUri } from "./uri.ts";

/** A file as it is now, and what of it can be pinned. */
export interface ImageFile {
  readonly uri: string;
  /** `null`: the file is not open, so that nobody counts its versions. */
  readonly version: number | null;
  readonly places: Places;
  readonly parsed: ParsedFile;
  readonly targets: readonly PinTarget[];
  /** Those without a digest, unless a comment accepts that. */
  readonly unpinned: readonly PinTarget[];
}

export interface ImageFilesContext {
  readonly documents: Documents;
  readonly files: Files;
  readonly folders: Folders;
  readonly abilities: Abilities;
  readonly linter: Linter;
  settings(uri: string): Promise<Settings>;
}

/** So many files are read at the same time. */
const readAtOnce = 8;

/** The file at a URI, open or stored; `undefined` where it is none of ours, excluded, too large, or not there. */
export async function imageFileAt(uri: string, context: ImageFilesContext): Promise<ImageFile | undefined> {
  const [file] = await imageFilesAt([uri], context);
  return file;
}

/**
 * The same of several, which tell each other of the names in them as open files do; `around` is told, too, for those who ask again for some of them. Fewer where
 * the signal is aborted.
 */
export async function imageFilesAt(
  uris: readonly string[],
  context: ImageFilesContext,
  around: Workspace = createWorkspace(),
  signal?: AbortSignal,
): Promise<readonly ImageFile[]> {
  const found: ReadFile[] = [];
  for (let at = 0; at < uris.length; at += readAtOnce) {
    if (signal?.aborted === true) break;
    const some = await Promise.all(uris.slice(at, at + readAtOnce).map((uri) => readFile(uri, context)));
    found.push(...some.filter((file) => file !== undefined));
  }
  for (const { parsed } of found) around.set(factsOf(parsed));
  return found.map((file) => {
    const { path } = file.parsed.file;
    const views = [context.folders.of(file.uri).workspace.view(path), around.view(path)];
    return { ...file, ...targetsOf(file.parsed, views, context.linter) };
  });
}

/** What of a file can be pinned, as far as these know the files around it. */
export function targetsOf(
  parsed: ParsedFile,
  views: readonly WorkspaceView[],
  { names }: Linter,
): Pick<ImageFile, "targets" | "unpinned"> {
  const around = views.map(namesAround);
  const targets = pinTargets(parsed, {
    contexts: new Set(around.flatMap(({ contexts }) => [...(contexts ?? [])])),
    retagged: (name) => around.some(({ retagged }) => retagged?.(name) === true),
  });
  const accepted = acceptedUnpinned(parsed, targets, names);
  const unpinned = targets.filter((target) => pinState(target.reference) === "tag" && !accepted.has(target));
  return { targets, unpinned };
}

type ReadFile = Omit<ImageFile, "targets" | "unpinned">;

async function readFile(uri: string, context: ImageFilesContext): Promise<ReadFile | undefined> {
  const { documents, files, folders, abilities } = context;
  const folder = folders.of(uri);
  // Thousands of files may lie in a folder, and share its settings.
  const settings = await context.settings(documents.get(uri) === undefined ? siblingUri(uri, folder.path) : uri);
  const path = pathOf(uri);
  const config = await configOf(folder, path, settings, context.linter.cards);
  if (!settings.enable || config.excluded) return undefined;
  const stored =
    documents.get(uri) === undefined ? await files.readBeside(uri, false, settings.maxFileSize) : undefined;
  // As it is by now.
  const open = documents.get(uri);
  const text = open?.text ?? (typeof stored === "object" ? stored.text : undefined);
  if (text === undefined) return undefined;
  const relative = isWithin(folder.path, path) ? path.slice(folder.path.length).replace(/^\//, "") : path;
  const parsed = parseFile(
    { path, text, ...(open === undefined ? {} : { languageId: open.languageId }) },
    { kubernetesDetect: () => settings.isManifest(relative) },
  );
  if (parsed === undefined) return undefined;
  return {
    uri,
    version: open?.version ?? null,
    places: open?.places ?? placesOf(text, abilities.encoding),
    parsed,
  };
}
