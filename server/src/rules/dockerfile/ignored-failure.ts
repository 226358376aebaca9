import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellScript } from "../../languages/shell/model.ts";
import { insert, replace } from "../../text/edit.ts";
import { isToldByShellCheck, judgedScriptOf } from "./shared/checked-scripts.ts";
import { isNoticedLater, movesOnly } from "./shared/noticed-later.ts";
import { type Statement, statementsOf } from "./shared/statements.ts";

export default defineInstructionRule({
  slug: "ignored-failure",
  summary: "A command in a `RUN` may fail without failing the build.",
  why: `A shell goes on behind a \`;\` or a line's end, whatever became of the command before it, and the step counts as done when its last command is.
\`make; rm -rf src\` ships an image without the program, \`apt-get install -y curl; useradd app\` one without curl, and the build is green.
A heredoc (\`RUN <<EOF\`) is such a script too: each line may fail but the last.

\`&&\` between the commands, or \`set -e\` as the first of them, stops at the first failure. Where a failure shall not matter, \`|| true\` says so, which is
why such commands, tests (\`[ -f x ] && …\`) and scripts that end in \`true\` or \`exit 0\` are left alone. So is what shows anyway: an \`apt-get update\` in front
of an installation, which finds no packages then, or a \`cd\` in front of \`make\`.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#here-documents",
    "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#set",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM golang:1.27-alpine3.23\nWORKDIR /src\nCOPY cmd cmd\nRUN go vet ./...; go build -o /bin/app\nUSER nobody\n",
      good: "FROM golang:1.27-alpine3.23\nWORKDIR /src\nCOPY cmd cmd\nRUN go vet ./... && go build -o /bin/app\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /;|<</,
  suspects: (run) =>
    run.script !== undefined && scriptsOf(run.script, true).some(({ script }) => ignored(script).length > 0),
  reads: "workspace",
  *check(run, model, _options, workspace) {
    if (run.script === undefined || run.form !== "shell" || stops(run)) return;
    const asked = judgedScriptOf(run, model, workspace);
    for (const { script, direct } of scriptsOf(run.script, true)) {
      const statements = ignored(script);
      const worst = statements.find(isWork) ?? statements.find((one) => !movesOnly(one)) ?? statements[0];
      if (worst === undefined) continue;
      const { at, name } = worst;
      if (isToldByShellCheck(at, /^SC2164$/, asked)) continue;
      yield {
        at,
        message: `If \`${name}\` fails, the build goes on as if nothing had happened: ${worst.lineEnd && direct ? "begin with `set -e`" : "write `&&` in place of `;`, or begin with `set -e`"}.`,
        severity: isWork(worst) ? "warning" : movesOnly(worst) ? "hint" : "info",
        fixes: () => fixesFor(model, run, script, direct),
      };
    }
  },
});

interface Part {
  readonly script: ShellScript;
  readonly direct: boolean;
}

/** A script, and those that its commands run by a shell that was not told to stop at a failure. */
function scriptsOf(script: ShellScript, direct: boolean): readonly Part[] {
  return [
    { script, direct },
    ...script.commands.flatMap(({ inner, args, name }) =>
      inner === undefined || name === "eval" || args.some(({ value }) => isErrexit(value ?? ""))
        ? []
        : scriptsOf(inner, false),
    ),
  ];
}

/** The statements whose failure nobody notices: all but the last, as long as the script does not stop by itself. */
function ignored(script: ShellScript): readonly Statement[] {
  if (script.broken) return [];
  const statements = statementsOf(script);
  const last = statements.at(-1);
  if (last === undefined || statements.length < 2 || last.succeeds) return [];
  const found: Statement[] = [];
  for (const [index, statement] of statements.slice(0, -1).entries()) {
    if (statement.errexit) return found;
    if (statement.tolerated || statement.harmless) continue;
    if (!isNoticedLater(statement, statements[index + 1], script.commands)) found.push(statement);
  }
  return found;
}

/** Whether the shell of a RUN was started so that it stops at a failure. */
function stops({ shell, heredocs, words }: RunInstruction): boolean {
  if (shell?.slice(1).some(isErrexit) === true) return true;
  const shebang = words.length === 1 ? /^\s*#!([^\r\n]*)/.exec(heredocs[0]?.body ?? "")?.[1] : undefined;
  return shebang?.split(/\s+/).some(isErrexit) === true;
}

function isErrexit(word: string): boolean {
  return word === "errexit" || /^-[A-Za-z]*e[A-Za-z]*$/.test(word);
}

/** What an image is made by: without it something is missing in it. */
function isWork({ names }: Statement): boolean {
  return names.some((name) => work.has(name));
}

const work: ReadonlySet<string> = new Set(
  (
    "apt apt-get aptitude apk yum dnf microdnf tdnf zypper pacman pip pip3 pipx uv poetry npm yarn pnpm bun bundle gem composer cargo go mvn gradle dotnet " +
    "make cmake ninja meson configure curl wget git tar unzip gpg dpkg rpm conda mamba"
  ).split(" "),
);

function fixesFor(model: DockerfileModel, run: RunInstruction, script: ShellScript, direct: boolean): readonly Fix[] {
  const statements = statementsOf(script);
  const heredoc = run.heredocs[0];
  const inBody = heredoc !== undefined && statements.every(({ at }) => at.start >= heredoc.bodySpan.start);
  if (direct && inBody) {
    // Behind a first line that names the shell.
    const head = /^\s*#![^\n]*\n/.exec(heredoc.body)?.[0].length ?? 0;
    if (!isPlain(statements)) return [];
    const indentation = /^[ \t]*/.exec(heredoc.body.slice(head))?.[0] ?? "";
    return [
      {
        title: "Begin with `set -e` (the build then fails where a command does)",
        safety: "review",
        edits: [insert(heredoc.bodySpan.start + head, `${indentation}set -e${model.lineEnding}`)],
      },
    ];
  }
  const joints = statements.flatMap(({ behind }) => behind ?? []);
  // `a; [ -f x ] && b; c`: with `&&` throughout, `c` would hang on the test.
  if (statements.some(({ tolerated, background, beforeCompound }) => tolerated || background || beforeCompound)) {
    const [first] = statements;
    if (!direct || first === undefined || !isPlain(statements) || first.at.start !== run.argumentsSpan.start) return [];
    return [
      {
        title: "Begin with `set -e` (the build then fails where a command does)",
        safety: "review",
        edits: [insert(first.at.start, "set -e; ")],
      },
    ];
  }
  if (joints.length < statements.length - 1 || joints.some(({ start, end }) => model.text.slice(start, end) !== ";"))
    return [];
  return [
    {
      title: "Write `&&` in place of `;` (the build then fails where a command does)",
      safety: "review",
      edits: joints.map((joint) => replace(joint, " &&")),
    },
  ];
}

/** `set -e` does not see a failure in front of an `&&`. */
function isPlain(statements: readonly Statement[]): boolean {
  return statements.every((statement) => statement.tolerated || !statement.joined);
}
