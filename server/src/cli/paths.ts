import { isAbsolute, relative, sep } from "node:path";

/** A native path with `/` between its parts. */
export function slashed(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}

/** An absolute path as a person in `folder` would write it: relative and with `/`; a path outside of it stays absolute. */
export function shownFrom(folder: string, path: string): string {
  const inside = relative(folder, path);
  if (inside === "") return ".";
  return inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? slashed(path) : slashed(inside);
}

/** Whether a path is the folder or lies in it; both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
