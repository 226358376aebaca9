import type { ParsedFile } from "../languages/index.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Finding } from "./finding.ts";

/**
 * The edit that silences a finding by a comment of ours: above the instruction in a Dockerfile, at the end of the line or above it in YAML,
 * or by one more name in the comment that is already there. `undefined` where no comment can stand (JSON, parser directives).
 */
export declare function ignoreHere(parsed: ParsedFile, finding: Finding, reason?: string): TextEdit | undefined;

/** The same for the whole file: an `ignore-file` comment at its top, below parser directives. */
export declare function ignoreInFile(parsed: ParsedFile, finding: Finding, reason?: string): TextEdit | undefined;
