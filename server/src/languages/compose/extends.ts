import { nameOf } from "../../text/path.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { getPath, isUnknown, scalarText } from "../yaml/path.ts";
import { mergeOnto, withoutResets } from "./merge.ts";

/** A service with what it extends within its file. */
export interface Extended {
  readonly map: YamlMap;
  /** Some of it lies in another file, or is not known. */
  readonly open: boolean;
  /** The services of this file it is made of, itself first. */
  readonly chain: readonly YamlMap[];
}

/** Nobody builds a service on so many others; a longer chain is followed so far and left open. */
const longestChain = 32;

/** Follows `extends` through the file; a circle, and a service that is not there, end it and leave it open. */
export function extend(services: YamlNode | undefined, map: YamlMap, path: string): Extended {
  const chain: YamlMap[] = [map];
  let open = false;
  for (let at: YamlMap = map; ; ) {
    const base = baseOf(services, at, path);
    if (base === undefined) break;
    if (base === "elsewhere" || chain.includes(base) || chain.length >= longestChain) {
      open = true;
      break;
    }
    chain.push(base);
    at = base;
  }
  const [first = map, ...rest] = [...chain].reverse();
  const merged = rest.reduce((below, own) => mergeOnto(below, own), withoutResets(first));
  return { map: rest.length === 0 ? merged : withoutResets(merged), open, chain };
}

function baseOf(services: YamlNode | undefined, map: YamlMap, path: string): YamlMap | "elsewhere" | undefined {
  const value = map.get("extends")?.value;
  if (value === undefined || (value.type === "scalar" && value.value === null)) return undefined;
  const file = getPath(value, "file");
  const sameFile = file === undefined || scalarText(file)?.replace(/^\.\//, "") === nameOf(path);
  const name = value.type === "map" ? value.get("service")?.value : value;
  const service = scalarText(name);
  if (!sameFile || service === undefined || isUnknown(name)) return "elsewhere";
  const base = getPath(services, service);
  return base?.type === "map" ? base : "elsewhere";
}
