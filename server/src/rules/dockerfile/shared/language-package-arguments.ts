import { wordSet } from "../../../knowledge/package-managers/words.ts";
import type { ShellCommand, ShellWord } from "../../../languages/shell/model.ts";
import { type UnpinnedPackage, commandArguments } from "./package-arguments.ts";
import { packageStep } from "./package-steps.ts";
import { crate, gem, goModule, nodePackage, nugetPackage, peclPackage, phpPackage, pythonPackage } from "./versions.ts";

/** What an installation of packages by name leaves open. */
export interface LanguageInstallation {
  readonly command: ShellCommand;
  readonly tool: string;
  readonly unpinned: readonly UnpinnedPackage[];
  /** Go's commands take the version from `go.mod` where they stand in a module: then the words alone do not tell. */
  readonly inModule: boolean;
}

/** The packages a command installs by name, in no version that it names; `undefined` where there are none. */
export function languageInstallation(command: ShellCommand): LanguageInstallation | undefined {
  const step = packageStep(command);
  const tool = step?.packages.manager.name ?? command.name;
  const grammar = tool === undefined ? undefined : tools.get(tool);
  if (tool === undefined || grammar === undefined) return undefined;
  // What stands before `-m pip` is Python's.
  const module = command.name !== undefined && /^py(?:thon|py)/.test(command.name);
  const from = module ? command.args.findIndex(({ value }) => value === "pip") + 1 : 0;
  const { operands, flags } = commandArguments(command.args.slice(from), grammar.valueFlags);
  const packages = grammar.packages(operands, flags);
  if (packages === undefined || grammar.pinnedBy.some((flag) => isAmong(flags, flag))) return undefined;
  const unpinned = packages.flatMap((word) => {
    const pinned = word.value === undefined || word.value === "" ? undefined : grammar.version(word.value);
    return pinned === undefined ? [] : [{ word, pinned }];
  });
  if (unpinned.length === 0) return undefined;
  const inModule = tool === "go" && operands[0]?.value !== "get" && unpinned.every(({ word }) => !/@/.test(word.text));
  return { command, tool, unpinned, inModule };
}

/** A short flag may have its value without a space: `-rrequirements.txt`. */
function isAmong(flags: ReadonlySet<string>, flag: string): boolean {
  return flags.has(flag) || (flag.length === 2 && [...flags].some((given) => given.startsWith(flag)));
}

interface Tool {
  /** Flags whose value is the next word. */
  readonly valueFlags: ReadonlySet<string>;
  /** Flags that say the version, or where it stands, for all packages. */
  readonly pinnedBy: readonly string[];
  /** The words that name packages; `undefined` for a command that installs none by name. */
  packages(operands: readonly ShellWord[], flags: ReadonlySet<string>): readonly ShellWord[] | undefined;
  /** How a package is written with a version; `undefined` for one that has it, and for a file. */
  version(name: string): string | undefined;
}

/** The operands behind one of these sequences of words. */
function behind(...commands: readonly string[]): (operands: readonly ShellWord[]) => readonly ShellWord[] | undefined {
  const sequences = commands.map((command) => command.split(" "));
  return (operands) => {
    const found = sequences.find((words) => words.every((word, index) => operands[index]?.value === word));
    return found && operands.slice(found.length);
  };
}

/** `go install` and `go run` take a path whose first part has no dot from the module at hand, or the standard library. */
function goPackages(operands: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const [subcommand, ...paths] = operands;
  if (subcommand?.value === "get") return paths;
  const programs = subcommand?.value === "run" ? paths.slice(0, 1) : behind("install")(operands);
  return programs?.filter(({ value }) => value !== undefined && /^[^/]*\.|@/.test(value));
}

const pipValueFlags = wordSet(`
  -r --requirement -c --constraint -e --editable -b --build -t --target -i --index-url --pypi-url --extra-index-url -f --find-links --trusted-host --prefix
  --root --platform --python-version --implementation --abi --no-binary --only-binary --cache-dir --timeout --retries --proxy --cert --client-cert --log
  --src -C --config-settings --config-setting --global-option --build-option --install-option --upgrade-strategy --progress-bar --exists-action --python
  --use-feature --use-deprecated --report --root-user-action --group --keyring-provider --resume-retries
`);

const uvValueFlags = wordSet(`
  -r --requirement --requirements -c --constraint --constraints --override --overrides -b --build-constraint --build-constraints -e --editable
  -i --index-url --extra-index-url --index --default-index -f --find-links -p --python --target --prefix --python-version --python-platform
  --link-mode --resolution --prerelease --exclude-newer -C --config-setting --config-settings --no-binary --only-binary -P --upgrade-package --extra
  --group --cache-dir --directory --project --config-file --keyring-provider --index-strategy --allow-insecure-host --reinstall-package
  --refresh-package --no-build-package --no-binary-package --torch-backend -w --with --with-requirements --with-editable --color
`);

