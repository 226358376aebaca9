import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { insertAfter, insertBefore, removeCommand, replaceArguments } from "../../languages/dockerfile/edit.ts";
import type {
  DockerfileModel,
  Instruction,
  RunInstruction,
  TransferInstruction,
} from "../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../languages/shell/index.ts";
import { joinPath } from "../../text/path.ts";
import { listed } from "../../text/words.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { type DependencyInstall, type Manifests, dependencyInstall } from "./shared/dependency-installs.ts";
import { contextCopy } from "./shared/source-copies.ts";

export default defineInstructionRule({
  slug: "install-before-copy",
  summary: "Everything is copied before the dependencies are installed, so any change installs them again.",
  why: `The builder keeps the result of a step for as long as what went before is the same. Behind \`COPY . .\` that is never the case: a changed line of code, a
changed README, and all dependencies are fetched and installed once more, in every build and in CI. It costs minutes, traffic, and new layers to push and pull.

Copy what names the dependencies first (\`package.json\` and its lockfile, \`requirements.txt\`, \`go.mod\`, \`pom.xml\`), install or fetch them, and copy the rest behind that. Where a
build fetches what it needs as it goes (\`go build\`, \`mvn package\`, \`cargo build\`), a step ahead of it does the fetching, or a cache mount keeps what was fetched.
Install scripts that need the project's own files are the exception, and a repository of many packages, whose manifests are spread over it, may not be worth the lines.`,
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
  instructions: ["COPY", "ADD"],
  reads: "workspace",
  suspects: (copy) => contextCopy(copy) !== undefined,
  *check(copy, model, _options, workspace) {
    const [source] = copy.sources;
    if (copy.onbuild || source === undefined) return;
    const steps = copy.stage?.instructions ?? model.instructions;
    const index = steps.indexOf(copy);
    // The first copy is the one to move.
    if (steps.slice(0, index).some((step) => contextCopy(step) !== undefined)) return;
    const found = firstInstall(steps, index + 1);
    if (found === undefined || isInstalledBefore(copy, found.install)) return;
    const { install, command, run } = found;
    if (install.lock !== undefined && workspace.contextHas(install.lock) !== true) return;
    if (install.fetches === true && (keepsDownloads(run) || isVendored(steps, index))) return;
    const manifests = install.manifests && exactNames(install.manifests, workspace);
    yield {
      at: source.span,
      message: messageFor(install, manifests),
      related: [{ at: command.nameSpan, message: "The dependencies are installed here." }],
      fixes: () =>
        manifests === undefined || workspaceOfMany(install, workspace)
          ? []
          : fixesFor(model, { copy, steps, found, manifests }),
    };
  },
});

interface Found {
  readonly run: RunInstruction;
  readonly command: ShellCommand;
  readonly install: DependencyInstall;
}

function firstInstall(steps: readonly Instruction[], from: number): Found | undefined {
  for (let index = from; index < steps.length; index++) {
    const run = steps[index];
    if (run?.name !== "RUN" || run.script === undefined) continue;
    for (const command of everyCommand(run.script)) {
      const install = dependencyInstall(command);
      if (install !== undefined) return { run, command, install };
    }
  }
  return undefined;
}

/** The same tool has already been at work with the manifests alone, here or in a parent stage. */
function isInstalledBefore(copy: TransferInstruction, { tool }: DependencyInstall): boolean {
  for (const step of copy.stage?.history ?? []) {
    if (step === copy) return false;
    if (step.name !== "RUN" || step.script === undefined) continue;
    if (everyCommand(step.script).some((command) => dependencyInstall(command)?.tool === tool)) return true;
  }
  return false;
}

/** What it fetches is not in a layer, or does not come from the network. */
function keepsDownloads(run: RunInstruction): boolean {
  return run.mounts.some(({ type }) => type === "cache" || type === "bind") || run.flag("network")?.value === "none";
}

function isVendored(steps: readonly Instruction[], end: number): boolean {
  return steps
    .slice(0, end)
    .some(
      (step) =>
        step.name === "ENV" && step.pairs.some(({ name, value }) => name === "GOFLAGS" && /vendor/.test(value ?? "")),
    );
}

/** Lockfiles that are known to be there need no `*`. */
function exactNames(manifests: readonly Manifests[], workspace: WorkspaceView): readonly Manifests[] {
  return manifests.map(({ folder, names }) => ({
    folder,
    names: names.map((name) => {
      const plain = name.endsWith("*") ? name.slice(0, -1) : name;
      return workspace.contextHas(plain) === true ? plain : name;
    }),
  }));
}

/** A project of several packages has manifests in more places. */
function workspaceOfMany({ tool }: DependencyInstall, workspace: WorkspaceView): boolean {
  if (!/^(?:npm|yarn|pnpm|bun)$/.test(tool)) return false;
  const found = workspace.packageJson();
  return found !== undefined && found !== "unknown" && found.workspaces;
}

