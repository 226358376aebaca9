import type { Fix, Problem } from "../../engine/rule.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/index.ts";
import { insert, remove, replace, type TextEdit } from "../../text/edit.ts";
import { cover, span, textOf } from "../../text/span.ts";
import { askedAddress, questions } from "./health-questions.ts";

/** What a health check runs, of a Dockerfile or a Compose file. */
export interface HealthReading {
  readonly script: ShellScript;
  /** The words are the elements of a list, and no shell reads them. */
  readonly direct: boolean;
  /** Puts words behind the name of a command; `undefined` where that cannot be done. */
  behind(command: ShellCommand, words: readonly string[]): TextEdit | undefined;
}

/** What is wrong with a check whatever the program is. `text` is that of the unit. */
export function faultsOf(read: HealthReading, text: string): readonly Problem[] {
  const hidden = alwaysWell(read, text) ?? swallowed(read, text);
  if (hidden !== undefined) return [hidden];
  return questions(read.script).flatMap((command) => {
    const fault =
      lenientCurl(read, command) ??
      lenientPython(command, text) ??
      savingWget(read, command) ??
      findingItself(read, command);
    return fault === undefined ? [] : [fault];
  });
}

const tells = /^(?:true|:|echo|printf)$/;

/** The end of the script says well, whatever came before. */
function alwaysWell({ script, direct }: HealthReading, text: string): Problem | undefined {
  const last = script.commands.at(-1);
  if (last?.name === undefined || script.commands.some(({ depth }) => depth > 0)) return undefined;
  // `: </dev/tcp/127.0.0.1/80` fails where the port does not answer, and `echo >/dev/tcp/127.0.0.1/80` does, too.
  if (
    last.redirects.some(
      ({ operator, span }) => operator.startsWith("<") || /\/dev\/(?:tcp|udp)\//.test(textOf(text, span)),
    )
  )
    return undefined;
  const ends = tells.test(last.name) || (last.name === "exit" && last.args[0]?.value === "0");
  if (!ends || script.commands.slice(0, -1).some(({ name }) => name === "exit")) return undefined;
  const { joined, joinSpan } = last;
  const words = last.words.map(({ value, text: written }) => (direct ? (value ?? written) : written)).join(" ");
  if (joined === undefined || joinSpan === undefined) {
    return {
      at: last.span,
      message: `\`${words}\` always succeeds, so the check never fails: ask the program how it is, or switch the check off.`,
    };
  }
  if (joined !== "||" && joined !== ";") return undefined;
  const at = cover(joinSpan, last.span);
  return {
    at,
    message: `\`${joined} ${words}\` makes the check succeed whatever was answered: end it with \`|| exit 1\`.`,
    fixes: () => [
      review(
        "End it with `|| exit 1` (the container can become unhealthy)",
        replace(at, `${text.charAt(at.start - 1) === " " ? "" : " "}|| exit 1`),
      ),
    ],
  };
}

const content = /^(?:cat|tee|head|tail|wc|sort|uniq|tr|cut|logger|jq)$/;

/** The code of a pipe is that of its last command, which is content with nothing. */
function swallowed({ script }: HealthReading, text: string): Problem | undefined {
  for (const { commands } of script.pipelines) {
    const last = commands.at(-1);
    const before = commands.at(-2);
    if (last?.name === undefined || before === undefined || last.depth > 0 || !content.test(last.name)) continue;
    if (script.pipefailAt(last.span.start)) continue;
    // What is made of the answer afterwards may tell.
    if (last.redirects.some(({ target }) => target !== "/dev/null")) continue;
    if (last.name === "jq") {
      if (last.has("-e", "--exit-status")) continue;
      return {
        at: last.nameSpan,
        message: "`jq` succeeds when there was no answer, and a pipe has the code of its last command: add `-e`.",
        fixes: () => [
          review(
            "Add `-e` (the container is unhealthy on `false`, `null` and no answer)",
            insert(last.nameSpan.end, " -e"),
          ),
        ],
      };
    }
    const tail = span(before.span.end, last.span.end);
    const plain = before.redirects.length === 0 && last.redirects.length === 0;
    return {
      at: last.nameSpan,
      message: `A pipe has the code of its last command, and \`${last.name}\` succeeds whatever was answered: leave it out.`,
      fixes: () =>
        plain
          ? [
              review(
                `Leave \`${text.slice(tail.start, tail.end).trim()}\` out (the container can become unhealthy)`,
                remove(tail),
              ),
            ]
          : [],
    };
  }
  return undefined;
}

