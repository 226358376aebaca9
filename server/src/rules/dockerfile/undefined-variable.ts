import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { environmentOf } from "../../knowledge/base-images/environment.ts";
import { insertAfter } from "../../languages/dockerfile/edit.ts";
import type {
  DockerfileModel,
  Heredoc,
  Instruction,
  RunInstruction,
  Stage,
  Word,
} from "../../languages/dockerfile/model.ts";
import { nearest } from "../../languages/dockerfile/problems/nearest.ts";
import { isPlatformArg, isPredefined } from "../../languages/dockerfile/scope.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { globalArguments } from "./shared/from-variables.ts";
import { type VariableUse, variableUses } from "./shared/variable-uses.ts";

export default defineInstructionRule({
  slug: "undefined-variable",
  summary: "An instruction uses a variable that nothing sets.",
  why: `The builder puts nothing where a variable is not set, and goes on: \`COPY $BUNDEL /app\` copies something else or fails far from the cause,
\`WORKDIR $HOME/app\` ends at \`/app\`, and \`ENV PATH=$PAHT:/opt/bin\` leaves an image without a shell. An \`ARG\` in front of \`FROM\` is for \`FROM\` alone and has to be
repeated in each stage that uses it, as have \`TARGETARCH\` and its kin. In a \`COPY\` with a heredoc whose delimiter has no quotes, the builder takes every
\`$name\` of the text for one of its own.

What the base image sets is only known of some, so elsewhere only the slips that stand in the file itself are reported. \`\${NAME:-}\` says that an empty value
is meant.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["buildkit:UndefinedVar", "sonar:S6579"],
  references: [
    "https://docs.docker.com/reference/build-checks/undefined-var/",
    "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
    "https://docs.docker.com/reference/dockerfile/#environment-replacement",
  ],
  fix: "review",
  examples: [
    {
      bad: "ARG VERSION=1.4\nFROM alpine:3.22\nCOPY report-$VERSION.sh /usr/local/bin/report\nUSER nobody\n",
      good: "ARG VERSION=1.4\nFROM alpine:3.22\nARG VERSION\nCOPY report-$VERSION.sh /usr/local/bin/report\nUSER nobody\n",
    },
  ],
  instructions: ["ADD", "ARG", "COPY", "ENV", "EXPOSE", "LABEL", "RUN", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"],
  mentions: /\$/,
  suspects: (instruction) => {
    if (instruction.name === "RUN") return mayBeUnset(instruction);
    const { words, flags, heredocs } = instruction;
    return (
      words.some(({ variable }) => variable) ||
      flags.some(({ value }) => value?.includes("$") === true) ||
      heredocs.some(({ quoted, body }) => !quoted && body.includes("$"))
    );
  },
  *check(instruction, model) {
    if (instruction.stage?.windows === true) return;
    if (instruction.name === "RUN") {
      yield* inRun(instruction, model);
      return;
    }
    for (const word of instruction.words) if (word.variable) yield* inWord(instruction, word, model);
    for (const flag of instruction.flags) {
      if ((flag.name !== "chown" && flag.name !== "chmod") || flag.valueSpan === undefined) continue;
      const written = model.text.slice(flag.valueSpan.start, flag.valueSpan.end);
      yield* inText(instruction, written, flag.valueSpan.start, model);
    }
    if (instruction.name !== "COPY" && instruction.name !== "ADD") return;
    for (const heredoc of instruction.heredocs) yield* inHeredoc(instruction, heredoc, model);
  },
});

function* inWord(instruction: Instruction, { resolved, span, text }: Word, model: DockerfileModel): Generator<Problem> {
  // A word that a continuation splits has no place for its parts.
  if (resolved === undefined && span.end - span.start === text.length)
    yield* inText(instruction, text, span.start, model);
}

function* inText(instruction: Instruction, text: string, start: number, model: DockerfileModel): Generator<Problem> {
  for (const use of variableUses(text, model.escape)) {
    const verdict = judge(instruction, use, model);
    if (verdict === undefined) continue;
    const at = { start: start + use.start, end: start + use.end };
    yield { at, ...worded(instruction, use, verdict, at, text.slice(use.start, use.end), model) };
  }
}

/** A shell has variables of its own, so only what an `ARG` elsewhere shows to be one of the build is looked for. */
function* inRun(run: RunInstruction, model: DockerfileModel): Generator<Problem> {
  if (run.form !== "shell" || run.stage === undefined || run.onbuild) return;
  const start = run.argumentsSpan.start;
  const text = model.text.slice(start, run.span.end);
  const told = new Set<string>();
  for (const use of variableUses(text, "\\")) {
    const { name } = use;
    if (use.hasDefault || told.has(name) || run.isSet(name)) continue;
    const verdict = isPlatformArg(name) ? "platform" : "global";
    if (verdict === "global" && !model.once(globalArgs).has(name)) continue;
    if (isPredefined(name) && verdict === "global") continue;
    if (environmentOf(run.stage.baseFacts)?.includes(name) === true || assigns(text, name)) continue;
    told.add(name);
    const at = { start: start + use.start, end: start + use.end };
    yield { at, ...worded(run, use, verdict, at, text.slice(use.start, use.end), model) };
  }
}

/** Whether a RUN uses a variable that its own script does not set. */
function mayBeUnset({ script, heredocs }: RunInstruction): boolean {
  // Without a script, and with text that the builder changes first, nobody knows.
  if (script === undefined || heredocs.length > 0) return true;
  const { text } = script;
  return variableUses(text, "\\").some(({ name, hasDefault }) => !hasDefault && !assigns(text, name));
}

/** Whether a script sets a variable itself. */
function assigns(script: string, name: string): boolean {
  return new RegExp(`(?:^|[\\s;&|(])(?:${name}\\+?=|(?:for|read|select)\\s(?:[^;&|]*\\s)?${name}\\b)`).test(script);
}

/** Why a variable is not set: `own` is one that the same ENV extends. */
type Verdict = "platform" | "global" | "later" | "shell" | "own" | "nowhere" | { readonly near: string };

function judge(
  instruction: Instruction,
  { name, hasDefault }: VariableUse,
  model: DockerfileModel,
): Verdict | undefined {
  if (hasDefault || name === "PATH" || instruction.isSet(name)) return undefined;
  const { stage, onbuild } = instruction;
  // Before the first FROM; a trigger is carried out where other variables may be set.
  if (onbuild || (stage === undefined && !model.fragment)) return undefined;
  const pairs = instruction.name === "ENV" || instruction.name === "ARG" ? instruction.pairs : [];
  const own = pairs.some((pair) => pair.name === name && pair.value?.includes(name) === true);
  // Another rule tells of what the same ENV sets beside it.
  if (!own && pairs.some((pair) => pair.name === name)) return undefined;
  const environment = environmentOf(stage?.baseFacts);
  if (environment?.includes(name) === true) return undefined;
  if (stage !== undefined && isPlatformArg(name)) return "platform";
  if (isPredefined(name)) return undefined;
  if (stage !== undefined && model.once(globalArgs).has(name)) return "global";
  if (own) return environment === undefined || keepsDefault.has(name) ? undefined : "own";
  const near = nearName(name, instruction, environment);
  if (near !== undefined) return { near };
  if (environment === undefined) return undefined;
  if (shellOnly.has(name)) return "shell";
  return setsLater(stage, instruction, name) ? "later" : "nowhere";
}

/** In these an empty entry stands for the system's own paths. */
const keepsDefault: ReadonlySet<string> = new Set(["MANPATH", "INFOPATH"]);

const shellOnly: ReadonlySet<string> = new Set([
  "HOME",
  "HOSTNAME",
  "LOGNAME",
  "OLDPWD",
  "PWD",
  "SHELL",
  "USER",
  "UID",
]);

function globalArgs(model: DockerfileModel): ReadonlySet<string> {
  return new Set(model.fragment ? [] : globalArguments(model).map(({ pair }) => pair.name));
}

/** A name set before that differs in a letter, or two that were swapped, and is no longer form of the same (`JAVA_HOME`, `JAVA_HOME8`). */
function nearName(
  name: string,
  { stage, span }: Instruction,
  environment: readonly string[] | undefined,
): string | undefined {
  if (name.length < 4) return undefined;
  const names = (stage === undefined ? [] : [...stage.all("ARG"), ...stage.all("ENV")])
    .filter((before) => before.span.start < span.start)
    .flatMap((before) => (before.name === "ARG" || before.name === "ENV" ? before.pairs.map((pair) => pair.name) : []));
  // Among so many some name is always near.
  if (names.length > manyNames) return undefined;
  const near = nearest(name, [...names, ...(environment ?? ["PATH"])]);
  if (near === undefined || near.length < 4 || near.startsWith(name) || name.startsWith(near)) return undefined;
  // Names that differ in their numbers, or where one is the other's with a word in front, are two names.
  if (near.replace(/\d+/g, "") === name.replace(/\d+/g, "") || near.endsWith(name) || name.endsWith(near))
    return undefined;
  return Math.abs(near.length - name.length) < 2 && (environment !== undefined || sameLetters(near, name))
    ? near
    : undefined;
}

const manyNames = 300;

/** Nothing but their order, or one letter, sets them apart. */
function sameLetters(a: string, b: string): boolean {
  return lettersOf(a) === lettersOf(b) || a.length !== b.length;
}

function lettersOf(text: string): string {
  return Array.from(text).sort().join("");
}

function setsLater(stage: Stage | undefined, { span }: Instruction, name: string): boolean {
  return (stage?.instructions ?? []).some(
    (later) =>
      later.span.start > span.start &&
      (later.name === "ARG" || later.name === "ENV") &&
      later.pairs.some((pair) => pair.name === name),
  );
}

function worded(
  { stage, name: keyword }: Instruction,
  { name }: VariableUse,
  verdict: Verdict,
  at: Span,
  written: string,
  model: DockerfileModel,
): Pick<Problem, "message" | "fixes" | "severity"> {
  const known = environmentOf(stage?.baseFacts) !== undefined;
  switch (verdict) {
    case "platform":
      return {
        message: `\`${written}\` is empty here: a stage sees the platform only behind \`ARG ${name}\`.`,
        fixes: () => redeclared(model, stage, name),
      };
    case "global":
      return {
        message: `\`${written}\` is empty here: an \`ARG\` before the first \`FROM\` counts in \`FROM\` alone, so repeat \`ARG ${name}\` in the stage.`,
        fixes: () => redeclared(model, stage, name),
        // The base image may set a variable of that name.
        ...(known ? {} : { severity: "info" }),
      };
    case "later":
      return {
        message: `\`${written}\` is empty here, for it is only set further down: set it before this \`${keyword}\`.`,
      };
    case "shell":
      return {
        message: `\`${written}\` is empty here: only the shell of a \`RUN\` knows it, the builder does not. Write the value.`,
        fixes: () => (name === "HOME" ? rootsHome(stage, at) : []),
      };
    case "own":
      return {
        severity: "info",
        message: `Nothing sets \`${written}\` before, so there is nothing to add to: leave it out, or write \`\${${name}:-}\`.`,
        fixes: () => withoutOwn(model, at),
      };
    case "nowhere":
      return {
        message: `Nothing sets \`${written}\`, so it is empty here: set it by \`ARG\` or \`ENV\`, or write \`\${${name}:-}\` where that is meant.`,
      };
    default:
      return {
        message: `Nothing sets \`${written}\`: did you mean \`${verdict.near}\`?`,
        fixes: () => [renamed(at, written, name, verdict.near)],
      };
  }
}

