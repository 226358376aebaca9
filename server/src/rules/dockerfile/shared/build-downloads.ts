import { wordSet } from "../../../knowledge/package-managers/words.ts";
import type { ShellCommand } from "../../../languages/shell/index.ts";
import type { DependencyInstall, Manifests } from "./dependency-installs.ts";
import { commandArguments } from "./package-arguments.ts";

/** A build that fetches its dependencies as it goes, or a command of the same tool that does only that. */
export function downloadOfBuild(command: ShellCommand): DependencyInstall | undefined {
  switch (command.name) {
    case "go":
      return go(command);
    case "mvn":
    case "mvnw":
      return maven(command);
    case "gradle":
    case "gradlew":
      return gradle(command);
    case "cargo":
      return cargo(command);
    case "dotnet":
      return dotnet(command);
    default:
      return undefined;
  }
}

const goValueFlags = wordSet(
  "-C -p -o -asmflags -buildmode -compiler -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags -toolexec -exec",
);

function go(command: ShellCommand): DependencyInstall | undefined {
  const { operands, flags } = commandArguments(command.args, goValueFlags);
  const [subcommand, ...paths] = operands.map(({ value }) => value);
  if (subcommand !== "build" && subcommand !== "install" && subcommand !== "test") return undefined;
  if (command.args.some(({ text }) => text === "vendor" || text === "-mod=vendor") || flags.has("-modfile"))
    return undefined;
  // `go install example.com/tool@v1.2.3` is of no project, `go build main.go` may be of no module.
  if (paths.some((path) => path?.includes("@") === true)) return undefined;
  return {
    command: `go ${subcommand}`,
    tool: "go",
    manifests: flags.has("-C") ? undefined : [{ folder: "", names: ["go.mod", "go.sum*"] }],
    ahead: "go mod download",
    fetches: true,
    lock: "go.sum",
    caution: "fails where `go.mod` replaces a module by a folder",
  };
}

const mavenPhases = wordSet("compile test package verify install deploy");

/** Phases are words, a plugin's goals have a colon; everything else is a flag or its value. */
function maven(command: ShellCommand): DependencyInstall | undefined {
  const words = command.args.map(({ value }) => value ?? "");
  if (words.includes("-o")) return undefined;
  const goal = words.find((word) => mavenPhases.has(word));
  const fetch = words.find((word) => /^dependency:(?:go-offline|resolve)/.test(word));
  if (goal === undefined && fetch === undefined) return undefined;
  const program = command.words[0]?.text ?? "mvn";
  const elsewhere = words.some((word) => /^(?:-f|--file|-pl|--projects|-s|--settings)(?:=|$)/.test(word));
  const wrapped = command.name === "mvnw";
  const manifests: readonly Manifests[] = wrapped
    ? [
        { folder: ".mvn", names: [".mvn"] },
        { folder: "", names: ["mvnw", "pom.xml"] },
      ]
    : [{ folder: "", names: ["pom.xml"] }];
  return {
    command: `${command.name ?? "mvn"} ${fetch ?? goal ?? ""}`,
    tool: "mvn",
    manifests: elsewhere || !atHand(program, wrapped) ? undefined : manifests,
    ...(fetch === undefined ? { ahead: `${program} -B dependency:go-offline` } : {}),
    fetches: true,
    caution: "fails where the `pom.xml` has modules",
  };
}

const gradleTasks = wordSet(
  "build assemble jar war bootJar bootWar shadowJar installDist installShadowDist distZip distTar buildFatJar nativeCompile test check",
);

function gradle(command: ShellCommand): DependencyInstall | undefined {
  const words = command.args.map(({ value }) => value ?? "");
  const task = words.find((word) => gradleTasks.has(word.slice(word.lastIndexOf(":") + 1)));
  const fetch = words.includes("dependencies");
  if (task === undefined && !fetch) return undefined;
  const program = command.words[0]?.text ?? "gradle";
  const wrapped = command.name === "gradlew";
  // A task with a colon is of a project in a folder of its own.
  const elsewhere =
    words.some((word) => /^(?:-p|--project-dir|-b|-c)(?:=|$)/.test(word)) || task?.includes(":") === true;
  const files = ["build.gradle*", "settings.gradle*", "gradle.properties*"];
  const manifests: readonly Manifests[] = wrapped
    ? [
        { folder: "gradle", names: ["gradle"] },
        { folder: "", names: ["gradlew", ...files] },
      ]
    : [{ folder: "", names: files }];
  return {
    command: `${command.name ?? "gradle"} ${task ?? "dependencies"}`,
    tool: "gradle",
    manifests: elsewhere || !atHand(program, wrapped) ? undefined : manifests,
    ...(fetch ? {} : { ahead: `${program} dependencies --no-daemon` }),
    fetches: true,
    caution: "projects in other folders fetch theirs as before",
  };
}

/** A wrapper is one of the project's own files; elsewhere it is not known which folder is meant. */
function atHand(program: string, wrapped: boolean): boolean {
  return !wrapped || program.startsWith("./");
}

function cargo(command: ShellCommand): DependencyInstall | undefined {
  const words = command.args.map(({ value }) => value ?? "");
  const subcommand = words.find((word) => !word.startsWith("+")) ?? "";
  if (words.includes("--frozen")) return undefined;
  if (subcommand === "chef") {
    if (!words.includes("cook")) return undefined;
    return { command: "cargo chef cook", tool: "cargo", manifests: undefined, fetches: true, caution: "" };
  }
  const installs = subcommand === "install" && words.some((word) => /^--path(?:=\.\/?$|$)/.test(word));
  if (!installs && !/^(?:b|build|check|test|fetch)$/.test(subcommand)) return undefined;
  const elsewhere = words.some((word) => /^(?:-p|--package|--workspace|--manifest-path|--all)(?:=|$)/.test(word));
  return {
    command: `cargo ${subcommand}`,
    tool: "cargo",
    manifests: elsewhere ? undefined : [{ folder: "", names: ["Cargo.toml", "Cargo.lock*"] }],
    // Without a source file it takes the manifest for broken.
    ahead: "mkdir -p src && touch src/lib.rs src/main.rs && cargo fetch && rm -r src",
    fetches: true,
    caution: "fails where `Cargo.toml` names members, or files of targets",
  };
}

const dotnetValueFlags = wordSet(
  "-c --configuration -f --framework -r --runtime -o --output -a --arch --os -s --source -v --verbosity --version-suffix --packages --configfile",
);

function dotnet(command: ShellCommand): DependencyInstall | undefined {
  const { operands } = commandArguments(command.args, dotnetValueFlags);
  const [subcommand, project] = operands.map(({ value }) => value);
  if (subcommand === undefined || !/^(?:restore|build|publish|test|pack)$/.test(subcommand)) return undefined;
  const named = operands.length > 1 ? (project?.replace(/^\.\//, "") ?? "?") : "";
  const folder = named.slice(0, Math.max(0, named.lastIndexOf("/")));
  // A solution names projects wherever they are.
  const known = named === "" || /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.[a-z]+proj$/.test(named);
  return {
    command: `dotnet ${subcommand}`,
    tool: "dotnet",
    manifests: known ? [{ folder, names: [named === "" ? "*.csproj" : named] }] : undefined,
    ...(subcommand === "restore" ? {} : { ahead: named === "" ? "dotnet restore" : `dotnet restore ${named}` }),
    fetches: true,
    caution: "projects it refers to have to be copied first, too",
  };
}
