import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { replicasOf, stateMounts } from "./shared/rollout.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

const data = ["volumes:", "  - data:/var/lib/postgresql/data"];
const database = { name: "db", image: ["image: postgres:17-alpine"], end: ["volumes:", "  data:"] };

export default defineRule("compose", {
  slug: "replicas-on-local-volume",
  summary: "Several replicas of a service that keeps data share one local volume, or have one each.",
  why: `A database is not made for a second server on its directory. Under plain Compose all replicas mount the same volume: the second one refuses to start on the first one's
lock, or both write and the data is lost. In a swarm each node has a volume of its own under that name, so every replica is a database of its own, and clients are sent to one
of them by chance.

More than one needs the replication that the program brings: a service for each member with its own volume, or an operator. What keeps nothing (a cache without
persistence) can do without the volume.`,
  category: "storage",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/swarm/services/#give-a-service-access-to-volumes-or-bind-mounts",
    "https://docs.docker.com/reference/compose-file/deploy/#replicas",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...database, own: [...data, "deploy:", "  replicas: 3"] }),
      good: composeWith({ ...database, own: [...data, "deploy:", "  replicas: 1"] }),
    },
  ],
  *check(model) {
    if (model.document.templated) return;
    yield* oncePerPlace(
      model.services.flatMap((service) => {
        const count = replicasOf(service);
        if (count === "global" || count === "unknown" || count < 2) return [];
        const entry = service.entry("deploy", "replicas") ?? service.entry("scale");
        const [mount] = stateMounts(model, service);
        if (entry === undefined || mount === undefined) return [];
        const name = factsOf(service)?.name ?? service.name;
        const source = mount.source === undefined ? (mount.target ?? "") : mount.source;
        const message =
          model.dialect === "stack"
            ? `Each node has its own \`${source}\`, so the ${count} replicas of \`${service.name}\` are ${name} servers that know nothing of each other: run one, or set up its replication.`
            : `All ${count} replicas of \`${service.name}\` write to the one \`${source}\`, which ${name} cannot share: run one, or set up its replication.`;
        return [{ at: entry.value.span, message, fixes: () => fixes(model, service, entry) }];
      }),
    );
  },
});

function fixes({ document }: ComposeModel, { name }: ComposeService, { value }: YamlEntry): readonly Fix[] {
  if (value.type !== "scalar") return [];
  const edits = replaceScalar(document, value, 1);
  return reviewed(`Run one replica of \`${name}\` (the data of the others is not merged)`, edits);
}
