import { describe, expect, it, test } from "vitest";
import { parseCompose } from "../../server/src/languages/compose/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import { keyHover } from "../../server/src/reference/key-hover.ts";

function read(text: string) {
  return parseCompose(parseYaml(text), "compose.yaml");
}

function isTaken(key: string, value: string): boolean {
  return read(`services:\n  a:\n    image: a\n    ${key}: ${value}\n`).keyProblems.length === 0;
}

/** Each value was given to Docker Compose 2.40.3. */
describe("values as Compose takes them", () => {
  test.each([
    ["mem_limit", ["512m", "512M", "512MiB", "1.5g", "512 m", '"100 mb"', "-1", "1e9", "1073741824", "${MEM}"]],
    ["stop_grace_period", ["1d", "1w", "1.5s", '"-5s"', '"0"', "0s", "100ms", "1h30m", "${GRACE}"]],
    ["cpus", ["1.5", '"1.5"', "-1", "1e-1", '"1e-1"', '".5"']],
    ["cpu_shares", ["1.5", "-1", '"+5"', "0x10", "0o10", "1_000"]],
    ["privileged", ["true", '"true"', "False", "${PRIVILEGED}"]],
    ["pids_limit", ["-1", '"100"']],
    ["gpus", ["all", "[{count: 2}]", "[{anything: goes}]"]],
    ["env_file", ["a.env", "[a.env, {path: b.env, required: false}]"]],
    ["pull_policy", ["missing", "every_1w2d", "if_not_present"]],
  ])("%s: %j", (key, values) => {
    expect(values.filter((value) => !isTaken(key, value))).toEqual([]);
  });

  test.each([
    ["mem_limit", ["512Mi", '"1,5g"', "512x", '""', "[512m]", "true"]],
    ["stop_grace_period", ["30", '"30"', "1m 30s", "1h30", "1M", '"1 min"', "5S"]],
    ["cpus", ['"a"', '"0,5"', "50%", '""', "[0.5]"]],
    ["cpu_shares", ['"1.0"', '"a"', '"1e3"', '" 5"', '"0x10"', '"1_000"']],
    ["privileged", ['"maybe"', "1", "[true]"]],
    ["gpus", ["some", "{count: 2}"]],
    ["env_file", ["{path: a.env}", "[{required: false}]"]],
    ["pull_policy", ["sometimes"]],
    ["image", ["", "1", "[a, b]"]],
  ])("%s not: %j", (key, values) => {
    expect(values.filter((value) => isTaken(key, value))).toEqual([]);
  });
});

describe("going through a file", () => {
  it("costs no more for aliases of aliases than for what is written", () => {
    const levels = Array.from({ length: 24 }, (_, i) => {
      const inner = i === 0 ? "{ foo: bar }" : `{ a: *l${i - 1}, b: *l${i - 1}, c: *l${i - 1} }`;
      return `x-l${i}: &l${i} ${inner}\n`;
    });
    const model = read(`${levels.join("")}services:\n  a:\n    image: a\n    deploy: *l23\n    labels: *l23\n`);
    const started = performance.now();
    expect(model.keyProblems.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("does not take what every object has for a key", () => {
    const { keyProblems } = read("services:\n  a:\n    image: a\n    constructor: x\n    toString: y\n");
    expect(keyProblems.map(({ type }) => type)).toEqual(["unknown-key", "unknown-key"]);
  });
});

describe("what a key means", () => {
  function meaning(marked: string): string | undefined {
    return keyHover(read(marked.replace("|", "")), marked.indexOf("|"))?.markdown;
  }

  it("is told at the key, at its value and at an item of its list", () => {
    expect(meaning("services:\n  a:\n    mem_|limit: 512m\n")).toContain("**`mem_limit`**");
    expect(meaning("services:\n  a:\n    mem_limit: 51|2m\n")).toContain("Takes a size such as `512m`.");
    expect(meaning("services:\n  a:\n    cap_add:\n      - NET_|ADMIN\n")).toContain("**`cap_add`**");
    expect(meaning("services:\n  a:\n    models: [|a]\n")).toContain("Since Docker Compose 2.38.0.");
  });

  it("is told of a fragment that services merge, and of parts of other kinds", () => {
    expect(meaning("x-base: &base\n  res|tart: always\nservices:\n  a:\n    <<: *base\n")).toContain("**`restart`**");
    expect(meaning("services: {}\nnetworks:\n  a:\n    inter|nal: true\n")).toContain("**`internal`**");
  });

  it("is not told of names that the author chose", () => {
    expect(meaning("services:\n  |a:\n    image: b\n")).toBeUndefined();
    expect(meaning("services:\n  a:\n    environment:\n      NA|ME: b\n")).toBeUndefined();
  });
});
