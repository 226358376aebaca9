import { defineRule } from "../../engine/rule.ts";
import { jobWith, serviceWith } from "./shared/example.ts";
import { probeNumbers, probesOf } from "./shared/probes.ts";
import { containersOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "untuned-probe",
  summary: "A probe leaves its times and thresholds to the defaults.",
  why: `Each try every ten seconds, one second to answer, three failures: that is what a probe does that says nothing else. For some programs one second is too short under load, and
for some half a minute is too long to be found dead. Writing all five numbers shows that somebody has thought of them.

The other side: the defaults are well known and right for most, and five more lines at every probe hide the one that matters. That is why this rule is off until asked for.`,
  category: "health",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
  ],
  fix: null,
  examples: [{ bad: serviceWith({}), good: jobWith({}) }],
  keys: ["livenessProbe", "readinessProbe", "startupProbe"],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      if (!whole) continue;
      for (const probe of probesOf(container)) {
        const missing = probeNumbers.filter(
          (key) => probe.map.get(key) === undefined && !(key === "successThreshold" && probe.kind !== "readiness"),
        );
        if (missing.length === 0) continue;
        yield {
          at: probe.entry.keySpan,
          message: `The ${probe.kind} probe leaves ${missing.map((key) => `\`${key}\``).join(", ")} to the defaults: write what fits the program.`,
        };
      }
    }
  },
});
