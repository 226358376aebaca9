import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { FileConfig } from "../engine/config.ts";
import { type Kind, type ParsedFile, parseFile } from "../languages/index.ts";
import {
  besideFacts,
  createWorkspace,
  factsOf,
  ignoreFacts,
  type ShellComments,
  type WorkspaceView,
} from "../workspace/index.ts";
import type { Configs } from "./config-files.ts";
import { readText, type TextFile } from "./files.ts";
import { repositoryOf } from "./ignored.ts";
import { isWithin, shownFrom } from "./paths.ts";
import type { Notice } from "./result.ts";
import { lookAround } from "./surroundings.ts";
import { reasonOf, walk } from "./walk.ts";

/** The files under one path of the command line, or those of one repository that it names. They may see each other, and what they refer to; nothing else does. */
export interface Project {
  readonly files: readonly ProjectFile[];
  /** What was not read and why, one line each. */
  readonly notices: readonly Notice[];
  view(file: ProjectFile): WorkspaceView;
  /** The file's text, and its model if that was kept; the second time as it is then. Throws what the file system throws. */
  open(file: ProjectFile): OpenFile;
  /** As `open`, and leaves the model for whoever opens it next. */
  look(file: ProjectFile): OpenFile;
  /** Takes note of what ShellCheck says of a file's scripts. */
  setShellComments(file: ProjectFile, comments: ShellComments): void;
  /** Takes note that a file's text changed, so that the others see it. */
  changed(file: ProjectFile, text: string): void;
  /** Takes note of what is now in a file that the others ask for, by the engine's path. */
  refreshed(path: string, text: string): void;
  /** Absolute path of a file that the engine speaks of. */
  absolute(path: string): string;
  /** The engine's path of a file. */
  relative(absolutePath: string): string;
}

/** A file of ours, found in the first pass. */
export interface ProjectFile {
  /** Absolute. */
  readonly absolutePath: string;
  /** As the engine knows it: from the project's root, with `/`. */
  readonly path: string;
  readonly kind: Kind;
  readonly config: FileConfig;
}

/** A file read to be checked; `parsed` only where its model was kept from the first pass. */
export interface OpenFile extends TextFile {
  readonly parsed: ParsedFile | undefined;
}

/** Models of so many UTF-16 code units of text are kept from the first pass to the second; files beyond are read and parsed again. */
const keptText = 500_000;

/**
 * Paths of the command line (absolute) by the project that they make: a folder one, and files that have one root one together, so that what lies around them is
 * read once however many a hook hands over.
 */
export function operandsByProject(operands: readonly string[], cwd: string): readonly (readonly string[])[] {
  const projects: string[][] = [];
  const ofFiles = new Map<string, string[]>();
  for (const operand of operands) {
    const isFolder = statSync(operand).isDirectory();
    const root = rootOf(operand, cwd, isFolder);
    const known = isFolder ? undefined : ofFiles.get(root);
    if (known !== undefined) {
      known.push(operand);
      continue;
    }
    const project = [operand];
    projects.push(project);
    if (!isFolder) ofFiles.set(root, project);
  }
  return projects;
}

/**
 * Reads what lies under the operands (absolute: a folder, or files with one root) once, for what the files tell each other. A file named itself is read
 * whatever `.gitignore` says of it. `onFile` is called before each file, with how many there are so far.
 */
export function openProject(options: {
  readonly operands: readonly string[];
  readonly cwd: string;
  readonly configs: Configs;
  readonly onFile: (index: number) => void;
  /** Stands for a file's text, for one that comes from standard input. */
  readonly given?: { readonly path: string; readonly text: string };
}): Project {
  const { operands, cwd, configs, given } = options;
  const [first = cwd] = operands;
  const isFolder = given === undefined && statSync(first).isDirectory();
  const root = rootOf(first, cwd, isFolder);
  const workspace = createWorkspace();
  const notices: Notice[] = [];
  const files: ProjectFile[] = [];
  const kept = new Map<string, OpenFile>();
  let room = keptText;
  let met = 0;

  const relativePath = (path: string): string => shownFrom(root, path);
  const read = (path: string): TextFile =>
    given?.path === path ? { text: given.text, mark: false, faithful: true } : readText(path);

  const take = (absolutePath: string, named: boolean): void => {
    options.onFile(met++);
    const config = configs.for(absolutePath, root);
    if (config.excluded) return;
    const path = relativePath(absolutePath);
    let file: TextFile;
    try {
      file = read(absolutePath);
    } catch (error) {
      // hardly any JSON file of a repository is a manifest
      if (!named && path.endsWith(".json")) return;
      notices.push({ text: `${shownFrom(cwd, absolutePath)}: ${reasonOf(error)}`, failure: named });
      return;
    }
    const { text } = file;
    const parsed = parseFile({ path, text });
    if (parsed === undefined) {
      if (named && !/\.(?:ya?ml|json)$/i.test(path)) {
        const text = `${shownFrom(cwd, absolutePath)}: neither a Dockerfile nor a Compose file nor a Kubernetes manifest`;
        notices.push({ text, failure: false });
      }
      return;
    }
    workspace.set(factsOf(parsed));
    files.push({ absolutePath, path, kind: parsed.kind, config });
    if (text.length <= room) {
      room -= text.length;
      kept.set(absolutePath, { ...file, parsed });
    }
  };

  if (isFolder) {
    for (const step of walk(first, (path) => configs.for(path, root).excluded)) {
      if ("file" in step) take(step.file, false);
      else notices.push({ text: `${shownFrom(cwd, step.unreadable)}: ${step.reason}`, failure: false });
    }
  } else for (const operand of operands) take(operand, true);

  lookAround({ root, workspace, files });

  return {
    files,
    notices,
    view: (file) => workspace.view(file.path),
    open(file) {
      const before = kept.get(file.absolutePath);
      kept.delete(file.absolutePath);
      return before ?? { ...read(file.absolutePath), parsed: undefined };
    },
    look: (file) => kept.get(file.absolutePath) ?? { ...read(file.absolutePath), parsed: undefined },
    setShellComments: (file, comments) => workspace.setShellComments(file.path, comments),
    changed(file, text) {
      const parsed = parseFile({ path: file.path, text });
      if (parsed !== undefined) workspace.set(factsOf(parsed));
    },
    refreshed(path, text) {
      const parsed = parseFile({ path, text });
      if (parsed !== undefined) workspace.set(factsOf(parsed));
      else workspace.set(path.endsWith(".dockerignore") ? ignoreFacts(path, text) : besideFacts(path, { text }));
    },
    absolute: (path) => resolve(root, path),
    relative: relativePath,
  };
}

/** Paths count from the repository's root, so that they are the same whatever part of it is checked and from wherever. */
function rootOf(operand: string, cwd: string, isFolder: boolean): string {
  const folder = isFolder ? operand : dirname(operand);
  return repositoryOf(folder) ?? (isWithin(cwd, operand) ? cwd : folder);
}
