import type { DockerfileModel, Instruction, RunInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { deletes, mounted } from "./cleaning.ts";
import { installsNothing, setsUp } from "./installing-nothing.ts";
import { type PackageStep, commandsOf, packageStep } from "./package-steps.ts";
import { type RunBody, bodyOf } from "./run-bodies.ts";

/**
 * Package managers that work from the lists a command fetched before, however old these are. The Red Hat family's and zypper fetch lists anew
 * once they have expired.
 */
export type ListKeeper = "apt-get" | "apk";

/** Where they keep them. */
const listDirectories: Readonly<Record<ListKeeper, readonly string[]>> = {
  "apt-get": ["/var/lib/apt/lists"],
  apk: ["/var/cache/apk"],
};

/** A command that fetches lists which are still there when its RUN ends. */
export interface Refresh {
  readonly body: RunBody;
  readonly step: PackageStep;
  readonly keeper: ListKeeper;
  /** Nothing behind it in its RUN reads them, nor runs a program that might. */
  readonly alone: boolean;
}

/** What lists are fetched in a RUN and kept in its layer: the last time for each package manager, as far as the RUN's own text tells. */
export function refreshesOf(run: RunInstruction): readonly Refresh[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const commands = commandsOf(script);
  return keepers.flatMap((keeper): readonly Refresh[] => {
    const index = commands.findLastIndex((command) => stepOf(command, keeper)?.packages.does === "refresh");
    const command = commands[index];
    const step = command && stepOf(command, keeper);
    if (step === undefined || mounted(run.mounts, listDirectories[keeper])) return [];
    const after = commands.slice(index + 1);
    if (after.some((other) => drops(other, keeper))) return [];
    const alone = after.every((other) => !reads(other, keeper) && installsNothing(other));
    return [{ body: { run, script }, step, keeper, alone }];
  });
}

const keepers: readonly ListKeeper[] = ["apt-get", "apk"];

/** A step of a later RUN that reads the lists. */
export interface Reader {
  readonly body: RunBody;
  readonly step: PackageStep;
}

/** What becomes of lists behind the RUN that fetched them. */
export interface Afterwards {
  /** The first step of every RUN that reads them, in the order of the file. */
  readonly readers: readonly Reader[];
  /** Programs run that may read them: there is no telling. */
  readonly unsure: boolean;
  /** Among them is one that is likely to. */
  readonly likely: boolean;
}

/** Follows lists from layer to layer, through all stages based on theirs, until they are fetched again or removed. */
export function afterwards(model: DockerfileModel, { body, keeper }: Refresh): Afterwards {
  const { run } = body;
  const readers: Reader[] = [];
  let unsure = false;
  let likely = false;
  const holding = new Set([run.stage]);
  for (const written of model.instructions) {
    const instruction = written.name === "ONBUILD" ? written.trigger : written;
    if (instruction === undefined || instruction.span.start <= run.span.start) continue;
    const { stage } = instruction;
    if (instruction.name === "FROM") {
      if (!run.onbuild && stage?.parent !== undefined && holding.has(stage.parent)) holding.add(stage);
      continue;
    }
    if (instruction.name !== "RUN" || instruction.onbuild !== run.onbuild || !holding.has(stage)) continue;
    const found = readIn(instruction, keeper);
    if (found.reader !== undefined) readers.push(found.reader);
    unsure ||= found.unsure;
    likely ||= found.likely;
    if (found.ends) holding.delete(stage);
    if (holding.size === 0) break;
  }
  return { readers, unsure, likely };
}

interface Reading {
  readonly reader?: Reader;
  readonly unsure: boolean;
  readonly likely: boolean;
  /** The lists are fetched again or removed. */
  readonly ends: boolean;
}

function readIn(run: RunInstruction, keeper: ListKeeper): Reading {
  const script = bodyOf(run);
  if (script === undefined) return { unsure: true, likely: false, ends: false };
  let reader: Reader | undefined;
  let unsure = false;
  let likely = false;
  let ends = false;
  for (const command of commandsOf(script)) {
    const step = stepOf(command, keeper);
    ends = drops(command, keeper) || (step !== undefined && (step.packages.does === "refresh" || renews(step)));
    if (ends) break;
    if (step !== undefined && reads(command, keeper)) reader ??= { body: { run, script }, step };
    else if (step === undefined && !installsNothing(command)) unsure = true;
    likely ||= setsUp(command);
  }
  return { ...(reader === undefined ? {} : { reader }), unsure, likely, ends };
}

function stepOf(command: ShellCommand, keeper: ListKeeper): PackageStep | undefined {
  const step = packageStep(command);
  return step?.packages.manager.name === keeper ? step : undefined;
}

const others = /^(?:build-dep|source|download|satisfy|show|list|search|policy|reinstall|fetch)$/;

function reads(command: ShellCommand, keeper: ListKeeper): boolean {
  if (command.name === "apt-cache") return keeper === "apt-get";
  const step = stepOf(command, keeper);
  if (step === undefined || refreshesItself(step)) return false;
  const { does, subcommand } = step.packages;
  return does === "install" || does === "upgrade" || others.test(subcommand ?? "");
}

/** `apk` with an index of its own, which is not kept, or with a fresh one. */
function refreshesItself(step: PackageStep): boolean {
  return renews(step) || step.command.has("--no-cache");
}

/** `apk add --update` */
function renews(step: PackageStep): boolean {
  return (
    step.packages.manager.name === "apk" &&
    step.command.has("-U", "--update", "--update-cache") &&
    !step.command.has("--no-cache")
  );
}

function drops(command: ShellCommand, keeper: ListKeeper): boolean {
  if (deletes(command, listDirectories[keeper])) return true;
  const subcommand = stepOf(command, keeper)?.packages.subcommand;
  return subcommand === "distclean" || subcommand === "dist-clean";
}

/** Whether an instruction is a RUN that does nothing but fetch lists and tidy up. */
export function onlyRefreshes(instruction: Instruction, keeper: ListKeeper): boolean {
  if (instruction.name !== "RUN") return false;
  const commands = bodyOf(instruction)?.commands ?? [];
  return commands.every((command) => {
    if (command.name === "set" || drops(command, keeper)) return true;
    const does = stepOf(command, keeper)?.packages.does;
    return does === "refresh" || does === "clean";
  });
}
