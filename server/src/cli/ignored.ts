import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** The `.gitignore` files that hold in a folder, those of the folders above it included. */
export interface IgnoreRules {
  /** Whether git would leave it out. `path` is absolute. */
  ignores(path: string, isFolder: boolean): boolean;
  /** What holds in a folder directly below. */
  enter(folder: string): IgnoreRules;
}

interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * What git ignores in `folder`, by the `.gitignore` files of its repository. A folder that is itself ignored was asked for all the same, so
 * there only the files below it count.
 */
export function ignoreRulesAt(folder: string): IgnoreRules {
  const repository = repositoryOf(folder);
  const above: Layer[] = [];
  if (repository !== undefined && repository !== folder) {
    above.push(...layerOf(repository, join(repository, ".git", "info", "exclude")));
    for (const parent of foldersBetween(repository, folder)) above.push(...layerOf(parent, join(parent, ".gitignore")));
  } else if (repository !== undefined) above.push(...layerOf(repository, join(repository, ".git", "info", "exclude")));
  const kept = isIgnored(above, folder, true) ? [] : above;
  return rulesOf([...kept, ...layerOf(folder, join(folder, ".gitignore"))]);
}

/** The nearest folder, this one or above it, that holds a `.git`. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function rulesOf(layers: readonly Layer[]): IgnoreRules {
  return {
    ignores: (path, isFolder) => isIgnored(layers, path, isFolder),
    enter(folder) {
      const own = layerOf(folder, join(folder, ".gitignore"));
      return own.length === 0 ? this : rulesOf([...layers, ...own]);
    },
  };
}

function isIgnored(layers: readonly Layer[], path: string, isFolder: boolean): boolean {
  // the deepest file that has a say wins, so that a `!keep` below takes back what was ignored above
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i];
    if (layer === undefined) continue;
    const inside = relative(layer.folder, path).split(sep).join("/");
    if (inside === "" || inside.startsWith("../")) continue;
    const { ignored, unignored } = layer.rules.test(isFolder ? `${inside}/` : inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

function layerOf(folder: string, file: string): readonly Layer[] {
  // an exception in each of thousands of folders without one would take longer than all the rest of the walk
  if (!existsSync(file)) return [];
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return [{ folder, rules: ignore().add(text) }];
}

/** From `top` to the parent of `folder`. */
function foldersBetween(top: string, folder: string): readonly string[] {
  const between: string[] = [];
  for (let at = dirname(folder); ; at = dirname(at)) {
    between.unshift(at);
    if (at === top || dirname(at) === at) return between;
  }
}
