import type { ShellCommand } from "../../../languages/shell/model.ts";
import { packageStep } from "./package-steps.ts";
import type { Statement } from "./statements.ts";

/** Whether the failure of a statement shows in what follows it: packages are not found without lists, nor a program's files in another folder. */
export function isNoticedLater(
  statement: Statement,
  next: Statement | undefined,
  commands: readonly ShellCommand[],
): boolean {
  if (movesOnly(statement)) return next !== undefined && !next.tolerated && isBoundToFolder(next.counting[0]);
  const until = statement.counting.at(-1)?.span.end ?? Infinity;
  return statement.counting
    .map(refreshed)
    .every(
      (lists) =>
        lists !== undefined && commands.some((command) => command.span.start >= until && installsFrom(command, lists)),
    );
}

/** It does nothing but to enter a folder. */
export function movesOnly({ counting }: Statement): boolean {
  return counting.length > 0 && counting.every(({ name }) => name === "cd" || name === "pushd");
}

function refreshed(command: ShellCommand): string | undefined {
  const step = packageStep(command);
  return step?.packages.does === "refresh" ? listsOf(step.packages.manager.name) : undefined;
}

function installsFrom(command: ShellCommand, lists: string): boolean {
  const step = packageStep(command);
  return step?.packages.does === "install" && listsOf(step.packages.manager.name) === lists;
}

function listsOf(manager: string): string {
  return /^(?:micro)?dnf$/.test(manager) ? "yum" : manager;
}

/** Programs that do nothing without the files of the folder they are started in. */
const bound = /^(?:g?make|ninja|meson|mvn|mvnw|gradle|gradlew|ant|cargo|phpize|bundle|rake|sbt|lein|mix)$/;

function isBoundToFolder(command: ShellCommand | undefined): boolean {
  if (command === undefined) return false;
  const { name = "", words, args, operands } = command;
  // `./configure`, `bin/install`
  if (/^[\w.-]+\//.test(words[0]?.value ?? "")) return true;
  const [first] = args;
  switch (name) {
    case "npm":
    case "pnpm":
    case "yarn":
      return /^(?:ci|run|test|build)$/.test(first?.value ?? "");
    case "composer":
    case "poetry":
      return first?.value === "install";
    case "go":
      return /^(?:build|test|generate|vet)$/.test(first?.value ?? "");
    case "pip":
    case "pip3":
      return args.some(({ value }) => value === "-r" || value === "." || value === "-e");
    case "cp":
    case "mv":
    case "sh":
    case "bash":
    case "python":
    case "python3":
    case "php":
    case "perl":
    case "ruby":
    case "node":
      return first !== undefined && first === operands[0] && /^[\w.][\w./-]*$/.test(first.value ?? "");
    default:
      return bound.test(name);
  }
}
