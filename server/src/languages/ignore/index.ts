export { ignoredBy, ignores, mayReachBelow, pathPattern } from "./match.ts";
export type { IgnoreEntry, IgnoreModel } from "./model.ts";
export { parseIgnoreFile } from "./parse.ts";
