export { ignores } from "./match.ts";
export { parseIgnoreFile } from "./parse.ts";
