// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";
import { imageRules } from "./image/index.ts";
import { dockerfileRules } from "./dockerfile/index.ts";
import { composeRules } from "./compose/index.ts";
import { kubernetesRules } from "./kubernetes/index.ts";
import { ignoreRules } from "./ignore/index.ts";
import { seaworthyRules } from "./seaworthy/index.ts";

/** Every rule there is, by kind, then by slug. */
export const allRules: readonly Rule[] = [
  ...imageRules,
  ...dockerfileRules,
  ...composeRules,
  ...kubernetesRules,
  ...ignoreRules,
  ...seaworthyRules,
];
