import { composeRefactors } from "./compose.ts";
import { kubernetesRefactors } from "./kubernetes.ts";
import type { Refactor } from "./refactor.ts";

/** Every refactor, in the order they are offered. */
export const allRefactors: readonly Refactor[] = [...composeRefactors, ...kubernetesRefactors];
