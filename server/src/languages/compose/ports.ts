import type { YamlNode } from "../yaml/node.ts";
import { getPath, isNull, isUnknown, scalarText } from "../yaml/path.ts";
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