/** Where nothing names another user, it is root who is at home. */
function rootsHome(stage: Stage | undefined, at: Span): readonly Fix[] {
  if (stage?.baseFacts?.user.uid !== 0) return [];
  const named = stage.history.some(({ name, span }) => name === "USER" && span.start < at.start);
  const title = "Write `/root`, the home of the user who builds here (the path was empty before)";
  return named ? [] : [{ title, safety: "review", edits: [replace(at, "/root")] }];
}

function redeclared(model: DockerfileModel, stage: Stage | undefined, name: string): readonly Fix[] {
  if (stage === undefined) return [];
  const next = stage.instructions.findIndex((instruction, index) => index > 0 && instruction.name !== "ARG");
  // With the others, where a stage begins with some.
  const last = stage.instructions[(next < 0 ? stage.instructions.length : next) - 1] ?? stage.from;
  return [
    {
      title: `Declare \`ARG ${name}\` in the stage (it is then no longer empty)`,
      safety: "review",
      edits: [insertAfter(model, last, [`ARG ${name}`])],
    },
  ];
}

function renamed(at: Span, written: string, name: string, near: string): Fix {
  const title = `Write \`${near}\` (its value then stands here)`;
  return {
    title,
    safety: "review",
    edits: [
      replace(
        at,
        written.replace(name, () => near),
      ),
    ],
  };
}

