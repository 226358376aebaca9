import type { YamlNode } from "../yaml/node.ts";
import { getPath, isNull, isUnknown, isUnknownText, scalarText } from "../yaml/path.ts";
import { interpolationsIn, substitute } from "./interpolation.ts";
import type { ComposePort } from "./model.ts";
import { splitShort } from "./short-syntax.ts";

/** A port in short (`127.0.0.1:8080:80/udp`, `8000-8010:80`) or long form; `undefined` for what is neither. */
export function portOf(node: YamlNode): ComposePort | undefined {
  if (node.type === "map") return longPort(node);
  return node.type === "scalar" && !isNull(node) ? shortPort(node, node.text) : undefined;
}

/** The ports of `published` or `target`, both ends included: `8000-8010`, or one port twice. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a port or a range of ports; `undefined` where nothing is there, or anything but numbers. */
export function rangeOf(text: string | undefined): PortRange | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? "") ?? [];
  if (from === undefined) return undefined;
  return { first: Number(from), last: Number(to) };
}

/** A text with the defaults of its variables in their places; `unset` are those that have none. */
export function withDefaults(text: string): { readonly text: string; readonly unset: readonly string[] } {
  return substitute(text, interpolationsIn(text), () => undefined);
}

const everyAddress: ReadonlySet<string> = new Set(["", "0.0.0.0", "::", "*"]);

/**
 * Where a port can be reached: at `every` address of the host, at `one`, or not outside (`none`: the long form without `published` only names a port). A
 * variable for an address is `unknown`; one for a port is taken for nothing more, though its value could hold an address, too.
 */
export function reachOf({ hostIp, published, target, node }: ComposePort): "every" | "one" | "none" | "unknown" {
  if (target === undefined || (node.type === "map" && published === undefined)) return "none";
  if (hostIp !== undefined) {
    if (isUnknownText(hostIp)) return "unknown";
    return everyAddress.has(hostIp) ? "every" : "one";
  }
  const { text, unset } = withDefaults(published ?? target);
  if (unset.length > 0) return unset.every((name) => /port/i.test(name)) ? "every" : "unknown";
  return rangeOf(text) === undefined ? "unknown" : "every";
}

function shortPort(node: YamlNode, text: string): ComposePort {
  const [address = "", protocol = "tcp"] = splitShort(text, "/");
  const parts = splitShort(address, ":");
  const target = parts.at(-1);
  const published = parts.length > 1 ? parts.at(-2) : undefined;
  // Whatever stands before the last two is the address: an IPv6 one without brackets is cut into several.
  const hostIp = parts.length > 2 ? parts.slice(0, -2).join(":") : undefined;
  return {
    hostIp: hostIp?.replace(/^\[(.*)\]$/, "$1"),
    published: published === "" ? undefined : published,
    target,
    protocol: protocol.toLowerCase(),
    mode: undefined,
    span: node.span,
    node,
    known: !isUnknown(node),
  };
}

function longPort(node: YamlNode): ComposePort {
  const text = (key: string): string | undefined => scalarText(getPath(node, key));
  return {
    hostIp: text("host_ip"),
    published: text("published"),
    target: text("target"),
    protocol: text("protocol")?.toLowerCase() ?? "tcp",
    mode: text("mode"),
    span: node.span,
    node,
    known: !["host_ip", "published", "target", "protocol", "mode"].some((key) => isUnknown(getPath(node, key))),
  };
}
