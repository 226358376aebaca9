import { array, assert, boolean, constantFrom, property, record, subarray } from "fast-check";
import { describe, expect, it } from "vitest";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import { type FreshnessChange, keepDigestsFresh } from "../../server/src/refactors/keep-digests-fresh.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { type UpdatedImage, updaterFor } from "../../server/src/workspace/updaters/index.ts";

function image(path: string, kind: UpdatedImage["kind"]): UpdatedImage {
  const reference = parseImageReference(`node:22-alpine@sha256:${"ab".repeat(32)}`);
  if (reference === undefined) throw new Error("no reference");
  return { path, kind, role: kind === "dockerfile" ? "base" : "service", reference };
}

const dockerfile = image("api/Dockerfile", "dockerfile");
const manifest = image("deploy/app.yaml", "kubernetes");

function offered(
  files: Readonly<Record<string, string>>,
  where: UpdatedImage,
  github = true,
): readonly FreshnessChange[] {
  return keepDigestsFresh({ root: "/w", files: new Map(Object.entries(files)), repository: true, github }, where);
}

/** The text of a file after the only change that is offered, which must make the answer `yes`. */
function after(file: string, text: string, where: UpdatedImage): string {
  const changes = offered({ [file]: text }, where);
  expect(changes.map((change) => change.file)).toEqual([file]);
  const edits = changes.flatMap(({ parts }) => parts.flatMap((part) => part.edits));
  const made = applyEdits(text, edits) ?? "the edits overlap";
  expect(updaterFor(new Map([[file, made]]), where)?.answer).toBe("yes");
  for (const change of changes) {
    for (const part of change.parts) {
      const alone = applyEdits(text, part.edits);
      expect(alone !== undefined && updaterFor(new Map([[file, alone]]), where)?.because).not.toContain(
        "cannot be read",
      );
    }
  }
  return made;
}

describe("Dependabot", () => {
  const file = ".github/dependabot.yml";

  it.each([
    ["k8s/kustomization.yaml", "kubernetes"],
    ["stack.yml", "compose"],
  ] as const)("gets no configuration for %s, which it would not read", (path, kind) => {
    expect(offered({}, image(path, kind))).toEqual([]);
    expect(offered({ "renovate.json": "{}" }, image("k8s/kustomization.yaml", "kubernetes"))).toEqual([]);
  });

  it("gets an entry in the style of those that are there", () => {
    const text = [
      "# Bots",
      "version: 2",
      "updates:",
      "- package-ecosystem: npm",
      "  directory: /",
      "  schedule:",
      "      interval: daily # each morning",
      "",
    ].join("\n");
    expect(after(file, text, dockerfile)).toBe(
      `${text}- package-ecosystem: docker\n  directory: /api\n  schedule:\n      interval: weekly\n`,
    );
  });

  it.each([
    ["version: 2\nupdates: []\n", "an empty list"],
    ["version: 2\nupdates:\n", "a key without a value"],
    ["version: 2", "no list"],
    ['{ "version": 2, "updates": [] }', "JSON"],
    ["version: 2\r\nupdates:\r\n  - package-ecosystem: docker\r\n    directory: /\r\n", "another directory"],
  ])("gets its first entry in %j", (text) => {
    const made = after(file, text, image("compose.yaml", "compose"));
    expect(parseYaml(made).problems).toEqual([]);
    expect(made).toContain("docker-compose");
    expect(/[^\r]\n/.test(made)).toBe(!text.includes("\r\n") && made.includes("\n"));
  });

  it("says what is added, and where", () => {
    const [change] = offered({ [file]: "version: 2\nupdates: []\n" }, manifest);
    expect(change?.title).toBe("Have Dependabot keep these digests fresh");
    expect(change?.parts.map(({ title }) => title)).toEqual([
      "Add an entry for `docker` in `/deploy` to `.github/dependabot.yml`",
    ]);
  });

  it("comes into being on GitHub alone", () => {
    expect(offered({}, dockerfile, false)).toEqual([]);
    const [change] = offered({}, dockerfile);
    expect(change).toMatchObject({ file, parts: [] });
    expect(change?.creates).toBe(
      "version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /api\n    schedule:\n      interval: weekly\n",
    );
    expect(updaterFor(new Map([[file, change?.creates ?? ""]]), dockerfile)?.answer).toBe("yes");
  });

  it("writes odd folders in quotes", () => {
    const odd = image("my: app/#1/Dockerfile", "dockerfile");
    const [change] = offered({}, odd);
    expect(updaterFor(new Map([[file, change?.creates ?? ""]]), odd)?.answer).toBe("yes");
    expect(after(file, "version: 2\nupdates: []\n", odd)).toContain("#1");
  });

  it.each([
    ["one that looks there already", "version: 2\nupdates: [{ package-ecosystem: docker, directory: /api }]"],
    [
      "one that was stopped",
      "version: 2\nupdates: [{ package-ecosystem: docker, directory: /api, open-pull-requests-limit: 0 }]",
    ],
    [
      "one that ignores the image",
      "version: 2\nupdates: [{ package-ecosystem: docker, directory: /api, ignore: [{ dependency-name: node }] }]",
    ],
    ["one of another version", "version: 1\nupdate_configs: []"],
    ["one that is broken", "version: 2\nupdates: ["],
    ["one whose list is written elsewhere", "x: &x []\nversion: 2\nupdates: *x"],
  ])("leaves %s alone", (_, text) => expect(offered({ [file]: text }, dockerfile)).toEqual([]));

  it("is not offered for what it does not read", () => {
    expect(offered({ [file]: "version: 2\nupdates: []" }, { ...dockerfile, role: "copy-source" })).toEqual([]);
  });
});

