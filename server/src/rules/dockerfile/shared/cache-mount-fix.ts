import { appendToRun } from "../../../languages/dockerfile/edit.ts";
import { type SystemCache, systemCacheOf } from "../../../knowledge/package-managers/build-caches.ts";
import type { DockerfileModel, RunInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { type TextEdit, insert, mergeEdits } from "../../../text/edit.ts";
import { touches } from "../../../text/span.ts";
import { type CacheMount, type Download, downloadsOf, mountsFor } from "./cached-downloads.ts";
import { deletedWords, deletes } from "./cleaning.ts";
import { insertCommandBefore } from "./command-before.ts";
import { commandsOf, packageStep, withFlag } from "./package-steps.ts";
import { removeStep, removeWords } from "./removal.ts";
import { type RunBody, bodyOf, instructionsBefore } from "./run-bodies.ts";

/** The flag of a RUN: `--mount=type=cache,target=/root/.npm`. */
export function mountFlag({ target, locked, owner }: CacheMount): string {
  const shared = locked ? ",sharing=locked" : "";
  return `--mount=type=cache,target=${target}${shared}${owner === undefined ? "" : `,uid=${owner.uid},gid=${owner.gid}`}`;
}

/** The mounts of several downloads, each place once. */
export function mountsOf(found: readonly { readonly mounts: readonly CacheMount[] }[]): readonly CacheMount[] {
  return [...new Map(found.flatMap(({ mounts }) => mounts).map((mount) => [mount.target, mount])).values()];
}

/** A download of a RUN with the mounts that keep it. */
export interface Kept {
  readonly download: Download;
  readonly mounts: readonly CacheMount[];
}

/**
 * Edits that change nothing, where a fix that keeps the cache out of the layer would write: it then waits for this one, and is not needed any more.
 * With both at once, the mount would stay empty.
 */
export function insteadOfCleaning(
  model: DockerfileModel,
  run: RunInstruction,
  kept: readonly Kept[],
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const flags = kept.flatMap(({ download }) => {
    const step = packageStep(download.command);
    return step === undefined ? [] : [withFlag({ run, script }, step, "-")];
  });
  const end = appendToRun(model, run, "true");
  return [...flags, ...(end === undefined ? [] : [end])]
    .map(({ span }) => insert(span.start, ""))
    .filter(({ span }) => !edits.some((edit) => touches(edit.span, span)));
}

/** What of a RUN's downloads can be kept. */
export function keptOf(model: DockerfileModel, run: RunInstruction): readonly Kept[] {
  return downloadsOf(run).flatMap((download) => {
    const mounts = mountsFor(model, run, download);
    return mounts === undefined ? [] : [{ download, mounts }];
  });
}

/**
 * Gives a RUN its mounts and takes out what would empty them. Where later commands read what is in one, their RUNs get it too. `undefined` where
 * something in the way cannot be taken out.
 */
export function mountEdits(
  model: DockerfileModel,
  run: RunInstruction,
  kept: readonly Kept[],
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const own = editsOf(model, run, kept);
  if (own === undefined) return undefined;
  edits.push(...own);
  const needed = kept.filter(({ download }) => download.cache?.needed === true);
  if (needed.length > 0) {
    for (const other of model.instructions) {
      if (other.name !== "RUN" || other === run || other.stage === undefined) continue;
      if (other.stage !== run.stage && !other.stage.history.some(({ span }) => span.start === run.span.start)) continue;
      const using = needed.filter(({ download }) => uses(other, download));
      if (using.length === 0 || other.mounts.some(({ type }) => type === "cache")) continue;
      const more = editsOf(model, other, [...using, ...keptOf(model, other)]);
      if (more === undefined) return undefined;
      edits.push(...more);
    }
  }
  return mergeEdits(edits) === undefined ? undefined : edits;
}

function uses(run: RunInstruction, { cache }: Download): boolean {
  const script = bodyOf(run);
  return (
    script !== undefined &&
    commandsOf(script).some(({ name }) => name !== undefined && cache?.programs.has(name) === true)
  );
}

function editsOf(model: DockerfileModel, run: RunInstruction, kept: readonly Kept[]): readonly TextEdit[] | undefined {
  const script = bodyOf(run);
  if (script === undefined || script.broken) return undefined;
  const body: RunBody = { run, script };
  const mounts = mountsOf(kept);
  const edits: TextEdit[] = [flagsEdit(model, run, mounts.map(mountFlag))];
  const commands = commandsOf(script);
  const managers = new Set(kept.flatMap(({ download }) => packageStep(download.command)?.packages.manager.name ?? []));
  for (const command of commands) {
    const step = packageStep(command);
    const cleans = step?.packages.does === "clean" && managers.has(step.packages.manager.name);
    const gone = cleans ? withoutStep(model, body, command) : withoutWords(model, body, command, mounts);
    if (gone === undefined) return undefined;
    edits.push(...gone);
  }
  for (const { download } of kept) {
    const cache = systemOf(run, download);
    const empty = cache?.keepsEmpty ?? ["--no-cache-dir"];
    edits.push(
      ...removeWords(
        model,
        body,
        download.command.args.filter(({ text }) => empty.includes(text)),
      ),
    );
    if (download.step === undefined || cache?.fill === undefined) continue;
    if (!download.command.words.some(({ text }) => text.includes("keepcache")))
      edits.push(withFlag(body, download.step, cache.fill));
  }
  const hook = kept.map(({ download }) => systemOf(run, download)?.hook).find((path) => path !== undefined);
  const first = commands.find(({ name }) => name !== "set");
  if (hook === undefined || first === undefined || mentions(model, run, hook)) return edits;
  const removal = insertCommandBefore(model, body, first, `rm -f ${hook}`);
  return removal === undefined ? undefined : [...edits, removal];
}

function systemOf({ stage }: RunInstruction, { step }: Download): SystemCache | undefined {
  if (step === undefined || stage?.baseFacts === undefined) return undefined;
  return systemCacheOf(step.packages.manager.name, stage.baseFacts);
}

function withoutStep(model: DockerfileModel, body: RunBody, command: ShellCommand): readonly TextEdit[] | undefined {
  const edit = removeStep(model, body, command);
  return edit && [edit];
}

/** What a command deletes of the mounts' folders, taken out of it. */
function withoutWords(
  model: DockerfileModel,
  body: RunBody,
  command: ShellCommand,
  mounts: readonly CacheMount[],
): readonly TextEdit[] | undefined {
  const targets = mounts.map(({ target }) => target);
  if (!deletes(command, targets)) return [];
  const words = deletedWords(command, targets);
  if (words.length === command.operands.length) return withoutStep(model, body, command);
  return command.name === "rm" ? removeWords(model, body, words) : undefined;
}

/** Whether the file sees to it already. */
function mentions(model: DockerfileModel, run: RunInstruction, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (model.text.slice(run.span.start, run.span.end).includes(name)) return true;
  for (const { span } of instructionsBefore(model, run)) {
    if (model.text.slice(span.start, span.end).includes(name)) return true;
  }
  return false;
}

/** One mount goes before what runs; several, or one in front of several lines, get a line each. */
function flagsEdit(model: DockerfileModel, run: RunInstruction, flags: readonly string[]): TextEdit {
  const { start, end } = run.argumentsSpan;
  const lines = model.text.slice(start, end).includes("\n");
  const oneLine = run.heredocs.length > 0 || (flags.length === 1 && !lines);
  const next = oneLine ? " " : ` ${model.escape}${model.lineEnding}    `;
  return insert(start, flags.map((flag) => flag + next).join(""));
}
