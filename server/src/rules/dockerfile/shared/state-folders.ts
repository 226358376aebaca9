import type { Instruction, RunInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import { everyCommand, isShell, type ShellCommand, type ShellWord } from "../../../languages/shell/index.ts";
import { joinPath, nameOf } from "../../../text/path.ts";
import type { Span } from "../../../text/span.ts";
import { folderAt, placeOf } from "./placed-files.ts";
import { bodyOf } from "./run-bodies.ts";
import { userBefore } from "./step-user.ts";

/** A folder of an image that its program is to write to, as far as the file tells. */
export interface StateFolder {
  /** Absolute, without a slash at its end. */
  readonly path: string;
  /** The word that names it. */
  readonly at: Span;
  readonly step: Instruction;
  /** A `VOLUME` declares it, or a `mkdir` makes it and its name says what it is for. */
  readonly kind: "volume" | "made";
}

/** The folders of a stage that its program is to write to, in the order of the file, each once. */
export function stateFolders(stage: Stage): readonly StateFolder[] {
  const found: StateFolder[] = [];
  const add = (folder: StateFolder): void => {
    if (!found.some(({ path }) => path === folder.path)) found.push(folder);
  };
  for (const step of stage.history) {
    if (step.name === "VOLUME") {
      for (const { resolved, span } of step.words) {
        if (resolved?.startsWith("/") !== true) continue;
        const path = joinPath("/", resolved);
        if (!isSpecial(path)) add({ path, at: span, step, kind: "volume" });
      }
    } else if (step.name === "RUN") {
      for (const word of madeIn(stage, step)) {
        if (isForState(word.path)) add({ ...word, step, kind: "made" });
      }
    }
  }
  return found;
}

/** Whether files at an absolute path are what a program writes, and not what it consists of: a volume, a folder with such a name. */
export function isStatePath(stage: Stage, path: string): boolean {
  return isForState(path) || stateFolders(stage).some((folder) => isWithin(path, folder.path));
}

/** Whether a stage may give a folder, or what it lies in, to another user than root, or open it to all, as far as its text tells. */
export function mayBeGiven(stage: Stage, path: string): boolean {
  return stage.history.some((step) => {
    if (step.name === "COPY" || step.name === "ADD") {
      if (step.flag("chown") === undefined && step.flag("chmod") === undefined) return false;
      const to = placeOf(stage, step);
      return to === undefined || touches(to, path);
    }
    if (step.name === "WORKDIR") {
      const to = step.words[0]?.resolved;
      return isPlain(stage, step) && (to === undefined || touches(joinPath(folderAt(stage, step), to), path));
    }
    return step.name === "RUN" && givesIn(stage, step, path);
  });
}

/** Whether one absolute path is another one or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

/** The place of a word of a script, where the script stays in the folder it starts in; `undefined` where that is not known. */
function pathOfWord(stage: Stage, run: RunInstruction, { value, span }: ShellWord): string | undefined {
  if (value === undefined || /[*?[{~]/.test(value)) return undefined;
  if (value.startsWith("/")) return joinPath("/", value);
  const moved = bodyOf(run)?.commands.some(
    ({ name, span: before }) => /^(?:cd|pushd|popd)$/.test(name ?? "") && before.start < span.start,
  );
  return moved === true ? undefined : joinPath(folderAt(stage, run), value);
}

function touches(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function isPlain(stage: Stage, step: Instruction): boolean {
  return userBefore(stage, step)?.root !== true;
}

const givers = /^(?:chown|chgrp|chmod|setfacl|install|useradd|adduser|usermod|rsync|fix-permissions)$/;

function givesIn(stage: Stage, run: RunInstruction, path: string): boolean {
  const script = bodyOf(run);
  if (script === undefined) return true;
  return everyCommand(script).some((command) => {
    if (isOpaque(command)) return true;
    const { name = "", args } = command;
    const made = name === "mkdir" && (isPlain(stage, run) || command.has("-m", "--mode"));
    if (!made && !givers.test(name)) return false;
    const words = name === "chown" || name === "chgrp" || name === "chmod" ? command.operands.slice(1) : args;
    return words.some((word) => {
      if (word.text.startsWith("-") && !word.text.includes("/")) return false;
      if (name === "useradd" || name === "adduser" || name === "usermod") {
        return word.value === undefined || (word.value.includes("/") && isWithin(path, word.value.replace(/^.*=/, "")));
      }
      const place = pathOfWord(stage, run, word);
      return place === undefined || touches(place, path);
    });
  });
}

/** What a script of nobody knows which doings may give to whom. */
function isOpaque({ name, words, operands, inner, joined, prefixes }: ShellCommand): boolean {
  const [word] = words;
  if (word === undefined) return false;
  if (name === undefined || prefixes.includes("xargs") || name === "xargs" || name === "find") return true;
  if (/^\.{1,2}\/|\.\w*sh$|\.py$/.test(word.value ?? "") || name === "." || name === "source") return true;
  return isShell(name) && inner === undefined && (operands.length > 0 || joined === "|");
}

function madeIn(stage: Stage, run: RunInstruction): readonly { readonly path: string; readonly at: Span }[] {
  const script = bodyOf(run);
  return (script?.commands ?? []).flatMap((command) => {
    if (command.name !== "mkdir") return [];
    return command.operands.flatMap((word) => {
      const path = pathOfWord(stage, run, word);
      return path === undefined ? [] : [{ path, at: word.span }];
    });
  });
}

const systemFolders = /^\/(?:bin|boot|dev|etc|home|lib|lib64|proc|root|run|sbin|sys|tmp|usr|opt|var|srv|mnt|media)?$/;
const ofTheSystem = /^\/(?:bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|tmp|home|usr(?!\/src\/))(?:\/|$)/;
const stateNames =
  /^(?:data|data_?dir|uploads?|logs?|storage|cache|caches|db|databases?|state|media|sessions?|tmp|temp|downloads?|backups?|spool|attachments|outputs?|results|reports|recordings|snapshots)$/i;

function isSpecial(path: string): boolean {
  return systemFolders.test(path) || /^\/(?:dev|proc|sys|run|var\/run|tmp|var\/tmp)(?:\/|$)/.test(path);
}

function isForState(path: string): boolean {
  if (isSpecial(path) || ofTheSystem.test(path) || /^\/var\/(?:cache|lib)\/(?:apt|apk|dpkg|yum|dnf)/.test(path))
    return false;
  return stateNames.test(nameOf(path)) || /^\/var\/(?:lib|log|cache|spool|data)\/[^/]/.test(path);
}
