import { type Fix, defineRule } from "../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { isForDevelopment } from "./shared/development.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { finalImage } from "./shared/final-image.ts";
import { type StartedProgram, startedPrograms } from "./shared/start.ts";
import { setsVariable } from "./shared/variables.ts";

export default defineRule("dockerfile", {
  slug: "buffered-python-output",
  summary: "Python keeps what the program prints to itself for a while, and loses it in a crash.",
  why: `A container's output is a pipe, and into a pipe Python writes in blocks of some kilobytes. What a quiet service prints is seen minutes or hours later, out of order with
its errors, and the last lines before it is killed for its memory, the ones somebody will look for, are never seen. \`PYTHONUNBUFFERED=1\`, or \`python -u\`, writes each line
at once. What goes through \`logging\` is written to the error output, which is not held back, so a program that prints nothing loses nothing.

\`PYTHONDONTWRITEBYTECODE=1\` is often set beside it. It keeps some \`.pyc\` files out of the image, but a program that has none compiles its modules at every start;
this rule does not ask for it.`,
  category: "observability",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["droast:DF032"],
  references: [
    "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED",
    "https://docs.python.org/3/library/sys.html#sys.stdout",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM python:3.13-slim@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nWORKDIR /app\nCOPY app.py ./\nUSER 10001:10001\nCMD ["python", "app.py"]\n',
      good: 'FROM python:3.13-slim@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nWORKDIR /app\nCOPY app.py ./\nUSER 10001:10001\nENV PYTHONUNBUFFERED=1\nCMD ["python", "app.py"]\n',
    },
  ],
  reads: "workspace",
  *check(model, _options, { path }) {
    const stage = model.finalStage;
    const start = stage?.last("CMD") ?? stage?.last("ENTRYPOINT");
    if (stage === undefined || start === undefined || stage.windows) return;
    const program = bufferingProgram(stage);
    if (program === undefined) return;
    const image = finalImage(model);
    // A base image that is not known may set it.
    if (image?.facts === undefined || setsVariable(stage, "PYTHONUNBUFFERED") || isForDevelopment(path, stage)) return;
    yield {
      at: image.word.span,
      message: `What \`${program.name}\` prints is held back, and lost in a crash: set \`PYTHONUNBUFFERED=1\`.`,
      fixes: () => fixesFor(model, stage),
    };
  },
});

/** The interpreter with a program, or a server for Python programs; an entrypoint that is a script may set the variable itself. */
function bufferingProgram(stage: Stage): StartedProgram | undefined {
  const programs = startedPrograms(stage);
  if (programs.some(({ name }) => /\.(?:sh|bash)$|entrypoint/.test(name))) return undefined;
  return programs.find(({ name, args, instruction }) => {
    if (/PYTHONUNBUFFERED/.test(instruction.words.map(({ value }) => value).join(" "))) return false;
    if (servers.has(name)) return true;
    return /^(?:python|pypy)\d*(?:\.\d+)?$/.test(name) && runsProgram(args);
  });
}

const servers = new Set([
  "gunicorn",
  "uvicorn",
  "hypercorn",
  "daphne",
  "celery",
  "flask",
  "streamlit",
  "waitress-serve",
]);

/** Not `python -u app.py`, and not the interpreter alone. */
function runsProgram(args: StartedProgram["args"]): boolean {
  const at = args.findIndex((arg) => arg === undefined || !arg.startsWith("-") || arg === "-m" || arg === "-c");
  const flags = at < 0 ? args : args.slice(0, at);
  return at >= 0 && args[at] !== undefined && !flags.some((flag) => flag !== undefined && /^-[a-zA-Z]*u/.test(flag));
}

function fixesFor(model: DockerfileModel, stage: Stage): readonly Fix[] {
  return [
    {
      title: "Add `ENV PYTHONUNBUFFERED=1` (a program that prints very much gets slower)",
      safety: "review",
      edits: [insertBeforeStart(model, stage, ["ENV PYTHONUNBUFFERED=1"])],
    },
  ];
}
