/**
 * Paths as the engine writes them: parts separated by `/`, relative to a workspace folder or absolute. `.` and `..` are resolved where that
 * needs no file system; a relative path may still begin with `..`. The empty path is written `.`.
 */
export function normalizePath(path: string): string {
  // Most paths come from where they were normalised already.
  if (!toNormalize.test(path)) return path;
  const absolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!absolute) parts.push(part);
  }
  const joined = parts.join("/");
  if (absolute) return `/${joined}`;
  return joined === "" ? "." : joined;
}

/** A part that is empty, `.` or `..`. */
const toNormalize = /^$|^\.{1,2}(?:\/|$)|\/\.{0,2}(?:\/|$)/;

/** `path` as seen from `folder`, normalised; an absolute path stays itself. */
export function joinPath(folder: string, path: string): string {
  return path.startsWith("/") ? normalizePath(path) : normalizePath(`${folder}/${path}`);
}

/** The folder a path lies in: `.` for a lone name, `/` at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : path.slice(0, slash);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A path as a person writes it in a file or a setting, as seen from a folder. Windows' own way of writing one is understood. */
export function writtenPath(folder: string, path: string): string {
  const slashed = path.replaceAll("\\", "/");
  return joinPath(folder, /^[a-zA-Z]:\//.test(slashed) ? `/${slashed}` : slashed);
}
