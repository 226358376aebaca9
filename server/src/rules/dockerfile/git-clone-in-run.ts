import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../languages/shell/model.ts";
import { nameOf } from "../../text/path.ts";
import { isElement } from "./shared/curl-options.ts";
import { bodyOf } from "./shared/run-bodies.ts";
import { isByRoot } from "./shared/made-by-root.ts";

export default defineInstructionRule({
  slug: "git-clone-in-run",
  summary: "A repository is cloned at whatever commit its branch has, or with its history.",
  why: `\`git clone\` without a tag takes what the branch holds on the day of the build, and the builder then keeps that layer for as long as the line of text stays the
same: two people who build the same Dockerfile get different programs, and the one who waits for a fix does not get it. Clone a tag (\`--branch v1.2.3\`), or check out a commit.

The \`.git\` folder with all the history stays in the image unless the same \`RUN\` deletes it; \`--depth 1\` makes it small. \`ADD https://….git#v1.2.3 /src\` needs no
\`git\` in the image, leaves \`.git\` out, and asks for new commits at each build; it cannot run scripts between, and takes a private repository by \`--ssh\`.`,
  category: "reproducibility",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["tally:prefer-add-git"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository",
    "https://git-scm.com/docs/git-clone",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nRUN git clone https://github.com/acme/report.git /srv/report\nUSER 65534:65534\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nADD https://github.com/acme/report.git /srv/report\nUSER 65534:65534\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => clonesIn(run).some(({ floats, history }) => floats || history),
  *check(run, model) {
    const shipped = run.stage?.shipped !== false;
    for (const clone of clonesIn(run)) {
      if (!clone.floats && !(clone.history && shipped)) continue;
      yield {
        at: clone.url.span,
        message: clone.floats
          ? `Which commit of \`${clone.name}\` this takes depends on the day: name a tag (\`--branch v1.2.3\`), or \`ADD\` the repository.`
          : `All the history of \`${clone.name}\` stays in the image: add \`--depth 1\` and delete \`.git\`, or \`ADD\` the repository.`,
        fixes: () => [...addFix(model, run, clone)],
      };
    }
  },
});

interface Clone {
  readonly command: ShellCommand;
  readonly url: ShellWord;
  /** The directory it makes, where it is not the repository's name. */
  readonly folder: ShellWord | undefined;
  /** The repository's name. */
  readonly name: string;
  readonly branch: ShellWord | undefined;
  /** Options besides those that say which commits and how much is told. */
  readonly special: boolean;
  readonly floats: boolean;
  readonly history: boolean;
}

const valued: ReadonlySet<string> = new Set(
  "-b --branch --revision --depth -c --config -o --origin -u --upload-pack --reference --reference-if-able --separate-git-dir -j --jobs --filter --shallow-since --shallow-exclude --template --server-option --bundle-uri".split(
    " ",
  ),
);

function clonesIn(run: RunInstruction): readonly Clone[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return script.everyCommand.flatMap((command) => {
    const clone = command.name === "git" ? cloneOf(command, script) : undefined;
    return clone === undefined ? [] : [clone];
  });
}

function cloneOf(command: ShellCommand, script: ShellScript): Clone | undefined {
  const start = command.args.findIndex(({ value }) => value === "clone");
  if (start < 0 || command.args.slice(0, start).some(({ text }) => !text.startsWith("-") && !text.includes("=")))
    return undefined;
  const operands: ShellWord[] = [];
  let branch: ShellWord | undefined;
  let special = start > 0;
  let short = false;
  for (let index = start + 1; index < command.args.length; index++) {
    const word = command.args[index];
    if (word === undefined) break;
    const text = word.value ?? word.text;
    if (!text.startsWith("-")) {
      operands.push(word);
      continue;
    }
    const [option = "", value] = text.split("=", 2);
    const next = valued.has(option) && value === undefined ? command.args[++index] : undefined;
    if (option === "-b" || option === "--branch" || option === "--revision") branch = next ?? word;
    else if (/^--(?:depth|shallow-since|bare|mirror)$/.test(option)) short = true;
    else if (
      !/^(?:-q|--quiet|--single-branch|--recursive|--recurse-submodules|--shallow-submodules|--no-tags|--progress)$/.test(
        option,
      )
    )
      special = true;
  }
  const [url, folder] = operands;
  if (url === undefined || operands.length > 2 || !/^["']?(?:https?|git|ssh):\/\/|^["']?\w+@[\w.-]+:/.test(url.text))
    return undefined;
  const address = url.text.replaceAll(/["']/g, "");
  const name = nameOf(address.replace(/\/+$/, "").replace(/\.git$/, ""));
  const made = folder === undefined ? name : nameOf((folder.value ?? folder.text).replaceAll(/["']|\/+$/g, ""));
  const later = script.everyCommand.filter(({ span }) => span.start > command.span.end);
  const fixed =
    branch !== undefined &&
    !/^(?:master|main|trunk|develop|dev|devel|nightly|latest|next|stable|HEAD)$/.test(branch.value ?? "");
  return {
    command,
    url,
    folder,
    name,
    branch,
    special,
    floats: !fixed && !later.some(picksCommit),
    history:
      !short && !later.some((other) => deletes(other, made)) && !/^\/?(?:tmp|var\/tmp)\//.test(folder?.value ?? ""),
  };
}

/** `git checkout v1.2.3`, in whatever folder. */
function picksCommit({ name, args }: ShellCommand): boolean {
  if (name !== "git") return false;
  return args.some(({ value }) => /^(?:checkout|switch|reset|fetch|worktree)$/.test(value ?? ""));
}

/** Whether it deletes the clone, its `.git`, or all there is. */
function deletes({ name, args }: ShellCommand, folder: string): boolean {
  if (name !== "rm" && name !== "find" && name !== "mv") return false;
  return args.some(
    ({ text }) =>
      text.includes(".git") || text.includes(folder) || /(?:^|\/)\*$|^\.\.?\/?$/.test(text.replaceAll(/["']/g, "")),
  );
}

function* addFix(model: DockerfileModel, run: RunInstruction, clone: Clone): Generator<EditFix> {
  const { command, url, folder, branch, special, name } = clone;
  const { script } = run;
  if (script === undefined || script.broken || run.onbuild || special || isElement(run, command)) return;
  if (script.commands.length !== 1 || script.commands[0] !== command || command.depth > 0) return;
  if (command.prefixes.length > 0 || command.redirects.length > 0 || run.heredocs.length > 0 || run.flags.length > 0)
    return;
  // What `ADD` brings is root's.
  if (!isByRoot(model, run)) return;
  const address = url.value;
  const target = folder === undefined ? name : folder.value;
  if (address === undefined || target === undefined || !/^https?:\/\/[^\s@#]+$/.test(address) || /[\s"'*]/.test(target))
    return;
  if (!address.endsWith(".git") && !/^https:\/\/(?:github|gitlab)\.com\//.test(address)) return;
  if (branch !== undefined && (branch.value === undefined || branch.value.startsWith("-"))) return;
  const source = address.endsWith(".git") ? address : `${address.replace(/\/+$/, "")}.git`;
  const line = `ADD ${source}${branch === undefined ? "" : `#${branch.value ?? ""}`} ${target}`;
  yield {
    title: `Change it to \`${line}\` (needs BuildKit; \`.git\` is left out)`,
    safety: "review",
    edits: [replaceWord(run, line)],
  };
}
