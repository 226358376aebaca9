import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { ignoredSignals, signalName, type StopSignal, stopSignalOf } from "../../knowledge/signals.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Stage, Word } from "../../languages/dockerfile/model.ts";
import { isShell } from "../../languages/shell/index.ts";
import { nameOf } from "../../text/path.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { commandOf } from "./shared/final-image.ts";
import { type MainProgram, mainProgram } from "./shared/main-program.ts";
import { runsBaseServer } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "ungraceful-stop-signal",
  summary: "The signal that stops the container is one the program cannot handle, or does not end in good order on.",
  why: `\`docker stop\`, a deployment and a scale-down send the image's \`STOPSIGNAL\`, SIGTERM where it has none, and kill the container some seconds later. SIGKILL and
SIGSTOP reach no program, so nothing is finished, flushed or handed over. A few servers keep SIGTERM for a quick end and have another signal for one in good
order: SIGQUIT for nginx and php-fpm, SIGWINCH for Apache, SIGINT for PostgreSQL, SIGRTMIN+3 for systemd. Their official images set it, and what is built
upon these inherits it, also where it runs another program: a PHP worker in an image of Apache never notices SIGWINCH.

Only programs that the file names are judged; what a script starts is not known. Quick ends may be wanted: a proxy in front of short requests loses little.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:no-ungraceful-stopsignal", "tally:prefer-nginx-sigquit", "tally:prefer-systemd-sigrtmin-plus-3"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#stopsignal",
    "https://nginx.org/en/docs/control.html",
    "https://httpd.apache.org/docs/2.4/stopping.html",
    "https://www.postgresql.org/docs/current/server-shutdown.html",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM python:3.13-slim\nCOPY worker.py /\nSTOPSIGNAL SIGKILL\nUSER nobody\nCMD ["python", "-u", "/worker.py"]\n',
      good: 'FROM python:3.13-slim\nCOPY worker.py /\nSTOPSIGNAL SIGTERM\nUSER nobody\nCMD ["python", "-u", "/worker.py"]\n',
    },
  ],
  *check(model) {
    const stage = model.finalStage;
    const set = stage === undefined ? model.instructions.findLast(isStopSignal) : stage.last("STOPSIGNAL");
    const word = set?.words[0];
    if (set !== undefined) {
      const signal = word?.resolved === undefined ? undefined : signalName(word.resolved);
      if (word !== undefined && signal !== undefined) yield* judged(word, signal, stage);
      return;
    }
    if (stage !== undefined && !stage.windows) yield* withoutOne(model, stage);
  },
});

function isStopSignal({ name, onbuild }: Instruction): boolean {
  return name === "STOPSIGNAL" && !onbuild;
}

function* judged(word: Word, signal: string, stage: Stage | undefined): Generator<Problem> {
  const wanted = stage && wantedBy(stage);
  const better = wanted?.signal ?? "SIGTERM";
  const shown = `\`${word.value}\`${word.value.toUpperCase().includes(signal.slice(3)) ? "" : ` (${signal})`}`;
  const todo = `use \`${better}\`.`;
  if (signal === "SIGKILL" || signal === "SIGSTOP") {
    const does = signal === "SIGKILL" ? "ends the program at once" : "halts the program";
    const message = `${shown} ${does}, and no program can handle it, so nothing is finished or saved: ${todo}`;
    yield { at: word.span, message, fixes: () => replacing(word, better) };
  } else if (wanted !== undefined && signal !== wanted.signal) {
    const message =
      signal === "SIGTERM"
        ? `On SIGTERM \`${wanted.name}\` ${wanted.otherwise}: ${todo}`
        : `${shown} is not what \`${wanted.name}\` ends in good order on: ${todo}`;
    yield { at: word.span, message, fixes: () => replacing(word, better) };
  } else if (wanted === undefined && ignoredSignals.has(signal) && (stage === undefined || hasPlainProgram(stage))) {
    const message = `A program that does not ask for ${shown} never notices it, so it is killed in the end: ${todo}`;
    yield { at: word.span, message, fixes: () => replacing(word, better) };
  }
}

