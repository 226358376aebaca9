import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { HealthcheckInstruction, Stage } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/index.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { contains, span, textOf } from "../../text/span.ts";
import { seconds } from "../shared/durations.ts";
import { faultsOf, type HealthReading } from "../shared/health-faults.ts";
import { askedAddress, questions } from "../shared/health-questions.ts";
import { exposedPorts, exposes } from "./shared/exposed-ports.ts";
import { healthScript, isInEffect } from "./shared/health-check.ts";
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

interface Reading extends HealthReading {
  readonly check: HealthcheckInstruction;
}

/** What a health check runs, where it is understood; a script handed to `sh -c` is what counts then. */
function reading(check: HealthcheckInstruction): Reading | undefined {
  const script = healthScript(check);
  const [only] = script?.commands ?? [];
  const inner = script?.commands.length === 1 ? only?.inner : undefined;
  const read = inner ?? script;
  if (read === undefined || read.broken) return undefined;
  const direct = check.form === "exec" && inner === undefined;
  return { check, script: read, direct, behind: (command, words) => withWords(direct, command, words) };
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

function review(title: string, edit: TextEdit): Fix {
  return { title, safety: "review", edits: [edit] };
}

/** Puts words behind the name of a command. */
function withWords(direct: boolean, command: ShellCommand, words: readonly string[]): TextEdit {
  const behind = command.words[0]?.span ?? command.nameSpan;
  return direct
    ? insert(behind.end, words.map((word) => `, ${JSON.stringify(word)}`).join(""))
    : insert(behind.end, ` ${words.join(" ")}`);
}
