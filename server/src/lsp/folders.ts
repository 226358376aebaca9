import { type Config, type ConfigFile, type FileConfig, resolveConfig } from "../engine/config.ts";
import type { RuleCard } from "../engine/rule.ts";
import { folderOf, normalizePath, writtenPath } from "../text/path.ts";
import { createWorkspace, type RegistryImages, type Workspace } from "../workspace/index.ts";
import { type ConfigLookup, createConfigLookup } from "./config-lookup.ts";
import type { Files } from "./files.ts";
import { isWithin, pathOf, rootOf, siblingUri } from "./uri.ts";

/** A folder that is open in the editor, or the folder of a document that lies in none: what is known of its files. */
export interface Folder {
  /** See `rootOf`. */
  readonly root: string;
  readonly path: string;
  readonly workspace: Workspace;
  readonly configs: ConfigLookup;
  /** Files that were read because an open document's answers depend on them, by path, whether they were there or not. */
  readonly looked: Map<string, Look>;
  /** Names of the Compose files of folders that were looked into, by the folder's path. */
  readonly composeNames: Map<string, readonly string[]>;
  /** The files that may be manifests below folders that were looked into, by the folder's path with a slash at its end. */
  readonly manifests: Map<string, readonly string[]>;
  /** Answers of `configOf` by path: they stay the same for as long as what they came from. */
  readonly resolved: Map<string, Resolved>;
}

interface Resolved {
  readonly settings: ConfigSettings;
  readonly file: ConfigFile | undefined;
  readonly config: FileConfig;
}

/** What of the editor's settings is about configuration. */
export interface ConfigSettings {
  readonly config: Config;
  readonly configFile: string | undefined;
}

/** A file that is being read, or has been. */
export interface Look {
  settled: boolean;
  /** As it was read; `undefined` where there is no such file. */
  text: string | undefined;
  /** Never rejects. */
  readonly done: Promise<void>;
}

export interface Folders {
  /** The innermost open folder that holds the document; else one of its own for the document's folder. */
  of(uri: string): Folder;
  /** Takes the place of the open folders; those that stay keep what is known of them. */
  open(uris: readonly string[]): void;
  /** A config file changed, came or went somewhere. */
  forgetConfigs(): void;
  /** What registries said, for all folders, and those to come; in the place of what they said before. */
  setRegistryImages(images: RegistryImages): void;
}

export function createFolders(files: Files, rules: readonly RuleCard[]): Folders {
  let opened: readonly Folder[] = [];
  const loose = new Map<string, Folder>();
  let registryImages: RegistryImages | undefined;
  const emptyWorkspace = (): Workspace => {
    const workspace = createWorkspace();
    if (registryImages !== undefined) workspace.setRegistryImages(registryImages);
    return workspace;
  };
  const create = (root: string, path: string): Folder => ({
    root,
    path,
    workspace: emptyWorkspace(),
    configs: createConfigLookup(path, (file) => files.readStored(siblingUri(root, file)), rules),
    looked: new Map(),
    composeNames: new Map(),
    manifests: new Map(),
    resolved: new Map(),
  });
  return {
    of(uri) {
      const root = rootOf(uri);
      const path = pathOf(uri);
      const holding = opened.filter((folder) => folder.root === root && isWithin(folder.path, path));
      const innermost = holding.sort((a, b) => b.path.length - a.path.length)[0];
      if (innermost !== undefined) return innermost;
      const own = folderOf(path);
      const known = loose.get(root + own);
      if (known !== undefined) return known;
      const folder = create(root, own);
      loose.set(root + own, folder);
      return folder;
    },
    open(uris) {
      opened = uris.map((uri) => {
        const root = rootOf(uri);
        const path = normalizePath(pathOf(uri));
        return opened.find((folder) => folder.root === root && folder.path === path) ?? create(root, path);
      });
      loose.clear();
    },
    forgetConfigs() {
      for (const folder of [...opened, ...loose.values()]) folder.configs.forget();
    },
    setRegistryImages(images) {
      registryImages = images;
      for (const { workspace } of [...opened, ...loose.values()]) workspace.setRegistryImages(images);
    },
  };
}

/** The config that holds for a file: that of the file which the settings name, or of the nearest one. The same object while nothing changes. */
export async function configOf(
  folder: Folder,
  path: string,
  settings: ConfigSettings,
  rules: readonly RuleCard[],
): Promise<FileConfig> {
  const named = settings.configFile;
  const file =
    named === undefined ? await folder.configs.nearest(path) : await folder.configs.at(writtenPath(folder.path, named));
  const known = folder.resolved.get(path);
  if (known !== undefined && known.settings === settings && known.file === file) return known.config;
  const layers = { settings: settings.config, root: folder.path, ...(file === undefined ? {} : { file }) };
  const config = resolveConfig(path, layers, rules);
  folder.resolved.set(path, { settings, file, config });
  return config;
}
