/**
 * What may stand behind a key. A scalar with `${…}` fits wherever a scalar does. Where a kind says "or the same in quotes", Compose turns the
 * text into the number or boolean itself.
 */
export type KeyType =
  /** Text; a number or boolean has to be put in quotes. `pattern` is what it has to look like. */
  | { readonly kind: "text"; readonly pattern?: RegExp; readonly like?: string }
  /** One of these words. */
  | { readonly kind: "choice"; readonly of: readonly string[] }
  /** `true` or `false`, or, unless `strict`, the same in quotes, `yes`, `no`, `on`, `off`. */
  | { readonly kind: "flag"; readonly strict?: true }
  /** A whole number or, unless `strict`, the same in quotes; also one of `words`. */
  | {
      readonly kind: "whole";
      readonly least?: number;
      readonly most?: number;
      readonly strict?: true;
      readonly words?: readonly string[];
    }
  /** A number or, unless `strict`, the same in quotes. */
  | { readonly kind: "number"; readonly strict?: true }
  /** A text of numbers with units: `1m30s`. */
  | { readonly kind: "duration" }
  /** A number of bytes or a text with a unit, `512m`; only the text where `strict`. */
  | { readonly kind: "bytes"; readonly least?: number; readonly strict?: true }
  /** Text or a number. */
  | { readonly kind: "text-or-number" }
  /** Text, a number or a boolean. */
  | { readonly kind: "scalar" }
  /** Nothing behind the colon. */
  | { readonly kind: "nothing" }
  /** What Compose passes on as it is. */
  | { readonly kind: "anything" }
  | { readonly kind: "list"; readonly of: KeyType; readonly unique?: true }
  /** Names that the author chooses; `names` is what they have to look like. */
  | { readonly kind: "map"; readonly of: KeyType; readonly names?: RegExp; readonly what: string }
  | {
      readonly kind: "record";
      readonly keys: ComposeKeys;
      /** Keys that have to be there. */
      readonly needs: readonly string[];
      /** Keys that begin with `x-` are allowed. */
      readonly extensions: boolean;
      /** Keys that are not listed are let through. */
      readonly open: boolean;
    }
  /** Any of these, at most one of which is a list and at most one a map. */
  | { readonly kind: "either"; readonly of: readonly KeyType[] };

/** What is known of one key of a map. */
export interface ComposeKey {
  readonly type: KeyType;
  /** What it is for, in one or two short sentences. Markdown. */
  readonly means: string;
  /** The release of Docker Compose that brought it; left out where it is as old as version 2, or not known. */
  readonly since?: string;
  /** Where only one of the two takes it: `docker compose`, or `docker stack deploy`. */
  readonly only?: "compose" | "stack";
}

/** Keys of one map by name. Ask with `keyIn`, which knows that `constructor` is none. */
export type ComposeKeys = Readonly<Record<string, ComposeKey>>;

/** The key of that name, if it is one. */
export function keyIn(keys: ComposeKeys, name: string): ComposeKey | undefined {
  return Object.hasOwn(keys, name) ? keys[name] : undefined;
}

type Where = Pick<ComposeKey, "since" | "only">;

/** A row of the table. */
export function key(type: KeyType, means: string, where: Where = {}): ComposeKey {
  return { type, means, ...where };
}

/** What `docker stack deploy` refuses. */
export const composeOnly: Where = { only: "compose" };

/** What came with a release of Docker Compose, and never to stacks. */
export function since(version: string): Where {
  return { since: version, only: "compose" };
}

// The kinds that need no more said: see `KeyType`.
export const text: KeyType = { kind: "text" };
export const flag: KeyType = { kind: "flag" };
export const whole: KeyType = { kind: "whole" };
export const number: KeyType = { kind: "number" };
export const duration: KeyType = { kind: "duration" };
export const bytes: KeyType = { kind: "bytes" };
export const scalar: KeyType = { kind: "scalar" };
export const textOrNumber: KeyType = { kind: "text-or-number" };
export const nothing: KeyType = { kind: "nothing" };
export const anything: KeyType = { kind: "anything" };

/** A text of a certain look; `like` is an example. */
export function textLike(pattern: RegExp, like: string): KeyType {
  return { kind: "text", pattern, like };
}

/** One of these words, as they are written. */
export function choice(...of: readonly string[]): KeyType {
  return { kind: "choice", of };
}

/** A list, in which a value may stand twice. */
export function list(of: KeyType): KeyType {
  return { kind: "list", of };
}

/** A list that Compose refuses when a text stands in it twice. Of most lists it takes repetitions away itself. */
export function set(of: KeyType): KeyType {
  return { kind: "list", of, unique: true };
}

/** A map of names that the author chooses; `what` they are names of, as a message calls one. */
export function map(of: KeyType, what: string, names?: RegExp): KeyType {
  return names === undefined ? { kind: "map", of, what } : { kind: "map", of, what, names };
}

/** A map of known keys, in which `x-…` may stand. */
export function record(keys: ComposeKeys, needs: readonly string[] = []): KeyType {
  return { kind: "record", keys, needs, extensions: true, open: false };
}

/** A map of known keys alone. */
export function closedRecord(keys: ComposeKeys, needs: readonly string[] = []): KeyType {
  return { kind: "record", keys, needs, extensions: false, open: false };
}

/** A map of known keys, of which Compose lets others through without a word. */
export function openRecord(keys: ComposeKeys): KeyType {
  return { kind: "record", keys, needs: [], extensions: true, open: true };
}

/** Any of these; see `KeyType` for what may stand beside each other. */
export function either(...of: readonly KeyType[]): KeyType {
  return { kind: "either", of };
}

/** Names of services, volumes, secrets, configs and models. */
export const partName = /^[a-zA-Z0-9._-]+$/;

/** A list of texts; `distinctTexts` one that Compose refuses with the same text twice. */
export const texts: KeyType = list(text);
export const distinctTexts: KeyType = set(text);
/** One text, or a list of them. */
export const textOrTexts: KeyType = either(text, texts);
/** `NAME: value`, or a list of `NAME=value`. */
export const pairs: KeyType = either(map(either(scalar, nothing), "a name"), texts);
/** Options that are passed on to a driver. */
export const driverOptions: KeyType = map(textOrNumber, "an option");
