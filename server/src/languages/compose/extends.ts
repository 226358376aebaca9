import { nameOf } from "../../text/path.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { getPath, isUnknown, scalarText } from "../yaml/path.ts";
import { mergeOnto, withoutResets } from "./merge.ts";

/** A service with what it extends within its file. */
export interface Extended {
  readonly map: YamlMap;
  /** Some of it lies in another file, or is not known. */
  readonly open: boolean;
  /** What it extends in another file, where that is known. */
  readonly base: ComposeBase | undefined;
  /** The services of this file it is made of, itself first. */
  readonly chain: readonly YamlMap[];
}

/** A service of another file that is extended; `file` as written. */
export interface ComposeBase {
  readonly file: string;
  readonly service: string;
}

/** Nobody builds a service on so many others; a longer chain is followed so far and left open. */
const longestChain = 32;

/** Follows `extends` through the file; a circle, and a service that is not there, end it and leave it open. `resets`: the document has a `!reset` somewhere. */
export function extend(services: YamlNode | undefined, map: YamlMap, path: string, resets: boolean): Extended {
  const kept = (whole: YamlMap): YamlMap => (resets ? withoutResets(whole) : whole);
  const chain: YamlMap[] = [map];
  let open = false;
  let elsewhere: ComposeBase | undefined;
  for (let at: YamlMap = map; ; ) {
    const base = baseOf(services, at, path);
    if (base === undefined) break;
    if (!("type" in base)) {
      open = true;
      elsewhere = base.file === undefined ? undefined : { file: base.file, service: base.service };
      break;
    }
    if (chain.includes(base) || chain.length >= longestChain) {
      open = true;
      break;
    }
    chain.push(base);
    at = base;
  }
  const [first = map, ...rest] = [...chain].reverse();
  const merged = rest.reduce((below, own) => mergeOnto(below, own), kept(first));
  return { map: rest.length === 0 ? merged : kept(merged), open, base: elsewhere, chain };
}

/** What lies in this file, or where else it does; `file` is `undefined` where that is not known or nothing of the kind is there. */
function baseOf(
  services: YamlNode | undefined,
  map: YamlMap,
  path: string,
): YamlMap | { readonly file: string | undefined; readonly service: string } | undefined {
  const value = map.get("extends")?.value;
  if (value === undefined || (value.type === "scalar" && value.value === null)) return undefined;
  const fileNode = getPath(value, "file");
  const file = scalarText(fileNode);
  const name = value.type === "map" ? value.get("service")?.value : value;
  const service = scalarText(name);
  if (service === undefined || isUnknown(name) || isUnknown(fileNode)) return { file: undefined, service: "" };
  if (fileNode !== undefined && file?.replace(/^\.\//, "") !== nameOf(path)) return { file, service };
  const base = getPath(services, service);
  return base?.type === "map" ? base : { file: undefined, service };
}
