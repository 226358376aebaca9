import { composeWith, serviceLines } from "./shared/example.ts";
import { partsNamedBy } from "./shared/references.ts";
import { undeclaredPart } from "./shared/undeclared.ts";

const end = [
  ...serviceLines({ name: "search", own: ["models:", "  - llm"] })
    .trimEnd()
    .split("\n"),
  "models:",
  "  llm:",
  "    model: ai/qwen3",
];

export default undeclaredPart({
  slug: "unknown-model",
  part: "models",
  noun: "model",
  summary: "A service uses an AI model that the project does not declare.",
  why: `The names under a service's \`models\` are those of the top-level \`models\`, where each says which model it stands for. A name that is missing there
makes Compose refuse the whole file.`,
  references: ["https://docs.docker.com/reference/compose-file/models/"],
  examples: [
    {
      bad: composeWith({ own: ["models:", "  - lm"], end }),
      good: composeWith({ own: ["models:", "  - llm"], end }),
    },
  ],
  namedBy: (model, service) => partsNamedBy(model, service, ["models"]),
  // Which model is meant by a name that nothing explains, nobody can tell.
  declare: () => [],
});
