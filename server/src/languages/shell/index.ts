export type { BashSyntaxKind } from "./bash-syntax.ts";
export { isShell } from "./inner.ts";
export type { BashSyntax, ShellCommand, ShellPipeline, ShellScript, ShellWord } from "./model.ts";
export { type Piece, type Place, placeAt, placeOfCharacters, placeOfPieces } from "./place.ts";
export { everyCommand, parseShell } from "./script.ts";
export { type ScriptFacts, scriptFacts, type ShellScriptFacts } from "./script-facts.ts";
