import hardenWorkload from "./harden-workload.ts";
import type { Refactor } from "./refactor.ts";

/** The refactors for manifests, in the order they are offered. */
export const kubernetesRefactors: readonly Refactor[] = [hardenWorkload];
