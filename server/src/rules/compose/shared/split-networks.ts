import type { Fix } from "../../../engine/rule.ts";
import { holdsData } from "../../../knowledge/data-servers.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { insertTopLevel, setPath } from "../../../languages/yaml/edit.ts";
import { joined } from "../../shared/joined-edits.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { factsOf } from "./services.ts";
import { usesIn } from "./uses.ts";

/** The services of a file whose databases, caches and queues can be set apart from those that are reached from outside. */
export interface Split {
  /** Databases and the like that publish nothing. */
  readonly data: readonly ComposeService[];
  /** Those that use them. */
  readonly users: readonly ComposeService[];
  /** Those that publish ports and, as far as the file says, use none of them. */
  readonly outer: readonly ComposeService[];
}

/**
 * How services that all share the project's own network could be split; `undefined` where it cannot be told: some have networks already, some parts are in other
 * files, nothing is published, or nobody is known to use a database.
 */
export function splitOf(model: ComposeModel): Split | undefined {
  const { services } = model;
  if (
    model.includes ||
    model.role === "override" ||
    model.document.templated ||
    model.root.get("networks") !== undefined
  )
    return undefined;
  if (services.some((service) => service.open || !isOnDefaultNetwork(service))) return undefined;
  const data = services.filter((service) => {
    const facts = factsOf(service);
    return facts !== undefined && holdsData(facts) && service.ports.length === 0;
  });
  if (data.length === 0 || services.every(({ ports }) => ports.length === 0)) return undefined;
  const uses = usesIn(model);
  const users = services.filter(
    (service) => !data.includes(service) && data.some((one) => uses(service, one) || uses(one, service)),
  );
  if (!data.every((one) => services.some((service) => service !== one && uses(service, one)))) return undefined;
  const outer = services.filter(
    (service) => service.ports.length > 0 && !data.includes(service) && !users.includes(service),
  );
  return { data, users, outer };
}

/** Neither `networks` nor `network_mode` says where the service is. */
export function isOnDefaultNetwork(service: ComposeService): boolean {
  return service.get("networks") === undefined && service.get("network_mode") === undefined;
}

/** Puts databases and their users on a network of their own, without a way out, and everything else on another. */
export function splitFixes(model: ComposeModel): readonly Fix[] {
  const split = splitOf(model);
  if (split === undefined) return [];
  const { data, users } = split;
  const edits = joined(model.document.text, [
    ...model.services.map((service) => {
      const networks = data.includes(service) ? ["back"] : users.includes(service) ? ["front", "back"] : ["front"];
      const position = {
        after: [
          "image",
          "build",
          "pull_policy",
          "platform",
          "container_name",
          "hostname",
          "restart",
          "ports",
          "expose",
        ],
      };
      return setPath(model.document, service.map, ["networks"], networks, { position });
    }),
    insertTopLevel(
      model.document,
      "networks",
      { front: null, back: { internal: true } },
      { after: ["services"], before: ["volumes", "secrets", "configs"] },
    ),
  ]);
  const names = data.map(({ name }) => `\`${name}\``).join(", ");
  const title = `Put ${names} on a network \`back\` without a way out, which only services that name ${data.length === 1 ? "it" : "them"} join (others no longer reach ${data.length === 1 ? "it" : "them"})`;
  return reviewed(title, edits);
}
