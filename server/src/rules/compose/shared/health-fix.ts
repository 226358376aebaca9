import type { Fix } from "../../../engine/rule.ts";
import type { ServiceHealth } from "../../../knowledge/services/index.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { flow, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import { commandText, factsOf } from "./services.ts";

/** Gives a service the check that is known for its image, in the place of one it may have; none where another program is started than the image's own. */
export function knownCheckFixes(model: ComposeModel, service: ComposeService): readonly Fix[] {
  const facts = factsOf(service);
  const health = facts?.health;
  // What runs instead of the image's own program may answer otherwise.
  if (facts === undefined || health === undefined || commandText(service, "entrypoint") !== "") return [];
  const edits = setPath(model.document, service.map, ["healthcheck"], healthBlock(health));
  const needs = health.needs === undefined ? "" : ` (it needs ${health.needs})`;
  const title = `Add a health check that asks ${facts.name}${needs}`;
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}

function healthBlock(health: ServiceHealth): YamlValue {
  return {
    test: flow([...health.test]),
    interval: health.interval,
    timeout: health.timeout,
    retries: health.retries,
    start_period: health.startPeriod,
  };
}
