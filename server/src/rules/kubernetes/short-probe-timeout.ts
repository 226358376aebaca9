import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { getPath } from "../../languages/yaml/path.ts";
import { nameOf } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { writtenCommand } from "./shared/container-command.ts";
import { serviceWith } from "./shared/example.ts";
import { probeNumber, probesOf } from "./shared/probes.ts";
import { containersOf } from "./shared/workloads.ts";

/** Enough for a virtual machine to start on a busy node, in seconds. */
const enough = 10;

const probes = (timing: readonly string[]) => [
  "readinessProbe:",
  "  httpGet:",
  "    path: /",
  "    port: http",
  "livenessProbe:",
  "  exec:",
  "    command: [rabbitmq-diagnostics, -q, ping]",
  "  periodSeconds: 30",
  ...timing,
];

/** Programs that bring up a virtual machine or an interpreter with much to load before they ask anything. */
const slow =
  /^(?:java|nodetool|cqlsh|mongosh?|rabbitmqctl|rabbitmq-diagnostics|celery|kafka-[\w-]+(?:\.sh)?|kcadm\.sh|sqlplus|clickhouse-client|manage\.py)$/;

export default defineRule("kubernetes", {
  slug: "short-probe-timeout",
  summary: "A probe runs a program that takes longer to start than the probe waits for it.",
  why: `A probe waits one second where nothing else is written, and since Kubernetes 1.20 that holds for programs too. \`nodetool\`, \`rabbitmq-diagnostics\`, \`mongosh\` or \`kafka-topics.sh\`
start a virtual machine or an interpreter first: about a second on an idle node, several on a busy one. The probe then fails because it is slow, not because the server is ill, and a
liveness probe restarts a database for that.`,
  category: "health",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes",
  ],
  fix: "review",
  examples: [
    {
      bad: serviceWith({ container: probes([]) }),
      good: serviceWith({ container: probes([`  timeoutSeconds: ${enough}`]) }),
    },
  ],
  keys: ["exec"],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      for (const probe of probesOf(container)) {
        const timeout = probeNumber(probe, "timeoutSeconds");
        const written = probe.map.get("timeoutSeconds");
        const command = getPath(probe.map, "exec", "command");
        if (command === undefined || timeout === undefined || timeout > 1 || (written === undefined && !whole))
          continue;
        const found = writtenCommand(model.document.text, command)?.script.commands.find(
          ({ name }) => name !== undefined && slow.test(nameOf(name)),
        );
        if (found?.name === undefined) continue;
        const period = probeNumber(probe, "periodSeconds") ?? enough;
        const wanted = Math.max(2, Math.min(enough, period));
        yield {
          at: written?.value.span ?? probe.entry.keySpan,
          message: `\`${nameOf(found.name)}\` often takes more than the ${timeout} s that the ${probe.kind} probe waits: set \`timeoutSeconds\` to ${wanted}.`,
          fixes: () =>
            reviewed(
              `Wait ${wanted} s for it (what hangs is noticed later)`,
              probe.entry.merged === undefined
                ? setPath(model.document, probe.map, ["timeoutSeconds"], wanted, {
                    position: { after: ["periodSeconds"] },
                  })
                : undefined,
            ),
        };
      }
    }
  },
});
