import { defineRule } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeEntry, setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { serviceWith } from "./shared/example.ts";
import { handlerKeys, type Probe, probeNumber, probeOf } from "./shared/probes.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

/** A delay up to this is nothing to speak of, in seconds. */
const bearable = 60;

const readiness = ["readinessProbe:", "  tcpSocket:", "    port: http"];

export default defineRule("kubernetes", {
  slug: "slow-start",
  summary:
    "A liveness probe waits a long fixed time for a slow start, instead of a startup probe that waits as long as needed.",
  why: `\`initialDelaySeconds\` is a guess, paid at each start: for that long a container that hangs is left alone, and one that takes longer than guessed, on a busy node say, is
killed while it starts, again and again. A startup probe asks until the program answers for the first time, and holds the other probes back for so long: a fast start is fast, a
slow one has its time, and afterwards the liveness probe acts quickly.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#startup-probe"],
  fix: "review",
  examples: [
    {
      bad: serviceWith({
        container: [
          ...readiness,
          "livenessProbe:",
          "  httpGet:",
          "    path: /livez",
          "    port: http",
          "  initialDelaySeconds: 180",
        ],
      }),
      good: serviceWith({
        container: [
          ...readiness,
          "startupProbe:",
          "  httpGet:",
          "    path: /livez",
          "    port: http",
          "  periodSeconds: 5",
          "  failureThreshold: 72",
          "livenessProbe:",
          "  httpGet:",
          "    path: /livez",
          "    port: http",
        ],
      }),
    },
  ],
  keys: ["initialDelaySeconds"],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      const live = probeOf(container, "liveness");
      const delay = live === undefined ? undefined : probeNumber(live, "initialDelaySeconds");
      const entry = live?.map.get("initialDelaySeconds");
      if (live === undefined || entry === undefined || delay === undefined || delay <= bearable) continue;
      // A patch may belong to a container that has one.
      if (!whole || container.entry("startupProbe") !== undefined) continue;
      yield {
        at: entry.keySpan,
        message: `${nameOf(container)} is not looked after for ${delay} s at each start, and killed if it takes longer: use a \`startupProbe\`.`,
        fixes: () =>
          reviewed(
            `Wait with a startup probe, for up to ${2 * delay} s (what takes longer to start is killed then)`,
            withStartup(model, live, container.map, delay),
          ),
      };
    }
  },
});

const period = 5;

function withStartup(model: KubernetesModel, live: Probe, map: Parameters<typeof setPath>[1], delay: number) {
  const handler = handlerKeys.find((key) => live.map.get(key) !== undefined);
  const asked = handler === undefined ? undefined : live.map.get(handler)?.value;
  if (handler === undefined || asked === undefined || live.entry.merged !== undefined) return undefined;
  const timeout = probeNumber(live, "timeoutSeconds") ?? 1;
  const probe: Record<string, YamlValue> = {
    [handler]: plainValue(asked),
    periodSeconds: period,
    ...(timeout > 1 ? { timeoutSeconds: timeout } : {}),
    failureThreshold: Math.ceil((2 * delay) / period),
  };
  return joined(model.document.text, [
    setPath(model.document, map, ["startupProbe"], probe, { position: { before: ["livenessProbe"] } }),
    removeEntry(model.document, live.map, "initialDelaySeconds"),
  ]);
}
