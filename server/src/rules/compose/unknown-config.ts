import { defineRule } from "../../engine/rule.ts";
import { composeWith } from "./shared/example.ts";
import { partsNamedBy } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";
import { type PartInUse, undeclared } from "./shared/undeclared.ts";

const configs: PartInUse = {
  part: "configs",
  noun: "config",
  references: (model, service) => partsNamedBy(model, service, ["configs"]),
  declare: (name) => [{ title: `Read \`${name}\` from the file \`./${name}\``, value: { file: `./${name}` } }],
};

export default defineRule("compose", {
  slug: "unknown-config",
  summary: "A service asks for a config that the project does not declare.",
  why: `A service is given a config by the name it has under the top-level \`configs\`, which says what is in it: a file, a variable, or the content itself.
A name that is missing there makes Compose refuse the whole file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/configs/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["configs:", "  - source: api.yaml", "    target: /etc/api.yaml"] }),
      good: composeWith({
        own: ["configs:", "  - source: api.yaml", "    target: /etc/api.yaml"],
        end: ["configs:", "  api.yaml:", "    file: ./api.yaml"],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(undeclared(model, workspace, configs));
  },
});
