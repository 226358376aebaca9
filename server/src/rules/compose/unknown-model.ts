import { defineRule } from "../../engine/rule.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { partsNamedBy } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";
import { type PartInUse, undeclared } from "./shared/undeclared.ts";

const models: PartInUse = {
  part: "models",
  noun: "model",
  references: (model, service) => partsNamedBy(model, service, ["models"]),
  // Which model is meant by a name that nothing explains, nobody can tell.
  declare: () => [],
};

const end = [
  ...serviceLines({ name: "search", own: ["models:", "  - llm"] })
    .trimEnd()
    .split("\n"),
  "models:",
  "  llm:",
  "    model: ai/qwen3",
];

export default defineRule("compose", {
  slug: "unknown-model",
  summary: "A service uses an AI model that the project does not declare.",
  why: `The names under a service's \`models\` are those of the top-level \`models\`, where each says which model it stands for. A name that is missing there
makes Compose refuse the whole file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/models/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["models:", "  - lm"], end }),
      good: composeWith({ own: ["models:", "  - llm"], end }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(undeclared(model, workspace, models));
  },
});
