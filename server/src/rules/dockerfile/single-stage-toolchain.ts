import { defineRule } from "../../engine/rule.ts";
import type { Instruction, RunInstruction } from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../languages/shell/index.ts";
import { bottomOf } from "./shared/final-image.ts";
import { isForDevelopment } from "./shared/development.ts";
import { linksC } from "./shared/native-builds.ts";
import { startsPrompt } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "single-stage-toolchain",
  summary: "The image ships the compiler that the program was built with.",
  why: `A compiler, its headers, the package cache and the sources make an image ten times the size of the program: that much more to pull when a node is new or a
pod moves, to store, and to scan. Most flaws that scanners report are in tools that the program never uses, and whoever breaks in finds a workshop.

Give the build a stage of its own (\`FROM golang:1.27 AS build\`), and let the last stage start from something small and \`COPY --from=build\` the result. Images
that are meant to compile, for a pipeline or for development, are the exception.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["droast:DF011", "tally:prefer-multi-stage-build", "tally:gpu/prefer-runtime-final-stage"],
  references: ["https://docs.docker.com/build/building/multi-stage/"],
  fix: null,
  examples: [
    {
      bad: 'FROM golang:1.27-alpine\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY cmd ./cmd\nRUN go build -o /bin/app ./cmd/app && adduser -S app\nUSER app\nCMD ["/bin/app"]\n',
      good: 'FROM golang:1.27-alpine AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY cmd ./cmd\nRUN CGO_ENABLED=0 go build -o /bin/app ./cmd/app\n\nFROM alpine:3.23\nCOPY --from=build /bin/app /bin/app\nRUN adduser -S app\nUSER app\nCMD ["/bin/app"]\n',
    },
  ],
  reads: "workspace",
  *check({ finalStage }, _options, { path }) {
    if (finalStage === undefined || isForDevelopment(path, finalStage)) return;
    const toolchain = finalStage.baseFacts?.toolchain;
    const word = bottomOf(finalStage).from.imageWord;
    if (toolchain === undefined || word === undefined) return;
    // What starts nothing is a tool for others to build with.
    if (finalStage.last("CMD") === undefined && finalStage.last("ENTRYPOINT") === undefined) return;
    if (startsPrompt(finalStage)) return;
    const compiling = compilation(finalStage.history, finalStage.baseFacts?.runtime === "java" ? forJava : undefined);
    if (compiling === undefined) return;
    const { run, command } = compiling;
    const c = command.name === "go" ? linksC(finalStage, run, command) : undefined;
    const without = c === "default" ? " with `CGO_ENABLED=0`" : "";
    const runtimeImage = c === "asked" ? glibcRuntime : toolchain.runtimeImage;
    yield {
      at: word.span,
      message: `The image ships ${toolchain.what}: build${without} in a stage of its own and copy the result into one from, say, \`${runtimeImage}\`.`,
      related: [{ at: command.nameSpan, message: "The program is built here." }],
    };
  },
});

/** Has a C library, and nothing more that a Go program may want. */
const glibcRuntime = "gcr.io/distroless/base-debian13:nonroot";

interface Compilation {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
}

/** `make` and a C compiler tell nothing of a Java program: they build what it links to. */
const forJava = /^(?:mvnw?|gradlew?|javac|scalac|kotlinc)$/;

/** The first command that compiles, of these programs where some are given. */
function compilation(instructions: readonly Instruction[], programs?: RegExp): Compilation | undefined {
  for (const instruction of instructions) {
    if (instruction.name !== "RUN" || instruction.script === undefined) continue;
    for (const command of everyCommand(instruction.script)) {
      if (programs?.test(command.name ?? "") !== false && compiles(command)) return { run: instruction, command };
    }
  }
  return undefined;
}

const builds: ReadonlyMap<string, RegExp> = new Map([
  ["go", /^(?:build|install)$/],
  ["cargo", /^(?:build|install|b|chef)$/],
  ["dotnet", /^(?:build|publish|msbuild|pack)$/],
  ["mvn", /^(?:package|install|verify|compile|deploy)$/],
  ["mvnw", /^(?:package|install|verify|compile|deploy)$/],
  ["gradle", /^:?(?:[\w-]+:)*(?:build|assemble|jar|bootJar|shadowJar|installDist|fatJar|war)$/],
  ["gradlew", /^:?(?:[\w-]+:)*(?:build|assemble|jar|bootJar|shadowJar|installDist|fatJar|war)$/],
  ["swift", /^build$/],
  ["stack", /^(?:build|install)$/],
  ["cabal", /^(?:build|install|v2-build|v2-install|new-build)$/],
  ["mix", /^(?:release|compile|escript\.build)$/],
  ["rebar3", /^(?:release|as|compile|escriptize)$/],
  ["dart", /^compile$/],
  ["xcaddy", /^build$/],
  ["cmake", /^--build$/],
]);

const compilers =
  /^(?:make|ninja|javac|rustc|ghc|swiftc|nvcc|scalac|kotlinc|(?:[\w]+-)*(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(?:-\d+)?)$/;

function compiles(command: ShellCommand): boolean {
  const { name, args } = command;
  if (name === undefined) return false;
  if (compilers.test(name)) return !command.has("--version");
  const goal = builds.get(name);
  if (goal === undefined) return false;
  // A tool by its name and version is installed, not built from this project.
  if (args.some(({ text }) => /^[\w./-]+@[\w.$-]+$/.test(text))) return false;
  if (name === "cargo" && args[0]?.value === "install" && !command.has("--path")) return false;
  return args.some(({ value }) => value !== undefined && goal.test(value));
}
