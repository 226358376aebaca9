import { defineRule } from "../../engine/rule.ts";
import { shop } from "./shared/shop-example.ts";
import { splitFixes, splitOf } from "./shared/split-networks.ts";

export default defineRule("compose", {
  slug: "shared-database-network",
  summary: "A database shares a network with a service that is reached from outside and has no use for it.",
  why: `Services that name no network share one, on which each reaches every port of every other. A proxy or a web server that is taken over can then try the database's passwords and read an
unprotected cache, though it never needed either.

With one network for what faces the outside and one for the data, only services that are on both reach the data. A network with \`internal: true\` has no way out either, so that
a database that was broken into sends nothing away. Leave it where a service does use the database in a way the file does not show.`,
  category: "networking",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks",
    "https://docs.docker.com/reference/compose-file/networks/#internal",
  ],
  fix: "review",
  examples: [
    {
      bad: shop({ proxy: [], api: [], cache: [] }),
      good: shop({ proxy: ["front"], api: ["front", "back"], cache: ["back"] }),
    },
  ],
  *check(model) {
    if (model.role === "development") return;
    const split = splitOf(model);
    const [outer] = split?.outer ?? [];
    if (split === undefined || outer === undefined) return;
    for (const service of split.data) {
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` shares a network with \`${outer.name}\`, which publishes ports and does not use it: put \`${service.name}\` on a network with those that do.`,
        fixes: () => splitFixes(model),
        related: [{ at: outer.keySpan, message: `\`${outer.name}\` is reached from outside` }],
      };
    }
  },
});
