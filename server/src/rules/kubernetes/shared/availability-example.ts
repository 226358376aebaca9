import { serviceWith } from "./example.ts";

/** A Deployment of two that no rule of `recommended` has anything to say of, but for the parts given. */
export function deploymentWith(parts: {
  /** Keys of its spec before `selector`. */
  readonly spec?: readonly string[];
  /** Keys of the pod's spec before the others. */
  readonly pod?: readonly string[];
}): string {
  return statefulSetWith({ spec: parts.spec ?? ["replicas: 2"], pod: parts.pod ?? [] }).replace(
    "kind: StatefulSet",
    "kind: Deployment",
  );
}

/** The same of a StatefulSet. */
export function statefulSetWith(parts: {
  /** Keys of its spec before `selector`. */
  readonly spec?: readonly string[];
  /** Keys of the pod's spec before the others. */
  readonly pod?: readonly string[];
  /** Keys of its spec behind `template`. */
  readonly end?: readonly string[];
}): string {
  const first = "      automountServiceAccountToken: false\n";
  return (
    serviceWith({})
      .replace("  serviceName: api\n", block(2, parts.spec ?? ["serviceName: api"]))
      .replace(first, first + block(6, parts.pod ?? [])) + block(2, parts.end ?? [])
  );
}

/** A HorizontalPodAutoscaler, alone in its file, whose bounds are these lines of its spec. */
export function autoscalerWith(bounds: readonly string[], target = "kind: Deployment"): string {
  return [
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: api\nspec:\n",
    `  scaleTargetRef:\n    apiVersion: apps/v1\n    ${target}\n    name: api\n`,
    block(2, bounds),
    "  metrics:\n    - type: Resource\n      resource:\n        name: cpu\n",
    "        target:\n          type: Utilization\n          averageUtilization: 70\n",
  ].join("");
}

/** A PodDisruptionBudget, alone in its file, whose policy is these lines of its spec. */
export function budgetWith(policy: readonly string[]): string {
  return `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: api\nspec:\n${block(2, policy)}  selector:\n    matchLabels:\n      app: api\n`;
}

function block(indent: number, lines: readonly string[]): string {
  return lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("");
}
