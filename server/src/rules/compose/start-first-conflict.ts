import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { hasHostPort, stateMounts } from "./shared/rollout.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

const ports = ["ports:", "  - target: 8080", "    published: 8080", "    mode: host"];

export default defineRule("compose", {
  slug: "start-first-conflict",
  summary: "A service is updated by starting the new task first, which cannot run beside the old one.",
  why: `With \`order: start-first\` old and new task run at once for a while. A port in \`host\` mode is taken by the old one, so the new one finds no node and the
update hangs until it times out. On one data directory a database finds the lock of the other server and fails, or, worse, does not look for it.

\`stop-first\` (the default) has a short gap instead. Without a gap and with a fixed port, publish it through the swarm's own routing (\`mode: ingress\`).`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#update_config",
    "https://docs.docker.com/engine/swarm/ingress/#bypass-the-routing-mesh",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      bad: stackWith({
        deploy: ["  update_config:", "    failure_action: rollback", "    order: start-first"],
        own: ports,
      }),
      good: stackWith({
        deploy: ["  update_config:", "    failure_action: rollback", "    order: stop-first"],
        own: ports,
      }),
    },
  ],
  keys: ["deploy"],
  *check(model) {
    if (model.dialect !== "stack" || model.document.templated) return;
    yield* oncePerPlace(
      model.services.flatMap((service) => {
        const orders = (["update_config", "rollback_config"] as const)
          .map((key) => service.entry("deploy", key, "order"))
          .filter((entry) => entry !== undefined && scalarText(entry.value) === "start-first");
        if (orders.length === 0) return [];
        const reason = reasonOf(model, service);
        if (reason === undefined) return [];
        const message = `The new task of \`${service.name}\` cannot start first, ${reason}: update with \`order: stop-first\`.`;
        return orders.flatMap((entry) =>
          entry === undefined ? [] : [{ at: entry.value.span, message, fixes: () => fixes(model, entry) }],
        );
      }),
    );
  },
});

function reasonOf(model: ComposeModel, service: ComposeService): string | undefined {
  if (hasHostPort(service)) return "since the old one holds its port on the node";
  const [mount] = stateMounts(model, service);
  if (mount === undefined) return undefined;
  return `since ${factsOf(service)?.name ?? "it"} takes \`${mount.source ?? mount.target ?? ""}\` for itself`;
}

function fixes({ document }: ComposeModel, { value }: YamlEntry): readonly Fix[] {
  if (value.type !== "scalar") return [];
  const edits = replaceScalar(document, value, "stop-first");
  return reviewed("Stop the old task first (there is a short gap)", edits);
}
