import type { Span } from "../../text/span.ts";
import type { LineComment } from "../comment.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { Piece } from "./pieces.ts";

/**
 * One document of a YAML stream, parsed. All places are UTF-16 offsets into `text`, which is the document's own text; a
 * file's offset is the document's base plus these. Immutable, so it can be kept as long as the text stays the same.
 */
export interface YamlDocument {
  readonly text: string;
  /** `undefined` for an empty document, and for one too broken to have a root. */
  readonly root: YamlNode | undefined;
  /** Syntax errors, tabs, duplicate keys, unresolved aliases. A broken document keeps what was understood of it. */
  readonly problems: readonly SyntaxProblem[];
  readonly comments: readonly LineComment[];
  /** Every key that is written in one of its maps. */
  readonly keys: ReadonlySet<string>;
  /** Holds `{{ … }}` or `{%` outside quotes or comments, as Helm and Jinja templates do: nothing about its structure can be trusted. */
  readonly templated: boolean;
  readonly lineEnding: "\n" | "\r\n";
  readonly layout: YamlLayout;
  /** It is a part of a document, read by itself. */
  readonly part?: true;
  /** What the next reading of this document can take over; for nobody else. */
  readonly pieces?: readonly Piece[];
}

/** How a document is indented, as far as it shows. */
export interface YamlLayout {
  /** Spaces by which a map is indented under its key. */
  readonly step?: number;
  /** Spaces by which a sequence's dashes are indented under its key; 0 where they stand below it. */
  readonly sequenceStep?: number;
  /** Spaces behind a dash. */
  readonly dashGap?: number;
  /** In flow style, with all keys in double quotes. */
  readonly json: boolean;
}

/** A value, as written or as reached through an alias. */
export type YamlNode = YamlMap | YamlSequence | YamlScalar;

interface NodeBase {
  /** Where the value was written: behind an alias, the place of the anchored node. Excludes comments and trailing line endings. */
  readonly span: Span;
  /** The place of the `*alias` through which the node was reached, if any; nodes within an aliased one carry it too. */
  readonly alias?: Span;
  /** As written, such as `!reset`; standard tags are left out. */
  readonly tag?: string;
  /** The name of the node's own `&anchor`. */
  readonly anchor?: string;
  /** Of a map or sequence in block style: the column in which its keys or dashes stand. */
  readonly column?: number;
}

/** A map in block style, or `{ … }`. */
export interface YamlMap extends NodeBase {
  readonly type: "map";
  readonly flow: boolean;
  /** In the order written, merged (`<<`) entries after the own ones; each key once, the own one wins, then the earlier merge. */
  readonly entries: readonly YamlEntry[];
  get(key: string): YamlEntry | undefined;
  /** The `<<` keys as written; left out where there are none. */
  readonly merges?: readonly YamlMerge[];
}

/** A `<<` key, plain and thus a merge. */
export interface YamlMerge {
  readonly keySpan: Span;
  readonly colon?: number;
  /** A map or a sequence of maps; anything else is a problem that was reported. */
  readonly value: YamlNode;
}

/** A key with its value. */
export interface YamlEntry {
  readonly key: string;
  /** Where the key was written; for a merged entry that is inside the anchored map. */
  readonly keySpan: Span;
  /** A key without a value has a scalar whose `value` is null and whose span is empty, behind the colon. */
  readonly value: YamlNode;
  /** Where the `:` is; left out where there is none, as in `{ a }`. */
  readonly colon?: number;
  /** The place of the `<<` key through which the entry came, if any. */
  readonly merged?: Span;
}

/** A sequence in block style, or `[ … ]`. */
export interface YamlSequence extends NodeBase {
  readonly type: "seq";
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
  /** Where each item starts, in the order of the items: its `-`, or in flow style its first character, an anchor or tag included. */
  readonly starts?: readonly number[];
}

/** A text, number, boolean or null. */
export interface YamlScalar extends NodeBase {
  readonly type: "scalar";
  /** By YAML 1.2's core schema. */
  readonly value: string | number | boolean | null;
  /** The scalar's text after unquoting and unfolding, before it was taken for a number or boolean. */
  readonly text: string;
  readonly style: "plain" | "single" | "double" | "literal" | "folded";
}
