import type { CST } from "yaml";
import type { YamlNode } from "./node.ts";
import type { Lead, Report } from "./properties.ts";

/** The state of one document's composition; lives as long as the call. */
export interface Composition {
  readonly text: string;
  readonly report: Report;
  /** The text of a token as it was before template expressions were taken out. */
  readonly restore: (text: string, offset: number) => string;
  readonly anchors: Map<string, Anchored>;
  /** A value, or where `token` is missing the null that stands behind its lead. `depth` counts from 0 at the root. */
  readonly compose: (
    token: CST.Token | null | undefined,
    lead: Lead,
    depth: number,
    composition: Composition,
  ) => YamlNode;
  /** The keys of all maps so far. */
  readonly keys: Set<string>;
  /** Anchors whose node is being composed. */
  readonly open: string[];
  /** Where a key starts that is wrong only for a reason that was reported already; -1 for none. */
  explained: number;
  /** Values so far, those behind aliases counted each time. */
  values: number;
  /** The deepest level reached since it was last reset. */
  deepest: number;
}

/** A node that aliases can stand for. */
export interface Anchored {
  readonly node: YamlNode;
  /** How many values it holds, itself included, aliases written out. */
  readonly values: number;
  /** How many levels are below it, aliases written out. */
  readonly height: number;
}
