import { assert, constantFrom, json, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { textOf } from "../project/files.ts";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import {
  lookForUpdaters,
  type UpdatedImage,
  type UpdaterAnswer,
  updaterFiles,
  updaterFor,
  type UpdaterReader,
  updatersFor,
  updaterSummary,
} from "../../server/src/workspace/updaters/index.ts";

const digest = `sha256:${"ab".repeat(32)}`;

function image(path: string, more: { name?: string; role?: UpdatedImage["role"] } = {}): UpdatedImage {
  const name = more.name ?? `node:22-alpine@${digest}`;
  const reference = parseImageReference(name);
  if (reference === undefined) throw new Error(name);
  const kind =
    /ocker|ontainer/.test(path) && !/compose/.test(path)
      ? "dockerfile"
      : /compose|stack/.test(path)
        ? "compose"
        : "kubernetes";
  const role = more.role ?? (kind === "dockerfile" ? "base" : kind === "compose" ? "service" : "container");
  return { path, kind, role, reference };
}

/** `yes`, or the answer with its detail. */
function said(file: string, text: string, where: UpdatedImage): string {
  const answer = updaterFor(new Map([[file, text]]), where);
  if (answer === undefined) return "none";
  return answer.answer === "yes" && !answer.pins
    ? "yes"
    : `${answer.answer}${answer.pins ? "+pins" : ""}: ${answer.because}`;
}

describe("Dependabot", () => {
  const config = (...entries: string[]): string =>
    `version: 2\nupdates:\n${entries.map((entry) => `  - ${entry.replaceAll("\n", "\n    ")}\n    schedule: { interval: weekly }\n`).join("")}`;
  const ask = (where: UpdatedImage, ...entries: string[]): string =>
    said(".github/dependabot.yml", config(...entries), where);
  const docker = (rest: string): string => `package-ecosystem: docker\n${rest}`;

  it.each([
    ["Dockerfile", "directory: /"],
    ["api/Dockerfile", "directory: /api"],
    ["api/Dockerfile", 'directory: "api/"'],
    ["api/prod.Dockerfile", "directories: [/web, /api]"],
    ["api/Containerfile", 'directories: ["/*"]'],
    ["services/api/Dockerfile", 'directories: ["/services/*"]'],
    ["services/api/Dockerfile", 'directories: ["**/*"]'],
    ["Dockerfile", 'directories: ["**/*"]'],
    ["deploy/app.yaml", "directory: /deploy"],
    ["Dockerfile", "directory: /\nignore:\n  - dependency-name: redis"],
    ["Dockerfile", "directory: /\nallow:\n  - dependency-type: direct"],
    ["Dockerfile", "directory: /\nallow:\n  - dependency-name: 'no*'"],
    ["Dockerfile", "directory: /\nopen-pull-requests-limit: 5"],
  ])("raises digests in %s by `docker`, %s", (path, rest) => expect(ask(image(path), docker(rest))).toBe("yes"));

  it.each([
    ["api/Dockerfile", "directory: /", "no entry for `docker` in `/api`"],
    ["a/b/Dockerfile", 'directories: ["/*"]', "no entry for `docker` in `/a/b`"],
    ["a/b/Dockerfile", 'directories: ["/**"]', "no entry for `docker` in `/a/b`"],
    ["Dockerfile", "directory: /\nopen-pull-requests-limit: 0", "allows no pull request for `docker` in `/`"],
    ["Dockerfile", "directory: /\nignore: [{ dependency-name: node }]", "ignores `node`"],
    ["Dockerfile", "directory: /\nignore: [{ dependency-name: '*' }]", "ignores `node`"],
    [
      "Dockerfile",
      "directory: /\nallow: [{ dependency-name: redis }]",
      "`allow` of `.github/dependabot.yml` does not name",
    ],
    ["Dockerfile", "directory: /\npatterns: [redis]", "`patterns` of"],
    ["test/Dockerfile", "directory: /test\nexclude-paths: ['test/**']", "`exclude-paths` of"],
    ["test/Dockerfile", "directory: /test\nexclude-paths: ['test']", "`exclude-paths` of"],
    ["compose.yaml", "directory: /", "no entry for `docker-compose` in `/`"],
    ["app.docker", "directory: /", "by other names than `app.docker`"],
  ])("does not in %s by `docker`, %s", (path, rest, because) => {
    const answer = ask(image(path), docker(rest));
    expect(answer).toMatch(/^no: Dependabot does not keep digests here fresh: .*[^.]\.$/);
    expect(answer).toContain(because);
  });

  it.each([
    "ignore:\n  - dependency-name: node\n    versions: ['23']",
    "ignore:\n  - dependency-name: '*'\n    update-types: ['version-update:semver-major']",
  ])("is not certain where some versions are ignored: %s", (rest) => {
    expect(ask(image("Dockerfile"), docker(`directory: /\n${rest}`))).toMatch(
      /^unknown: .*`ignore` of `\.github\/dependabot\.yml` leaves some versions of `node` out\.$/,
    );
  });

  it("needs `docker-compose` for Compose files", () => {
    const compose = "package-ecosystem: docker-compose\ndirectory: /";
    expect(ask(image("compose.yaml"), compose)).toBe("yes");
    expect(ask(image("docker-compose.prod.yml"), compose)).toBe("yes");
    expect(ask(image("stack.yml"), compose)).toContain("by other names than `stack.yml`");
    expect(ask(image("Dockerfile"), compose)).toContain("no entry for `docker`");
  });

  it("takes the entry that says yes, whatever others say", () => {
    const entries = [docker("directory: /\nopen-pull-requests-limit: 0"), docker("directories: ['/', '/api']")];
    expect(ask(image("Dockerfile"), ...entries)).toBe("yes");
  });

  it("names the branch it looks at", () => {
    const answers = updatersFor(
      new Map([[".github/dependabot.yaml", config(docker("directory: /\ntarget-branch: develop"))]]),
      image("Dockerfile"),
    );
    expect(answers[0]?.because).toContain("on the branch `develop`");
  });

  it("reads the FROM lines of Dockerfiles alone", () => {
    for (const role of ["copy-source", "mount-source", "frontend"] as const) {
      expect(ask(image("Dockerfile", { role }), docker("directory: /"))).toContain("the `FROM` lines alone");
    }
    expect(ask(image("app.yaml", { role: "volume" }), docker("directory: /"))).toContain("the images of volumes");
  });

  it("follows the tag beside a digest", () => {
    expect(ask(image("Dockerfile", { name: `node@${digest}` }), docker("directory: /"))).toContain("that of `latest`");
    expect(ask(image("Dockerfile", { name: "node:22" }), docker("directory: /"))).toBe("yes");
  });

  it("names a repository without its registry", () => {
    const name = `ghcr.io/acme/base:1.2@${digest}`;
    const ignoring = (pattern: string): string =>
      ask(image("Dockerfile", { name }), docker(`directory: /\nignore: [{ dependency-name: '${pattern}' }]`));
    expect(ignoring("acme/base")).toContain("ignores `acme/base`");
    expect(ignoring("acme/*")).toContain("ignores `acme/base`");
    expect(ignoring("ghcr.io/acme/base")).toBe("yes");
    expect(ignoring("*/bas")).toBe("yes");
  });

  it.each([
    ["version: 1\nupdates: []", "does not begin with `version: 2`"],
    ["", "does not begin with `version: 2`"],
    ["version: 2\nupdates: [", "is not valid YAML"],
    ["version: 2\nupdates:\n  - {{ entries }}", "is not valid YAML"],
  ])("is not certain about %j", (text, because) => {
    expect(said(".github/dependabot.yml", text, image("Dockerfile"))).toMatch(/^unknown: Whether Dependabot /);
    expect(said(".github/dependabot.yml", text, image("Dockerfile"))).toContain(because);
  });

  it("tries no glob that could take for ever", () => {
    const glob = `${"*a".repeat(40)}b`;
    expect(ask(image(`${"a".repeat(200)}/Dockerfile`), docker(`directories: ["${glob}"]`))).toContain("too intricate");
  });
});

describe("Renovate", () => {
  const ask = (where: UpdatedImage, config: string, file = "renovate.json"): string => said(file, config, where);

  it.each([
    ["Dockerfile", "{}"],
    ["a/b/Dockerfile.prod", "{}"],
    ["app.dockerfile", '{ "extends": ["config:recommended"] }'],
    ["docker-compose.yml", '{ "extends": ["config:base", ":semanticCommits", "schedule:weekly", "group:all"] }'],
    ["compose.prod.yaml", "{}"],
    ["Dockerfile", '{ "extends": ["default:automergeDigest", ":label(bot)"], "pinDigests": false }'],
    ["Dockerfile", '{ "enabledManagers": ["dockerfile"] }'],
    ["k8s/app.yaml", '{ "kubernetes": { "managerFilePatterns": ["k8s/**"] } }'],
    ["k8s/app.yaml", '{ "kubernetes": { "managerFilePatterns": ["/(^|/)k8s/.+\\\\.ya?ml$/"] } }'],
    ["k8s/app.yaml", '{ "kubernetes": { "fileMatch": ["^k8s/.+\\\\.yaml$"] } }'],
    ["stack.yml", '{ "docker-compose": { "managerFilePatterns": ["stack.yml"] } }'],
    ["test/Dockerfile", '{ "extends": ["config:recommended"], "ignorePaths": [] }'],
    ["test/Dockerfile", '{ "extends": ["config:recommended", ":includeNodeModules"] }'],
    ["test/Dockerfile", '{ "extends": ["config:recommended"], "ignorePresets": [":ignoreModulesAndTests"] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchManagers": ["npm"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchPackageNames": ["redis", "/^pg/"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchUpdateTypes": ["major"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "enabled": false }, { "matchDatasources": ["docker"], "enabled": true }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchManagers": ["!dockerfile"], "enabled": false }] }'],
    ["Dockerfile", '// mine\n{ "enabled": true, /* yes */ }'],
    ["Dockerfile", '{ "docker-compose": { "enabled": false } }'],
    ["Dockerfile", '{ "packageRules": [{ "matchFiles": ["go.mod"], "matchBaseBranches": ["v1"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchPaths": ["old/**"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchPackagePatterns": ["^redis", "k8s.io/*"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchPackagePrefixes": ["quay.io/"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "excludePackageNames": ["node"], "enabled": false }] }'],
    [
      "Dockerfile",
      '{ "packageRules": [{ "matchPackagePatterns": ["*"], "excludePackagePrefixes": ["no"], "enabled": false }] }',
    ],
    ["Dockerfile", '{ "packageRules": [{ "matchManagers": ["npm"], "enabled": "false" }, { "enabled": "false" }] }'],
    ["Dockerfile", '{ "includePaths": ["Dockerfile"] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchDepTypes": ["devDependencies", "engines"], "enabled": false }] }'],
    ["Dockerfile", '{ "packageRules": [{ "matchManagers": "npm", "enabled": false }] }'],
    ["Dockerfile", '{ "extends": ["config:recommended", ":approveMajorUpdates", ":pinAllExceptPeerDependencies"] }'],
    [
      "Dockerfile",
      '{ "packageRules": [{ "matchUpdateTypes": ["major"], "dependencyDashboardApproval": true }], "mode": "full" }',
    ],
    [
      "Dockerfile",
      '{ "dependencyDashboardApproval": true, "packageRules": [{ "matchDatasources": ["docker"], "dependencyDashboardApproval": false }] }',
    ],
    ["Dockerfile", '{ "hostRules": [{ "matchHost": "ghcr.io", "enabled": false }] }'],
    ["Dockerfile", '{ "hostRules": [{ "hostType": "npm", "enabled": false }, { "matchHost": "docker.io" }] }'],
  ])("raises digests in %s by %s", (path, config) => expect(ask(image(path), config)).toBe("yes"));

  it.each([
    ["Dockerfile", '{ "enabled": false }', "`renovate.json` turns it off"],
    ["Dockerfile", '{ "extends": [":disableRenovate"] }', "`renovate.json` turns it off"],
    ["Dockerfile", '{ "extends": ["docker:disable"] }', "turns its manager `dockerfile` off"],
    ["compose.yaml", '{ "docker-compose": { "enabled": false } }', "turns its manager `docker-compose` off"],
    ["compose.yaml", '{ "docker": { "enabled": false } }', "turns its manager `docker-compose` off"],
    ["Dockerfile", '{ "extends": ["default:disableDigestUpdates"] }', "turns updates of digests off"],
    ["Dockerfile", '{ "dockerfile": { "digest": { "enabled": false } } }', "turns updates of digests off"],
    ["Dockerfile", '{ "enabledManagers": ["npm"] }', "leave `dockerfile` out"],
    ["Dockerfile", '{ "ignoreDeps": ["node"] }', "names `node`"],
    ["old/Dockerfile", '{ "ignorePaths": ["old/"] }', "leave this file out"],
    ["a/old/Dockerfile", '{ "ignorePaths": ["**/old/**"] }', "leave this file out"],
    ["examples/web/Dockerfile", '{ "extends": ["config:best-practices"] }', "leave this file out"],
    ["node_modules/x/Dockerfile", "{}", "leave this file out"],
    ["old/Dockerfile", '{ "dockerfile": { "ignorePaths": ["old/"] }, "ignorePaths": [] }', "leave this file out"],
    ["Dockerfile", '{ "includePaths": ["services/**"] }', "`includePaths`"],
    [
      "k8s/app.yaml",
      "{}",
      "it looks at no manifests until `kubernetes.managerFilePatterns` in `renovate.json` says which",
    ],
    ["k8s/app.yaml", '{ "kubernetes": { "managerFilePatterns": ["deploy/**"] } }', "does not fit `app.yaml`"],
    ["stack.yml", "{}", "does not fit `stack.yml`"],
    ["Dockerfile", '{ "packageRules": [{ "matchPackageNames": ["*"], "enabled": false }] }', "a package rule"],
    ["Dockerfile", '{ "packageRules": [{ "matchFileNames": ["Docker*"], "enabled": false }] }', "a package rule"],
    [
      "Dockerfile",
      '{ "packageRules": [{ "matchCategories": ["docker"], "digest": { "enabled": false } }] }',
      "a package rule",
    ],
    [
      "Dockerfile",
      '{ "packageRules": [{ "matchUpdateTypes": ["digest", "pin"], "enabled": false }] }',
      "a package rule",
    ],
    ["Dockerfile", '{ "extends": ["security:only-security-updates"] }', "a package rule"],
    ["Dockerfile", '{ "packageRules": [{ "matchPackagePatterns": ["^n"], "enabled": false }] }', "a package rule"],
    ["Dockerfile", '{ "packageRules": [{ "matchPackagePatterns": [".*"], "enabled": false }] }', "a package rule"],
    ["Dockerfile", '{ "packageRules": [{ "matchPackagePrefixes": ["no"], "enabled": false }] }', "a package rule"],
    [
      "Dockerfile",
      '{ "packageRules": [{ "matchPackageNames": ["x"], "matchDepPatterns": ["^n"], "enabled": false }, { "matchPackageNames": ["x"], "matchPackagePatterns": ["^n"], "enabled": false }] }',
      "a package rule",
    ],
    ["Dockerfile", '{ "packageRules": [{ "matchLanguages": ["docker"], "enabled": false }] }', "a package rule"],
    [
      "k8s/app.yaml",
      '{ "regexManagers": [{ "fileMatch": ["^k8s/"], "datasourceTemplate": "helm" }] }',
      "looks at no manifests",
    ],
    [
      "Dockerfile",
      '{ "dockerfile": { "packageRules": [{ "matchDepNames": ["/^no/"], "enabled": false }] } }',
      "a package rule",
    ],
  ])("does not in %s by %s", (path, config, because) => {
    expect(ask(image(path), config)).toMatch(/^no: Renovate does not keep digests here fresh: .*[^.]\.$/);
    expect(ask(image(path), config)).toContain(because);
  });

  it.each([
    ["Dockerfile", '{ "extends": ["github>acme/renovate-config"] }', "the preset `github>acme/renovate-config` of"],
    ["Dockerfile", '{ "extends": ["config:recommended", "local>acme/bots:docker(x)"] }', "`local>acme/bots:docker(x)`"],
    ["k8s/app.yaml", '{ "extends": ["@acme"] }', "the preset `@acme` of"],
    ["Dockerfile", '{ "packageRules": [{ "matchBaseBranches": ["main"], "enabled": false }] }', "may turn it off"],
    ["Dockerfile", '{ "packageRules": [{ "matchCurrentVersion": "/22/", "enabled": false }] }', "may turn it off"],
    ["Dockerfile", '{ "packageRules": [{ "matchFileNames": ["/(a+)+/"], "enabled": false }] }', "may turn it off"],
    ["k8s/app.yaml", '{ "kubernetes": { "managerFilePatterns": ["/^(k8s|x)*$/"] } }', "too intricate"],
    ["k8s/app.yaml", '{ "kubernetes": { "managerFilePatterns": ["/(/"] } }', "too intricate"],
    ["k8s/app.yaml", '{ "customManagers": [{ "managerFilePatterns": ["/^k8s/"] }] }', "a custom manager"],
    ["Dockerfile", '{ "packageRules": [{ "matchDepTypes": ["final"], "enabled": false }] }', "may turn it off"],
    ["Dockerfile", '{ "extends": [":dependencyDashboardApproval"] }', "wait until somebody approves them"],
    ["Dockerfile", '{ "digest": { "dependencyDashboardApproval": true } }', "wait until somebody approves them"],
    ["Dockerfile", '{ "dockerfile": { "dependencyDashboardApproval": true } }', "wait until somebody approves them"],
    [
      "Dockerfile",
      '{ "packageRules": [{ "matchManagers": ["dockerfile"], "dependencyDashboardApproval": true }] }',
      "wait until somebody approves them",
    ],
    ["Dockerfile", '{ "mode": "silent" }', "propose nothing by itself"],
    [
      "Dockerfile",
      '{ "hostRules": [{ "matchHost": "https://index.docker.io/v1/", "enabled": false }] }',
      "from asking",
    ],
    ["Dockerfile", '{ "hostRules": [{ "hostType": "docker", "enabled": false }] }', "from asking `docker.io`"],
    ["Dockerfile", '{ "extends": [":disableDomain(docker.io)"] }', "from asking `docker.io`"],
    ["Dockerfile", '{ "extends": ["default:disableHost(index.docker.io)"] }', "from asking `index.docker.io`"],
    ["Dockerfile", '{ "extends": [', "cannot be read: "],
    ["Dockerfile", "{ extends: [] }", "cannot be read: "],
    ["Dockerfile", "", "cannot be read: "],
  ])("is not certain in %s by %s", (path, config, because) => {
    expect(ask(image(path), config)).toMatch(
      /^unknown: Whether Renovate keeps digests here fresh is not certain: .*[^.]\.$/s,
    );
    expect(ask(image(path), config)).toContain(because);
  });

  it("lets nothing that is written elsewhere overrule what is written here", () => {
    expect(ask(image("Dockerfile"), '{ "extends": ["github>acme/bots"], "enabled": false }')).toMatch(/^no: /);
  });

  it.each([
    '{ "extends": ["config:best-practices"] }',
    '{ "extends": ["docker:pinDigests"] }',
    '{ "pinDigests": true }',
    '{ "docker": { "pinDigests": true } }',
    '{ "packageRules": [{ "matchDatasources": ["docker"], "pinDigests": true }] }',
    '{ "extends": ["docker:pinDigests", ":pinDigestsDisabled"] }',
  ])("gives digests to images without by %s", (config) => {
    expect(ask(image("Dockerfile"), config)).toMatch(/^yes\+pins: .* pin images that have no digest yet\.$/);
  });

  it("gives none where the preset is left out", () => {
    const config = '{ "extends": ["config:best-practices"], "ignorePresets": ["docker:pinDigests"] }';
    expect(ask(image("Dockerfile"), config)).toBe("yes");
  });

  it("reads all lines of a Dockerfile, and needs a tag", () => {
    expect(ask(image("Dockerfile", { role: "frontend" }), "{}")).toBe("yes");
    expect(ask(image("Dockerfile", { name: `node@${digest}` }), "{}")).toContain("without a tag");
  });

  it.each(["renovate.jsonc", ".github/renovate.json", ".gitlab/renovate.json", ".renovaterc", ".renovaterc.json"])(
    "reads %s with comments",
    (file) => expect(ask(image("Dockerfile"), "{ // c\n}", file)).toBe("yes"),
  );

  it.each(["renovate.json5", ".github/renovate.json5", ".renovaterc.json5"])("reads %s as JSON5", (file) => {
    expect(ask(image("Dockerfile"), "{enabled: false,}", file)).toContain(`\`${file}\` turns it off`);
  });

  it("reads the key of a package.json, and its presets by one name", () => {
    const own = (renovate: string): string => ask(image("Dockerfile"), `{ "renovate": ${renovate} }`, "package.json");
    expect(own("{}")).toBe("yes");
    expect(own('"github>acme/bots"')).toContain("`github>acme/bots`");
    expect(ask(image("Dockerfile"), '{ "name": "renovate" }', "package.json")).toBe("none");
    expect(ask(image("Dockerfile"), '{ "renovate": ', "package.json")).toBe("none");
  });

  it("takes the first of its files", () => {
    const files = new Map([
      [".renovaterc", "{}"],
      ["renovate.json", '{ "enabled": false }'],
    ]);
    expect(updatersFor(files, image("Dockerfile")).map(({ file, answer }) => `${file} ${answer}`)).toEqual([
      "renovate.json no",
    ]);
  });
});

it.each(["kustomization.yaml", "k8s/prod/kustomization.yml"])(
  "promises nothing of the entries of %s, and adds nothing that would not help",
  (path) => {
    const files = new Map([
      ["renovate.json", '{ "kubernetes": { "managerFilePatterns": ["**/*.{yaml,yml}"] } }'],
      [".github/dependabot.yml", "version: 2\nupdates: [{ package-ecosystem: docker, directories: [/, '/k8s/*'] }]"],
    ]);
    const answers = updatersFor(files, image(path));
    expect(answers.map(({ answer, missing }) => [answer, missing])).toEqual([
      ["no", undefined],
      ["no", undefined],
    ]);
    expect(answers.map(({ because }) => because)).toEqual([
      expect.stringContaining("both `newTag` and `digest`"),
      expect.stringContaining("keys named `image`"),
    ]);
  },
);

it("names what it was given safely, on one line", () => {
  const name = "github>a`b\n[x](command:y)\u202E".padEnd(300, "z");
  const answer = updaterFor(new Map([["renovate.json", JSON.stringify({ extends: [name] })]]), image("Dockerfile"));
  expect(answer?.because).not.toMatch(/\n|\u202E/);
  expect(answer?.because.match(/`/g)).toHaveLength(4);
  expect(answer?.because.length).toBeLessThan(250);
});

it("prefers the bot that says yes", () => {
  const files = new Map([
    ["renovate.json", '{ "enabled": false }'],
    [".github/dependabot.yml", "version: 2\nupdates: [{ package-ecosystem: docker, directory: / }]"],
  ]);
  expect(updaterFor(files, image("Dockerfile"))?.bot).toBe("dependabot");
  expect(updatersFor(files, image("Dockerfile")).map(({ bot }) => bot)).toEqual(["renovate", "dependabot"]);
});

it("throws at nothing", () => {
  assert(
    property(
      constantFrom(...updaterFiles),
      oneof(
        string(),
        json(),
        json().map((value) => `{"extends": ${value}, "packageRules": [${value}], "updates": ${value}}`),
      ),
      constantFrom("Dockerfile", "compose.yaml", "k8s/app.yaml"),
      (file, text, path) => {
        for (const { because } of updatersFor(new Map([[file, text]]), image(path))) expect(because).toMatch(/\S\.$/);
      },
    ),
  );
});

describe("looking for them", () => {
  const reader = (files: Readonly<Record<string, string>>): UpdaterReader & { readonly reads: string[] } => {
    const reads: string[] = [];
    const below = (folder: string): string[] =>
      Object.keys(files).flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
    return {
      reads,
      namesIn: (folder) => Promise.resolve(below(folder).filter((path) => !path.includes("/"))),
      foldersIn: (folder) =>
        Promise.resolve([
          ...new Set(below(folder).flatMap((path) => (path.includes("/") ? [path.split("/")[0] ?? ""] : []))),
        ]),
      read: (path) => {
        reads.push(path);
        return Promise.resolve(files[path]);
      },
    };
  };

  it("goes up to the repository's folder and no further", async () => {
    const files = {
      "/w/renovate.json": "{}",
      "/w/r/.git/config": "",
      "/w/r/.github/dependabot.yml": "version: 2",
      "/w/r/a/b/Dockerfile": "",
    };
    const found = await lookForUpdaters("/w/r/a/b/Dockerfile", "/w", reader(files));
    expect(found.root).toBe("/w/r");
    expect([...found.files.keys()]).toEqual([".github/dependabot.yml"]);
    expect(found).toMatchObject({ github: true, repository: true });
  });

  it("takes nothing from above the repository's folder where that has none", async () => {
    const files = { "/w/renovate.json": "{}", "/w/r/.git/config": "", "/w/r/a/Dockerfile": "" };
    const found = await lookForUpdaters("/w/r/a/Dockerfile", "/w", reader(files));
    expect(found).toMatchObject({ root: "/w/r", repository: true });
    expect(found.files.size).toBe(0);
  });

  it("takes the nearest where no repository shows, and the topmost folder where there is none", async () => {
    const files = { "/w/renovate.json": "{}", "/w/a/.renovaterc": "{}", "/w/a/b/Dockerfile": "" };
    expect((await lookForUpdaters("/w/a/b/Dockerfile", "/w", reader(files))).root).toBe("/w/a");
    const none = await lookForUpdaters("/w/a/Dockerfile", "/w", reader({ "/w/a/Dockerfile": "" }));
    expect(none).toMatchObject({ root: "/w", github: false, repository: false });
    expect(none.files.size).toBe(0);
  });

  it("takes a package.json for one only where it speaks of Renovate", async () => {
    const files = { "/w/package.json": '{ "renovate": {} }', "/w/a/package.json": "{}", "/w/a/Dockerfile": "" };
    const found = await lookForUpdaters("/w/a/Dockerfile", "/w", reader(files));
    expect([found.root, ...found.files.keys()]).toEqual(["/w", "package.json"]);
  });

  it("knows GitHub by the remote", async () => {
    const github = async (url: string): Promise<boolean> => {
      const files = { "/w/.git/config": `[remote "origin"]\n\turl = ${url}\n` };
      return (await lookForUpdaters("/w/Dockerfile", "/w", reader(files))).github;
    };
    expect(await github("git@github.com:acme/app.git")).toBe(true);
    expect(await github("https://github.com/acme/app.git")).toBe(true);
    expect(await github("https://gitlab.com/acme/app.git")).toBe(false);
    expect(await github("https://notgithub.com.example.org/acme/app.git")).toBe(false);
  });

  it("reads nothing that is not there", async () => {
    const around = reader({ "/w/a/Dockerfile": "", "/w/a/package-lock.json": "{}" });
    await lookForUpdaters("/w/a/Dockerfile", "/w", around);
    expect(around.reads).toEqual([]);
  });

  it("works on relative paths", async () => {
    const files = { "./renovate.json": "{}" };
    const plain = reader(files);
    const found = await lookForUpdaters("a/Dockerfile", ".", { ...plain, read: (path) => plain.read(`./${path}`) });
    expect([found.root, ...found.files.keys()]).toEqual([".", "renovate.json"]);
  });
});

describe("summing up", () => {
  const answer = (given: UpdaterAnswer["answer"], bot: UpdaterAnswer["bot"] = "renovate"): UpdaterAnswer => ({
    bot,
    file: bot === "renovate" ? "renovate.json" : ".github/dependabot.yml",
    answer: given,
    because: `Because ${given}.`,
    reason: `it is ${given}`,
    pins: false,
  });

  it.each([
    [[], undefined],
    [[undefined], "No bot is set up to keep digests fresh: neither Renovate nor Dependabot has a configuration here."],
    [[answer("yes"), answer("yes")], "Renovate (`renovate.json`) keeps these digests fresh."],
    [
      [answer("yes"), answer("yes", "dependabot")],
      "Renovate (`renovate.json`) and Dependabot (`.github/dependabot.yml`) keep these digests fresh.",
    ],
    [[answer("unknown"), answer("no")], "Because no."],
    [[answer("unknown")], "Because unknown."],
    [
      [answer("yes"), answer("no"), answer("yes")],
      "Renovate (`renovate.json`) keeps 2 of 3 digests fresh; of the others: it is no.",
    ],
  ])("%j", (answers, text) => expect(updaterSummary(answers)).toBe(text));
});

it("the configurations of the documentation do what it says", () => {
  const section = textOf("docs/pinning.md").split("## Keep digests fresh\n")[1] ?? "";
  const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(section)?.[1] ?? "";
  const paths = ["Dockerfile", "services/api/Dockerfile", "compose.yaml", "k8s/app.yaml"];
  const answers = (file: string, text: string): readonly string[] => paths.map((path) => said(file, text, image(path)));
  expect(answers("renovate.json", block("json")).filter((answer) => !answer.startsWith("yes+pins"))).toEqual([]);
  expect(answers(".github/dependabot.yml", block("yaml"))).toEqual(["yes", "yes", "yes", "yes"]);
  expect(said("renovate.json", block("json"), image("examples/Dockerfile"))).toContain("leave this file out");
});