/** curl that is content with any answer, error pages included. */
function lenientCurl(read: HealthReading, command: ShellCommand): Problem | undefined {
  const address = command.name === "curl" ? askedAddress(command) : undefined;
  if (address === undefined || hasUnknown(command, address.word)) return undefined;
  const strict = command.has(
    "-f",
    "--fail",
    "--fail-with-body",
    "-w",
    "--write-out",
    "-K",
    "--config",
    "-V",
    "--version",
  );
  // What is made of the answer, or of the variable it goes into, may tell.
  if (strict || command.depth > 0 || isPiped(read, command)) return undefined;
  return {
    at: command.nameSpan,
    message: "`curl` succeeds on an error page too, so the check passes while the server answers 500: add `-f`.",
    fixes: () =>
      reviewed(
        "Add `-f` (the container is unhealthy where the server answers with an error)",
        read.behind(command, ["-f"]),
      ),
  };
}

const fetching = /\b(requests|httpx)\.(?:get|head)\([^()]*\)/;

/** The libraries that, unlike Python's own, take an error page for an answer like any other. */
function lenientPython(command: ShellCommand, text: string): Problem | undefined {
  if (!/^python[\d.]*$/.test(command.name ?? "")) return undefined;
  const code = command.args[command.args.findIndex((word) => word.value === "-c") + 1];
  const written = code === undefined ? "" : textOf(text, code.span);
  const found = fetching.exec(written);
  if (
    code === undefined ||
    found === null ||
    /raise_for_status|status_code|is_success|\.ok\b|assert|exit/.test(written)
  )
    return undefined;
  const at = span(code.span.start + found.index, code.span.start + found.index + found[0].length);
  return {
    at: span(at.start, at.start + found[0].indexOf("(")),
    message: `\`${found[1] ?? ""}\` raises nothing on an error page, so the check passes while the server answers 500: add \`.raise_for_status()\`.`,
    fixes: () => [
      review(
        "Add `.raise_for_status()` (the container is unhealthy where the server answers with an error)",
        insert(at.end, ".raise_for_status()"),
      ),
    ],
  };
}

const saysWhere =
  /^(?:-[a-zA-Z]*[OiP]|-nc$|--(?:output-document|spider|input-file|directory-prefix|delete-after|no-clobber|help|version))/;

function savingWget(read: HealthReading, command: ShellCommand): Problem | undefined {
  const address = command.name === "wget" ? askedAddress(command) : undefined;
  if (address === undefined || hasUnknown(command, address.word)) return undefined;
  if (command.args.some(({ text, value }) => saysWhere.test(value ?? text))) return undefined;
  return {
    at: command.nameSpan,
    message: "`wget` saves each answer as a file, and busybox's fails where that exists already: add `-O /dev/null`.",
    fixes: () => reviewed("Add `-O /dev/null` (nothing is saved)", read.behind(command, ["-O", "/dev/null"])),
  };
}

/** What looks for a process by its command line finds the shell that runs the check, which has the same words in its own. */
function findingItself({ script, direct }: HealthReading, command: ShellCommand): Problem | undefined {
  const pattern = command.operands[0]?.value;
  if (direct || script.commands.length < 2 || pattern === undefined || /[[\\^$]/.test(pattern)) return undefined;
  if (command.name === "pgrep") {
    if (!command.args.some(({ text }) => /^-[a-z]*f[a-z]*$|^--full$/.test(text))) return undefined;
    return {
      at: command.nameSpan,
      message:
        "`pgrep -f` finds the shell that runs the check, so it never fails: ask the program how it is, or leave `-f` out.",
    };
  }
  if (command.name !== "grep" || command.has("-v", "--invert-match")) return undefined;
  const pipeline = script.pipelines.find(({ commands }) => commands.includes(command))?.commands ?? [];
  const [first] = pipeline;
  if (first?.name !== "ps" || !first.args.some(({ text }) => /^-?[a-zA-Z]*[fx][a-zA-Z]*$/.test(text))) return undefined;
  if (pipeline.some((other) => other.name !== "ps" && other !== command)) return undefined;
  return {
    at: command.nameSpan,
    message: `\`grep ${pattern}\` finds the check itself among the processes, so it never fails: ask the program how it is.`,
  };
}

/** A variable among the words may be the flag that is missed. */
function hasUnknown(command: ShellCommand, address: { readonly text: string }): boolean {
  return command.args.some((word) => word.value === undefined && word !== address && /^"?\$/.test(word.text));
}

function isPiped({ script }: HealthReading, command: ShellCommand): boolean {
  return script.pipelines.some(({ commands }) => commands.includes(command));
}

function review(title: string, edit: TextEdit): Fix {
  return { title, safety: "review", edits: [edit] };
}

/** None where there is no edit. */
function reviewed(title: string, edit: TextEdit | undefined): readonly Fix[] {
  return edit === undefined ? [] : [review(title, edit)];
}
