import { availableParallelism } from "node:os";
import { askShellCheck } from "../hosts/shellcheck.ts";
import { runOnFiles } from "../hosts/process.ts";
import { isOfKind, type ParsedFile, parseFile } from "../languages/index.ts";
import { checkedScripts } from "../rules/dockerfile/shared/checked-scripts.ts";
import { shownFrom } from "./paths.ts";
import type { Project, ProjectFile } from "./project.ts";
import type { Notice } from "./result.ts";

/** Has ShellCheck look at the scripts of Dockerfiles, where it is installed. */
export interface Scripts {
  /** Tells the project what ShellCheck says of these files; `text` stands for what is in one. Never rejects. */
  ask(project: Project, files: readonly FileText[]): Promise<readonly Notice[]>;
}

export interface FileText {
  readonly file: ProjectFile;
  readonly text?: string;
}

/** `program`: what to run, by its name on the PATH or its path. `named`: a person said so, and is told where it is not there. */
export function scriptsBy(options: {
  readonly program: string;
  readonly named: boolean;
  readonly cwd: string;
}): Scripts {
  const { program, named, cwd } = options;
  let missing = false;

  async function askAbout(project: Project, { file, text }: FileText): Promise<Notice | undefined> {
    const parsed = parsedOf(project, file, text);
    if (parsed === undefined || !isOfKind(parsed, "dockerfile")) return undefined;
    const scripts = parsed.units.flatMap(({ model }) => [...checkedScripts(model)]).map((script) => script.text);
    if (scripts.length === 0) return undefined;
    const answer = await askShellCheck(runOnFiles, program, scripts);
    if (answer.type === "done") {
      project.setShellComments(file, answer.comments);
      return undefined;
    }
    if (answer.type === "missing") {
      if (missing || !named) {
        missing = true;
        return undefined;
      }
      missing = true;
      return { text: `there is no program ${program}, so ShellCheck was not asked`, failure: true };
    }
    return { text: `${shownFrom(cwd, file.absolutePath)}: ShellCheck was asked, but ${answer.reason}`, failure: false };
  }

  return {
    async ask(project, files) {
      const wanted = files.filter(
        ({ file }) => file.kind === "dockerfile" && file.config.rule("dockerfile/shellcheck").severity !== "off",
      );
      const notices: Notice[] = [];
      const waiting = wanted[Symbol.iterator]();
      const work = async (): Promise<void> => {
        for (const next of waiting) {
          if (missing) return;
          const notice = await askAbout(project, next);
          if (notice !== undefined) notices.push(notice);
        }
      };
      await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
      return notices;
    },
  };
}

/** A file that cannot be read is told of when it is checked. */
function parsedOf(project: Project, file: ProjectFile, text: string | undefined): ParsedFile | undefined {
  try {
    const open = text === undefined ? project.look(file) : { text, parsed: undefined };
    return open.parsed ?? parseFile({ path: file.path, text: open.text });
  } catch {
    return undefined;
  }
}
