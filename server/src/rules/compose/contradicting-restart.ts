import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { composeWith } from "./shared/example.ts";
import { withoutKey } from "./shared/moved-keys.ts";
import { swarmConditions } from "./shared/rollout.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "contradicting-restart",
  summary: "`restart` and `deploy.restart_policy` of a service say different things.",
  why: `Where both stand in a service, \`docker compose\` takes the one of \`deploy\`, without a word. One without \`condition\` counts as \`none\` there, although a swarm takes it for
\`any\`, and so a service with \`restart: always\` and a pasted \`restart_policy\` stays down after its first crash.

Say it once. \`restart\` is enough for Compose; \`deploy.restart_policy\` with a condition is understood by both commands.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#restart",
    "https://docs.docker.com/reference/compose-file/deploy/#restart_policy",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        restart: ["restart: always"],
        own: ["deploy:", "  restart_policy:", "    condition: none"],
      }),
      good: composeWith({
        restart: ["restart: always"],
        own: ["deploy:", "  restart_policy:", "    condition: any"],
      }),
    },
  ],
  keys: ["deploy"],
  *check(model) {
    if (model.dialect === "stack" || model.document.templated) return;
    yield* oncePerPlace(
      model.services.flatMap((service) => {
        const restart = service.entry("restart");
        const policy = service.get("deploy", "restart_policy");
        if (restart === undefined || policy?.type !== "map" || policy.entries.length === 0) return [];
        const condition = service.get("deploy", "restart_policy", "condition");
        const [said = ""] = (scalarText(restart.value) ?? "").split(":");
        if (isNull(restart.value) || isUnknown(restart.value) || isUnknown(condition)) return [];
        const wanted = swarmConditions.get(said);
        const effective = condition === undefined ? "none" : synonyms.get(scalarText(condition) ?? "");
        if (wanted === undefined || effective === undefined || wanted === effective) return [];
        const words =
          condition === undefined
            ? "without `condition`, which never restarts"
            : `with \`condition: ${scalarText(condition) ?? ""}\``;
        const message = `\`restart: ${scalarText(restart.value) ?? ""}\` loses to \`deploy.restart_policy\` ${words}: say it once.`;
        return [{ at: restart.keySpan, message, fixes: () => fixes(model, service, restart, wanted) }];
      }),
    );
  },
});

const synonyms: ReadonlyMap<string, string> = new Map([...swarmConditions, ["any", "any"], ["none", "none"]]);

function fixes(model: ComposeModel, service: ComposeService, restart: YamlEntry, condition: string): readonly Fix[] {
  const { document } = model;
  const path = ["deploy", "restart_policy", "condition"];
  const agreed = setPath(document, service.map, path, condition, { position: "start" });
  const gone = withoutKey(document, service.map, restart.key);
  return [
    ...(agreed === undefined
      ? []
      : [
          {
            title: `Set \`condition: ${condition}\` in \`deploy.restart_policy\` (what \`restart\` says then holds)`,
            safety: "review" as const,
            edits: agreed,
          },
        ]),
    ...(gone === undefined
      ? []
      : [
          {
            title: "Remove `restart` (nothing changes: `deploy.restart_policy` holds)",
            safety: "review" as const,
            edits: gone,
          },
        ]),
  ];
}