function replacing(word: Word, signal: string): readonly Fix[] {
  if (word.variable) return [];
  const title = `Stop with \`${signal}\` (what the program does on it happens on every stop)`;
  return [{ title, safety: "review", edits: [replaceWord(word, signal)] }];
}

/** The base image's signal holds, or SIGTERM. Of an image that is not known nothing is. */
function* withoutOne(model: DockerfileModel, stage: Stage): Generator<Problem> {
  const { baseFacts: facts, baseDescription: description } = stage;
  if (facts === undefined && description === undefined && !stage.scratch) return;
  const program = mainProgram(stage);
  if (program === undefined || program.launchers.some(holdsSignals) || !getsSignals(program)) return;
  // What the registry says of its entrypoint holds where the file has none.
  const [launcher] = commandOf(stage, "ENTRYPOINT") === undefined ? (description?.entrypoint ?? []) : [];
  if (launcher !== undefined && holdsSignals(launcher)) return;
  const inherited = (facts ?? description)?.stopSignal;
  const wanted = stopSignalOf(program.path);
  const name = nameOf(program.path);
  if (wanted !== undefined && inherited === undefined) {
    yield {
      at: program.span,
      message: `\`${name}\` is stopped with SIGTERM, on which it ${wanted.otherwise}: add \`STOPSIGNAL ${wanted.signal}\`.`,
      // Of systemd the container never ends by itself.
      ...(wanted.signal === "SIGRTMIN+3" ? {} : { severity: "info" as const }),
      fixes: () => adding(model, stage, wanted.signal),
    };
  } else if (
    inherited !== undefined &&
    ignoredSignals.has(inherited) &&
    facts !== undefined &&
    wanted?.signal !== inherited &&
    !runsBaseServer(stage, facts) &&
    isPlain(program)
  ) {
    const better = wanted?.signal ?? "SIGTERM";
    yield {
      at: program.span,
      message: `\`${name}\` never notices ${inherited}, which \`${facts.family}\` is stopped with, so it is killed in the end: add \`STOPSIGNAL ${better}\`.`,
      fixes: () => adding(model, stage, better),
    };
  }
}

function adding(model: DockerfileModel, stage: Stage, signal: string): readonly Fix[] {
  const title = `Add \`STOPSIGNAL ${signal}\` (what the program does on it happens on every stop)`;
  return [{ title, safety: "review", edits: [insertBeforeStart(model, stage, [`STOPSIGNAL ${signal}`])] }];
}

/** A shell that goes on behind other commands keeps the signal to itself, whichever it is; before a single one it makes way. */
function getsSignals({ instruction, command, inScript, launchers }: MainProgram): boolean {
  if (command === undefined && !inScript) return true;
  return launchers.includes("exec") || instruction.script?.commands.length === 1;
}

/** Inits may turn one signal into another. */
function holdsSignals(launcher: string): boolean {
  return nameOf(launcher) === "dumb-init";
}

function wantedBy(stage: Stage): (StopSignal & { readonly name: string }) | undefined {
  const facts = stage.baseFacts;
  const program = mainProgram(stage);
  if (program?.launchers.some(holdsSignals) === true) return undefined;
  if (program !== undefined) {
    const found = stopSignalOf(program.path);
    if (found !== undefined) return { ...found, name: nameOf(program.path) };
  }
  const signal = facts?.stopSignal;
  if (facts === undefined || signal === undefined || !runsBaseServer(stage, facts)) return undefined;
  const name = nameOf(facts.command?.[0] ?? facts.family);
  return { signal, otherwise: stopSignalOf(name)?.otherwise ?? "does not end in good order", name };
}

function hasPlainProgram(stage: Stage): boolean {
  const program = mainProgram(stage);
  return program !== undefined && isPlain(program) && !program.launchers.some(holdsSignals);
}

/** Neither a script, which may start anything, nor a shell. */
function isPlain({ path }: MainProgram): boolean {
  const name = nameOf(path);
  return !/\.(?:\w*sh|py|pl|rb)$|entrypoint|^(?:start|run|init)|foreground/.test(name) && !isShell(name);
}
