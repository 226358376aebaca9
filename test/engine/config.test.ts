import { describe, expect, it } from "vitest";
import { configResolver, parseConfig, readSettings, resolveConfig } from "../../server/src/engine/config.ts";
import { newestKubernetes } from "../../server/src/knowledge/deprecated-apis.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { checkText } from "./checking.ts";
import { sampleRules } from "./sample-rules.ts";

const rules = sampleRules;
const fileOf = (text: string, path = ".seaworthy.yaml") => parseConfig(path, text, rules);
const severities = (layers: Parameters<typeof resolveConfig>[1], path = "Dockerfile") => {
  const config = resolveConfig(path, layers, rules);
  return Object.fromEntries(rules.map(({ id, slug }) => [slug, config.rule(id).severity]));
};

describe("presets", () => {
  it("hold one another, and recommended is the default", () => {
    const on = (preset: string) =>
      Object.entries(severities({ file: fileOf(`preset: ${preset}\n`) }))
        .filter(([, severity]) => severity !== "off")
        .map(([slug]) => slug);
    expect(on("minimal")).toEqual(["privileged"]);
    expect(on("recommended")).toEqual(["latest-tag", "maintainer", "missing-restart", "privileged"]);
    expect(on("all")).toHaveLength(5);
    expect(severities({})).toEqual(severities({ file: fileOf("preset: recommended\n") }));
  });

  it("say where a severity comes from", () => {
    const of = (layers: Parameters<typeof resolveConfig>[1], id: string) =>
      resolveConfig("Dockerfile", layers, rules).rule(id).from;
    expect(of({}, "image/latest-tag")).toBe("the rule's default");
    expect(of({}, "dockerfile/pedantic")).toBe("the `recommended` preset");
    expect(of({ file: fileOf("preset: minimal\n") }, "image/latest-tag")).toBe(
      "the `minimal` preset (.seaworthy.yaml)",
    );
    expect(of({ file: fileOf("rules:\n  latest-tag: error\n", "a/.seaworthy.json") }, "image/latest-tag")).toBe(
      ".seaworthy.json",
    );
    expect(of({ settings: { rules: { "latest-tag": "off" } } }, "image/latest-tag")).toBe("the editor's settings");
    expect(of({ overrides: { rules: { "latest-tag": "off" } } }, "image/latest-tag")).toBe("the command line");
    expect(of({}, "no/such-rule")).toBe("no such rule");
  });
});

