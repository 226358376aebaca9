import { cover, type Span } from "../../text/span.ts";
import { joinPath, nameOf } from "../../text/path.ts";
import { isShell, parseShell } from "../shell/index.ts";
import { launcherWords } from "./launchers.ts";
import type { CommandInstruction, Stage } from "./model.ts";
import { type Origin, originOf, workingDirectoryOf } from "./origin.ts";

/**
 * A file that a container starts with and that a COPY or ADD put into the image: an entrypoint script, as a rule, or a program. Where a whole folder
 * was copied to where it should be, the build context may turn out not to have it.
 */
export interface StartedFile {
  readonly instruction: CommandInstruction;
  /** The word that calls it. */
  readonly span: Span;
  /** Absolute, in the image. */
  readonly path: string;
  readonly origin: Origin;
}

/** The files that ENTRYPOINT and CMD of a stage start, by path, by a name on the usual search path, or handed to a shell. */
export function startedFiles(stage: Stage): readonly StartedFile[] {
  const found: StartedFile[] = [];
  for (const keyword of ["ENTRYPOINT", "CMD"] as const) {
    const instruction = stage.last(keyword);
    if (instruction?.name !== "ENTRYPOINT" && instruction?.name !== "CMD") continue;
    for (const { name, span } of calledIn(instruction)) {
      const file = placed(stage, name);
      if (file !== undefined) found.push({ instruction, span, ...file });
    }
  }
  return found;
}

interface Called {
  readonly name: string;
  readonly span: Span;
}

function calledIn(instruction: CommandInstruction): readonly Called[] {
  if (instruction.form === "exec") {
    const { elements = [], words } = instruction;
    const all = elements.map((value, index) => ({ value, span: words[index]?.span ?? instruction.argumentsSpan }));
    return called(all);
  }
  return (instruction.script?.commands ?? []).flatMap(({ words, nameSpan }) =>
    called(words.map(({ value, span }) => ({ value: value ?? "$", span: span.end > span.start ? span : nameSpan }))),
  );
}

/** The program behind what launches it; a shell's script, or the first word of each command that a shell is given. */
function called(words: readonly { readonly value: string; readonly span: Span }[]): readonly Called[] {
  const values = words.map(({ value }) => value);
  let at = 0;
  let shell = false;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    const name = nameOf(word.value);
    const own = launcherWords(values, at);
    if (isShell(name)) shell = true;
    else if (shell && /^-[a-z]*c$/.test(word.value)) return calledByShell(words[at + 1]);
    else if (own === 0 && name !== "busybox") break;
    at += Math.max(1, own);
  }
  const program = words[at];
  return program === undefined ? [] : [{ name: program.value, span: program.span }];
}

function calledByShell(script: { readonly value: string; readonly span: Span } | undefined): readonly Called[] {
  if (script === undefined) return [];
  const { span } = script;
  return parseShell(script.value, 0).commands.flatMap(({ words }) => {
    const values = words.flatMap(({ value }) => (value === undefined ? [] : [{ value, span: cover(span, span) }]));
    return called(values);
  });
}

/** Where programs without a path are looked for, as far as files are copied there. */
const searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

function placed(stage: Stage, name: string): { readonly path: string; readonly origin: Origin } | undefined {
  if (name === "" || /[\s$\\]/.test(name)) return undefined;
  const directory = workingDirectoryOf(stage);
  const here = name.startsWith("/") || directory === undefined ? [] : [joinPath(directory, name)];
  const paths = name.startsWith("/")
    ? [joinPath("/", name)]
    : name.includes("/")
      ? here
      : [...searchPath.map((folder) => `${folder}/${name}`), ...here];
  for (const path of paths) {
    const origin = originOf(stage, path);
    if (origin !== undefined) return { path, origin };
  }
  return undefined;
}
