import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { HealthcheckInstruction, Stage } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/index.ts";
import { insert, remove, replace, type TextEdit } from "../../text/edit.ts";
import { contains, cover, span, textOf } from "../../text/span.ts";
import { exposedPorts, exposes } from "./shared/exposed-ports.ts";
import { askedAddress, healthScript, isInEffect, questions } from "./shared/health-check.ts";
import { runsBaseServer } from "./shared/start.ts";

export default defineInstructionRule({
  slug: "unreliable-healthcheck",
  summary: "The health check passes whatever the program does, or fails while it works.",
  why: `A health check is worth as much as its exit code: 0 is healthy, anything else is not. It says nothing where the code never tells: \`curl\` without
\`--fail\` ends well when the server answers with an error page (and so do Python's \`requests\` and \`httpx\`), \`|| true\` and a last \`echo\` end well always, a pipe has the code of its last command alone, and
\`ps | grep name\` finds itself. And some fail for their own reasons: \`wget\` without \`-O\` or \`--spider\` saves each answer as a file, which busybox's
refuses to do a second time.

A check that cannot fail is worse than none, since deployments and \`service_healthy\` rely on it.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/dockerfile/#healthcheck", "https://curl.se/docs/manpage.html#-f"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-bookworm\nCOPY server.js /\nHEALTHCHECK CMD curl -s http://localhost:3000/ || exit 1\nUSER node\nCMD ["node", "/server.js"]\n',
      good: 'FROM node:22.14-bookworm\nCOPY server.js /\nHEALTHCHECK CMD curl -f -s http://localhost:3000/ || exit 1\nUSER node\nCMD ["node", "/server.js"]\n',
    },
  ],
  instructions: ["HEALTHCHECK"],
  suspects: (check) => !check.none && check.words.length > 1,
  *check(check, model) {
    if (!isInEffect(check, model)) return;
    const read = reading(check);
    if (read !== undefined) yield* faultsOf(read, model.text);
    const stage = model.finalStage;
    if (stage === undefined) return;
    if (read !== undefined) yield* otherPort(read, stage, model.text);
    yield* impatient(check, stage);
  },
});

interface Reading {
  readonly check: HealthcheckInstruction;
  readonly script: ShellScript;
  /** The words are JSON strings, and no shell reads them. */
  readonly direct: boolean;
}

/** What a health check runs, where it is understood; a script handed to `sh -c` is what counts then. */
function reading(check: HealthcheckInstruction): Reading | undefined {
  const script = healthScript(check);
  const [only] = script?.commands ?? [];
  const inner = script?.commands.length === 1 ? only?.inner : undefined;
  const read = inner ?? script;
  if (read === undefined || read.broken) return undefined;
  return { check, script: read, direct: check.form === "exec" && inner === undefined };
}

function faultsOf(read: Reading, text: string): readonly Problem[] {
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
function alwaysWell({ script, direct }: Reading, text: string): Problem | undefined {
  const last = script.commands.at(-1);
  if (last?.name === undefined || script.commands.some(({ depth }) => depth > 0)) return undefined;
  // `: </dev/tcp/127.0.0.1/80` fails where the port does not answer.
  if (last.redirects.some(({ operator }) => operator.startsWith("<"))) return undefined;
  const ends = tells.test(last.name) || (last.name === "exit" && last.args[0]?.value === "0");
  if (!ends || script.commands.slice(0, -1).some(({ name }) => name === "exit")) return undefined;
  const { joined, joinSpan } = last;
  const words = last.words.map(({ value, text: written }) => (direct ? (value ?? written) : written)).join(" ");
  if (joined === undefined || joinSpan === undefined) {
    return {
      at: last.span,
      message: `\`${words}\` always succeeds, so the check never fails: ask the program how it is, or write \`HEALTHCHECK NONE\`.`,
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
function swallowed({ script }: Reading, text: string): Problem | undefined {
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
function lenientCurl(read: Reading, command: ShellCommand): Problem | undefined {
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
    fixes: () => [
      review(
        "Add `-f` (the container is unhealthy where the server answers with an error)",
        withWords(read, command, ["-f"]),
      ),
    ],
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

function savingWget(read: Reading, command: ShellCommand): Problem | undefined {
  const address = command.name === "wget" ? askedAddress(command) : undefined;
  if (address === undefined || hasUnknown(command, address.word)) return undefined;
  if (command.args.some(({ text, value }) => saysWhere.test(value ?? text))) return undefined;
  return {
    at: command.nameSpan,
    message: "`wget` saves each answer as a file, and busybox's fails where that exists already: add `-O /dev/null`.",
    fixes: () => [review("Add `-O /dev/null` (nothing is saved)", withWords(read, command, ["-O", "/dev/null"]))],
  };
}

/** What looks for a process by its command line finds the shell that runs the check, which has the same words in its own. */
function findingItself({ script, direct }: Reading, command: ShellCommand): Problem | undefined {
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

/** The check asks a port that nothing in the file speaks of, while the image exposes another. */
function* otherPort({ script, check }: Reading, stage: Stage, text: string): Generator<Problem> {
  const exposed = exposedPorts(stage);
  const { baseFacts } = stage;
  if (exposed.length === 0) return;
  const own = baseFacts !== undefined && runsBaseServer(stage, baseFacts) ? (baseFacts.server?.ports ?? []) : [];
  for (const command of questions(script)) {
    const asked = askedAddress(command);
    const port = asked?.port;
    if (asked === undefined || port === undefined || exposes(stage, port) || own.includes(port)) continue;
    const mentions = text.matchAll(new RegExp(`(?<![\\d.])${port}(?![\\d.])`, "g"));
    if ([...mentions].some(({ index }) => !contains(check.span, span(index, index)))) continue;
    const [only, ...others] = exposed;
    const word = asked.portWord ?? asked.word;
    const written = textOf(text, word.span);
    const changed =
      word === asked.portWord
        ? written.replace(/\d+/, `${only ?? port}`)
        : written.replace(/^(["']?(?:https?:\/\/)?[^/:"']+)(?::\d+)?/i, `$1:${only ?? port}`);
    yield {
      at: word.span,
      severity: "hint",
      message: `The check asks port ${port}, but the image exposes ${exposed.join(", ")} and says nothing of ${port}: ask the port that is served.`,
      fixes: () =>
        others.length > 0 || changed === written || asked.scheme === "https"
          ? []
          : [review(`Ask port ${only ?? port}`, replace(word.span, changed))],
    };
  }
}

/** A Java program is given up before it can have started. */
function* impatient(check: HealthcheckInstruction, stage: Stage): Generator<Problem> {
  const interval = check.flag("interval");
  const every = seconds(interval?.value ?? "30s");
  const retries = Number(check.flag("retries")?.value ?? "3");
  if (stage.baseFacts?.runtime !== "java" || interval === undefined || every === undefined || every === 0) return;
  if (check.flag("start-period") !== undefined || !Number.isInteger(retries) || retries < 1 || every * retries >= 30)
    return;
  yield {
    at: interval.span,
    severity: "hint",
    message: `After ${every * retries} s without an answer the container counts as unhealthy, and a Java program may still be starting then: add \`--start-period=60s\`.`,
    fixes: () => [review("Add `--start-period=60s`", insert(interval.span.end, " --start-period=60s"))],
  };
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/** A duration as Go writes it, `1m30s`; `undefined` where it is none or a variable. */
function seconds(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    sum += Number(amount) * (units[unit ?? ""] ?? 0);
  return sum;
}

/** A variable among the words may be the flag that is missed. */
function hasUnknown(command: ShellCommand, address: { readonly text: string }): boolean {
  return command.args.some((word) => word.value === undefined && word !== address && /^"?\$/.test(word.text));
}

function isPiped({ script }: Reading, command: ShellCommand): boolean {
  return script.pipelines.some(({ commands }) => commands.includes(command));
}

/** Puts words behind the name of a command. */
function withWords({ direct }: Reading, command: ShellCommand, words: readonly string[]): TextEdit {
  const behind = command.words[0]?.span ?? command.nameSpan;
  return direct
    ? insert(behind.end, words.map((word) => `, ${JSON.stringify(word)}`).join(""))
    : insert(behind.end, ` ${words.join(" ")}`);
}

function review(title: string, edit: TextEdit): Fix {
  return { title, safety: "review", edits: [edit] };
}
