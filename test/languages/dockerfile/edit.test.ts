import { describe, expect, test } from "vitest";
import {
  appendToRun,
  insertAfter,
  insertBefore,
  insertFlag,
  removeCommand,
  removeInstruction,
  replaceArguments,
  replaceWord,
  toExecForm,
} from "../../../server/src/languages/dockerfile/edit.ts";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";
import type { DockerfileModel, Instruction, RunInstruction } from "../../../server/src/languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../server/src/languages/shell/model.ts";
import { type TextEdit, applyEdits } from "../../../server/src/text/edit.ts";

function apply(model: DockerfileModel, edit: TextEdit | undefined): string | undefined {
  return edit === undefined ? undefined : applyEdits(model.text, [edit]);
}

/** The one instruction whose text holds `X`. */
function marked(text: string): { readonly model: DockerfileModel; readonly instruction: Instruction } {
  const model = parseDockerfile(text);
  const instruction = model.instructions.find(({ span }) => text.slice(span.start, span.end).includes("X"));
  if (instruction === undefined) throw new Error(`no X in ${text}`);
  return { model, instruction };
}

function run(text: string): { readonly model: DockerfileModel; readonly instruction: RunInstruction } {
  const model = parseDockerfile(text);
  const instruction = model.instructions.find((candidate) => candidate.name === "RUN");
  if (instruction?.name !== "RUN") throw new Error(`no RUN in ${text}`);
  return { model, instruction };
}

