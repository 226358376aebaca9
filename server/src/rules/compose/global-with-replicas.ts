import { defineRule } from "../../engine/rule.ts";
import { isNull, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { withoutKey } from "./shared/moved-keys.ts";
import { oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

const policy = ["  update_config:", "    failure_action: rollback"];

export default defineRule("compose", {
  slug: "global-with-replicas",
  summary: "A service in mode `global` also says how many replicas it has.",
  why: `A global service has one task on each node, so \`docker stack deploy\` refuses the whole file when \`replicas\` stands beside it. Which of the two was meant, only its
author knows: agents and exporters belong on every node, most others want a number.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#mode",
    "https://docs.docker.com/engine/swarm/how-swarm-mode-works/services/#replicated-and-global-services",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ deploy: [...policy, "  mode: global", "  replicas: 3"] }),
      good: stackWith({ deploy: [...policy, "  mode: global"] }),
    },
  ],
  keys: ["deploy"],
  *check(model) {
    if (model.dialect !== "stack" || model.document.templated) return;
    yield* oncePerPlace(
      model.services.flatMap((service) => {
        const mode = scalarText(service.get("deploy", "mode")) ?? "";
        const replicas = service.entry("deploy", "replicas");
        if ((mode !== "global" && mode !== "global-job") || replicas === undefined || isNull(replicas.value)) return [];
        const message = `\`docker stack deploy\` refuses \`replicas\` beside \`mode: ${mode}\`, which runs one task on each node: remove one of them.`;
        return [
          {
            at: replicas.keySpan,
            message,
            fixes: () =>
              (["replicas", "mode"] as const).flatMap((key) => {
                const deploy = service.map.get("deploy");
                if (deploy?.value.type !== "map" || deploy.merged !== undefined) return [];
                const edits = withoutKey(model.document, deploy.value, key);
                const effect =
                  key === "replicas" ? "one task on each node" : `${scalarText(replicas.value) ?? ""} in all`;
                return reviewed(`Remove \`${key}\` (${effect})`, edits);
              }),
          },
        ];
      }),
    );
  },
});
