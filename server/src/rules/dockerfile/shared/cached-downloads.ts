import { type BuildCache, buildCacheOf, systemCacheOf } from "../../../knowledge/package-managers/build-caches.ts";
import type { DockerfileModel, RunInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { commandOf } from "./final-image.ts";
import { type PackageStep, commandsOf, packageStep } from "./package-steps.ts";
import { bodyOf, instructionsBefore } from "./run-bodies.ts";

/** A command that downloads what a cache mount would keep. */
export interface Download {
  readonly command: ShellCommand;
  /** For a message: `go mod download`. */
  readonly label: string;
  /** Of a distribution's package manager; its cache is a matter of the image. */
  readonly step: PackageStep | undefined;
  /** Of a language's program. */
  readonly cache: BuildCache | undefined;
}

/** A mount that keeps downloads from build to build. */
export interface CacheMount {
  readonly target: string;
  readonly locked: boolean;
  /** Whose the folder must be, where that is not root. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

/** What a RUN downloads, as far as its own text tells; nothing where it has a cache mount, or no network. */
export function downloadsOf(run: RunInstruction): readonly Download[] {
  if (run.mounts.some(({ type }) => type === "cache") || run.flag("network")?.value === "none") return [];
  const script = bodyOf(run);
  return script === undefined ? [] : commandsOf(script).flatMap((command) => downloadOf(command) ?? []);
}

function downloadOf(command: ShellCommand): Download | undefined {
  const { name } = command;
  if (name === undefined) return undefined;
  const step = packageStep(command);
  if (step?.packages.manager.scope === "system") {
    const { does, operands } = step.packages;
    const installs = (does === "install" && operands.length > 0) || does === "upgrade";
    return installs ? { command, label: step.label, step, cache: undefined } : undefined;
  }
  const cache = buildCacheOf(step?.packages.manager.name ?? name);
  if (cache === undefined || command.args.some(({ text, value }) => cache.avoided.test(value ?? text)))
    return undefined;
  if (name === "yarn" && !command.args.some(({ value, text }) => firstYarn.test(value ?? text))) return undefined;
  const asked = askedOf(command, step, cache);
  return asked === undefined
    ? undefined
    : { command, label: `${step?.label.split(" ")[0] ?? name} ${asked}`.trim(), step: undefined, cache };
}

const firstYarn =
  /^--(?:frozen-lockfile|pure-lockfile|production|prod|non-interactive|ignore-\w+|network-timeout)(?:=|$)/;

/** The words by which a program is told to download. */
function askedOf(command: ShellCommand, step: PackageStep | undefined, cache: BuildCache): string | undefined {
  const words = command.operands.map(({ value }) => value ?? "");
  if (cache.goals === true) {
    return words.find(
      (word) => cache.downloads.has(word) || cache.downloads.has(word.slice(word.lastIndexOf(":") + 1)),
    );
  }
  const first = step?.packages.subcommandIndex === undefined ? words[0] : step.packages.subcommand;
  if (first === undefined) return cache.byDefault === true ? "" : undefined;
  const two = `${first} ${words[1] ?? ""}`;
  if (cache.downloads.has(two)) return two;
  return cache.downloads.has(first) ? first : undefined;
}

/** The mounts that keep a download; `undefined` where the place of the cache is not known, or the image needs what is in it. */
export function mountsFor(
  model: DockerfileModel,
  run: RunInstruction,
  download: Download,
): readonly CacheMount[] | undefined {
  const { stage } = run;
  const runner = runnerOf(model, run);
  if (stage === undefined || run.onbuild || runner === undefined) return undefined;
  const { step, cache } = download;
  if (step !== undefined) {
    const found =
      stage.baseFacts && runner.owner === undefined && systemCacheOf(step.packages.manager.name, stage.baseFacts);
    return found ? found.targets.map((target) => ({ target, locked: true, owner: undefined })) : undefined;
  }
  if (cache === undefined) return undefined;
  if (cache.families !== undefined && !cache.families.includes(stage.baseFacts?.family ?? "")) return undefined;
  if (setsOne(model, run, download.command, cache.variables)) return undefined;
  const places = (runner.owner === undefined ? undefined : cache.userTargets) ?? cache.targets;
  const targets = places.map((place) => place.replace(/^~/, runner.home));
  if (cache.needed && isNeededLater(model, stage, cache, targets)) return undefined;
  return targets.map((target) => ({ target, locked: cache.locked, owner: runner.owner }));
}

interface Runner {
  readonly home: string;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

/** Families whose user has a home directory below `/home`. */
const homes: ReadonlySet<string> = new Set(["node", "bun", "gradle"]);

/** Who carries out a RUN; `undefined` where that or the home directory is not known. */
function runnerOf(model: DockerfileModel, run: RunInstruction): Runner | undefined {
  let named: string | undefined;
  for (const before of instructionsBefore(model, run)) {
    if (before.name === "ENV" && before.pairs.some(({ name }) => name === "HOME")) return undefined;
    if (before.name === "USER") named = before.words[0]?.resolved?.split(":")[0] ?? "";
  }
  const facts = run.stage?.baseFacts;
  if (named === undefined) {
    if (facts?.user.uid !== 0) return undefined;
    return { home: "/root", owner: undefined };
  }
  if (named === "root" || named === "0") return { home: "/root", owner: undefined };
  const own = facts?.nonRootUser;
  if (own === undefined || (named !== own.name && named !== String(own.uid))) return undefined;
  return homes.has(facts?.family ?? "") ? { home: `/home/${own.name}`, owner: own } : undefined;
}

function setsOne(
  model: DockerfileModel,
  run: RunInstruction,
  command: ShellCommand,
  variables: ReadonlySet<string>,
): boolean {
  if (command.assignments.some(({ name }) => variables.has(name))) return true;
  const script = bodyOf(run);
  if (
    script?.commands.some(
      ({ name, args }) => name === "export" && args.some(({ text }) => variables.has(text.split("=")[0] ?? "")),
    )
  )
    return true;
  for (const before of instructionsBefore(model, run)) {
    if ((before.name === "ENV" || before.name === "ARG") && before.pairs.some(({ name }) => variables.has(name)))
      return true;
  }
  return false;
}

/** Whether what is in a cache has to be in a layer: another stage copies it, or the program is what the image runs. */
function isNeededLater(model: DockerfileModel, stage: Stage, cache: BuildCache, targets: readonly string[]): boolean {
  for (const instruction of model.instructions) {
    if (instruction.name !== "COPY" || instruction.from === undefined) continue;
    for (const { value } of instruction.sources) {
      const source = value.replace(/\/+$/, "");
      if (targets.some((target) => `${target}/`.startsWith(`${source}/`) || source.startsWith(`${target}/`)))
        return true;
    }
  }
  if (!stage.shipped || model.finalStage === undefined) return false;
  const final = model.finalStage;
  const started = commandOf(final, "ENTRYPOINT") ?? commandOf(final, "CMD");
  const program = started?.elements?.[0] ?? started?.script?.commands.at(-1)?.name;
  if (program === undefined) return true;
  const name = program.slice(program.lastIndexOf("/") + 1);
  return cache.programs.has(name) || /^(?:ba|da|z)?sh$|^make$|\.sh$/.test(name);
}
