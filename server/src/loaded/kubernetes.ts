import type { Loaded } from "../linting.ts";
import { kubernetesRefactors } from "../refactors/kubernetes.ts";
import { kubernetesRules } from "../rules/kubernetes/index.ts";

/** What judges and changes manifests alone. */
export const kubernetes: Loaded = { rules: kubernetesRules, refactors: kubernetesRefactors };