describe("layers", () => {
  it("the config file wins over settings, the command line over both, rule by rule", () => {
    const settings = { rules: { "latest-tag": "error", maintainer: "error", privileged: "hint" } } as const;
    const file = fileOf("rules:\n  maintainer: warning\n  privileged: info\n");
    const overrides = { rules: { privileged: "off" } } as const;
    expect(severities({ settings, file, overrides })).toMatchObject({
      "latest-tag": "error",
      maintainer: "warning",
      privileged: "off",
    });
  });

  it("the later override wins, and only for its files", () => {
    const file = fileOf(
      "rules:\n  latest-tag: error\noverrides:\n  - files: [dev/**]\n    preset: minimal\n    rules:\n      latest-tag: off\n  - files: ['*.special']\n    rules:\n      latest-tag: hint\n",
      "sub/.seaworthy.yaml",
    );
    expect(severities({ file }, "sub/Dockerfile")).toMatchObject({ "latest-tag": "error", maintainer: "info" });
    expect(severities({ file }, "sub/dev/Dockerfile")).toMatchObject({ "latest-tag": "off", maintainer: "off" });
    expect(severities({ file }, "sub/dev/a/Dockerfile.special")).toMatchObject({
      "latest-tag": "hint",
      maintainer: "off",
    });
    expect(severities({ file }, "dev/Dockerfile")).toMatchObject({ "latest-tag": "error" });
  });

  it("globs count from the config's folder, also with absolute paths", () => {
    const excluded = (globs: readonly string[], path: string, file = "/repo/sub/.seaworthy.yaml") =>
      resolveConfig(path, { file: { path: file, config: { exclude: globs }, problems: [] } }, rules).excluded;
    expect(excluded(["vendor/**"], "/repo/sub/vendor/a/Dockerfile")).toBe(true);
    expect(excluded(["vendor"], "/repo/sub/x/vendor/a/Dockerfile")).toBe(true);
    expect(excluded(["/vendor"], "/repo/sub/x/vendor/a/Dockerfile")).toBe(false);
    expect(excluded(["./vendor/"], "/repo/sub/vendor/Dockerfile")).toBe(true);
    expect(excluded(["vendor/**"], "/repo/vendor/Dockerfile")).toBe(false);
    expect(excluded(["**/*.dev.yaml"], "/repo/sub/a/.b/c.dev.yaml")).toBe(true);
    expect(excluded(["{a,b}/Dockerfile"], "/repo/sub/b/Dockerfile")).toBe(true);
    const settings = { exclude: ["vendor"] };
    expect(resolveConfig("/repo/vendor/Dockerfile", { settings, root: "/repo" }, rules).excluded).toBe(true);
    expect(resolveConfig("/other/vendor/Dockerfile", { settings, root: "/repo" }, rules).excluded).toBe(false);
  });

  it("names the config that applies", () => {
    expect(resolveConfig("a", {}, rules).source).toBe("defaults");
    expect(resolveConfig("a", { settings: { preset: "recommended", rules: {}, exclude: [] } }, rules).source).toBe(
      "defaults",
    );
    expect(resolveConfig("a", { settings: { preset: "strict" } }, rules).source).toBe("the editor's settings");
    expect(resolveConfig("a", { settings: { preset: "strict" }, file: fileOf("preset: all\n") }, rules).source).toBe(
      ".seaworthy.yaml",
    );
  });

  it("says which command reads a Compose file, the later override over the earlier one", () => {
    const file = fileOf(
      "dialect: stack\noverrides:\n  - files: ['dev.yml']\n    dialect: compose\n  - files: ['*.yaml']\n    preset: all\n",
    );
    expect(file.problems).toEqual([]);
    expect(resolveConfig("a.yml", { file }, rules).dialect).toBe("stack");
    expect(resolveConfig("dev.yml", { file }, rules).dialect).toBe("compose");
    expect(resolveConfig("a.yaml", { file }, rules).dialect).toBe("stack");
    expect(resolveConfig("a.yaml", {}, rules).dialect).toBeUndefined();
    expect(fileOf("dialect: swarm\n").problems.map(({ message }) => message)).toEqual([
      "`dialect` must be one of `compose`, `stack`. Did you mean `stack`?",
    ]);
  });

  it("has Compose files read for that command, and again for another one", () => {
    const text = "services:\n  a:\n    image: a\n";
    const dialectOf = (report: ReturnType<typeof checkText>) =>
      report.parsed.units.map(({ model }) => ("dialect" in model ? model.dialect : undefined));
    const stack = checkText("compose.yaml", text, { dialect: "stack" });
    expect(dialectOf(stack)).toEqual(["stack"]);
    const again = checkText("compose.yaml", text, { dialect: "stack" }, rules, stack);
    expect(again.parsed.units[0]?.model).toBe(stack.parsed.units[0]?.model);
    expect(dialectOf(checkText("compose.yaml", text, {}, rules, stack))).toEqual(["compose"]);
    expect(dialectOf(checkText("docker-stack.yml", text, { dialect: "compose" }))).toEqual(["compose"]);
  });

  it("says which Kubernetes release manifests are for, the later override over the earlier one", () => {
    const file = fileOf(
      "kubernetes: 1.30\noverrides:\n  - files: ['edge/**']\n    kubernetes: 'v1.27.4'\n  - files: ['*.yml']\n    preset: all\n",
    );
    expect(file.problems).toEqual([]);
    expect(resolveConfig("a.yml", { file }, rules).kubernetes).toBe("1.30");
    expect(resolveConfig("edge/a.yml", { file }, rules).kubernetes).toBe("1.27");
    expect(resolveConfig("a.yml", {}, rules).kubernetes).toBe(newestKubernetes);
    expect(resolveConfig("a.yml", { settings: readSettings({ kubernetes: "1.29" }, rules) }, rules).kubernetes).toBe(
      "1.29",
    );
    for (const wrong of ["newest", "2.0", "[1.30]", "true", "1"]) {
      const { config, problems } = fileOf(`kubernetes: ${wrong}\n`);
      expect(config.kubernetes).toBeUndefined();
      expect(problems.map(({ message }) => message)).toEqual([
        `\`kubernetes\` must be a release of Kubernetes, such as \`"${newestKubernetes}"\`.`,
      ]);
    }
  });

  it("has manifests judged for that release, and again for another one", () => {
    const text =
      "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: b\n";
    const releasesOf = (report: ReturnType<typeof checkText>) =>
      report.parsed.units.map(({ model }) => ("release" in model ? model.release : undefined));
    const newest = checkText("a.yaml", text, {});
    expect(releasesOf(newest)).toEqual([newestKubernetes, newestKubernetes]);
    const old = checkText("a.yaml", text, { kubernetes: "1.24" }, rules, newest);
    expect(releasesOf(old)).toEqual(["1.24", "1.24"]);
    const again = checkText("a.yaml", text.replace("name: a", "name: c"), { kubernetes: "1.24" }, rules, old);
    expect(releasesOf(again)).toEqual(["1.24", "1.24"]);
    expect(again.parsed.units[0]?.model).not.toBe(old.parsed.units[0]?.model);
    expect(again.parsed.units[1]?.model).toBe(old.parsed.units[1]?.model);
  });

  it("gives equal answers the same object and the same key", () => {
    const file = fileOf("overrides:\n  - files: [dev/**]\n    rules:\n      latest-tag: off\n");
    const resolve = configResolver({ file }, rules);
    expect(resolve("a/Dockerfile")).toBe(resolve("b/Dockerfile"));
    expect(resolve("dev/Dockerfile")).not.toBe(resolve("b/Dockerfile"));
    expect(resolve("dev/Dockerfile").key).not.toBe(resolve("b/Dockerfile").key);
    expect(resolve("b/Dockerfile").key).toBe(resolveConfig("c", {}, rules).key);
  });
});

