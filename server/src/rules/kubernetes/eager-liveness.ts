import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { probeNumber, probeOf } from "./shared/probes.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

/** What holds where nothing is written. */
const usual = 3;

const probes = (threshold: number) => [
  "readinessProbe:",
  "  httpGet:",
  "    path: /readyz",
  "    port: http",
  "livenessProbe:",
  "  httpGet:",
  "    path: /livez",
  "    port: http",
  `  failureThreshold: ${threshold}`,
];

export default defineRule("kubernetes", {
  slug: "eager-liveness",
  summary: "A single answer that a liveness probe misses restarts the container.",
  why: `With \`failureThreshold: 1\` one answer that comes too late is enough: a pause to collect garbage, a moment in which the node is short of CPU, one lost packet. The container is
restarted, its requests are cut off and its caches are cold, which makes the next one late as well. Under load that goes through all pods.

Three misses in a row, as is the default, tell a program that hangs from one that is busy. To notice sooner, ask more often.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
  ],
  fix: "review",
  examples: [{ bad: serviceWith({ container: probes(1) }), good: serviceWith({ container: probes(usual) }) }],
  keys: ["failureThreshold"],
  *check(model) {
    for (const { container } of containersOf(model)) {
      const probe = probeOf(container, "liveness");
      const node = probe?.map.get("failureThreshold")?.value;
      if (probe === undefined || node?.type !== "scalar" || node.value !== 1) continue;
      const period = probeNumber(probe, "periodSeconds");
      // Whoever waits long for the one answer has thought of it.
      if ((probeNumber(probe, "timeoutSeconds") ?? usual) >= 10) continue;
      yield {
        at: node.span,
        message: `One missed answer restarts ${container.name === undefined ? "the container" : nameOf(container)}: let it miss ${usual}.`,
        fixes: () =>
          reviewed(
            `Let it miss ${usual} answers (a container that hangs runs on${period === undefined ? "" : ` for ${usual * period} s`})`,
            replaceScalar(model.document, node, usual),
          ),
      };
    }
  },
});