function messageFor(
  { command, ahead, fetches }: DependencyInstall,
  manifests: readonly Manifests[] | undefined,
): string {
  const again = fetches === true && ahead !== undefined ? "fetch every dependency again" : "install everything again";
  const first = manifests === undefined ? "what names them" : manifestNames(manifests);
  const todo =
    ahead === undefined || manifests === undefined
      ? `copy ${first} and install before you copy the rest`
      : `copy ${first}, run \`${ahead}\`, and copy the rest behind that`;
  return `Any change to a file makes \`${command}\` ${again}: ${todo}.`;
}

interface Place {
  readonly copy: TransferInstruction;
  readonly steps: readonly Instruction[];
  readonly found: Found;
  readonly manifests: readonly Manifests[];
}

function fixesFor(model: DockerfileModel, place: Place): readonly EditFix[] {
  const { copy, steps, found, manifests } = place;
  const { run, install } = found;
  const { destination } = copy;
  if (destination === undefined || destination.variable) return [];
  const text = model.text.slice(copy.span.start, copy.span.end);
  const between = steps.slice(steps.indexOf(copy) + 1, steps.indexOf(run));
  if (text.includes("\n") || copy.flags.some(({ name }) => name === "exclude" || name === "parents")) return [];
  if (!between.every(({ name }) => harmless.has(name))) return [];
  const folder = folderAt(run, steps);
  if (joinPath(folderAt(copy, steps), destination.value) !== joinPath(folder, ".")) return [];
  const title = `Copy ${manifestNames(manifests)} first, and the rest behind`;
  const target = destination.value === "." ? "./" : `${destination.value.replace(/\/$/, "")}/`;
  const copies = manifests.map(({ folder: inner, names }) => `${names.join(" ")} ${inFolder(target, inner)}`);
  if (install.ahead === undefined && installsOnly(run)) {
    const [last = "", ...others] = [...copies].reverse();
    return [
      {
        title: `${title} \`${install.command}\` (${install.caution})`,
        safety: "review",
        edits: [
          ...(others.length > 0 ? [insertBefore(model, copy, others.reverse().map(copyLine(model, copy)))] : []),
          replaceArguments(model, copy, last),
          insertAfter(model, run, [text]),
        ],
      },
    ];
  }
  // Ahead of the copy it runs where the stage stands at that point.
  if (folderAt(copy, steps) !== folder) return [];
  const step = aheadOf(model, found);
  if (step === undefined) return [];
  return [
    {
      title: `${title} \`${step.command}\` (${install.caution})`,
      safety: "review",
      edits: [
        insertBefore(model, copy, [...copies.map(copyLine(model, copy)), runLine(model, run, step.command)], "keep"),
        ...step.edits,
      ],
    },
  ];
}

/** What is to be run ahead of the copy, and what is then taken out of where it stands; `undefined` where it takes more than that. */
function aheadOf(
  model: DockerfileModel,
  { run, command, install }: Found,
): { readonly command: string; readonly edits: EditFix["edits"] } | undefined {
  const { script } = run;
  if (script === undefined || script.broken || run.mounts.some(({ type }) => type === "bind")) return undefined;
  // What comes before it in its RUN may be what it needs.
  const before = script.commands.slice(0, script.commands.indexOf(command));
  if (!script.commands.includes(command) || !before.every(({ name }) => name === "set")) return undefined;
  if (install.ahead !== undefined) return { command: install.ahead, edits: [] };
  const text = model.text.slice(command.span.start, command.span.end);
  const edit = before.length > 0 || command.redirects.length > 0 ? undefined : removeCommand(model, run, command);
  return edit === undefined || text.includes("\n") ? undefined : { command: text, edits: [edit] };
}

function copyLine(model: DockerfileModel, copy: TransferInstruction): (words: string) => string {
  const flags = copy.flags.map(({ span }) => `${model.text.slice(span.start, span.end)} `).join("");
  return (words) => `${copy.keyword} ${flags}${words}`;
}

function runLine(model: DockerfileModel, run: RunInstruction, command: string): string {
  const flags = run.flags.map(({ span }) => `${model.text.slice(span.start, span.end)} `).join("");
  return `${run.keyword} ${flags}${command}`;
}

function inFolder(target: string, folder: string): string {
  return folder === "" ? target : `${target}${folder}/`;
}

const harmless: ReadonlySet<Instruction["name"]> = new Set(["WORKDIR", "ENV", "ARG", "LABEL", "EXPOSE", "USER"]);

/** Nothing in it can need the files that would come later. */
function installsOnly({ script, mounts }: RunInstruction): boolean {
  if (script === undefined || script.broken || mounts.some(({ type }) => type === "bind")) return false;
  return script.commands.every((command) => {
    const install = dependencyInstall(command);
    if (install !== undefined) return install.ahead === undefined;
    if (command.name === "rm" || command.name === "corepack" || command.name === "set") return true;
    const words = command.args.map(({ value }) => value);
    const read = command.name === undefined ? undefined : command.packages;
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

function manifestNames(manifests: readonly Manifests[]): string {
  const names = manifests.flatMap((part) => part.names).map((name) => `\`${name.replace(/(?<=\.\w+)\*$/, "")}\``);
  return listed(names);
}
