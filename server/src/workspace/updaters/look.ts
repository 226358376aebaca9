import { dependabotFiles } from "../../knowledge/dependabot.ts";
import { renovateFiles } from "../../knowledge/renovate.ts";
import { folderOf, joinPath } from "../../text/path.ts";

/** Reads the folders around a file. Paths are as the file's own is; nothing rejects. */
export interface UpdaterReader {
  /** Names of the files in a folder; none where there is no such folder. */
  readonly namesIn: (folder: string) => Promise<readonly string[]>;
  /** Names of the folders in a folder. */
  readonly foldersIn: (folder: string) => Promise<readonly string[]>;
  /** `undefined` where there is no such file, or it is too large. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** The configurations of bots that a repository has. */
export interface UpdaterFiles {
  /** The repository's folder, as far as it shows. */
  readonly root: string;
  /** Texts by their paths from the root; those that are not there are left out. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether that is a repository's folder indeed, so that what is not here is nowhere. */
  readonly repository: boolean;
  /** Whether GitHub is where it lies: it has a folder `.github`, or a remote there. */
  readonly github: boolean;
}

/**
 * Looks for them from a file's folder up to `top`: in the first folder that is a repository's, else in the nearest that has one, else in `top`. Asks for names
 * first, so that nothing is read that is not there.
 */
export async function lookForUpdaters(path: string, top: string, reader: UpdaterReader): Promise<UpdaterFiles> {
  let found: UpdaterFiles | undefined;
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const [names, folders] = await Promise.all([reader.namesIn(folder), reader.foldersIn(folder)]);
    const here = await updatersIn(folder, names, folders, reader);
    if (here.repository) return here;
    if (here.files.size > 0) found ??= here;
    if (folder === top || folderOf(folder) === folder) return found ?? here;
  }
}

async function updatersIn(
  root: string,
  names: readonly string[],
  folders: readonly string[],
  { namesIn, read }: UpdaterReader,
): Promise<UpdaterFiles> {
  const hidden = [".github", ".gitlab"].filter((name) => folders.includes(name));
  const inHidden = await Promise.all(
    hidden.map(async (name) => (await namesIn(joinPath(root, name))).map((file) => `${name}/${file}`)),
  );
  const there = new Set([...names, ...inHidden.flat()]);
  const wanted = [...renovateFiles, ...dependabotFiles].filter((file) => there.has(file));
  const texts = await Promise.all(wanted.map(async (file) => [file, await read(joinPath(root, file))] as const));
  const files = new Map<string, string>();
  for (const [file, text] of texts) {
    if (text !== undefined && (file !== "package.json" || text.includes('"renovate"'))) files.set(file, text);
  }
  const config = folders.includes(".git") ? await read(joinPath(root, ".git/config")) : undefined;
  const repository = names.includes(".git") || folders.includes(".git");
  return { root, files, repository, github: folders.includes(".github") || /\bgithub\.com[:/]/.test(config ?? "") };
}
