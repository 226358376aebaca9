import { defineRule, type Fix } from "../../engine/rule.ts";
import { isSetElsewhere, wholeServices } from "./shared/services.ts";
import { shop } from "./shared/shop-example.ts";
import { isOnDefaultNetwork, splitFixes } from "./shared/split-networks.ts";

export default defineRule("compose", {
  slug: "default-network",
  summary: "A service names no network, so it shares one with every other service that names none.",
  why: `Compose puts services without \`networks\` on the project's default network, where each of them reaches every port of every other. Whoever takes over the one that faces the
outside then talks to the database, the queue and the administration page directly.

Networks that are named say who talks to whom. The other side: a project of a few services that all talk to each other gains nothing by a name, which is why the
rule is only in \`all\`; \`compose/shared-database-network\` reports where somebody really gains.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:networks_not_set"],
  references: [
    "https://docs.docker.com/compose/how-tos/networking/#specify-custom-networks",
    "https://docs.docker.com/reference/compose-file/networks/",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: shop({ proxy: [], api: [], cache: [] }),
      good: shop({ proxy: ["front"], api: ["front", "back"], cache: ["back"] }),
    },
  ],
  *check(model, _options, workspace) {
    // One fix mends all of them, and looks at every service.
    let split: readonly Fix[] | undefined;
    const fixes = (): readonly Fix[] => (split ??= splitFixes(model));
    for (const service of wholeServices(model, workspace)) {
      if (!isOnDefaultNetwork(service)) continue;
      if (
        isSetElsewhere(workspace, service.name, "networks") ||
        isSetElsewhere(workspace, service.name, "network_mode")
      )
        continue;
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` names no network and shares the default one with every service that names none: give it the \`networks\` it needs.`,
        fixes,
      };
    }
  },
});