describe("Renovate", () => {
  it("gets the files of manifests, and the preset that pins", () => {
    const text =
      '{\n  "$schema": "https://docs.renovatebot.com/renovate-schema.json",\n  "extends": ["config:recommended"]\n}\n';
    expect(after("renovate.json", text, manifest)).toBe(
      [
        "{",
        '  "$schema": "https://docs.renovatebot.com/renovate-schema.json",',
        '  "extends": ["config:recommended", "docker:pinDigests"],',
        '  "kubernetes": {',
        '    "managerFilePatterns": ["deploy/**/*.yaml"]',
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("keeps comments, quotes and the last comma of JSON5", () => {
    const text =
      "// Ours\n{\n  extends: [\n    'config:recommended', // all\n  ],\n  kubernetes: {\n    managerFilePatterns: ['base/**'],\n  },\n}\n";
    expect(after("renovate.json5", text, manifest)).toBe(
      "// Ours\n{\n  extends: [\n    'config:recommended', // all\n    'docker:pinDigests',\n  ],\n  kubernetes: {\n    managerFilePatterns: ['base/**', 'deploy/**/*.yaml'],\n  },\n}\n",
    );
  });

  it("writes the former key where that is there", () => {
    expect(after("renovate.json", '{ "kubernetes": { "fileMatch": ["^base/"] }, "pinDigests": true }', manifest)).toBe(
      '{ "kubernetes": { "fileMatch": ["^base/", "^deploy/.+\\\\.yaml$"] }, "pinDigests": true }',
    );
  });

  it("names a manager that was left out, and the file where its name is unusual", () => {
    expect(after("renovate.json", '{ "enabledManagers": ["npm"], "pinDigests": false }', dockerfile)).toBe(
      '{ "enabledManagers": ["npm", "dockerfile"], "pinDigests": false }',
    );
    const stack = image("ops/stack.yml", "compose");
    expect(after("renovate.json", '{ "pinDigests": false }', stack)).toBe(
      '{ "pinDigests": false, "docker-compose": { "managerFilePatterns": ["ops/stack.yml"] } }',
    );
  });

  it("edits the key of a package.json alone", () => {
    const text =
      '{\n  "name": "app",\n  "renovate": {\n    "extends": ["config:recommended"]\n  },\n  "extends": []\n}\n';
    expect(after("package.json", text, dockerfile)).toBe(
      text.replace("recommended", 'recommended", "docker:pinDigests'),
    );
  });

  it("is offered the preset alone where it keeps digests fresh already", () => {
    const [change] = offered({ "renovate.json": "{}" }, dockerfile);
    expect(change?.title).toBe("Have Renovate pin images by digest as well");
    expect(change?.parts).toHaveLength(1);
    expect(after("renovate.json", "{}", dockerfile)).toBe('{\n  "extends": ["docker:pinDigests"]\n}');
  });

  it("makes what can be made where two additions would have to stand at one place", () => {
    const made = after("renovate.json", '{\n  "labels": ["bot"] // ours\n}\n', manifest);
    expect(made).toContain('"managerFilePatterns": ["deploy/**/*.yaml"]');
    expect(made).toContain('"labels": ["bot"], // ours');
  });

  it.each([
    ["somebody turned it off", '{ "enabled": false }', dockerfile],
    ["the file is ignored", '{ "ignorePaths": ["api/"] }', dockerfile],
    ["a preset of elsewhere decides", '{ "extends": ["github>acme/bots"] }', manifest],
    ["a package rule turns it off", '{ "packageRules": [{ "enabled": false }] }', dockerfile],
    ["it pins already", '{ "extends": ["config:best-practices"] }', dockerfile],
    ["somebody wants no pins", '{ "pinDigests": false }', dockerfile],
    ["somebody left the preset out", '{ "ignorePresets": ["docker:pinDigests"] }', dockerfile],
    ["the file is broken", '{ "extends": [', dockerfile],
    ["patterns would take the path for something else", "{}", image("a[1]/app.yaml", "kubernetes")],
  ])("is offered nothing where %s", (_, text, where) => expect(offered({ "renovate.json": text }, where)).toEqual([]));
});

it("asks nothing of one bot where the other does it", () => {
  const files = {
    ".github/dependabot.yml": "version: 2\nupdates: [{ package-ecosystem: docker, directory: /deploy }]",
    "renovate.json": "{}",
  };
  expect(offered(files, manifest)).toEqual([]);
});

it("offers both where either would do", () => {
  const files = { ".github/dependabot.yml": "version: 2\nupdates: []", "renovate.json": "{}" };
  expect(offered(files, manifest).map(({ title }) => title)).toEqual([
    "Have Renovate keep these digests fresh",
    "Have Dependabot keep these digests fresh",
  ]);
});

describe("whatever the configuration", () => {
  const where = constantFrom(
    dockerfile,
    manifest,
    image("compose.yaml", "compose"),
    image("k8s/a b/x.yml", "kubernetes"),
  );

  it("a change of Renovate's makes it keep digests fresh, and each part of it can be read", () => {
    const managers = subarray(["npm", "dockerfile", "docker-compose", "kubernetes"]);
    const patterns = record({ managerFilePatterns: array(constantFrom("a/**", "/b$/")) }, { requiredKeys: [] });
    const config = record(
      {
        $schema: constantFrom("s"),
        extends: subarray([
          "config:recommended",
          "docker:pinDigests",
          ":disableDigestUpdates",
          "github>a/b",
          "docker:disable",
        ]),
        enabled: boolean(),
        enabledManagers: managers,
        kubernetes: patterns,
        "docker-compose": patterns,
        dockerfile: record({ fileMatch: array(constantFrom("^x$")), enabled: boolean() }, { requiredKeys: [] }),
        labels: array(constantFrom("bot")),
      },
      { requiredKeys: [] },
    );
    assert(
      property(config, where, constantFrom(0, 2, "\t"), (value, asked, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        if (offered({ "renovate.json": text }, asked).length > 0) after("renovate.json", text, asked);
      }),
    );
  });

  it("a change of Dependabot's makes it keep digests fresh", () => {
    const entry = record(
      {
        "package-ecosystem": constantFrom("docker", "docker-compose", "npm"),
        directory: constantFrom("/", "/api", "/deploy/"),
        directories: array(constantFrom("/*", "**/*", "/x")),
        "open-pull-requests-limit": constantFrom(0, 5),
      },
      { requiredKeys: ["package-ecosystem"] },
    );
    assert(
      property(array(entry), where, boolean(), (updates, asked, isJson) => {
        const file = ".github/dependabot.yml";
        const lines = updates.map((one) => `  - ${JSON.stringify(one)}\n`);
        const text = isJson
          ? JSON.stringify({ version: 2, updates }, undefined, 2)
          : `# bots\nversion: 2\nupdates:\n${lines.join("")}`;
        if (offered({ [file]: text }, asked).length > 0) after(file, text, asked);
      }),
    );
  });
});
