import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { type DebugMode, debugMode, opensDebugger } from "../../knowledge/debug-modes.ts";
import { removeElement, removePair, removeWord } from "../../languages/dockerfile/edit-words.ts";
import type {
  CommandInstruction,
  DockerfileModel,
  Instruction,
  Pair,
  RunInstruction,
  VariableInstruction,
  Word,
} from "../../languages/dockerfile/model.ts";
import type { ShellWord } from "../../languages/shell/model.ts";
import { replace } from "../../text/edit.ts";
import { isForDevelopment } from "./shared/development.ts";
import { isCommandInEffect } from "./shared/final-image.ts";
import { bodyOf } from "./shared/run-bodies.ts";
import { xdebugEdits, xdebugWord } from "./shared/xdebug.ts";

export default defineInstructionRule({
  slug: "debug-mode",
  summary: "The image runs its program in a mode for debugging.",
  why: `In debug mode a framework answers an error with its stack trace, its settings and sometimes a console that runs code; it caches nothing and checks everything
twice. A debugger's port is worse: whoever reaches it runs what they like in the program. Xdebug alone makes PHP several times slower, even where nobody is attached.

Set what production needs in the image and the rest on the developer's machine: in Compose, in a \`Dockerfile.dev\`, or in a stage named \`dev\`, which are left alone here.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["sonar:S4507", "tally:php/no-xdebug"],
  references: [
    "https://flask.palletsprojects.com/en/stable/debugging/",
    "https://laravel.com/docs/configuration#debug-mode",
    "https://learn.microsoft.com/en-us/aspnet/core/fundamentals/environments",
    "https://xdebug.org/docs/",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM python:3.13-slim\nENV FLASK_DEBUG=1\nWORKDIR /app\nCOPY app.py ./\nUSER nobody\nCMD ["gunicorn", "app:app"]\n',
      good: 'FROM python:3.13-slim\nENV FLASK_DEBUG=0\nWORKDIR /app\nCOPY app.py ./\nUSER nobody\nCMD ["gunicorn", "app:app"]\n',
    },
  ],
  reads: "workspace",
  instructions: ["ENV", "RUN", "CMD", "ENTRYPOINT"],
  mentions: /debug|dev|local|inspect|jdwp|dlv/i,
  suspects: (instruction) => {
    if ("pairs" in instruction) return pairsIn(instruction).length > 0;
    if (instruction.name === "RUN") return wordsIn(instruction).length > 0;
    return debuggersIn(instruction).length > 0;
  },
  *check(instruction, model, _options, { path }) {
    const { stage, onbuild } = instruction;
    if (stage !== undefined && !stage.shipped && !onbuild) return;
    if (isForDevelopment(path, stage) || isForDevelopment(path, model.finalStage)) return;
    if ("pairs" in instruction) {
      for (const found of pairsIn(instruction)) {
        if (!isSetAgain(model, instruction, found.pair)) yield pairProblem(model, instruction, found);
      }
    } else if (instruction.name === "RUN") {
      const [first] = wordsIn(instruction);
      if (first !== undefined) yield wordProblem(model, instruction, first);
    } else {
      if (!isCommandInEffect(instruction, model)) return;
      for (const word of debuggersIn(instruction)) yield debuggerProblem(model, instruction, word);
    }
  },
});

interface DebugPair {
  readonly pair: Pair;
  readonly value: string;
  readonly mode: DebugMode;
}

function pairsIn({ name, pairs }: VariableInstruction): readonly DebugPair[] {
  if (name !== "ENV") return [];
  return pairs.flatMap((pair) => {
    const { value } = pair;
    const mode = value === undefined || value.includes("$") ? undefined : debugMode(pair.name, value);
    return mode === undefined || value === undefined ? [] : [{ pair, value, mode }];
  });
}

/** Whether a later `ENV` of the image gives the variable another value. */
function isSetAgain({ finalStage }: DockerfileModel, { span, onbuild }: Instruction, { name }: Pair): boolean {
  if (finalStage === undefined || onbuild) return false;
  return finalStage
    .all("ENV")
    .some(
      (other) =>
        other.name === "ENV" && other.span.start > span.start && other.pairs.some((pair) => pair.name === name),
    );
}

function pairProblem(model: DockerfileModel, env: VariableInstruction, { pair, value, mode }: DebugPair): Problem {
  const { production, does } = mode;
  const instead = production === undefined ? "leave it out" : `set \`${production}\``;
  const long = opensDebugger(value);
  return {
    at: long ? pair.nameSpan : pair.span,
    message: `\`${long ? pair.name : `${pair.name}=${value}`}\` ${does}: ${instead}, and switch it on where you develop.`,
    fixes: (): readonly Fix[] => {
      if (production === undefined) {
        if (opensDebugger(value) && value.trim().includes(" ")) return [];
        const title = `Take \`${pair.name}\` out (set it where you develop)`;
        return [{ title, safety: "review", edits: [removePair(model, env, pair)] }];
      }
      const { valueSpan } = pair;
      const written = valueSpan === undefined ? "" : model.text.slice(valueSpan.start, valueSpan.end);
      if (valueSpan === undefined || !written.includes(value)) return [];
      return [
        {
          title: `Set \`${pair.name}=${production}\` (set \`${value}\` where you develop)`,
          safety: "review",
          edits: [replace(valueSpan, written.replace(value, production))],
        },
      ];
    },
  };
}

/** The words of a step that put Xdebug or PHP's settings for development into the image. */
function wordsIn(run: RunInstruction): readonly ShellWord[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return script.everyCommand.flatMap((command) => {
    const settings = /^(?:cp|mv|ln)$/.test(command.name ?? "")
      ? command.args.find(({ text }) => /php\.ini-development["']?$/.test(text))
      : undefined;
    return settings ?? xdebugWord(command) ?? [];
  });
}

function wordProblem(model: DockerfileModel, run: RunInstruction, word: ShellWord): Problem {
  if (!word.text.includes("php.ini-development")) {
    return {
      at: word.span,
      message:
        "Xdebug makes PHP several times slower and lets a debugger in: install it in an image for development only.",
      fixes: () => {
        const edits = xdebugEdits(model, run);
        return edits.length === 0
          ? []
          : [{ title: "Take Xdebug out (developers need a stage or an image of their own)", safety: "review", edits }];
      },
    };
  }
  const start = word.span.start + word.text.indexOf("development");
  const at = { start, end: start + "development".length };
  const exact = model.text.slice(at.start, at.end) === "development";
  return {
    at: word.span,
    message: "`php.ini-development` shows errors to every visitor: take `php.ini-production`.",
    fixes: (): readonly Fix[] =>
      exact
        ? [
            {
              title: "Take `php.ini-production` (errors go to the log only)",
              safety: "review",
              edits: [replace(at, "production")],
            },
          ]
        : [],
  };
}

function debuggersIn({ name, words }: CommandInstruction): readonly Word[] {
  if (name === "SHELL") return [];
  return words.filter(
    ({ value }, index) => opensDebugger(value) || value === "debugpy" || (index === 0 && /(?:^|\/)dlv$/.test(value)),
  );
}

function debuggerProblem(model: DockerfileModel, command: CommandInstruction, word: Word): Problem {
  const [first] = command.words;
  const own =
    /(?:^|\/)(?:java|node)$/.test(first?.value ?? "") && opensDebugger(word.value) && !word.value.includes(" ");
  const shown = /(?:-agentlib:jdwp|-Xrunjdwp|--inspect[\w-]*)/.exec(word.value)?.[0] ?? word.value;
  return {
    at: word.span,
    message: `\`${shown}\` lets a debugger attach, and run any code: start the program without it.`,
    fixes: (): readonly Fix[] =>
      own
        ? [
            {
              title: "Start without the debugger (give its options where you develop)",
              safety: "review",
              edits: [command.form === "exec" ? removeElement(model, word.span) : removeWord(model, word.span)],
            },
          ]
        : [],
  };
}
