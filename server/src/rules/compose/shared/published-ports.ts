import type { Fix } from "../../../engine/rule.ts";
import { dataServerPorts, holdsData } from "../../../knowledge/data-servers.ts";
import type { ServiceFacts } from "../../../knowledge/services/index.ts";
import type { ComposeModel, ComposePort, ComposeService } from "../../../languages/compose/model.ts";
import { rangeOf, withDefaults } from "../../../languages/compose/ports.ts";
import {
  appendItem,
  removeEntry,
  removeItem,
  renameKey,
  replaceScalar,
  setPath,
} from "../../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../../languages/yaml/node.ts";
import { getPath, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import { joined } from "../../shared/joined-edits.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { factsOf } from "./services.ts";

/** The place of a port: the item, of the long form what is published. */
export function placeOfPort({ node, span }: ComposePort): Span {
  return node.type === "map" ? (getPath(node, "published") ?? getPath(node, "target") ?? node).span : span;
}

/** The port as one says it: the item, the long form put into the short one's words. */
export function wordsOfPort({ node, published, target }: ComposePort): string {
  if (node.type === "scalar") return node.text;
  return published === undefined ? (target ?? "") : `${published}:${target ?? ""}`;
}

/** The database, cache, queue or search engine that answers on a port. */
export function dataServerOn(service: ComposeService, port: ComposePort): string | undefined {
  const range = targetsOf(port);
  if (range === undefined) return undefined;
  const { first, last } = range;
  const facts = factsOf(service);
  if (facts !== undefined) return holdsData(facts) ? privateIn(facts, first, last) : undefined;
  // A range of many ports says nothing of any one of them.
  return last - first > 10 ? undefined : [...dataServerPorts].find(([one]) => first <= one && one <= last)?.[1];
}

/** The other program on a port that only its own network should reach: an administration page, metrics, an engine's interface. */
export function privateServerOn(service: ComposeService, port: ComposePort): string | undefined {
  const range = targetsOf(port);
  const facts = factsOf(service);
  return range === undefined || facts === undefined || holdsData(facts)
    ? undefined
    : privateIn(facts, range.first, range.last);
}

function targetsOf({ target }: ComposePort) {
  return rangeOf(withDefaults(target ?? "").text);
}

function privateIn({ name, privatePorts }: ServiceFacts, first: number, last: number): string | undefined {
  return privatePorts.some((one) => first <= one && one <= last) ? name : undefined;
}

/** Publishes a port on the loopback interface alone. */
export function boundToLoopback({ document }: ComposeModel, port: ComposePort): readonly Fix[] {
  const { node, target, hostIp } = port;
  return reviewed(`Publish \`${target ?? ""}\` on \`127.0.0.1\` alone (other machines no longer reach it)`, edits());

  function edits(): readonly TextEdit[] | undefined {
    if (node.type === "map") return setPath(document, node, ["host_ip"], "127.0.0.1", { intoAnchor: true });
    if (node.type !== "scalar") return undefined;
    if (hostIp !== undefined) {
      const rest = node.text.slice(node.text.indexOf(hostIp) + hostIp.length).replace(/^\]/, "");
      return replaceScalar(document, node, `127.0.0.1${rest}`, { intoAnchor: true });
    }
    // A lone port is published on one that Docker picks.
    const text = `127.0.0.1:${port.published === undefined ? ":" : ""}${node.text}`;
    return replaceScalar(document, node, text, { intoAnchor: true });
  }
}

/** Publishes a port no more. */
export function unpublished(model: ComposeModel, service: ComposeService, port: ComposePort): readonly Fix[] {
  const title = `Publish \`${port.target ?? ""}\` no more (services of this file still reach \`${service.name}\`)`;
  return reviewed(title, withoutPort(model, service, port));
}

/** Publishes a port no more, and names it below `expose`. */
export function exposed(model: ComposeModel, service: ComposeService, port: ComposePort): readonly Fix[] {
  const { document } = model;
  const { target, protocol } = port;
  if (target === undefined) return [];
  const text = protocol === "tcp" ? target : `${target}/${protocol}`;
  const ports = service.map.get("ports");
  const list = service.map.get("expose");
  const edits =
    list === undefined && itemsOf(ports?.value).length === 1
      ? renamed(ports)
      : joined(document.text, [withoutPort(model, service, port), added()]);
  return reviewed(
    `Turn \`${wordsOfPort(port)}\` into \`expose\` (the host and other machines no longer reach it)`,
    edits,
  );

  function added(): readonly TextEdit[] | undefined {
    if (list === undefined)
      return setPath(document, service.map, ["expose"], [text], { position: { after: ["ports"] } });
    if (itemsOf(list.value).some((item) => scalarText(item) === text)) return [];
    return list.value.type === "seq" ? appendItem(document, list.value, text) : undefined;
  }

  function renamed(entry: YamlEntry | undefined): readonly TextEdit[] | undefined {
    if (entry === undefined || entry.value.alias !== undefined) return undefined;
    return joined(document.text, [
      renameKey(document, entry, "expose"),
      setPath(document, service.map, ["ports", 0], text),
    ]);
  }
}

function withoutPort(
  { document }: ComposeModel,
  service: ComposeService,
  { node }: ComposePort,
): readonly TextEdit[] | undefined {
  const ports = service.map.get("ports")?.value;
  const index = itemsOf(ports).indexOf(node);
  if (ports?.type !== "seq" || index < 0) return undefined;
  return ports.items.length === 1 ? removeEntry(document, service.map, "ports") : removeItem(document, ports, index);
}
