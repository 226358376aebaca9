import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, it } from "vitest";
import { composeFile, type KeyType } from "../../server/src/knowledge/compose-keys/index.ts";
import { alternativesOf } from "../../server/src/languages/compose/keys.ts";
import { parseCompose } from "../../server/src/languages/compose/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The schema of the Compose Specification as another linter ships it, of about Compose 2.38. */
const schema = readSchema();
const accepts: ValidateFunction = new Ajv({ strict: false, allErrors: false }).compile(withoutDialect(schema));

/** What the table knows and that schema does not, each with its source. */
const onlyHere: ReadonlyMap<string, string> = new Map([
  ["services.*.build.provenance", "Compose 2.39"],
  ["services.*.build.sbom", "Compose 2.39"],
  ["services.*.build.no_cache_filter", "compose-go after 2.9.1"],
  ["services.*.develop.watch.initial_sync", "Compose 2.40"],
  ["services.*.cgroupns_mode", "docker/cli, schema of version 3.13: stacks alone"],
  ...["", ".command", ".environment", ".image", ".per_replica", ".privileged", ".user", ".working_dir"].map(
    (key): readonly [string, string] => [`services.*.pre_start${key}`, "compose-go after 2.9.1"],
  ),
]);

describe("the table of Compose's keys", () => {
  const ours = new Set(keysOf(composeFile, ""));
  const theirs = new Set(schemaKeys(schema, ""));

  it("has all keys of the schema", () => {
    expect(theirs.size).toBeGreaterThan(200);
    expect([...theirs].filter((path) => !ours.has(path))).toEqual([]);
  });

  it("has no others but those known to be newer or a stack's", () => {
    expect([...ours].filter((path) => !theirs.has(path)).toSorted()).toEqual([...onlyHere.keys()].toSorted());
  });

  it("tells of each key what it is for, in a sentence or two", () => {
    const dull: string[] = [];
    visitTable(composeFile, "", (path, { means, since }) => {
      if (!/^[A-Z`].{8,200}[.!…]$/.test(means) || /\n/.test(means)) dull.push(path);
      if (since !== undefined && !/^2\.\d+\.\d+$/.test(since)) dull.push(path);
    });
    expect(dull).toEqual([]);
  });
});

const samples: readonly Json[] = [
  null,
  true,
  1,
  0,
  -1,
  1.5,
  "a",
  "1",
  "1.5",
  "true",
  "10s",
  "512m",
  "every_12h",
  [],
  ["a"],
  ["a", "a"],
  [1],
  [true],
  [null],
  [{}],
  {},
  { a: "b" },
  { a: 1 },
  { a: true },
  { a: null },
  { a: [] },
  { a: {} },
  { "a b": {} },
];

describe("its types agree with the schema", () => {
  for (const { path, wrap, type } of placesOf(composeFile)) {
    const bare = path.replaceAll("[]", "");
    if ([...onlyHere.keys()].some((key) => bare === key || bare.startsWith(`${key}.`))) continue;
    it(path, () => {
      const differing = samples.filter((sample) => {
        const document = wrap(sample);
        const here = refusals(document);
        const there = accepts(document);
        return here !== !there && !isKnownDifference(path, type, sample, here);
      });
      expect(differing.map((sample) => JSON.stringify(sample))).toEqual([]);
    });
  }
});

const convertedKinds: ReadonlySet<KeyType["kind"]> = new Set(["flag", "whole", "number", "duration", "bytes"]);

/** Where Compose itself is stricter or kinder than the schema it checks with. */
function isKnownDifference(path: string, type: KeyType, sample: Json, here: boolean): boolean {
  const kinds = alternativesOf(type).map(({ kind }) => kind);
  const converted = kinds.some((kind) => convertedKinds.has(kind));
  // Texts are turned into numbers, booleans, durations and sizes before or after the check, and must look like them.
  if (typeof sample === "string" && converted) return true;
  // Some keys of numbers are read into whole ones, which cuts fractions off without a word.
  if (sample === 1.5 && kinds.includes("whole")) return true;
  // A number of bytes is checked against no range.
  if (typeof sample === "number" && kinds.includes("bytes")) return true;
  // The pattern of container names is not anchored, and the engine's own check is another rule's.
  if (path.endsWith(".container_name") || path.endsWith(".pull_policy")) return typeof sample === "string";
  // What is included is not checked by the schema, and may be left empty.
  if (path.startsWith("include")) return !here;
  // Compose 2.40 takes a model without options.
  if (path.startsWith("services.*.models")) return !here;
  // What is counted cannot be less than none.
  if (sample === -1 && alternativesOf(type).some((one) => one.kind === "whole" && one.least === 0)) return here;
  // No check of the schema; what is no text or number breaks the reading.
  if (path.startsWith("services.*.storage_opt")) return here;
  // Of most lists repetitions are taken away before the check.
  if (JSON.stringify(sample) === '["a","a"]') return !here;
  if (path === "services.*.ports[].published") return sample === 1.5;
  // Names that the schema's pattern does not fit are not looked into by it.
  if (/^(?:models|services\.\*\.(?:build\.)?ulimits)$/.test(path)) return typeof sample === "object" && here;
  return false;
}

/** Whether we find anything that Compose would refuse. */
function refusals(document: Json): boolean {
  const model = parseCompose(parseYaml(JSON.stringify(document)), "compose.yaml");
  return model.keyProblems.some(({ type }) => type !== "old-boolean");
}

interface Place {
  readonly path: string;
  readonly type: KeyType;
  /** A file that is right but for the value there. */
  readonly wrap: (value: Json) => Json;
}

/** Every place in a file that the table has a type for. */
function placesOf(file: KeyType): readonly Place[] {
  const places: Place[] = [];
  const visit = (type: KeyType, path: string, wrap: Place["wrap"]): void => {
    if (path !== "") places.push({ path, type, wrap });
    for (const one of alternativesOf(type)) {
      if (one.kind === "record") {
        for (const [name, key] of Object.entries(one.keys)) {
          if (key.only === "stack") continue;
          visit(key.type, path === "" ? name : `${path}.${name}`, (value) => wrap({ ...needed(one), [name]: value }));
        }
      } else if (one.kind === "map") visit(one.of, `${path}.*`, (value) => wrap({ a: value }));
      else if (one.kind === "list" && one.of.kind !== "text") visit(one.of, `${path}[]`, (value) => wrap([value]));
    }
  };
  visit(file, "", (value) => value);
  return places;
}

function needed(type: KeyType & { readonly kind: "record" }): { readonly [key: string]: Json } {
  return Object.fromEntries(type.needs.map((name) => [name, exampleOf(type.keys[name]?.type)]));
}

function exampleOf(type: KeyType | undefined): Json {
  switch (type?.kind) {
    case "choice":
      return type.of[0] ?? "";
    case "whole":
      return 1;
    case "list":
      return [];
    case "either":
      return exampleOf(type.of[0]);
    default:
      return "a";
  }
}

function keysOf(type: KeyType, path: string): readonly string[] {
  const found: string[] = [];
  visitTable(type, path, (at) => found.push(at));
  return found;
}

function visitTable(
  type: KeyType,
  path: string,
  tell: (path: string, key: { readonly means: string; readonly since?: string }) => void,
): void {
  for (const one of alternativesOf(type)) {
    if (one.kind === "list") visitTable(one.of, path, tell);
    else if (one.kind === "map") visitTable(one.of, `${path}.*`, tell);
    else if (one.kind === "record") {
      for (const [name, key] of Object.entries(one.keys)) {
        const at = path === "" ? name : `${path}.${name}`;
        tell(at, key);
        visitTable(key.type, at, tell);
      }
    }
  }
}

interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

function schemaKeys(part: Schema, path: string): readonly string[] {
  const { $ref, oneOf = [], items, properties = {}, patternProperties = {} } = part;
  if ($ref !== undefined) {
    const target = schema.definitions?.[$ref.replace("#/definitions/", "")];
    return target === undefined ? [] : schemaKeys(target, path);
  }
  return [
    ...oneOf.flatMap((one) => schemaKeys(one, path)),
    ...(items === undefined ? [] : schemaKeys(items, path)),
    ...Object.entries(properties).flatMap(([name, one]) => {
      const at = path === "" ? name : `${path}.${name}`;
      return [at, ...schemaKeys(one, at)];
    }),
    ...Object.entries(patternProperties).flatMap(([pattern, one]) =>
      pattern === "^x-" ? [] : schemaKeys(one, `${path}.*`),
    ),
  ];
}

function readSchema(): Schema {
  const path = createRequire(import.meta.url)
    .resolve("dclint/package.json")
    .replace("package.json", "schemas/compose.schema.json");
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Its `$schema` is an address that validators do not know. */
function withoutDialect(whole: Schema): Schema {
  return { ...whole, $schema: "http://json-schema.org/draft-07/schema#" };
}
