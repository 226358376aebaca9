import type { Instruction, Stage } from "../../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../../languages/shell/index.ts";
import { bodyOf } from "./run-bodies.ts";

/**
 * Whether what a stage runs may lie in root's home folder, which nobody else can enter: something is copied or installed there, or a variable
 * points to it.
 */
export function livesInRootsHome(stage: Stage): boolean {
  return stage.history.some((step) => {
    switch (step.name) {
      case "COPY":
      case "ADD":
        return isInRootsHome(step.destination?.resolved ?? step.destination?.text);
      case "WORKDIR":
      case "CMD":
      case "ENTRYPOINT":
        return step.words.some(({ resolved, text }) => isInRootsHome(resolved ?? text));
      case "ENV":
        return step.pairs.some(({ value }) => isInRootsHome(value));
      case "RUN": {
        const script = bodyOf(step);
        return script !== undefined && everyCommand(script).some((command) => installsAtHome(stage, step, command));
      }
      default:
        return false;
    }
  });
}

const home = /(?:^|[:=\s"'])(?:\/root(?:\/|$)|~(?:\/|$)|\$\{?HOME\b)/;

function isInRootsHome(text: string | undefined): boolean {
  return text !== undefined && home.test(text);
}

/** Installers that put programs below `$HOME` unless they are told otherwise. */
const installers =
  /bun\.(?:sh|com)\/install|nvm-sh\/nvm|sh\.rustup\.rs|install\.python-poetry\.org|astral\.sh\/uv|pyenv|get\.sdkman\.io|get\.volta\.sh|fnm\.vercel\.app|deno\.land\/|foundry\.paradigm|dot\.net\/|dotnet-install/;

function installsAtHome(stage: Stage, step: Instruction, { name, args, words, assignments }: ShellCommand): boolean {
  const said = args.map(({ text }) => text).join(" ");
  if (words.some(({ text }) => installers.test(text))) {
    const told = /_(?:HOME|DIR|ROOT|INSTALL)$|^(?:NVM_DIR|CARGO_HOME|POETRY_HOME|BUN_INSTALL|DENO_INSTALL)$/;
    return !stage.all("ENV").some((env) => env.name === "ENV" && env.pairs.some((pair) => told.test(pair.name)));
  }
  switch (name) {
    case "pip":
    case "pip3":
      return /(?:^|\s)--user(?:\s|$)/.test(said);
    case "poetry":
      return /^install\b/.test(said) && !places(stage, step, assignments, /^POETRY_VIRTUALENVS_|^VIRTUAL_ENV$/);
    case "pipenv":
      return (
        /^(?:install|sync)\b/.test(said) &&
        !/--system/.test(said) &&
        !places(stage, step, assignments, /^PIPENV_VENV_IN_PROJECT$/)
      );
    case "playwright":
      return /^install\b/.test(said) && !places(stage, step, assignments, /^PLAYWRIGHT_BROWSERS_PATH$/);
    case "npx":
    case "pnpm":
    case "yarn":
      return (
        /\b(?:playwright|puppeteer)\b.*\binstall\b/.test(said) && !places(stage, step, assignments, /_PATH$|CACHE_DIR$/)
      );
    case "dotnet":
      return /^tool install\b.*(?:-g|--global)\b/.test(said);
    case "composer":
      return /^global\b/.test(said);
    case "rustup":
    case "cargo":
      return /install\b/.test(said) && !stage.baseFacts?.toolchain?.what.includes("Rust") && !/--root\b/.test(said);
    default:
      return false;
  }
}

/** Whether a variable or setting says where such an installer puts things. */
function places(stage: Stage, step: Instruction, assignments: ShellCommand["assignments"], variable: RegExp): boolean {
  if (assignments.some((given) => variable.test(given.name))) return true;
  if (stage.all("ENV").some((env) => env.name === "ENV" && env.pairs.some((pair) => variable.test(pair.name))))
    return true;
  return stage.history.some(
    (other) =>
      other.name === "RUN" &&
      other.span.start <= step.span.start &&
      bodyOf(other)?.commands.some(({ name, args }) => name === "poetry" && args[0]?.value === "config") === true,
  );
}
