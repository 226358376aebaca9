/** Renovate reads the images of a kind of file by a manager of that name. */
export type RenovateManager = "dockerfile" | "docker-compose" | "kubernetes";

/**
 * Where Renovate looks for its configuration, in that order; of a package.json only the key `renovate`:
 * https://docs.renovatebot.com/configuration-options/. The first that is there counts.
 */
export const renovateFiles: readonly string[] = [
  "renovate.json",
  "renovate.jsonc",
  "renovate.json5",
  ".github/renovate.json",
  ".github/renovate.jsonc",
  ".github/renovate.json5",
  ".gitlab/renovate.json",
  ".gitlab/renovate.jsonc",
  ".gitlab/renovate.json5",
  ".renovaterc",
  ".renovaterc.json",
  ".renovaterc.jsonc",
  ".renovaterc.json5",
  "package.json",
];

/**
 * The files that a manager looks at without being told, as regular expressions: https://docs.renovatebot.com/modules/manager/dockerfile/ and the pages
 * of its neighbours. Manifests are known by nothing, so `kubernetes` looks at none.
 */
export const renovateFilePatterns: Readonly<Record<RenovateManager, readonly string[]>> = {
  dockerfile: ["/(^|/|\\.)([Dd]ocker|[Cc]ontainer)file$/", "/(^|/)([Dd]ocker|[Cc]ontainer)file[^/]*$/"],
  "docker-compose": ["/(^|/)(?:docker-)?compose[^/]*\\.ya?ml$/"],
  kubernetes: [],
};

/** What `matchCategories` of a package rule may name. */
export const renovateCategories: Readonly<Record<RenovateManager, readonly string[]>> = {
  dockerfile: ["docker"],
  "docker-compose": ["docker"],
  kubernetes: ["kubernetes"],
};

/** What counts where nothing is set: https://docs.renovatebot.com/configuration-options/#ignorepaths. */
export const renovateIgnoredPaths: readonly string[] = ["**/node_modules/**", "**/bower_components/**"];

/** A part of a Renovate configuration. */
export interface RenovatePreset {
  readonly [key: string]: RenovatePreset | readonly RenovatePreset[] | readonly string[] | boolean;
}

/**
 * What Renovate's own presets say about images and about which files are looked at: https://docs.renovatebot.com/presets-config/, -default, -docker and
 * -security. Presets of `renovateGroups` that are not here say nothing of it.
 */
export const renovatePresets: Readonly<Record<string, RenovatePreset>> = {
  "config:recommended": { extends: [":ignoreModulesAndTests"] },
  "config:best-practices": { extends: ["config:recommended", "docker:pinDigests"] },
  "config:js-app": { extends: ["config:recommended"] },
  "config:js-lib": { extends: ["config:recommended"] },
  ":ignoreModulesAndTests": {
    ignorePaths: [
      "**/node_modules/**",
      "**/bower_components/**",
      "**/vendor/**",
      "**/examples/**",
      "**/__tests__/**",
      "**/test/**",
      "**/tests/**",
      "**/__fixtures__/**",
    ],
  },
  ":includeNodeModules": { ignorePaths: [] },
  ":enableRenovate": { enabled: true },
  ":disableRenovate": { enabled: false },
  ":disableDigestUpdates": { digest: { enabled: false } },
  ":pinDigestsDisabled": { pinDigests: false },
  ":dependencyDashboardApproval": { dependencyDashboardApproval: true },
  ":docker": { dockerfile: { enabled: true }, "docker-compose": { enabled: true } },
  "docker:disable": { dockerfile: { enabled: false }, "docker-compose": { enabled: false } },
  "docker:pinDigests": { packageRules: [{ matchDatasources: ["docker"], pinDigests: true }] },
  "security:only-security-updates": {
    extends: ["config:recommended"],
    packageRules: [{ matchPackageNames: ["*"], enabled: false }],
  },
};

/** Former names of presets. */
export const renovateRenamed: Readonly<Record<string, string>> = {
  "config:base": "config:recommended",
  "config:base-js": "config:recommended",
  "config:application": "config:js-app",
  "config:library": "config:js-lib",
  ":base": "config:recommended",
  ":app": "config:js-app",
  ":js-app": "config:js-app",
  ":library": "config:js-lib",
};

/** What stands before the colon of Renovate's own presets; the empty name is that of `default`. All others are written in some repository or package. */
export const renovateGroups: ReadonlySet<string> = new Set([
  "",
  "default",
  "abandonments",
  "compatibility",
  "config",
  "customManagers",
  "docker",
  "global",
  "group",
  "helpers",
  "mergeConfidence",
  "monorepo",
  "npm",
  "packages",
  "preview",
  "regexManagers",
  "replacements",
  "schedule",
  "security",
  "workarounds",
]);