describe("a rule's setting", () => {
  const rule = (setting: unknown, name = "maintainer") =>
    resolveConfig("Dockerfile", { settings: readSettings({ rules: { [name]: setting } }, rules) }, rules).rule(
      "dockerfile/maintainer",
    );

  it("may be a severity, on, off or options", () => {
    expect(rule("error")).toMatchObject({ severity: "error", fixed: true });
    expect(rule("on")).toMatchObject({ severity: "info", fixed: false });
    expect(rule("off")).toMatchObject({ severity: "off" });
    expect(rule({ severity: "hint", word: "y" })).toMatchObject({ severity: "hint", options: { word: "y", most: 3 } });
    expect(rule({ most: 7 })).toMatchObject({ severity: "info", options: { word: "x", most: 7, allowed: ["nobody"] } });
  });

  it("options turn on a rule outside the preset, unless it is off by name", () => {
    const pedantic = (config: unknown) =>
      resolveConfig("Dockerfile", { settings: readSettings(config, rules) }, rules).rule("dockerfile/pedantic")
        .severity;
    expect(pedantic({ rules: { pedantic: {} } })).toBe("hint");
    expect(pedantic({ rules: { pedantic: { severity: "off" } } })).toBe("off");
  });

  it("may be given by slug, id or another tool's code; the id wins", () => {
    expect(rule("error", "DL4000").severity).toBe("error");
    expect(rule("error", "buildkit:MaintainerDeprecated").severity).toBe("error");
    const settings = { rules: { "dockerfile/maintainer": "hint", maintainer: "error", DL4000: "warning" } } as const;
    expect(resolveConfig("a", { settings }, rules).rule("dockerfile/maintainer").severity).toBe("hint");
  });
});