/** The variable with the `:` that parts it from the rest: an empty entry of a search path is the current directory. */
function withoutOwn({ text }: DockerfileModel, { start, end }: Span): readonly Fix[] {
  const colon =
    text[end] === ":" ? { start, end: end + 1 } : text[start - 1] === ":" ? { start: start - 1, end } : undefined;
  if (colon === undefined) return [];
  const title = "Leave it out, with its `:` (an empty entry stands for the current directory)";
  return [{ title, safety: "review", edits: [replace(colon, "")] }];
}

function* inHeredoc(instruction: Instruction, heredoc: Heredoc, model: DockerfileModel): Generator<Problem> {
  const { quoted, body, bodySpan, openerSpan, delimiter } = heredoc;
  if (quoted || instruction.onbuild) return;
  const uses = variableUses(body, "\\", "text");
  const unset = uses.filter((use) => {
    const verdict = judge(instruction, use, model);
    // Without knowing the image: nobody names its environment in small letters, and many programs their own variables.
    return verdict !== undefined || (isForeign(use, instruction, model) && /^[a-z_]+$/.test(use.name));
  });
  const [first] = unset;
  if (first === undefined) return;
  const at = { start: bodySpan.start + first.start, end: bodySpan.start + first.end };
  const opener = model.text.slice(openerSpan.start, openerSpan.end);
  yield {
    at,
    message: `The builder takes \`${body.slice(first.start, first.end)}\` for a variable of its own, and nothing sets it: quote the delimiter (\`'${delimiter}'\`) to keep it, or write \`\\$\`.`,
    fixes: () =>
      unset.length === uses.length && opener.endsWith(delimiter)
        ? [
            {
              title: `Write \`'${delimiter}'\` (the text is then kept as it stands)`,
              safety: "review",
              edits: [replace({ start: openerSpan.end - delimiter.length, end: openerSpan.end }, `'${delimiter}'`)],
            },
          ]
        : [],
  };
}

function isForeign({ name, hasDefault }: VariableUse, instruction: Instruction, model: DockerfileModel): boolean {
  if (hasDefault || instruction.isSet(name) || isPredefined(name) || model.fragment) return false;
  return environmentOf(instruction.stage?.baseFacts)?.includes(name) !== true;
}