function command({ instruction }: { readonly instruction: RunInstruction }, name: string): ShellCommand {
  const found = instruction.script?.commands.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe("new lines", () => {
  test.each<[string, string]>([
    ["FROM a\nRUN X\n", "FROM a\nU 1\nRUN X\n"],
    ["RUN X", "U 1\nRUN X"],
    ["FROM a\n# c\nRUN X", "FROM a\n# c\nU 1\nRUN X"],
    ["FROM a\r\n  RUN X\r\n", "FROM a\r\n  U 1\r\n  RUN X\r\n"],
    ["\uFEFFRUN X", "\uFEFFU 1\nRUN X"],
  ])("before %j", (before, after) => {
    const { model, instruction } = marked(before);
    expect(apply(model, insertBefore(model, instruction, ["U 1"]))).toBe(after);
  });

  test.each<[string, string]>([
    ["FROM a\n# b\n# c\nRUN X", "FROM a\nU 1\n# b\n# c\nRUN X"],
    ["FROM a\n# b\n\n# c\nRUN X", "FROM a\n# b\n\nU 1\n# c\nRUN X"],
    ["# syntax=a/b\n# c\nRUN X", "# syntax=a/b\nU 1\n# c\nRUN X"],
    ["FROM a\nRUN X", "FROM a\nU 1\nRUN X"],
  ])("above the comments of %j", (before, after) => {
    const { model, instruction } = marked(before);
    expect(apply(model, insertBefore(model, instruction, ["U 1"], "keep"))).toBe(after);
  });

  test.each<[string, string]>([
    ["FROM X\nRUN a\n", "FROM X\nU 1\nV 2\nRUN a\n"],
    ["FROM X", "FROM X\nU 1\nV 2"],
    ["FROM X\r\n", "FROM X\r\nU 1\r\nV 2\r\n"],
    ["RUN <<E\nX\nE\nRUN b", "RUN <<E\nX\nE\nU 1\nV 2\nRUN b"],
    ["RUN X \\\n  y\n\nRUN b", "RUN X \\\n  y\nU 1\nV 2\n\nRUN b"],
    ["RUN X \\\n", "RUN X \nU 1\nV 2\n"],
    ["RUN X \\\n# c\n", "RUN X \nU 1\nV 2\n# c\n"],
  ])("behind %j", (before, after) => {
    const { model, instruction } = marked(before);
    expect(apply(model, insertAfter(model, instruction, ["U 1", "V 2"]))).toBe(after);
  });
});

describe("without an instruction", () => {
  test.each<[string, string]>([
    ["FROM a\nUSER X\nRUN b\n", "FROM a\nRUN b\n"],
    ["FROM a\nUSER X", "FROM a"],
    ["FROM a\r\nUSER X", "FROM a"],
    ["FROM a\nUSER X\n", "FROM a\n"],
    ["USER X", ""],
    ["USER X\n\nRUN a", "RUN a"],
    ["FROM a\n\nUSER X\n\nRUN b", "FROM a\n\nRUN b"],
    ["FROM a\n\nUSER X\nRUN b", "FROM a\n\nRUN b"],
    ["FROM a\n# c\nRUN X \\\n  # d\n  e\nRUN b", "FROM a\n# c\nRUN b"],
    ["RUN <<E\nX\nE\nRUN b", "RUN b"],
    ["\uFEFFUSER X\nRUN a", "\uFEFFRUN a"],
  ])("%j", (before, after) => {
    const { model, instruction } = marked(before);
    expect(apply(model, removeInstruction(model, instruction))).toBe(after);
  });
});

describe("other arguments", () => {
  test.each<[string, string]>([
    ["CMD X a\n", 'CMD ["b"]\n'],
    ["CMD X \\\n  a\nUSER b", 'CMD ["b"]\nUSER b'],
    ["RUN --network=none X <<E\na\nE\nUSER b", 'RUN --network=none ["b"]\nUSER b'],
  ])("%j", (before, after) => {
    const { model, instruction } = marked(before);
    expect(apply(model, replaceArguments(model, instruction, '["b"]'))).toBe(after);
  });

  test("where there were none", () => {
    const model = parseDockerfile("CMD\nUSER a");
    const [cmd] = model.instructions;
    expect(cmd && apply(model, replaceArguments(model, cmd, "b"))).toBe("CMD b\nUSER a");
  });

  test("the exec form quotes what needs it", () => {
    const words = ["node", 'a "b"', "c\\d", "é\n", ""];
    const { instruction } = marked(`CMD ${toExecForm([...words, "X"])}`);
    expect(instruction.name === "CMD" ? instruction.elements : undefined).toEqual([...words, "X"]);
  });
});

describe("one thing more", () => {
  test.each<[string, string, string | undefined]>([
    ["a single line", "RUN a && b\nUSER c", "RUN a && b && z\nUSER c"],
    ["flags", "RUN --network=none a", "RUN --network=none a && z"],
    ["a semicolon at the end", "RUN a;", "RUN a && z"],
    ["a background command", "RUN a &", "RUN a & z"],
    ["a comment of the shell", "RUN a # why", "RUN a && z # why"],
    ["redirections", "RUN a > b", "RUN a > b && z"],
    ["a compound", "RUN if a; then b; fi", "RUN if a; then b; fi && z"],
    ["operators in front", "RUN a \\\n  && b\nUSER c", "RUN a \\\n  && b \\\n  && z\nUSER c"],
    [
      "operators in front, aligned",
      "RUN a \\\n && b \\\n      c \\\n      d\n",
      "RUN a \\\n && b \\\n      c \\\n      d \\\n && z\n",
    ],
    ["operators behind", "RUN a && \\\n    b\n", "RUN a && \\\n    b && \\\n    z\n"],
    ["operators behind, arguments below", "RUN a && \\\n  b \\\n    c", "RUN a && \\\n  b \\\n    c && \\\n  z"],
    ["arguments below only", "RUN a b \\\n      c \\\n      d\n", "RUN a b \\\n      c \\\n      d \\\n      && z\n"],
    ["set -e and semicolons", "RUN set -eux; \\\n\ta; \\\n\tb\n", "RUN set -eux; \\\n\ta; \\\n\tb; \\\n\tz\n"],
    ["set -e and a last semicolon", "RUN set -e; \\\n  a; \\\n  b;\n", "RUN set -e; \\\n  a; \\\n  b; \\\n  z;\n"],
    ["semicolons alone", "RUN a; \\\n  b;\n", "RUN a; \\\n  b && \\\n  z\n"],
    ["Windows line endings", "RUN a \\\r\n  && b\r\n", "RUN a \\\r\n  && b \\\r\n  && z\r\n"],
    ["another escape character", "# escape=`\nRUN a `\n  && b", "# escape=`\nRUN a `\n  && b `\n  && z"],
    ["a comment below", "RUN a \\\n  && b \\\n  # c\n", "RUN a \\\n  && b \\\n  && z \\\n  # c\n"],
    ["a heredoc", "RUN <<E\na\n  b\nE\n", "RUN <<E\na\n  b\n  z\nE\n"],
    ["a heredoc with a comment at its end", "RUN <<E\na\n# b\n\nE\n", "RUN <<E\na\n# b\n\nz\nE\n"],
    ["a heredoc that a program reads", "RUN cat <<E > /x\na\nE\n", "RUN cat <<E > /x && z\na\nE\n"],
    ["exec form", 'RUN ["a"]', undefined],
    ["a script that was not understood", "RUN a 'b", undefined],
    ["another shell", 'SHELL ["pwsh"]\nRUN a', undefined],
    ["an open heredoc", "RUN <<E\na", undefined],
    ["a heredoc with a dangling line", "RUN <<E\na \\\nE", undefined],
    ["nothing", "RUN", undefined],
  ])("behind %s", (_, before, after) => {
    const { model, instruction } = run(before);
    expect(apply(model, appendToRun(model, instruction, "z"))).toBe(after);
  });
});

describe("one thing less", () => {
  test.each<[string, string | undefined]>([
    ["RUN x && a", "RUN a"],
    ["RUN a && x", "RUN a"],
    ["RUN a && x -y > z && b", "RUN a && b"],
    ["RUN a; x; b", "RUN a; b"],
    ["RUN x; b", "RUN b"],
    ["RUN a \\\n  && x 1 \\\n       2 \\\n  && b\n", "RUN a \\\n  && b\n"],
    ["RUN a \\\n  # c\n  && x \\\n  && b\n", "RUN a \\\n  && b\n"],
    ["RUN a && \\\n  x && \\\n  b\n", "RUN a && \\\n  b\n"],
    ["RUN x && \\\n  # c\n\n  b\n", "RUN b\n"],
    ["RUN x \\\n  && b\n", "RUN b\n"],
    ["RUN a \\\r\n  && x \\\r\n  && b\r\n", "RUN a \\\r\n  && b\r\n"],
    ["# escape=`\nRUN a `\n  && x", "# escape=`\nRUN a"],
    ["RUN <<E\na\n  x\nb\nE\n", "RUN <<E\na\nb\nE\n"],
    ["RUN <<E\nx\nb\nE\n", "RUN <<E\nb\nE\n"],
    ["RUN x && (a)", undefined],
    ["RUN x", undefined],
    ["RUN x || a", undefined],
    ["RUN a || x", undefined],
    ["RUN a | x", undefined],
    ["RUN x | a", undefined],
    ["RUN x & a", undefined],
    ["RUN a && ! x", undefined],
    ["RUN (x && a)", undefined],
    ["RUN if x; then a; fi", undefined],
    ["RUN a $(x)", undefined],
    ["RUN if a; then b; fi && x", "RUN if a; then b; fi"],
  ])("%j", (before, after) => {
    const at = run(before);
    expect(apply(at.model, removeCommand(at.model, at.instruction, command(at, "x")))).toBe(after);
  });
});

describe("words", () => {
  test.each<[string, string]>([
    ["RUN apt-get install -y a", "RUN apt-get install --f -y a"],
    ["RUN apt-get -y install a", "RUN apt-get -y install --f a"],
    ["RUN apt-get \\\n  install \\\n  a", "RUN apt-get \\\n  install --f \\\n  a"],
    ["RUN sudo apt-get", "RUN sudo apt-get --f"],
  ])("a flag in %j", (before, after) => {
    const at = run(before);
    expect(apply(at.model, insertFlag(command(at, "apt-get"), "--f"))).toBe(after);
  });

  test("another word", () => {
    const { model, instruction } = marked("FROM a AS \\\n  X\n");
    const word = instruction.words.at(-1);
    expect(word && apply(model, replaceWord(word, "y"))).toBe("FROM a AS \\\n  y\n");
  });
});