describe("a config file", () => {
  const problems = (text: string) =>
    fileOf(text).problems.map(({ at, message }) => `${text.slice(at.start, at.end)} -> ${message}`);

  it("is read as YAML or JSON, with comments and anchors", () => {
    const yaml =
      "$schema: x\npreset: strict # all of it\nrules: &r\n  latest-tag: off\noverrides:\n  - files: a/**\n    rules: *r\n";
    expect(fileOf(yaml)).toMatchObject({
      problems: [],
      config: {
        preset: "strict",
        rules: { "latest-tag": "off" },
        overrides: [{ files: ["a/**"], rules: { "latest-tag": "off" } }],
      },
    });
    expect(fileOf('{"preset": "all", "exclude": ["x"]}', ".seaworthy.json").config).toEqual({
      preset: "all",
      exclude: ["x"],
    });
    expect(fileOf("")).toMatchObject({ config: {}, problems: [] });
    expect(fileOf("rules:\n")).toMatchObject({ config: { rules: {} }, problems: [] });
  });

  it("tells what it does not understand, with what may have been meant", () => {
    expect(problems("presset: strict\n")).toEqual(["presset -> Unknown key `presset`. Did you mean `preset`?"]);
    expect(problems("preset: recomended\n")[0]).toMatch(/^recomended -> .*Did you mean `recommended`\?$/);
    expect(problems("rules:\n  lastest-tag: error\n")).toEqual([
      "lastest-tag -> Unknown rule `lastest-tag`. Did you mean `latest-tag`?",
    ]);
    expect(problems("rules:\n  latest-tag: warn\n")[0]).toMatch(/Did you mean `warning`\?$/);
    expect(problems("rules:\n  latest-tag: critical\n")[0]).toMatch(/Did you mean `error`\?$/);
    expect(problems("rules:\n  maintainer:\n    wrod: y\n")[0]).toMatch(/no option `wrod`. Did you mean `word`\?$/);
    expect(problems("rules:\n  maintainer:\n    toString: y\n")).toHaveLength(1);
    expect(problems("rules:\n  maintainer:\n    word: z\n")[0]).toMatch(/^z -> `word` must be one of `x`, `y`/);
    expect(problems("rules:\n  maintainer:\n    most: many\n")).toEqual(["many -> `most` must be a number."]);
    expect(problems("rules:\n  maintainer:\n    allowed: { a: b }\n")[0]).toMatch(/must be a list of strings/);
    expect(problems("overrides:\n  - rules: {}\n")[0]).toMatch(/needs `files`/);
    expect(problems("overrides: {}\n")[0]).toMatch(/must be a list/);
    expect(problems("rules: []\n")[0]).toMatch(/must be a map/);
    expect(problems("- preset\n")[0]).toMatch(/must be a map/);
    expect(problems("rules:\n  constructor: error\n")).toHaveLength(1);
  });

  it("keeps what it understands", () => {
    const text =
      "preset: nope\nrules:\n  latest-tag: error\n  unknown-thing: off\n  maintainer: { word: y, most: x }\nbogus: 1\n";
    expect(fileOf(text).config).toEqual({ rules: { "latest-tag": "error", maintainer: { word: "y" } } });
  });

  it("mends a slip, inside quotes too", () => {
    for (const [before, after] of [
      ["rules:\n  lastest-tag: error\n", "rules:\n  latest-tag: error\n"],
      ['{"rules": {"latest-tag": "errror"}}', '{"rules": {"latest-tag": "error"}}'],
    ] as const) {
      const fix = fileOf(before).problems[0]?.fixes?.[0];
      expect(applyEdits(before, fix?.edits ?? [])).toBe(after);
    }
  });

  it("survives a broken file, and says so", () => {
    const file = fileOf("preset: strict\nrules:\n  latest-tag: [\n");
    expect(file.problems[0]?.severity).toBe("error");
    expect(file.config.preset).toBe("strict");
  });

  it("reads settings of any shape", () => {
    for (const value of [undefined, null, 1, "x", [], { rules: 3 }, { rules: { "latest-tag": 3 } }, { exclude: [1] }]) {
      expect(() => readSettings(value, rules)).not.toThrow();
    }
    expect(readSettings({ rules: { "latest-tag": 3, maintainer: "off" }, more: 1 }, rules)).toEqual({
      rules: { maintainer: "off" },
    });
  });
});
