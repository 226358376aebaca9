import { type ConfigFile, configFileNames, hadolintConfigNames, parseConfig } from "../engine/config.ts";
import type { RuleCard } from "../engine/rule.ts";
import { oncePer } from "../languages/once.ts";
import { folderOf, joinPath } from "../text/path.ts";
import { foldersUp } from "./uri.ts";

/** Finds and reads config files; each is read once until `forget`. */
export interface ConfigLookup {
  /**
   * The nearest config file from a file's folder upwards, as far as the root of its repository; where there is none, as far as `top`. Hadolint's
   * counts where there is none of ours on that way.
   * `undefined` where no config file applies.
   */
  nearest(path: string): Promise<ConfigFile | undefined>;
  /** The config file at this path. */
  at(path: string): Promise<ConfigFile | undefined>;
  forget(): void;
}

export function createConfigLookup(
  top: string,
  read: (path: string) => Promise<string | undefined>,
  rules: readonly RuleCard[],
): ConfigLookup {
  const files = new Map<string, Promise<ConfigFile | undefined>>();
  const nearestOf = new Map<string, Promise<ConfigFile | undefined>>();

  const at = oncePer(async (path: string) => {
    const text = await read(path);
    return text === undefined ? undefined : parseConfig(path, text, rules);
  }, files);
  const first = async (paths: readonly string[]): Promise<ConfigFile | undefined> => {
    const found = await Promise.all(paths.map(at));
    return found.find((file) => file !== undefined);
  };
  // In a work tree of its own, `.git` is a file.
  const isRepository = async (folder: string): Promise<boolean> => {
    const marks = await Promise.all([read(joinPath(folder, ".git/HEAD")), read(joinPath(folder, ".git"))]);
    return marks.some((mark) => mark !== undefined);
  };
  const search = oncePer(async (folder: string) => {
    const folders = foldersUp(folder, "/");
    const repository = (await Promise.all(folders.map(isRepository))).indexOf(true);
    const last = repository >= 0 ? repository : folders.indexOf(top);
    const searched = folders.slice(0, last + 1);
    const named = (names: readonly string[]): readonly string[] =>
      searched.flatMap((one) => names.map((name) => joinPath(one, name)));
    return (await first(named(configFileNames))) ?? first(named(hadolintConfigNames));
  }, nearestOf);

  return {
    // A document that was never saved lies in no folder.
    nearest: async (path) => (path.startsWith("/") ? search(folderOf(path)) : undefined),
    at,
    forget() {
      files.clear();
      nearestOf.clear();
    },
  };
}
