import type { Loaded } from "../linting.ts";
import { dockerfileRules } from "../rules/dockerfile/index.ts";

/** What judges Dockerfiles alone. */
export const dockerfile: Loaded = { rules: dockerfileRules, refactors: [] };
