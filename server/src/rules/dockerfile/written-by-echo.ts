import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { replace } from "../../text/edit.ts";
import { folderOf } from "../../text/path.ts";
import { isByRoot } from "./shared/made-by-root.ts";

export default defineInstructionRule({
  slug: "written-by-echo",
  summary: "A `RUN` does nothing but write a file, which `COPY` does without a shell.",
  why: `In \`echo "…" > file\` the text goes through the shell: quotes, backslashes and dollar signs are to be escaped, and \`echo\` itself treats backslashes in one way in
dash and in another in bash. A file of several lines becomes hard to read, and a container is started to write it.

\`COPY <<EOF /etc/app.conf\` shows the file as it is, without a shell, and takes \`--chown\` and \`--chmod\`; with the delimiter in quotes, \`<<"EOF"\`, variables stay
as they are. It needs BuildKit. For a single short line it is a matter of taste, which is why this is off until asked for.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["tally:prefer-copy-heredoc"],
  references: ["https://docs.docker.com/reference/dockerfile/#example-creating-inline-files"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN echo 'listen=9000' > /etc/app.conf\nUSER nobody\n",
      good: "FROM alpine:3.22\nCOPY <<EOF /etc/app.conf\nlisten=9000\nEOF\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => writingOf(run) !== undefined,
  *check(run, model) {
    const writing = writingOf(run);
    if (writing === undefined || run.stage?.windows === true) return;
    const { path, first } = writing;
    yield {
      at: first.nameSpan,
      message: `This \`RUN\` only writes \`${path}\`: \`COPY <<EOF ${path}\` does so without a shell to escape for.`,
      fixes: () => fixesFor(model, run, writing),
    };
  },
});

interface Writing {
  readonly path: string;
  readonly first: ShellCommand;
  readonly commands: readonly ShellCommand[];
}

/** The one file that a RUN writes, where it does nothing else than make the folder for it. */
function writingOf(run: RunInstruction): Writing | undefined {
  const { script } = run;
  if (run.form === "exec" || script === undefined || script.broken || script.pipelines.length > 0) return undefined;
  let path: string | undefined;
  const commands: ShellCommand[] = [];
  for (const command of script.commands) {
    if (command.depth > 0 || command.joined === "||" || command.joined === "&" || command.prefixes.length > 0)
      return undefined;
    const target = targetOf(command);
    if (target === undefined) {
      if (command.name !== "mkdir" || commands.length > 0) return undefined;
      continue;
    }
    if (path === undefined ? target.appends : target.path !== path || !target.appends) return undefined;
    path = target.path;
    commands.push(command);
  }
  const [first] = commands;
  return path === undefined || first === undefined ? undefined : { path, first, commands };
}

/** The file that a command does nothing but write to. */
function targetOf({
  name,
  redirects,
  operands,
}: ShellCommand): { readonly path: string; readonly appends: boolean } | undefined {
  const outputs = redirects.filter(({ operator }) => operator === ">" || operator === ">>");
  const inputs = redirects.filter(({ operator }) => operator === "<<" || operator === "<<-");
  const [output] = outputs;
  if (outputs.length !== 1 || output === undefined || outputs.length + inputs.length < redirects.length)
    return undefined;
  if (
    name === "cat"
      ? inputs.length !== 1 || operands.length > 0
      : (name !== "echo" && name !== "printf") || inputs.length > 0
  )
    return undefined;
  const { target, operator } = output;
  if (target === undefined || !/^[\w./+@-]+$/.test(target) || /^\/(?:dev|proc|sys)\//.test(target)) return undefined;
  return { path: target, appends: operator === ">>" };
}

function fixesFor(model: DockerfileModel, run: RunInstruction, writing: Writing): readonly EditFix[] {
  const { path, commands } = writing;
  if (run.onbuild || run.flags.length > 0 || commands.length === 0) return [];
  // What COPY writes is root's.
  if (!isByRoot(model, run)) return [];
  for (const command of run.script?.commands ?? []) {
    if (command.name === "mkdir" && command.operands.some(({ value }) => value !== folderOf(path))) return [];
  }
  const title = `Change it to \`COPY <<EOF ${path}\` (needs BuildKit)`;
  const [heredoc] = run.heredocs;
  if (heredoc !== undefined) {
    // `RUN cat <<EOF > /file`: the text stays where it is. One whose body is the script holds commands instead.
    const plain =
      run.heredocs.length === 1 && commands.length === 1 && heredoc.terminated && writing.first.name === "cat";
    if (!plain || run.script?.commands.length !== 1 || heredoc.bodySpan.start <= writing.first.span.start) return [];
    if (!heredoc.quoted && /[$`\\]/.test(heredoc.body)) return [];
    const opener = model.text.slice(heredoc.openerSpan.start, heredoc.openerSpan.end);
    const head = { start: run.span.start, end: heredoc.bodySpan.start };
    return [{ title, safety: "review", edits: [replace(head, `COPY ${opener} ${path}${model.lineEnding}`)] }];
  }
  const lines = commands.map(lineOf);
  if (lines.some((line) => line === undefined || line === "EOF")) return [];
  const text = lines.map((line) => (line ?? "") + model.lineEnding).join("");
  const opener = /[$\\]/.test(text) ? '<<"EOF"' : "<<EOF";
  return [
    {
      title,
      safety: "review",
      edits: [replaceWord(run, `COPY ${opener} ${path}${model.lineEnding}${text}EOF`)],
    },
  ];
}

/** The line that a command writes; `undefined` where a shell may make something else of it. */
function lineOf({ name, args, assignments }: ShellCommand): string | undefined {
  const values = args.map(({ value }) => value);
  const words = name === "printf" && values[0] === "%s\\n" && values.length === 2 ? values.slice(1) : values;
  if ((name === "printf" && words === values) || assignments.length > 0) return undefined;
  if (words.some((word) => word === undefined || /[\\\r\n]/.test(word))) return undefined;
  if (words[0]?.startsWith("-") === true || args.some(({ text }) => /^[^"']*[*?[{~]/.test(text))) return undefined;
  return words.join(" ");
}
