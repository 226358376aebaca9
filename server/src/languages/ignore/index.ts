export { ignores, pathPattern } from "./match.ts";
export { parseIgnoreFile } from "./parse.ts";
