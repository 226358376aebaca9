import { composeWith } from "./shared/example.ts";
import { partsNamedBy } from "./shared/references.ts";
import { undeclaredPart } from "./shared/undeclared.ts";

export default undeclaredPart({
  slug: "unknown-secret",
  part: "secrets",
  noun: "secret",
  summary: "A service, or its build, asks for a secret that the project does not declare.",
  why: `A service is given a secret by the name it has under the top-level \`secrets\`, which says where the value comes from: a file, or a variable of the
caller's environment. A name that is missing there makes Compose refuse the whole file.`,
  references: [
    "https://docs.docker.com/reference/compose-file/secrets/",
    "https://docs.docker.com/compose/how-tos/use-secrets/",
  ],
  examples: [
    {
      bad: composeWith({ own: ["secrets:", "  - api_key"] }),
      good: composeWith({
        own: ["secrets:", "  - api_key"],
        end: ["secrets:", "  api_key:", "    file: ./secrets/api_key.txt"],
      }),
    },
  ],
  *namedBy(model, service) {
    yield* partsNamedBy(model, service, ["secrets"]);
    yield* partsNamedBy(model, service, ["build", "secrets"]);
  },
  declare: (name) => [
    {
      title: `Read \`${name}\` from \`./secrets/${name}.txt\` (put the value there and keep that file out of Git)`,
      value: { file: `./secrets/${name}.txt` },
    },
    {
      title: `Read \`${name}\` from the variable \`${variableName(name)}\``,
      value: { environment: variableName(name) },
    },
  ],
});

function variableName(secret: string): string {
  return secret.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}
