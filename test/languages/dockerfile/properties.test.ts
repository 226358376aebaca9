import { array, assert, boolean, constantFrom, nat, property, record, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendToRun,
  insertAfter,
  insertBefore,
  removeCommand,
  removeInstruction,
  replaceArguments,
  toExecForm,
} from "../../../server/src/languages/dockerfile/edit.ts";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";
import type { DockerfileModel, Instruction } from "../../../server/src/languages/dockerfile/model.ts";
import { everyCommand } from "../../../server/src/languages/shell/index.ts";
import { type TextEdit, applyEdits } from "../../../server/src/text/edit.ts";
import type { Span } from "../../../server/src/text/span.ts";

const instructionText = constantFrom(
  "RUN a",
  "RUN a && b > c",
  "RUN a \\\n  && b \\\n  # why\n  && c d",
  "RUN a && \\\n\n    b \\\n      --flag; \\\n    c",
  "RUN set -eux; \\\n\ta; \\\n\tb;",
  "RUN --mount=type=cache,target=/x a   \\  \n  b",
  "RUN <<EOF\na\n  b | c\n# d\nEOF",
  "RUN cat <<-'E O' > /x && b\n\tx\n\tE O",
  'RUN ["a", "b c"]',
  "RUN if a; then b; fi; (c && d)",
  'RUN sh -c "a \\"b\\" && c" # d',
  "COPY --from=x --chown=1:1 a \\\n  b c/",
  "COPY <<x /y\nz\nx",
  'ENV A=1 B="two words" \\\n  C=$A',
  "ENV OLD a b",
  "LABEL a=b",
  "ARG V=1",
  "EXPOSE 80 8000-8010/udp $V",
  "HEALTHCHECK --interval=5s CMD curl x || exit 1",
  'CMD ["node", "a.js"]',
  "CMD node a.js",
  "ONBUILD RUN a \\\n  && b",
  "USER node",
  'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  "FROM x:${V:-1} AS y",
  "FROM y",
  "run a",
);
const between = constantFrom("\n", "\n", "\n\n", "\n# comment\n", "\n\n  # one\n# two\n", "\n  ");

/** A file as people write them, with either line ending, either escape character, a byte order mark or none. */
const dockerfile = record({
  pieces: array(tuple(instructionText, between), { minLength: 1, maxLength: 8 }),
  top: constantFrom("", "# syntax=docker/dockerfile:1\n", "# comment\n\n"),
  backquote: boolean(),
  crlf: boolean(),
  mark: boolean(),
  end: boolean(),
}).map(({ pieces, top, backquote, crlf, mark, end }) => {
  let text = top + pieces.map(([instruction, gap]) => instruction + gap).join("");
  if (!end) text = text.trimEnd();
  if (backquote) text = `# escape=\`\n${text.replace(/\\(\s*\n)/g, "`$1")}`;
  if (crlf) text = text.replace(/\n/g, "\r\n");
  return (mark ? "\uFEFF" : "") + text;
});

/** What an instruction says, wherever it stands. */
function meaning(instruction: Instruction | undefined): unknown {
  if (instruction === undefined) return undefined;
  return {
    name: instruction.name,
    flags: instruction.flags.map(({ name, value }) => [name, value]),
    words: instruction.words.map(({ value }) => value),
    bodies: instruction.heredocs.map(({ body }) => body),
    commands: "script" in instruction ? commandTexts(instruction) : undefined,
  };
}

function commandTexts(instruction: Instruction): readonly (readonly (string | undefined)[])[] {
  const script = "script" in instruction ? instruction.script : undefined;
  return (script?.commands ?? []).map(({ words }) => words.map(({ value, text }) => value ?? text));
}

function edited(model: DockerfileModel, edit: TextEdit): DockerfileModel {
  const text = applyEdits(model.text, [edit]);
  if (text === undefined) throw new Error("the edit lies outside of the text");
  // Read anew, so that nothing is taken over.
  return parseDockerfile(text);
}

function chosen<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)];
}

const file = tuple(dockerfile, nat(20));

