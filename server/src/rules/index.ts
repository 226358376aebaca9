// Generated from the files of this folder; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";
import imageFloatingTag from "./image/floating-tag.ts";
import imageMissingDigest from "./image/missing-digest.ts";
import imageUntrustedRegistry from "./image/untrusted-registry.ts";
import dockerfileSyntax from "./dockerfile/syntax.ts";
import composeSyntax from "./compose/syntax.ts";
import kubernetesSyntax from "./kubernetes/syntax.ts";
import seaworthyMissingReason from "./seaworthy/missing-reason.ts";
import seaworthyUnknownDirective from "./seaworthy/unknown-directive.ts";
import seaworthyUnknownRule from "./seaworthy/unknown-rule.ts";
import seaworthyUnusedDirective from "./seaworthy/unused-directive.ts";

/** Every rule there is, by kind, then by slug. */
export const allRules: readonly Rule[] = [
  imageFloatingTag,
  imageMissingDigest,
  imageUntrustedRegistry,
  dockerfileSyntax,
  composeSyntax,
  kubernetesSyntax,
  seaworthyMissingReason,
  seaworthyUnknownDirective,
  seaworthyUnknownRule,
  seaworthyUnusedDirective,
];
