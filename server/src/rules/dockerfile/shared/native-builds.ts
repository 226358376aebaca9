import type { Instruction, RunInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../../languages/shell/index.ts";
import { joinPath, nameOf } from "../../../text/path.ts";
import { folderAt } from "./placed-files.ts";

/** A command of a stage that compiles a program which is linked to the C library of that stage. */
export interface LinkedBuild {
  readonly language: "go" | "rust";
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  /** Whether the file itself asks for C code to be linked in, so that it may be needed. */
  readonly asked: boolean;
}

/**
 * The command of a stage that wrote a file and linked it dynamically, as far as the stage tells; `undefined` where it is linked statically, where
 * nothing is known to have written the file, and where a variable decides.
 */
export function linkedBuildOf(stage: Stage, path: string): LinkedBuild | undefined {
  const { family, libc } = stage.baseFacts ?? {};
  if (libc !== "glibc" && libc !== "musl") return undefined;
  for (const run of stage.history) {
    if (run.name !== "RUN" || run.script === undefined) continue;
    const commands = everyCommand(run.script);
    for (const command of commands) {
      const [subcommand] = command.args.map(({ value }) => value);
      if (command.name === "go" && (subcommand === "build" || subcommand === "install")) {
        if (!goWrites(stage, run, command, path)) continue;
        const cgo = linksC(stage, run, command);
        return cgo === undefined ? undefined : { language: "go", run, command, asked: cgo === "asked" };
      }
      // On musl, Rust links statically of itself.
      if (command.name === "cargo" && subcommand === "build" && family !== undefined && libc === "glibc") {
        if (!/(?:^|\/)target\/(?:release|debug)\/[^/]+$/.test(path)) continue;
        return isStaticRust(stage, run, command, commands)
          ? undefined
          : { language: "rust", run, command, asked: false };
      }
    }
  }
  return undefined;
}

/** Whether a `go build` may have written a file: by its `-o`, or into the folder it stands in. */
function goWrites(stage: Stage, run: RunInstruction, command: ShellCommand, path: string): boolean {
  const folder = folderAt(stage, run);
  const words = command.args.map(({ value }) => value);
  const at = words.findIndex((word) => word === "-o" || word?.startsWith("-o=") === true);
  if (words[0] === "install") return /\/bin\/[^/]+$/.test(path);
  if (at < 0) return path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes("/");
  const output = words[at]?.startsWith("-o=") === true ? words[at].slice("-o=".length) : words[at + 1];
  if (output === undefined) return false;
  const absolute = joinPath(folder, output);
  if (absolute === path || path.startsWith(`${absolute}/`) || absolute.startsWith(`${path}/`)) return true;
  // A `cd` before it may have led elsewhere.
  return !output.startsWith("/") && nameOf(output) === nameOf(path) && moves(run);
}

function moves({ script }: RunInstruction): boolean {
  return script?.commands.some(({ name }) => name === "cd" || name === "pushd") ?? false;
}

/**
 * Whether a `go build` links to the C library. `default`: Go finds a C compiler and uses it where a package can; `asked`: the file says so. `undefined`: it
 * does not, or there is no telling.
 */
export function linksC(stage: Stage, run: RunInstruction, command: ShellCommand): "default" | "asked" | undefined {
  const commands = run.script === undefined ? [] : everyCommand(run.script);
  if (
    command.args.some(
      ({ text, value }) => /-static|netgo|-buildmode/.test(text) || (value === undefined && /^"?\$/.test(text)),
    )
  )
    return undefined;
  const system = settingOf("GOOS", stage, run, command, commands);
  const machine = settingOf("GOARCH", stage, run, command, commands);
  if (system.said && system.value !== "linux") return undefined;
  const cgo = settingOf("CGO_ENABLED", stage, run, command, commands);
  if (cgo.said) return cgo.value === "1" ? "asked" : undefined;
  // For another machine than the builder's own, Go leaves C out by itself.
  if (machine.said && machine.value !== "amd64") return undefined;
  const { family, libc } = stage.baseFacts ?? {};
  return family === "golang" && libc === "glibc" ? "default" : undefined;
}

function isStaticRust(
  stage: Stage,
  run: RunInstruction,
  command: ShellCommand,
  commands: readonly ShellCommand[],
): boolean {
  const flags = settingOf("RUSTFLAGS", stage, run, command, commands);
  const target = settingOf("CARGO_BUILD_TARGET", stage, run, command, commands);
  if (target.said || (flags.said && (flags.value === undefined || flags.value.includes("crt-static")))) return true;
  return command.args.some(({ text, value }) => /^--target\b/.test(text) || value === undefined);
}

interface Setting {
  readonly said: boolean;
  /** `undefined` where a variable decides. */
  readonly value: string | undefined;
}

/** A variable as a command sees it: of its own line, exported before it, or of the stage. */
function settingOf(
  name: string,
  stage: Stage,
  run: RunInstruction,
  command: ShellCommand,
  commands: readonly ShellCommand[],
): Setting {
  const own = command.assignments.find((assignment) => assignment.name === name);
  if (own !== undefined) return { said: true, value: own.value };
  for (const before of commands) {
    if (before === command) break;
    if (before.name !== "export" && !(before.name === "go" && before.args[0]?.value === "env")) continue;
    const word = before.args.find(({ text }) => text.startsWith(`${name}=`));
    if (word !== undefined) return { said: true, value: word.value?.slice(name.length + 1) };
  }
  let setting: Setting = { said: false, value: undefined };
  for (const instruction of stage.history) {
    if (instruction.span.start >= run.span.start) break;
    setting = setBy(instruction, name) ?? setting;
  }
  return setting;
}

function setBy(instruction: Instruction, name: string): Setting | undefined {
  if (instruction.name === "ENV" || instruction.name === "ARG") {
    const pair = instruction.pairs.find((candidate) => candidate.name === name);
    return pair === undefined ? undefined : { said: true, value: pair.resolved };
  }
  if (instruction.name !== "RUN" || instruction.script === undefined) return undefined;
  for (const { name: program, args } of instruction.script.commands) {
    if (program !== "go" || args[0]?.value !== "env") continue;
    const word = args.find(({ text }) => text.startsWith(`${name}=`));
    if (word !== undefined) return { said: true, value: word.value?.slice(name.length + 1) };
  }
  return undefined;
}
