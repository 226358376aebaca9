import { composeWith } from "./shared/example.ts";
import { partsNamedBy } from "./shared/references.ts";
import { undeclaredPart } from "./shared/undeclared.ts";

export default undeclaredPart({
  slug: "unknown-config",
  part: "configs",
  noun: "config",
  summary: "A service asks for a config that the project does not declare.",
  why: `A service is given a config by the name it has under the top-level \`configs\`, which says what is in it: a file, a variable, or the content itself.
A name that is missing there makes Compose refuse the whole file.`,
  references: ["https://docs.docker.com/reference/compose-file/configs/"],
  examples: [
    {
      bad: composeWith({ own: ["configs:", "  - source: api.yaml", "    target: /etc/api.yaml"] }),
      good: composeWith({
        own: ["configs:", "  - source: api.yaml", "    target: /etc/api.yaml"],
        end: ["configs:", "  api.yaml:", "    file: ./api.yaml"],
      }),
    },
  ],
  namedBy: (model, service) => partsNamedBy(model, service, ["configs"]),
  declare: (name) => [{ title: `Read \`${name}\` from the file \`./${name}\``, value: { file: `./${name}` } }],
});
