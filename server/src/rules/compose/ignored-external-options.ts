import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { joined } from "../shared/joined-edits.ts";
import { safe } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { externalsOf } from "./shared/externals.ts";
import { oncePerPlace } from "./shared/services.ts";

const network = (keys: readonly string[]): readonly string[] => [
  "networks:",
  "  proxy:",
  ...keys.map((key) => `    ${key}`),
];
const own = ["networks:", "  - proxy"];

export default defineRule("compose", {
  slug: "ignored-external-options",
  summary: "A network, secret or config is external and has options that nobody reads.",
  why: `\`external: true\` says that it exists already and Compose leaves it as it is. A driver, a subnet, \`internal: true\` or a \`file\` beside it has no effect: the network
is what somebody made it, however it reads here. Worst is \`internal: true\`, which looks like a closed network and may not be one. Change the network where it
is made, or let Compose make it.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/networks/#external"],
  fix: "safe",
  examples: [
    {
      bad: composeWith({ own, end: network(["external: true", "internal: true"]) }),
      good: composeWith({ own, end: network(["external: true"]) }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const { part, noun, name, entry, options } of externalsOf(model)) {
    const [first] = options;
    // A volume is refused for it, which another rule tells.
    if (first === undefined || part === "volumes") continue;
    const keys = options.map(({ key }) => `\`${key}\``).join(", ");
    yield {
      at: first.keySpan,
      message: `The ${noun} \`${name}\` is external, so ${keys} ${options.length === 1 ? "has" : "have"} no effect: remove ${options.length === 1 ? "it" : "them"}, or let Compose make the ${noun}.`,
      fixes: () => {
        const edits = joined(
          model.document.text,
          options.map(({ key }) => removePath(model.document, model.root, [part, name, key])),
        );
        return safe(`Remove ${keys} from the external ${noun} \`${name}\``, edits);
      },
      related: [{ at: entry.keySpan, message: `\`${name}\` exists already` }],
      tag: "unnecessary",
    };
  }
}