describe("an edit changes what it says and nothing else", () => {
  test("new lines before and behind an instruction", () => {
    assert(
      property(file, constantFrom("before", "keep", "after"), ([text, index], where) => {
        const model = parseDockerfile(text);
        const instruction = chosen(model.instructions, index);
        if (instruction === undefined) return;
        const at = model.instructions.indexOf(instruction) + (where === "after" ? 1 : 0);
        const lines = ["WORKDIR /new", "USER new"];
        const edit =
          where === "after"
            ? insertAfter(model, instruction, lines)
            : insertBefore(model, instruction, lines, where === "keep" ? "keep" : "part");
        const after = edited(model, edit);
        const expected = model.instructions.map(meaning);
        expected.splice(at, 0, ...parseDockerfile("WORKDIR /new\nUSER new").instructions.map(meaning));
        expect(after.instructions.map(meaning)).toEqual(expected);
        expect(after.comments.map((comment) => comment.text)).toEqual(model.comments.map((comment) => comment.text));
        expect(after.lineEnding === model.lineEnding || !model.text.includes("\n")).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("an instruction taken out", () => {
    assert(
      property(file, ([text, index]) => {
        const model = parseDockerfile(text);
        const instruction = chosen(model.instructions, index);
        if (instruction === undefined) return;
        const after = edited(model, removeInstruction(model, instruction));
        const rest = model.instructions.filter((other) => other !== instruction);
        expect(after.instructions.map(meaning)).toEqual(rest.map(meaning));
        expect(after.text.startsWith("\uFEFF")).toBe(model.text.startsWith("\uFEFF"));
        expect(after.directives.length).toBe(model.directives.length);
      }),
      { numRuns: 400 },
    );
  });

  test("other arguments", () => {
    assert(
      property(file, array(string(), { minLength: 1, maxLength: 4 }), ([text, index], elements) => {
        const model = parseDockerfile(text);
        const commands = model.instructions.filter(({ name }) => name === "CMD" || name === "RUN");
        const instruction = chosen(commands, index);
        if (instruction === undefined) return;
        const at = model.instructions.indexOf(instruction);
        const after = edited(model, replaceArguments(model, instruction, toExecForm(elements)));
        expect(after.instructions[at]?.words.map(({ value }) => value)).toEqual(elements);
        expect(after.instructions[at]?.flags.map(({ name }) => name)).toEqual(
          instruction.flags.map(({ name }) => name),
        );
        expect(after.instructions.map(meaning).toSpliced(at, 1)).toEqual(
          model.instructions.map(meaning).toSpliced(at, 1),
        );
      }),
      { numRuns: 400 },
    );
  });

  test("a command more", () => {
    assert(
      property(file, ([text, index]) => {
        const model = parseDockerfile(text);
        const instruction = chosen(
          model.instructions.flatMap((candidate) => (candidate.name === "RUN" ? [candidate] : [])),
          index,
        );
        if (instruction === undefined) return;
        const edit = appendToRun(model, instruction, "rm -rf /x");
        expect(edit === undefined).toBe(instruction.form === "exec" || instruction.script === undefined);
        if (edit === undefined) return;
        const at = model.instructions.indexOf(instruction);
        const after = edited(model, edit);
        const run = after.instructions[at];
        const last = run?.name === "RUN" ? run.script?.commands : undefined;
        expect(last?.map(({ words }) => words.map(({ value, text: written }) => value ?? written))).toEqual([
          ...commandTexts(instruction),
          ["rm", "-rf", "/x"],
        ]);
        expect(last?.at(-1)?.depth).toBe(0);
        expect(run?.name === "RUN" && run.script?.broken).toBe(false);
        expect(after.comments.length).toBe(model.comments.length);
        expect(after.instructions.map(meaning).toSpliced(at, 1)).toEqual(
          model.instructions.map(meaning).toSpliced(at, 1),
        );
      }),
      { numRuns: 400 },
    );
  });

  test("a command less", () => {
    assert(
      property(file, nat(5), ([text, index], which) => {
        const model = parseDockerfile(text);
        const instruction = chosen(
          model.instructions.flatMap((candidate) => (candidate.name === "RUN" ? [candidate] : [])),
          index,
        );
        const command = chosen(instruction?.script?.commands ?? [], which);
        if (instruction === undefined || command === undefined) return;
        const edit = removeCommand(model, instruction, command);
        if (edit === undefined) return;
        const place = instruction.script?.commands.indexOf(command) ?? 0;
        const at = model.instructions.indexOf(instruction);
        const after = edited(model, edit);
        const run = after.instructions[at];
        expect(run?.name === "RUN" ? commandTexts(run) : undefined).toEqual(
          commandTexts(instruction).toSpliced(place, 1),
        );
        expect(run?.name === "RUN" && run.script?.broken).toBe(false);
        expect(after.instructions.map(meaning).toSpliced(at, 1)).toEqual(
          model.instructions.map(meaning).toSpliced(at, 1),
        );
      }),
      { numRuns: 400 },
    );
  });
});

/** Looks at everything a model has, and that every place lies in the text. */
function look(model: DockerfileModel): void {
  const inside = (span: Span | undefined): void => {
    if (span === undefined) return;
    if (!(span.start >= 0 && span.start <= span.end && span.end <= model.text.length)) {
      throw new Error(`a place outside of the text: ${span.start} ${span.end} in ${JSON.stringify(model.text)}`);
    }
  };
  const one = (instruction: Instruction): void => {
    inside(instruction.span);
    inside(instruction.keywordSpan);
    inside(instruction.argumentsSpan);
    for (const flag of instruction.flags) for (const span of [flag.span, flag.nameSpan, flag.valueSpan]) inside(span);
    for (const word of instruction.words) {
      inside(word.span);
      void word.resolved;
    }
    for (const heredoc of instruction.heredocs) {
      inside(heredoc.openerSpan);
      inside(heredoc.bodySpan);
      expect(model.text.slice(heredoc.bodySpan.start, heredoc.bodySpan.end)).toBe(heredoc.body);
    }
    if ("pairs" in instruction) {
      for (const pair of instruction.pairs) {
        for (const span of [pair.span, pair.nameSpan, pair.valueSpan]) inside(span);
        void pair.resolved;
      }
    }
    if ("ports" in instruction) for (const port of instruction.ports) inside(port.span);
    if ("script" in instruction && instruction.script !== undefined) {
      for (const command of everyCommand(instruction.script)) {
        for (const { span } of [command, ...command.words, ...command.redirects]) inside(span);
        inside(command.joinSpan);
      }
    }
    if (instruction.name === "ONBUILD" && instruction.trigger !== undefined) one(instruction.trigger);
  };
  let last = 0;
  for (const instruction of model.instructions) {
    if (instruction.span.start < last) throw new Error("instructions overlap");
    last = instruction.span.end;
    one(instruction);
  }
  for (const stage of model.stages) {
    void [
      stage.parent,
      stage.baseImage,
      stage.scratch,
      stage.shipped,
      stage.windows,
      stage.all("RUN"),
      stage.last("USER"),
    ];
  }
  for (const { span } of [...model.comments, ...model.images, ...model.directives]) inside(span);
  for (const { at, message } of model.problems) {
    inside(at);
    expect(message).not.toContain("\n");
  }
}

/** A text with a few characters changed, as while typing. */
const mutated = tuple(
  dockerfile,
  array(
    tuple(
      nat(400),
      nat(3),
      constantFrom(
        "",
        "\\",
        "`",
        "'",
        '"',
        "\n",
        "\r",
        "<<",
        "<<EOF",
        "#",
        "$",
        "${",
        "}",
        "[",
        ",",
        " ",
        "\t",
        "--",
        "=",
        "&&",
        "|",
        "(",
        "\uFEFF",
        "\u00A0",
        "😀",
        "\uD800",
      ),
    ),
    { minLength: 1, maxLength: 4 },
  ),
).map(([text, changes]) => {
  let out = text;
  for (const [at, length, put] of changes) {
    const place = at % (out.length + 1);
    out = out.slice(0, place) + put + out.slice(place + length);
  }
  return { before: text, after: out };
});

describe("whatever is typed", () => {
  test("nothing throws, and places lie in the text", () => {
    assert(
      property(mutated, ({ after }) => {
        look(parseDockerfile(after));
      }),
      { numRuns: 1500 },
    );
  });

  test("a text read after another is read as if it were the first", () => {
    assert(
      property(mutated, ({ before, after }) => {
        const first = parseDockerfile(before);
        look(first);
        const again = parseDockerfile(after, first);
        const fresh = parseDockerfile(after);
        look(again);
        expect(again.problems).toEqual(fresh.problems);
        expect(again.images).toEqual(fresh.images);
        expect(again.instructions.map(meaning)).toEqual(fresh.instructions.map(meaning));
        expect(again.instructions.map(({ span }) => span)).toEqual(fresh.instructions.map(({ span }) => span));
      }),
      { numRuns: 500 },
    );
  });

  test("edits of a broken file stay in the text", () => {
    assert(
      property(mutated, nat(20), ({ after }, index) => {
        const model = parseDockerfile(after);
        const instruction = chosen(model.instructions, index);
        if (instruction === undefined) return;
        const edits: (TextEdit | undefined)[] = [
          insertBefore(model, instruction, ["USER x"], "keep"),
          insertAfter(model, instruction, ["USER x"]),
          removeInstruction(model, instruction),
          replaceArguments(model, instruction, "x"),
        ];
        if (instruction.name === "RUN") {
          edits.push(appendToRun(model, instruction, "x"));
          for (const command of instruction.script?.commands ?? [])
            edits.push(removeCommand(model, instruction, command));
        }
        for (const edit of edits) if (edit !== undefined) look(edited(model, edit));
      }),
      { numRuns: 500 },
    );
  });

  test("long lines and many lines are read", () => {
    for (const keyword of ["ENV", "COPY", "RUN", "EXPOSE", "FROM", "HEALTHCHECK CMD"]) {
      for (const part of ["a=b ", "'", '"', "$", "${a", "<<'", "\\", "[", "--a ", "\u00A0", "`", "(", "|"]) {
        look(parseDockerfile(`FROM x\n${keyword} ${part.repeat(3000)}\nRUN x`));
      }
    }
    look(parseDockerfile(`FROM x\n${"ONBUILD ".repeat(5000)}RUN a`));
    look(parseDockerfile("RUN a \\\n".repeat(3000)));
    look(parseDockerfile("FOO x\n".repeat(3000)));
    look(parseDockerfile(`FROM x\n${"--x=1 ".repeat(2)}`));
  });
});
