import type { PackageManager } from "./model.ts";
import { words, wordSet } from "./words.ts";

/** Python. */
export const pip: PackageManager = {
  name: "pip",
  scope: "language",
  install: words("install"),
  refresh: [],
  upgrade: [],
  yes: [],
  yesBeforeSubcommand: false,
  noRecommends: [],
  noCache: words("--no-cache-dir"),
  clean: "pip cache purge",
  cleanSubcommands: ["cache purge"],
  cacheDirectories: ["/root/.cache/pip", "~/.cache/pip", "/root/.cache", "~/.cache"],
  valueFlags: wordSet(`
    -r --requirement -c --constraint -t --target -i --index-url --pypi-url --extra-index-url -f --find-links --trusted-host --prefix --root --platform
    --python-version --implementation --abi --no-binary --only-binary --cache-dir --timeout --retries --proxy --cert --client-cert --log --src -C
    --config-settings --config-setting --global-option --build-option --upgrade-strategy --progress-bar --exists-action --python --use-feature
    --use-deprecated --report --root-user-action --group --keyring-provider --resume-retries
  `),
  pin: "==",
  source: "https://pip.pypa.io/en/stable/cli/pip_install/",
};

/** Node.js. */
export const npm: PackageManager = {
  name: "npm",
  scope: "language",
  install: words(
    "ci install i in ins inst insta instal isnt isnta isntal isntall add clean-install ic install-clean isntall-clean install-test it install-ci-test cit",
  ),
  refresh: [],
  upgrade: words("update up upgrade udpate"),
  yes: [],
  yesBeforeSubcommand: false,
  noRecommends: [],
  noCache: [],
  clean: "npm cache clean --force",
  cleanSubcommands: ["cache clean", "cache rm", "cache clear"],
  cacheDirectories: ["/root/.npm", "~/.npm"],
  valueFlags: wordSet(`
    --prefix -C --registry --omit --only --also --include --cache --userconfig --globalconfig --loglevel -w --workspace --tag --before --install-strategy
    --fetch-timeout --fetch-retries --maxsockets --network-timeout --access --otp --script-shell --node-options --cpu --os --libc
  `),
  pin: "@",
  source: "https://docs.npmjs.com/cli/commands/npm-install",
};

/** Node.js; the flags of both generations. */
export const yarn: PackageManager = {
  name: "yarn",
  scope: "language",
  install: words("install add"),
  refresh: [],
  upgrade: words("upgrade up"),
  defaultSubcommand: "install",
  yes: [],
  yesBeforeSubcommand: false,
  noRecommends: [],
  noCache: [],
  clean: "yarn cache clean",
  cleanSubcommands: ["cache clean"],
  cacheDirectories: [
    "/usr/local/share/.cache",
    "/root/.cache/yarn",
    "~/.cache/yarn",
    "/root/.yarn",
    "~/.yarn",
    ".yarn/cache",
  ],
  valueFlags: wordSet(
    "--cwd --cache-folder --modules-folder --network-timeout --registry --mutex --network-concurrency --use-yarnrc --mode --preferred-cache-folder --global-folder --prefix --link-folder --otp --proxy --https-proxy",
  ),
  pin: "@",
  source: "https://classic.yarnpkg.com/en/docs/cli/",
};

/** Node.js. */
export const pnpm: PackageManager = {
  name: "pnpm",
  scope: "language",
  install: words("install i add fetch"),
  refresh: [],
  upgrade: words("update up upgrade"),
  yes: [],
  yesBeforeSubcommand: false,
  noRecommends: [],
  noCache: [],
  clean: "pnpm store prune",
  cleanSubcommands: ["store prune"],
  cacheDirectories: [
    "/root/.local/share/pnpm",
    "~/.local/share/pnpm",
    "/pnpm/store",
    "/root/.pnpm-store",
    "~/.pnpm-store",
  ],
  valueFlags: wordSet(
    "-C --dir -F --filter --filter-prod --registry --store-dir --virtual-store-dir --modules-dir --reporter --loglevel --network-concurrency --child-concurrency --lockfile-dir --fetch-timeout --package-import-method --cpu --os --libc",
  ),
  pin: "@",
  source: "https://pnpm.io/pnpm-cli",
};

/** Ruby. */
export const gem: PackageManager = {
  name: "gem",
  scope: "language",
  install: words("install i"),
  refresh: [],
  upgrade: words("update"),
  yes: [],
  yesBeforeSubcommand: false,
  noRecommends: words("--no-document --no-doc -N --no-rdoc --no-ri"),
  noCache: [],
  cleanSubcommands: [],
  cacheDirectories: ["/root/.gem", "~/.gem", "/usr/local/bundle/cache"],
  valueFlags: wordSet(
    "-v --version -i --install-dir -n --bindir -s --source -P --trust-policy --platform -g --file -p --http-proxy --build-root --document --rdoc --ri --without --config-file -B --bulk-threshold --target-rbconfig",
  ),
  pin: ":",
  source: "https://guides.rubygems.org/command-reference/#gem-install",
};

/** PHP. */
export const composer: PackageManager = {
  name: "composer",
  scope: "language",
  install: words("install i require req create-project"),
  refresh: [],
  upgrade: words("update u upgrade"),
  yes: words("--no-interaction -n"),
  yesBeforeSubcommand: false,
  noRecommends: [],
  noCache: words("--no-cache"),
  clean: "composer clear-cache",
  cleanSubcommands: words("clear-cache clearcache cc"),
  cacheDirectories: [
    "/root/.composer/cache",
    "~/.composer/cache",
    "/root/.cache/composer",
    "~/.cache/composer",
    "/tmp/cache",
  ],
  valueFlags: wordSet(
    "-d --working-dir --ignore-platform-req --prefer-install --apcu-autoloader-prefix --audit-format --repository --repository-url -s --stability",
  ),
  pin: ":",
  source: "https://getcomposer.org/doc/03-cli.md",
};
