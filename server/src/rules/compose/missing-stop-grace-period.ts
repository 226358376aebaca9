import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { factsOf, isSetElsewhere, lastingServices } from "./shared/services.ts";

const store = { name: "events", image: ["image: clickhouse/clickhouse-server:25.8"], end: ["volumes:", "  data:"] };
const data = ["volumes:", "  - data:/var/lib/clickhouse"];

export default defineRule("compose", {
  slug: "missing-stop-grace-period",
  summary: "A database or a queue has the usual ten seconds to stop, after which it is killed.",
  why: `Ten seconds after the signal to stop Docker kills what still runs. A database with a busy cache, a broker that hands its partitions over or a search engine that
flushes its segments needs longer under load. Killed, it loses nothing that it promised to keep, but goes through its log at the next start, and clients
see an error in place of a goodbye.

A stop that ends early does not wait for the rest, so a longer period costs nothing but the wait for one that hangs. With little data ten seconds do.`,
  category: "lifecycle",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#stop_grace_period",
    "https://docs.docker.com/reference/cli/docker/container/stop/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...store, own: data }),
      good: composeWith({ ...store, own: [...data, "stop_grace_period: 1m"] }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const service of lastingServices(model)) {
      const facts = factsOf(service);
      const time = facts?.stateful === true ? facts.stopGracePeriod : undefined;
      if (facts === undefined || time === undefined || service.get("stop_grace_period") !== undefined) continue;
      if (isSetElsewhere(workspace, service, "stop_grace_period")) continue;
      yield {
        at: service.keySpan,
        message: `${facts.name} may need longer than ten seconds to stop, and is killed then: add \`stop_grace_period: ${time}\`.`,
        fixes: () => {
          const edits = setPath(model.document, service.map, ["stop_grace_period"], time);
          const title = `Give \`${service.name}\` \`${time}\` to stop (what hangs is killed later)`;
          return reviewed(title, edits);
        },
      };
    }
  },
});