const npmInstall = "install i in ins inst insta instal isnt isnta isntal isntall add".split(" ");

const npmValueFlags = wordSet(`
  --prefix -C --registry --omit --only --also --include --cache --userconfig --globalconfig --loglevel -w --workspace --tag --before --install-strategy
  --fetch-timeout --fetch-retries --maxsockets --network-timeout --access --otp --script-shell --node-options --cpu --os --libc
`);

/** A file of requirements or constraints names the versions of what stands beside it, too. */
const requirements = "-r --requirement --requirements -c --constraint --constraints --exclude-newer".split(" ");

const tools: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ["pip", { valueFlags: pipValueFlags, pinnedBy: requirements, packages: behind("install"), version: pythonPackage }],
  [
    "pipx",
    {
      valueFlags: wordSet("--python --spec --pip-args --index-url -i --suffix --preinstall --backend"),
      pinnedBy: ["--spec"],
      packages: behind("install"),
      version: pythonPackage,
    },
  ],
  [
    "uv",
    {
      valueFlags: uvValueFlags,
      pinnedBy: requirements,
      packages: behind("pip install", "tool install"),
      version: pythonPackage,
    },
  ],
  ["npm", { valueFlags: npmValueFlags, pinnedBy: ["--before"], packages: behind(...npmInstall), version: nodePackage }],
  [
    "yarn",
    {
      valueFlags: wordSet(
        "--cwd --cache-folder --modules-folder --registry --mutex --network-timeout --prefix --global-folder",
      ),
      pinnedBy: [],
      packages: behind("add", "global add"),
      version: nodePackage,
    },
  ],
  [
    "pnpm",
    {
      valueFlags: wordSet(
        "-C --dir -F --filter --filter-prod --registry --store-dir --virtual-store-dir --global-dir --global-bin-dir --reporter --loglevel",
      ),
      pinnedBy: [],
      packages: behind("add", "install", "i"),
      version: nodePackage,
    },
  ],
  [
    "bun",
    {
      valueFlags: wordSet("--cwd --config -c --registry --cache-dir --backend"),
      pinnedBy: [],
      packages: behind("add", "a", "install", "i"),
      version: nodePackage,
    },
  ],
  [
    "corepack",
    {
      valueFlags: wordSet("--install-directory"),
      pinnedBy: [],
      // Without a version it takes the one that `package.json` or corepack itself names.
      packages: (operands) =>
        behind("prepare", "use", "install")(operands)?.filter(({ value }) => value?.includes("@") === true),
      version: nodePackage,
    },
  ],
  [
    "gem",
    {
      valueFlags: wordSet(
        "-v --version -i --install-dir -n --bindir -s --source -P --trust-policy --platform -g --file -p --http-proxy --build-root --document --rdoc --ri --without --config-file -B --bulk-threshold --target-rbconfig",
      ),
      pinnedBy: ["-v", "--version", "-g", "--file"],
      packages: behind("install", "i"),
      version: gem,
    },
  ],
  [
    "go",
    {
      valueFlags: wordSet(
        "-C -p -o -asmflags -buildmode -compiler -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags -toolexec -exec -covermode -coverpkg",
      ),
      pinnedBy: ["-modfile"],
      packages: goPackages,
      version: goModule,
    },
  ],
  [
    "cargo",
    {
      valueFlags: wordSet(
        "--version --vers --git --branch --tag --rev --path --root --registry --index -F --features --profile --target --target-dir -j --jobs --bin --example --config --color -Z -C --message-format",
      ),
      pinnedBy: ["--version", "--vers", "--path", "--tag", "--rev"],
      packages: behind("install", "binstall"),
      version: crate,
    },
  ],
  [
    "dotnet",
    {
      valueFlags: wordSet(
        "--version --add-source --source --configfile --framework --tool-path --tool-manifest -v --verbosity -a --arch",
      ),
      pinnedBy: ["--version"],
      packages: behind("tool install"),
      version: nugetPackage,
    },
  ],
  [
    "composer",
    {
      valueFlags: wordSet(
        "-d --working-dir --ignore-platform-req --prefer-install --apcu-autoloader-prefix --audit-format",
      ),
      pinnedBy: [],
      // The version may be a word of its own.
      packages: (operands) =>
        behind(
          "require",
          "req",
          "r",
          "global require",
        )(operands)?.filter(
          ({ value }, index, words) =>
            value?.includes("/") === true && !/^[\d^~*<>=@v]|^dev-/.test(words[index + 1]?.text ?? ""),
        ),
      version: phpPackage,
    },
  ],
  [
    "pecl",
    { valueFlags: wordSet("-R --packagingroot -D"), pinnedBy: [], packages: behind("install"), version: peclPackage },
  ],
]);
