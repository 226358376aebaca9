import type { Fix } from "../../../engine/rule.ts";
import type { ServiceHealth } from "../../../knowledge/services/index.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { flow, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { joined } from "../../shared/joined-edits.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { commandText, factsOf } from "./services.ts";
import { checkedIn, isDecided, waitingFor } from "./waiting.ts";

/** Gives a service the check that is known for its image, in the place of one it may have; none where another program is started than the image's own. */
export function knownCheckFixes(model: ComposeModel, service: ComposeService): readonly Fix[] {
  const facts = factsOf(service);
  const health = facts?.health;
  // What runs instead of the image's own program may answer otherwise.
  if (facts === undefined || health === undefined || commandText(service, "entrypoint") !== "") return [];
  const meets = meetsNeeds(service, health);
  if (meets === false) return [];
  const edits = setPath(model.document, service.map, ["healthcheck"], healthBlock(health));
  const needs = health.needs === undefined || meets === true ? "" : ` (it needs ${health.needs})`;
  const title = `Add a health check that asks ${facts.name}${needs}`;
  return reviewed(title, edits);
}

/** The same, and those that only wait for the service's start then wait for its health. */
export function awaitedCheckFixes(
  model: ComposeModel,
  service: ComposeService,
  workspace: WorkspaceView,
): readonly Fix[] {
  if (model.dialect === "stack") return [];
  const [alone] = knownCheckFixes(model, service);
  if (alone === undefined || !("edits" in alone)) return [];
  const isChecked = checkedIn(model, workspace);
  const waiting = model.services.flatMap((other) => {
    if (!other.dependsOn.some((dependency) => dependency.service === service.name && !isDecided(dependency))) return [];
    const found = waitingFor(model, other, (name) => name === service.name || isChecked(name));
    return found === undefined ? [] : [{ name: other.name, edits: found.edits }];
  });
  if (waiting.length === 0) return [];
  const edits = joined(model.document.text, [alone.edits, ...waiting.map((other) => other.edits)]);
  const whose =
    waiting.length === 1 ? `\`${waiting[0]?.name ?? ""}\`` : `the ${waiting.length} services that depend on it`;
  const title = `${alone.title}, and let ${whose} wait for it`;
  return reviewed(title, edits);
}

/** Whether the service is known to have, or to lack, what the check needs; `undefined` where nothing here tells. */
export function meetsNeeds(service: ComposeService, health: ServiceHealth): boolean | undefined {
  const { onlyWith, notWith = [] } = health;
  if (service.environment.some(({ name }) => notWith.includes(name))) return false;
  if (health.test.some((word) => word.includes("http://")) && speaksTls(service)) return false;
  if (onlyWith === undefined) return undefined;
  const command = commandText(service, "command");
  if (command === undefined || service.get("env_file") !== undefined) return undefined;
  return onlyWith.some((word) => command.includes(word) || service.environment.some(({ name }) => name === word));
}

/** A variable of the service switches TLS on, so that a plain request gets no answer. */
function speaksTls({ environment }: ComposeService): boolean {
  return environment.some(
    ({ name, value }) =>
      /(?:^|[_.])(?:tls|ssl|https)(?:[_.]|$)/i.test(name) && /^(?:true|1|yes|on|required?)$/i.test(value?.trim() ?? ""),
  );
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
