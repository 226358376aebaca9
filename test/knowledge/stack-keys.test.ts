import { describe, expect, it } from "vitest";
import { composeKeys, type ComposeKeys, type KeyType } from "../../server/src/knowledge/compose-keys/index.ts";
import {
  newestStackVersion,
  stackPartKeys,
  stackScalars,
  stackServiceKeys,
  stackSince,
  stackTopKeys,
} from "../../server/src/knowledge/stack-keys.ts";

interface Place {
  readonly path: string;
  readonly only: "compose" | "stack" | undefined;
}

/** Every key of the table of Compose keys by its path, but for what is below one that stacks refuse. */
function places(keys: ComposeKeys, above: string): readonly Place[] {
  return Object.entries(keys).flatMap(([name, { type, only }]) => {
    const path = `${above}${name}`;
    return [{ path, only }, ...(only === "compose" ? [] : below(type, path))];
  });
}

function below(type: KeyType, path: string): readonly Place[] {
  switch (type.kind) {
    case "record":
      return places(type.keys, `${path}.`);
    case "map":
    case "list":
      return below(type.of, `${path}.*`);
    case "either":
      return type.of.flatMap((one) => below(one, path));
    default:
      return [];
  }
}

const known = places(composeKeys, "");

/** Their inner keys reach nobody: a stack ignores the whole, or takes any. */
const passedOver = /^services\.\*\.(?:build|depends_on|env_file)\./;

describe("what a stack refuses", () => {
  it("is what the table of keys gives to Compose alone", () => {
    const here = [
      ...[...stackServiceKeys].flatMap(([name, { fate }]) => (fate === "refused" ? [`services.*.${name}`] : [])),
      ...stackTopKeys.keys(),
      ...stackPartKeys.map(({ path }) => path),
    ];
    const there = known.flatMap(({ path, only }) => (only === "compose" && !passedOver.test(path) ? [path] : []));
    expect(new Set(here)).toEqual(new Set(there));
  });
});

describe("the other tables", () => {
  it("hold paths that there are", () => {
    const paths = new Set(known.map(({ path }) => path));
    const named = [...stackScalars, ...stackSince]
      .map(({ path }) => path)
      .filter((path) => !/\.x-|shm_size/.test(path));
    expect(named.filter((path) => !paths.has(path))).toEqual([]);
    for (const [name, { fate }] of stackServiceKeys) {
      if (fate !== "refused") expect(paths, name).toContain(`services.*.${name}`);
    }
  });

  it("know no version after the newest", () => {
    expect(Math.max(...stackSince.map(({ minor }) => minor))).toBeLessThanOrEqual(newestStackVersion);
  });
});
