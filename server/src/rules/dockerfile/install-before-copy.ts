import { defineRule, type Fix } from "../../engine/rule.ts";
import { packageCommand } from "../../knowledge/package-managers.ts";
import { insertAfter, replaceArguments } from "../../languages/dockerfile/edit.ts";
import type {
  DockerfileModel,
  Instruction,
  RunInstruction,
  TransferInstruction,
} from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../languages/shell/index.ts";
import { joinPath } from "../../text/path.ts";
import { type DependencyInstall, dependencyInstall } from "./shared/dependency-installs.ts";
import { contextCopy } from "./shared/source-copies.ts";

export default defineRule("dockerfile", {
  slug: "install-before-copy",
  summary: "Everything is copied before the dependencies are installed, so any change installs them again.",
  why: `The builder keeps the result of a step for as long as what went before is the same. Behind \`COPY . .\` that is never the case: a changed line of code, a
changed README, and all dependencies are fetched and installed once more, in every build and in CI. It costs minutes, traffic, and new layers to push and pull.

Copy what names the dependencies first (\`package.json\` and its lockfile, \`requirements.txt\`, \`go.mod\`), install, and copy the rest behind that. Install scripts that
need the project's own files are the exception.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/build/cache/optimize/#order-your-layers"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev && npm cache clean --force\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nUSER node\nCMD ["node", "server.js"]\n',
      files: { ".dockerignore": ".git\n.env*\nnode_modules\n" },
    },
  ],
  *check(model) {
    const groups = model.fragment ? [model.instructions] : model.stages.map(({ instructions }) => instructions);
    for (const instructions of groups) {
      for (const [index, instruction] of instructions.entries()) {
        const copy = contextCopy(instruction);
        const source = copy?.sources[0];
        if (copy === undefined || source === undefined) continue;
        const found = firstInstall(instructions.slice(index + 1));
        if (found === undefined || installedBefore(copy, found.install)) continue;
        const { run, command, install } = found;
        const first = install.manifests === undefined ? "what names them" : manifestNames(install.manifests);
        yield {
          at: source.span,
          message: `Any change to a file makes \`${install.command}\` install everything again: copy ${first} and install before you copy the rest.`,
          related: [{ at: command.nameSpan, message: "The dependencies are installed here." }],
          fixes: fixesFor(model, copy, run, install, instructions),
        };
        break;
      }
    }
  },
});

interface Found {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  readonly install: DependencyInstall;
}

function firstInstall(instructions: readonly Instruction[]): Found | undefined {
  for (const run of instructions) {
    if (run.name !== "RUN" || run.script === undefined) continue;
    for (const command of everyCommand(run.script)) {
      const install = dependencyInstall(command);
      if (install !== undefined) return { run, command, install };
    }
  }
  return undefined;
}

/** The same tool has already been at work with the manifests alone, here or in a parent stage. */
function installedBefore(copy: TransferInstruction, { command }: DependencyInstall): boolean {
  const tool = command.split(" ")[0];
  if (copy.stage === undefined) return false;
  const all = copy.stage.history;
  return all.slice(0, all.indexOf(copy)).some((instruction) => {
    if (instruction.name !== "RUN" || instruction.script === undefined) return false;
    for (const earlier of everyCommand(instruction.script)) {
      if (earlier.name === tool && dependencyInstall(earlier) !== undefined) return true;
    }
    return false;
  });
}

function fixesFor(
  model: DockerfileModel,
  copy: TransferInstruction,
  run: RunInstruction,
  { manifests, command }: DependencyInstall,
  instructions: readonly Instruction[],
): readonly Fix[] {
  const { destination } = copy;
  if (manifests === undefined || destination === undefined || destination.variable) return [];
  const text = model.text.slice(copy.span.start, copy.span.end);
  const between = instructions.slice(instructions.indexOf(copy) + 1, instructions.indexOf(run));
  if (text.includes("\n") || copy.flags.some(({ name }) => name === "exclude" || name === "parents")) return [];
  if (!between.every(({ name }) => harmless.has(name)) || !installsOnly(run)) return [];
  const folder = folderAt(run, instructions);
  if (joinPath(folderAt(copy, instructions), destination.value) !== joinPath(folder, ".")) return [];
  const target = destination.value === "." ? "./" : `${destination.value.replace(/\/$/, "")}/`;
  return [
    {
      title: `Copy ${manifestNames(manifests)} first, and the rest behind \`${command}\` (install scripts that need the other files would fail)`,
      safety: "review",
      edits: [replaceArguments(model, copy, `${manifests.join(" ")} ${target}`), insertAfter(model, run, [text])],
    },
  ];
}

const harmless: ReadonlySet<Instruction["name"]> = new Set(["WORKDIR", "ENV", "ARG", "LABEL", "EXPOSE", "USER"]);

/** Nothing in it can need the files that would come later. */
function installsOnly({ script, mounts }: RunInstruction): boolean {
  if (script === undefined || script.broken || mounts.some(({ type }) => type === "bind")) return false;
  return script.commands.every((command) => {
    if (dependencyInstall(command) !== undefined) return true;
    if (command.name === "rm" || command.name === "corepack" || command.name === "set") return true;
    const words = command.args.map(({ value }) => value);
    const read = command.name === undefined ? undefined : packageCommand(command.name, words);
    if (read === undefined || read.operands.some((index) => /^[./]/.test(words[index] ?? "."))) return false;
    return read.does !== "other";
  });
}

/** The folder an instruction works in, by the `WORKDIR`s of its stage; `.` is wherever the stage starts. */
function folderAt(instruction: Instruction, instructions: readonly Instruction[]): string {
  let folder = ".";
  for (const earlier of instructions) {
    if (earlier === instruction) break;
    const word = earlier.name === "WORKDIR" ? earlier.words[0] : undefined;
    if (word !== undefined) folder = joinPath(folder, word.resolved ?? word.text);
  }
  return folder;
}

function manifestNames(manifests: readonly string[]): string {
  return manifests.map((name) => `\`${name.replace(/(?<=\.\w+)\*$/, "")}\``).join(" and ");
}
