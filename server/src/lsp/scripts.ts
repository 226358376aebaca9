import type { FileConfig } from "../engine/config.ts";
import type { Host } from "../hosts/host.ts";
import { askShellCheck } from "../hosts/shellcheck.ts";
import { isOfKind, type ParsedFile } from "../languages/index.ts";
import { checkedScripts } from "../rules/dockerfile/shared/checked-scripts.ts";
import type { ShellComment } from "../workspace/index.ts";
import type { OpenDocument } from "./documents.ts";
import type { Folder } from "./folders.ts";
import type { Settings } from "./settings.ts";

/** Has ShellCheck look at the scripts of open Dockerfiles: when they are opened and when they are saved, and only at scripts that are new. */
export interface Scripts {
  /** Returns at once; `onTold` is called when there is something to show that was not there before. */
  ask(request: ScriptsRequest, onTold: () => void): void;
  closed(document: OpenDocument): void;
  /** Forgets which programs are missing: somebody may have installed one, or named another. */
  forget(): void;
}

export interface ScriptsRequest {
  readonly document: OpenDocument;
  readonly parsed: ParsedFile;
  readonly folder: Folder;
  readonly config: FileConfig;
  readonly settings: Settings;
}

interface Known {
  readonly program: string;
  /** The version that was last asked about. */
  readonly version: number;
  readonly comments: ReadonlyMap<string, readonly ShellComment[]>;
}

/** At so many files at a time. */
const atOnce = 2;

export function createScripts(context: {
  readonly host: Pick<Host, "runOnFiles">;
  /** A person vouches for the files that are open. */
  readonly trusted: boolean;
  info(message: string): void;
}): Scripts {
  const { host, trusted } = context;
  const known = new Map<string, Known>();
  const missing = new Set<string>();
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;

  function next(): void {
    const work = running < atOnce ? waiting.shift() : undefined;
    if (work === undefined) return;
    running += 1;
    void work().finally(() => {
      running -= 1;
      next();
    });
  }

  return {
    ask({ document, parsed, folder, config, settings }, onTold) {
      const { runOnFiles } = host;
      const { uri, path, version, savedVersion } = document;
      if (runOnFiles === undefined || !trusted || version !== savedVersion || !isOfKind(parsed, "dockerfile")) return;
      const program = settings.shellcheck === undefined ? undefined : programIn(folder, settings.shellcheck);
      const before = known.get(uri);
      if (program === undefined || config.rule("dockerfile/shellcheck").severity === "off") {
        if (known.delete(uri)) folder.workspace.setShellComments(path, new Map());
        return;
      }
      const kept = before?.program === program ? before : undefined;
      if (kept?.version === version || missing.has(program)) return;
      const scripts = parsed.units.flatMap(({ model }) => [...checkedScripts(model)]).map(({ text }) => text);
      const comments = new Map(scripts.flatMap((text) => entryOf(kept?.comments, text)));
      known.set(uri, { program, version, comments });
      const fresh = scripts.filter((text) => !comments.has(text));
      if (fresh.length === 0) return;
      waiting.push(async () => {
        const answer = await askShellCheck(runOnFiles, program, fresh);
        if (answer.type === "missing" && !missing.has(program)) {
          missing.add(program);
          context.info(`There is no ${program}, so the scripts of RUN are judged by Seaworthy's own rules alone.`);
        }
        if (answer.type === "failed") context.info(`ShellCheck was asked about ${path}, but ${answer.reason}`);
        const now = known.get(uri);
        if (answer.type !== "done" || now === undefined || now.program !== program) return;
        const all = new Map([...now.comments, ...answer.comments]);
        known.set(uri, { ...now, comments: all });
        folder.workspace.setShellComments(path, all);
        if ([...answer.comments.values()].some(({ length }) => length > 0)) onTold();
      });
      next();
    },
    closed({ uri }) {
      known.delete(uri);
    },
    forget() {
      missing.clear();
    },
  };
}

function entryOf(
  comments: Known["comments"] | undefined,
  text: string,
): readonly (readonly [string, readonly ShellComment[]])[] {
  const found = comments?.get(text);
  return found === undefined ? [] : [[text, found]];
}

/** A path counts from the folder; a name is looked for on the PATH. */
function programIn({ path }: Folder, program: string): string {
  if (!/[\\/]/.test(program) || /^(?:[\\/]|[A-Za-z]:)/.test(program)) return program;
  return `${path.replace(/^\/(?=[A-Za-z]:)/, "")}/${program}`;
}
