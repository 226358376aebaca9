import hardenService from "./harden-service.ts";
import type { Refactor } from "./refactor.ts";

/** The refactors for Compose files, in the order they are offered. */
export const composeRefactors: readonly Refactor[] = [hardenService];
