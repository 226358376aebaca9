import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { handlerKeys, patience, type Probe, probeNumber, probeOf } from "./shared/probes.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

const readiness = ["readinessProbe:", "  httpGet:", "    path: /healthz", "    port: http"];
const liveness = ["livenessProbe:", "  httpGet:", "    path: /healthz", "    port: http"];

export default defineRule("kubernetes", {
  slug: "identical-probes",
  summary: "The liveness probe restarts a container at the moment its readiness probe takes the traffic away.",
  why: `A readiness probe takes a pod out of its Services while it cannot answer; a liveness probe kills it. Where both ask the same and give up after the same time, a pod that is
merely busy or waits for a database is not spared traffic until it recovers: it is restarted, loses its caches and connections, and comes back to the same load. With all pods
behind one slow database that is an outage made by the probes.

They may well ask the same question, if the liveness probe is the slower one to act: a higher \`failureThreshold\`, so that a pod gets the chance to become ready again.
Better still it asks the process alone (\`/livez\`), and readiness what the process needs (\`/readyz\`).`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-score:Pod Probes Identical", "kube-score:pod-probes-identical"],
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"],
  fix: "review",
  examples: [
    {
      bad: serviceWith({ container: [...readiness, ...liveness] }),
      good: serviceWith({ container: [...readiness, ...liveness, "  failureThreshold: 6"] }),
    },
  ],
  keys: ["livenessProbe"],
  *check(model) {
    for (const { container } of containersOf(model)) {
      const [ready, live] = [probeOf(container, "readiness"), probeOf(container, "liveness")];
      if (ready === undefined || live === undefined || !asksTheSame(ready, live)) continue;
      const [first, second] = [patience(ready), patience(live)];
      if (first === undefined || second === undefined || second > first) continue;
      const period = probeNumber(live, "periodSeconds") ?? 10;
      const threshold = Math.max(3, Math.ceil((2 * first) / period));
      yield {
        at: live.entry.keySpan,
        message: `${nameOf(container)} is restarted as soon as it is not ready, since both probes ask the same: give the liveness probe a \`failureThreshold\` of ${threshold}, or another question.`,
        related: [{ at: ready.entry.keySpan, message: "The same question, given up as soon." }],
        fixes: () =>
          reviewed(
            `Let the liveness probe fail ${threshold} times before it restarts (a container that hangs runs on for ${threshold * period} s)`,
            live.entry.merged === undefined
              ? setPath(model.document, live.map, ["failureThreshold"], threshold)
              : undefined,
          ),
      };
    }
  },
});

function asksTheSame(a: Probe, b: Probe): boolean {
  const handler = handlerKeys.find((key) => a.map.get(key) !== undefined);
  if (handler === undefined) return false;
  const [first, second] = [a.map.get(handler)?.value, b.map.get(handler)?.value];
  return first !== undefined && second !== undefined && isSame(first, second);
}

/** Whatever is not known may differ. */
function isSame(a: YamlNode, b: YamlNode): boolean {
  if (a.type === "scalar") return b.type === "scalar" && a.value === b.value && !isUnknown(a, "kubernetes");
  if (a.type === "seq") {
    return (
      b.type === "seq" &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => isSame(item, b.items[index] ?? item))
    );
  }
  if (b.type !== "map" || a.entries.length !== b.entries.length) return false;
  return a.entries.every(({ key, value }) => {
    const other = b.get(key)?.value;
    return other !== undefined && isSame(value, other);
  });
}
