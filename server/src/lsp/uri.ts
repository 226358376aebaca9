import { folderOf } from "../text/path.ts";

/** The decoded path of a URI: `/app/Dockerfile` of `file:///app/Dockerfile`, `Untitled-1` of `untitled:Untitled-1`. */
export function pathOf(uri: string): string {
  const path = pathPart(uri);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The URI of another path on the same file system as `uri`. */
export function siblingUri(uri: string, path: string): string {
  return rootOf(uri) + path.split("/").map(encodeSegment).join("/");
}

/** The same for every way of encoding one place: editors differ in what they write as `%3A`. */
export function keyOf(uri: string): string {
  return rootOf(uri) + pathOf(uri);
}

/** Everything before the path: `file://`, `vscode-vfs://github`, `untitled:`. */
export function rootOf(uri: string): string {
  return uri.slice(0, pathStart(uri));
}

/** Whether a path is the folder itself or lies in it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** The folder and those above it, nearest first, up to and with `top`; up to the topmost one where `top` is none of them. */
export function foldersUp(folder: string, top: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== top && folderOf(at) !== at; ) {
    at = folderOf(at);
    folders.push(at);
  }
  return folders;
}

function pathPart(uri: string): string {
  const path = uri.slice(pathStart(uri));
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

function pathStart(uri: string): number {
  const match = /^[a-zA-Z][a-zA-Z0-9+.-]*:(?:\/\/[^/?#]*)?/.exec(uri);
  return match === null ? 0 : match[0].length;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
