import { packageCommand } from "../../../knowledge/package-managers.ts";
import type { ShellCommand, ShellWord } from "../../../languages/shell/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { remove } from "../../../text/edit.ts";

/** What asks for development dependencies by name. */
export interface DevelopmentRequirement {
  readonly command: ShellCommand;
  readonly word: ShellWord;
  /** The edit that leaves them out; `undefined` where another file has to be named. */
  readonly without: TextEdit | undefined;
}

/** `pip install -r requirements-dev.txt`, `pip install .[dev]`, `pipenv install --dev`; `undefined` for any other command. */
export function developmentRequirement(command: ShellCommand): DevelopmentRequirement | undefined {
  const { name, args } = command;
  if (name === undefined || !/^p(?:ip|ython|ypy)|^uv$/.test(name)) return undefined;
  if (name === "pipenv") {
    const index = args.findIndex(({ value }) => value === "--dev" || value === "-d");
    const word = args[index];
    const installs = /^(?:install|sync)$/.test(args[0]?.value ?? "");
    if (word === undefined || !installs) return undefined;
    return {
      command,
      word,
      without: remove({ start: args[index - 1]?.span.end ?? word.span.start, end: word.span.end }),
    };
  }
  if (!installs(command)) return undefined;
  for (const [index, word] of args.entries()) {
    const { value } = word;
    if (value === undefined) continue;
    const before = args[index - 1]?.value ?? "";
    const file = /^(?:-r|--requirements?)$/.test(before) ? value : /^(?:-r|--requirement=)(.+)$/.exec(value)?.[1];
    if (file !== undefined && developmentFile.test(file)) return { command, word, without: undefined };
    const extras = /^\.\/?\[([^\]]*)\]$/.exec(value)?.[1]?.split(",") ?? [];
    if (extras.some((extra) => developmentName.test(extra.trim()))) {
      const only = extras.length === 1 && word.text === value;
      const brackets = { start: word.span.start + value.indexOf("["), end: word.span.end };
      return { command, word, without: only ? remove(brackets) : undefined };
    }
  }
  return undefined;
}

function installs({ name, args }: ShellCommand): boolean {
  const words = args.map(({ value }) => value);
  if (name === "uv") return words[0] === "pip" && words[1] === "install";
  return name !== undefined && packageCommand(name, words)?.does === "install";
}

const developmentName = /^(?:dev|develop|development|tests?|testing|lint)$/;
/** A name with `dev` or `test` as a word of its own. */
const developmentFile =
  /(?:^|[./_-])(?:dev|develop|development|tests?|testing|lint|ci)(?:[._-](?:requirements?|reqs))?\.(?:txt|in)$/;
