import type { Fix } from "../../../engine/rule.ts";
import { removePair } from "../../../languages/dockerfile/edit-words.ts";
import type {
  DockerfileModel,
  Instruction,
  Pair,
  RunInstruction,
  VariableInstruction,
} from "../../../languages/dockerfile/model.ts";
import { type TextEdit, insert } from "../../../text/edit.ts";
import { bodyOf } from "./run-bodies.ts";

/** The build's own name for a secret that is a variable elsewhere: `NPM_TOKEN` is `npm_token`. */
export function secretId(name: string): string {
  return name.toLowerCase();
}

/** Gives a step one more mount, in front of its other flags. */
export function addMount(run: RunInstruction, options: string): TextEdit {
  return insert(run.keywordSpan.end, ` --mount=${options}`);
}

/**
 * Makes a secret of a build argument: each step that uses it mounts it, and the `ARG` goes, and an `ENV` that only hands it on to those steps.
 * `undefined` where the file does not tell which steps use it, something else does, or the image needs the variable when it runs.
 */
export function mountedInstead(model: DockerfileModel, name: string): Fix | undefined {
  if (!knowsMounts(model)) return undefined;
  const declared: Declared[] = [];
  const handed = new Set([name]);
  for (const instruction of model.instructions) {
    if (instruction.name === "ARG" || instruction.name === "ENV") {
      const found = declarationsIn(instruction, name);
      if (found === undefined) return undefined;
      declared.push(...found);
      for (const { pair } of found) handed.add(pair.name);
    } else if (instruction.name !== "RUN" && mentions(model, instruction, name)) return undefined;
  }
  if (new Set(declared.map(({ instruction }) => instruction)).size !== declared.length) return undefined;
  const mounts = mountsFor(model, name, handed, declared);
  if (mounts === undefined || mounts.length === 0) return undefined;
  const id = secretId(name);
  return {
    title: `Mount \`${name}\` as a secret (build with \`docker build --secret id=${id},env=${name} .\`)`,
    safety: "review",
    edits: [...mounts, ...declared.map(({ instruction, pair }) => removePair(model, instruction, pair))],
  };
}

interface Declared {
  readonly instruction: VariableInstruction;
  readonly pair: Pair;
}

/** Whether a mount can set a variable: since version 1.10 of the syntax. */
export function knowsMounts({ directives }: DockerfileModel): boolean {
  const syntax = directives.find(({ name }) => name === "syntax")?.value;
  const version = /dockerfile:(\d+)\.(\d+)/.exec(syntax ?? "");
  return version === null || Number(version[1]) > 1 || Number(version[2]) >= 10;
}

/** The `ARG`s of the name, and the `ENV`s that hand it on; `undefined` where one is used in another way. */
function declarationsIn(instruction: VariableInstruction, name: string): readonly Declared[] | undefined {
  const found: Declared[] = [];
  for (const pair of instruction.pairs) {
    const handsOn = pair.value === `$${name}` || pair.value === `\${${name}}`;
    if (instruction.name === "ARG" ? pair.name === name : handsOn) {
      if (instruction.name === "ENV" && instruction.stage?.shipped !== false && readersOf(pair.name) === undefined) {
        return undefined;
      }
      found.push({ instruction, pair });
    } else if (pair.name === name || namePattern(name).test(pair.value ?? "")) return undefined;
  }
  return found;
}

function mountsFor(
  model: DockerfileModel,
  name: string,
  handed: ReadonlySet<string>,
  declared: readonly Declared[],
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const run of model.instructions) {
    if (run.name !== "RUN") continue;
    for (const variable of handed) {
      const mentioned = mentions(model, run, variable);
      if (!mentioned && !runsReader(run, variable)) continue;
      if (!reaches(declared, variable, run)) {
        if (mentioned) return undefined;
        continue;
      }
      if (run.stage?.windows === true || bodyOf(run)?.broken !== false) return undefined;
      if (run.mounts.some(({ options }) => options.get("env") === variable)) continue;
      edits.push(addMount(run, `type=secret,id=${secretId(name)},env=${variable}`));
    }
  }
  return edits;
}

/** Whether the variable is declared in front of the step, in its stage or one that this is based on. */
function reaches(declared: readonly Declared[], variable: string, run: RunInstruction): boolean {
  const history = run.stage?.history;
  return declared.some(
    ({ instruction, pair }) =>
      pair.name === variable &&
      instruction.span.start < run.span.start &&
      (history === undefined
        ? instruction.stage === undefined
        : history.some(({ span }) => span.start === instruction.span.start)),
  );
}

function mentions(model: DockerfileModel, { span }: Instruction, name: string): boolean {
  return namePattern(name).test(model.text.slice(span.start, span.end));
}

function namePattern(name: string): RegExp {
  return new RegExp(`(?<![\\w])${name}(?!\\w)`);
}

/** Whether a step runs a program that reads the variable by itself. */
function runsReader(run: RunInstruction, variable: string): boolean {
  const readers = readersOf(variable);
  return readers !== undefined && bodyOf(run)?.everyCommand.some(({ name }) => readers.test(name ?? "")) === true;
}

/** The programs that read a variable of this name by themselves, or through their configuration, and only when they build; `undefined` where not known. */
function readersOf(variable: string): RegExp | undefined {
  return readers.find(([name]) => name.test(variable))?.[1];
}

const readers: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:NPM|NODE_AUTH|YARN|YARN_NPM_AUTH|PNPM|BUN_AUTH)_?(?:\w*_)?(?:TOKEN|AUTH|PASSWORD)$|^(?:FONTAWESOME|TIPTAP)\w*_TOKEN$/,
    /^(?:npm|npx|yarn|pnpm|bun)$/,
  ],
  [/^(?:PIP|UV|POETRY|PYPI|TWINE)_\w*(?:TOKEN|PASSWORD|SECRET)\w*$/, /^(?:pip\d?(?:\.\d+)?|uv|poetry|pdm|twine)$/],
  [/^COMPOSER_AUTH$/, /^composer$/],
  [/^BUNDLE_\w+$/, /^bundle$/],
  [/^(?:CARGO_REGISTR(?:Y|IES)_\w*TOKEN)$/, /^cargo$/],
  [/^NUGET_\w*(?:TOKEN|KEY|PASSWORD|PAT)$/, /^(?:dotnet|nuget)$/],
  [/^SENTRY_AUTH_TOKEN$/, /^(?:npm|npx|yarn|pnpm|bun|sentry-cli)$/],
];
