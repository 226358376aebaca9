import type { Loaded } from "../linting.ts";
import { composeRefactors } from "../refactors/compose.ts";
import { composeRules } from "../rules/compose/index.ts";

/** What judges and changes Compose files alone. */
export const compose: Loaded = { rules: composeRules, refactors: composeRefactors };
