import picomatch from "picomatch/posix";

/**
 * Whether a path fits one of the globs, which count from `folder` ("" for paths that are relative already). A glob without a `/` fits at
 * any depth, one that fits a folder fits all that is in it; a leading `/` or `./` is taken for the folder itself.
 */
export function globMatcher(globs: readonly string[], folder: string): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const fits = globs.map((glob) => picomatch(anchored(glob), { dot: true }));
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  return (path) => {
    if (!path.startsWith(prefix)) return false;
    for (let part = path.slice(prefix.length); part !== ""; part = parentOf(part)) {
      if (fits.some((fit) => fit(part))) return true;
    }
    return false;
  };
}

function anchored(glob: string): string {
  const bare = glob.replace(/\/+$/, "");
  const rooted = bare.replace(/^(?:\.?\/)+/, "");
  return rooted.includes("/") || rooted !== bare ? rooted : `**/${rooted}`;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
