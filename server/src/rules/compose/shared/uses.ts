import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { entriesOf, itemsOf } from "../../../languages/yaml/path.ts";

/** The services that wait for a service or name it as a host, in the order of the file. */
export function usersOf(model: ComposeModel, { name }: ComposeService): readonly ComposeService[] {
  const host = hostNamed(name);
  return model.services.filter((other) => other.name !== name && names(other, name, host));
}

/** Tells whether one service waits for another or names it as a host; the answers are kept for the next question. */
export function usesIn(model: ComposeModel): (service: ComposeService, other: ComposeService) => boolean {
  const known = new Map<string, ReadonlySet<string>>();
  return (service, other) => {
    let users = known.get(other.name);
    if (users === undefined) known.set(other.name, (users = new Set(usersOf(model, other).map(({ name }) => name))));
    return users.has(service.name);
  };
}

function names(service: ComposeService, name: string, host: RegExp): boolean {
  if (service.dependsOn.some((dependency) => dependency.service === name)) return true;
  return speaking.some((key) => holds(service.get(key), host));
}

/** Keys whose values say whom a service talks to. */
const speaking = ["environment", "command", "entrypoint", "links", "labels"] as const;

/** The name as a host: by itself, behind `//`, `@` or `=`, before a port or a path. */
function hostNamed(name: string): RegExp {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?:^|[/@=,:\s'"])${escaped}(?:$|[:/,\s'"?])`);
}

function holds(node: YamlNode | undefined, pattern: RegExp): boolean {
  if (node === undefined) return false;
  if (node.type === "scalar") return pattern.test(node.text);
  if (node.type === "seq") return itemsOf(node).some((item) => holds(item, pattern));
  return entriesOf(node).some(({ value }) => holds(value, pattern));
}
