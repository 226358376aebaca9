import { syntaxRule } from "../syntax.ts";
import { composeWith } from "./shared/example.ts";

export default syntaxRule("compose", {
  summary: "This is no valid YAML, so Compose cannot read the file.",
  why: `\`docker compose\` refuses a file with a YAML error, such as a tab as indentation, an unclosed quote or a key set twice in one map, and starts nothing.
A key set twice is refused by Compose and silently taken from the last place by other tools, so that a change to the first one does nothing.`,
  fix: null,
  aliases: ["dclint:invalid-yaml", "compose-go:yaml"],
  references: ["https://yaml.org/spec/1.2.2/", "https://docs.docker.com/reference/compose-file/"],
  examples: [
    {
      bad: composeWith({ own: ["restart: always"] }),
      good: composeWith({}),
      fixed: false,
    },
  ],
});
