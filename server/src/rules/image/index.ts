// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import digestWithoutTag from "./digest-without-tag.ts";
import endOfLife from "./end-of-life.ts";
import floatingTag from "./floating-tag.ts";
import missingDigest from "./missing-digest.ts";
import movedTag from "./moved-tag.ts";
import untrustedRegistry from "./untrusted-registry.ts";

/** The rules of this folder, by slug. */
export const imageRules: readonly Rule[] = [
  digestWithoutTag,
  endOfLife,
  floatingTag,
  missingDigest,
  movedTag,
  untrustedRegistry,
];
