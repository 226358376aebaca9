import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";
import type { DockerfileModel, Instruction } from "../../../server/src/languages/dockerfile/model.ts";
import type { Span } from "../../../server/src/text/span.ts";

const cut = (model: DockerfileModel, span: Span | undefined): string | undefined =>
  span === undefined ? undefined : model.text.slice(span.start, span.end);

const names = (model: DockerfileModel): readonly string[] => model.instructions.map(({ name }) => name);

const written = (model: DockerfileModel): readonly (string | undefined)[] =>
  model.instructions.map(({ span }) => cut(model, span));

/** The first instruction of a text. */
function first<N extends Instruction["name"]>(text: string, name: N) {
  const model = parseDockerfile(text);
  const instruction = model.instructions.find(
    (candidate): candidate is Instruction & { readonly name: N } => candidate.name === name,
  );
  if (instruction === undefined) throw new Error(`no ${name} in ${text}`);
  return { model, instruction };
}

const commandNames = (script: { readonly commands: readonly { readonly name: string | undefined }[] } | undefined) =>
  script?.commands.map(({ name }) => name);

describe("lines become instructions", () => {
  test.each<[string, string, readonly string[]]>([
    ["one a line", "FROM a\nRUN b\n", ["FROM a", "RUN b"]],
    ["blank lines and comments between", "\n# c\nFROM a\n\n  # d\n  RUN b", ["FROM a", "RUN b"]],
    ["a continuation", "RUN a \\\n  b\nRUN c", ["RUN a \\\n  b", "RUN c"]],
    ["blanks behind the escape character", "RUN a \\  \t\n  b\nRUN c", ["RUN a \\  \t\n  b", "RUN c"]],
    ["a comment in a continuation", "RUN a \\\n# x \\\n  b\nRUN c", ["RUN a \\\n# x \\\n  b", "RUN c"]],
    ["an empty line in a continuation", "RUN a \\\n\n  b\nRUN c", ["RUN a \\\n\n  b", "RUN c"]],
    ["two escape characters continue nothing", "RUN a \\\\\nRUN c", ["RUN a \\\\", "RUN c"]],
    ["three neither", "RUN a \\\\\\\nRUN c", ["RUN a \\\\\\", "RUN c"]],
    ["a dangling continuation", "RUN a \\\n# x\n\n", ["RUN a \\"]],
    ["a continuation before the keyword", "\\\nRUN a", ["\\\nRUN a"]],
    ["a keyword in two parts", "RU\\\nN a", ["RU\\\nN a"]],
    ["Windows line endings", "FROM a\r\nRUN b \\\r\n  c\r\nRUN d", ["FROM a", "RUN b \\\r\n  c", "RUN d"]],
    ["a lone carriage return ends nothing", "RUN a\rRUN b", ["RUN a\rRUN b"]],
    ["no line ending at the end", "FROM a", ["FROM a"]],
    ["a byte order mark", "\uFEFFFROM a", ["FROM a"]],
    ["nothing", "", []],
    ["nothing but white space", " \n\t\n", []],
    ["the other escape character", "# escape=`\nRUN a `\n b\nRUN c \\\nRUN d", ["RUN a `\n b", "RUN c \\", "RUN d"]],
  ])("%s", (_, text, expected) => {
    expect(written(parseDockerfile(text))).toEqual(expected);
  });

  test("keywords in any case", () => {
    const model = parseDockerfile("from a\nRun b\nfoo c");
    expect(names(model)).toEqual(["FROM", "RUN", "unknown"]);
    expect(model.instructions.map(({ keyword }) => keyword)).toEqual(["from", "Run", "foo"]);
  });

  test("comments, those within instructions included, but not those in heredocs", () => {
    const model = parseDockerfile("# syntax=x/y\n#a \nRUN b \\\n  #  c\n  d\nRUN <<E\n# no\nE\n  # e");
    expect(model.comments.map(({ text }) => text)).toEqual(["a", "c", "e"]);
    expect(model.comments.map(({ span }) => cut(model, span))).toEqual(["#a ", "#  c", "# e"]);
  });
});

describe("parser directives", () => {
  test.each<[string, readonly (readonly [string, string])[], string]>([
    [
      "# syntax=docker/dockerfile:1\n# escape=`\nFROM a",
      [
        ["syntax", "docker/dockerfile:1"],
        ["escape", "`"],
      ],
      "`",
    ],
    ["#escape = ` \nFROM a", [["escape", "`"]], "`"],
    ["# ESCAPE=`\nFROM a", [["escape", "`"]], "`"],
    ["# check=skip=all;error=true\nFROM a", [["check", "skip=all;error=true"]], "\\"],
    ["# a comment\n# escape=`\nFROM a", [], "\\"],
    ["\n# escape=`\nFROM a", [], "\\"],
    ["# other=1\n# escape=`\nFROM a", [], "\\"],
    ["FROM a\n# escape=`", [], "\\"],
    ["# escape=x\nFROM a", [["escape", "x"]], "\\"],
    ["\uFEFF# escape=`\r\nFROM a", [["escape", "`"]], "`"],
  ])("%j", (text, expected, escape) => {
    const model = parseDockerfile(text);
    expect(model.directives.map(({ name, value }) => [name, value])).toEqual(expected);
    expect(model.directives.map(({ valueSpan }) => cut(model, valueSpan))).toEqual(expected.map(([, value]) => value));
    expect(model.escape).toBe(escape);
    expect(names(model)).toEqual(["FROM"]);
  });
});

describe("words and flags", () => {
  test("are placed through continuations and comments", () => {
    const { model, instruction } = first("COPY --from=x \\\n  # why\n  --chown=1:\\\n1 a\\\nb \\\n  c/\n", "COPY");
    expect(instruction.flags.map(({ name, value, valueSpan }) => [name, value, cut(model, valueSpan)])).toEqual([
      ["from", "x", "x"],
      ["chown", "1:1", "1:\\\n1"],
    ]);
    expect(instruction.words.map(({ value, span }) => [value, cut(model, span)])).toEqual([
      ["ab", "a\\\nb"],
      ["c/", "c/"],
    ]);
    expect(cut(model, instruction.argumentsSpan)).toBe("a\\\nb \\\n  c/");
    expect(cut(model, instruction.flag("chown")?.nameSpan)).toBe("chown");
    expect(cut(model, instruction.flag("from")?.span)).toBe("--from=x");
  });

  test.each<[string, readonly string[]]>([
    ["COPY a b c/", ["a", "b", "c/"]],
    ['COPY ["a b", "c\\"d", "/e/"]', ["a b", 'c"d', "/e/"]],
    ["COPY ['a', 'b']", ["[a,", "b]"]],
    ['COPY ["a",]  b', ["[a,]", "b"]],
    ["COPY a\\ b c", ["a", "b", "c"]],
    ['WORKDIR "/a b"', ["/a b"]],
    ["WORKDIR /a b", ["/a b"]],
    ["ENV a=1 b='x y' c=\"d e\" f=g\\ h", ["a=1", "b=x y", "c=d e", "f=g h"]],
    ["EXPOSE 80 443/tcp", ["80", "443/tcp"]],
    ["CMD node  a.js", ["node", "a.js"]],
    ['CMD [ "node" , "a.js" ]', ["node", "a.js"]],
    ["CMD []", []],
    ["HEALTHCHECK --timeout=1s CMD curl x", ["CMD", "curl", "x"]],
    ['HEALTHCHECK CMD ["curl", "x"]', ["CMD", "curl", "x"]],
    ["VOLUME /a /b", ["/a", "/b"]],
    ["RUN", []],
    ["MAINTAINER A B <c>", ["A B <c>"]],
    ["ONBUILD RUN a", ["RUN", "a"]],
    ["FOO a b", ["a", "b"]],
  ])("%s", (text, expected) => {
    expect(parseDockerfile(text).instructions[0]?.words.map(({ value }) => value)).toEqual(expected);
  });

  test("flags end at the first word without dashes and at a lone `--`", () => {
    expect(first("RUN --network=none a --b", "RUN").instruction.flags.map(({ name }) => name)).toEqual(["network"]);
    expect(first("RUN -- --b", "RUN").instruction.flags).toEqual([]);
    expect(first("COPY --link a b", "COPY").instruction.flag("link")).toMatchObject({ value: undefined });
    expect(first('RUN --mount="type=cache,target=/a b" x', "RUN").instruction.flag("mount")?.value).toBe(
      "type=cache,target=/a b",
    );
  });

  test("an instruction without arguments has an empty place for them behind it", () => {
    const { instruction } = first("  CMD  \n", "CMD");
    expect(instruction.argumentsSpan).toEqual({ start: 5, end: 5 });
    expect(instruction.span.start).toBe(2);
  });

  test("exec and shell form", () => {
    expect(first('CMD ["a", "b"]', "CMD").instruction).toMatchObject({ form: "exec", elements: ["a", "b"] });
    expect(first("CMD ['a']", "CMD").instruction).toMatchObject({ form: "shell", elements: undefined });
    expect(first('RUN ["a"', "RUN").instruction.form).toBe("shell");
    expect(first('HEALTHCHECK CMD ["a"]', "HEALTHCHECK").instruction).toMatchObject({ form: "exec", elements: ["a"] });
  });

  test("mounts", () => {
    const { model, instruction } = first("RUN --mount=type=cache,Target=/x,ro --mount=from=a a", "RUN");
    expect(instruction.mounts.map(({ type, options, span }) => [type, [...options], cut(model, span)])).toEqual([
      [
        "cache",
        [
          ["type", "cache"],
          ["target", "/x"],
          ["ro", ""],
        ],
        "type=cache,Target=/x,ro",
      ],
      ["bind", [["from", "a"]], "from=a"],
    ]);
  });

  test("ports", () => {
    const { instruction } = first("EXPOSE 80 53/UDP 8000-8010 99999 x 1:2", "EXPOSE");
    expect(instruction.ports.map(({ from, to, protocol }) => [from, to, protocol])).toEqual([
      [80, 80, "tcp"],
      [53, 53, "udp"],
      [8000, 8010, "tcp"],
      [2, 2, "tcp"],
    ]);
  });

  test("what stands behind ONBUILD is an instruction", () => {
    const { model, instruction } = first("FROM x\nONBUILD \\\n  COPY --from=y a b", "ONBUILD");
    const { trigger } = instruction;
    expect(trigger?.name).toBe("COPY");
    expect(trigger?.onbuild).toBe(true);
    expect(cut(model, trigger?.keywordSpan)).toBe("COPY");
    expect(cut(model, trigger?.flag("from")?.valueSpan)).toBe("y");
    expect(trigger?.stage).toBe(model.finalStage);
  });
});

describe("pairs", () => {
  test.each<[string, readonly (readonly [string, string | undefined, boolean])[]]>([
    [
      "ENV a=1 b=2",
      [
        ["a", "1", false],
        ["b", "2", false],
      ],
    ],
    ["ENV a 1 2", [["a", "1 2", true]]],
    ["ENV a  'b c'", [["a", "b c", true]]],
    ["ENV a=", [["a", "", false]]],
    ["ENV a", [["a", undefined, false]]],
    ["ENV a=b=c", [["a", "b=c", false]]],
    [
      'LABEL "a b"="c d" e=f\\ g',
      [
        ["a b", "c d", false],
        ["e", "f g", false],
      ],
    ],
    ["ARG a", [["a", undefined, false]]],
    [
      "ARG a=1 b c=3",
      [
        ["a", "1", false],
        ["b", undefined, false],
        ["c", "3", false],
      ],
    ],
    ['ENV a="open b=2', [["a", "open b=2", false]]],
  ])("%s", (text, expected) => {
    const [instruction] = parseDockerfile(text).instructions;
    const pairs = instruction !== undefined && "pairs" in instruction ? instruction.pairs : [];
    expect(pairs.map(({ name, value, legacy }) => [name, value, legacy])).toEqual(expected);
  });

  test("have places", () => {
    const { model, instruction } = first("ENV a=1 \\\n  'b'=\"x \\\n y\" ", "ENV");
    expect(
      instruction.pairs.map((pair) => [pair.span, pair.nameSpan, pair.valueSpan].map((span) => cut(model, span))),
    ).toEqual([
      ["a=1", "a", "1"],
      ["'b'=\"x \\\n y\"", "'b'", '"x \\\n y"'],
    ]);
    expect(instruction.pairs[1]?.value).toBe("x  y");
  });
});

describe("heredocs", () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    ["a script", "RUN <<EOF\na\nEOF\nRUN b", ["a\n"], ["RUN", "RUN"]],
    ["Windows line endings", "RUN <<EOF\r\na\r\nEOF\r\nRUN b", ["a\r\n"], ["RUN", "RUN"]],
    ["several", "RUN <<A cat && <<B cat\na\nA\nb\nB\nRUN c", ["a\n", "b\n"], ["RUN", "RUN"]],
    ["tabs stripped", "RUN <<-E\n\ta\n\tE\nRUN b", ["\ta\n"], ["RUN", "RUN"]],
    ["tabs not stripped", "RUN <<E\n\tE\nE\nRUN b", ["\tE\n"], ["RUN", "RUN"]],
    ["a quoted delimiter", "RUN <<'E'\n$a\nE\nRUN b", ["$a\n"], ["RUN", "RUN"]],
    ["a delimiter with a blank", "RUN <<-'E O'\na\nE O\nRUN b", ["a\n"], ["RUN", "RUN"]],
    ["a number before it", "RUN cat 3<<E\na\nE\nRUN b", ["a\n"], ["RUN", "RUN"]],
    ["a blank before the delimiter", "RUN cat << E\na\nE\nRUN b", ["a\n"], ["RUN", "RUN"]],
    ["behind a continuation", "RUN a && \\\n  cat <<E\nb\nE\nRUN c", ["b\n"], ["RUN", "RUN"]],
    ["instructions in it", "RUN <<E\nFROM x\nE\nRUN b", ["FROM x\n"], ["RUN", "RUN"]],
    ["an empty one", "RUN <<E\nE\nRUN b", [""], ["RUN", "RUN"]],
    ["COPY", "COPY <<a <<b /x/\n1\na\n2\nb\nRUN b", ["1\n", "2\n"], ["COPY", "RUN"]],
    ["ONBUILD", "ONBUILD RUN <<E\na\nE\nRUN b", ["a\n"], ["ONBUILD", "RUN"]],
    ["none in double quotes", 'RUN echo "a <<EOF b"\nRUN b', [], ["RUN", "RUN"]],
    ["none in single quotes", "RUN echo '<<EOF'\nRUN b", [], ["RUN", "RUN"]],
    ["none within a word", "RUN a<<EOF\nRUN b", [], ["RUN", "RUN"]],
    ["none for a here-string", "RUN cat <<<x\nRUN b", [], ["RUN", "RUN"]],
    ["none in arithmetic", "RUN echo $(( 1 << 2 )) $((1<<2))\nRUN b", [], ["RUN", "RUN"]],
    ["none in exec form", 'RUN ["cat", "<<EOF"]\nRUN b', [], ["RUN", "RUN"]],
    ["none behind other instructions", "CMD cat <<EOF\nRUN b", [], ["CMD", "RUN"]],
    ["none escaped", "RUN echo \\<<EOF\nRUN b", [], ["RUN", "RUN"]],
    ["none where a quote stays open", "RUN echo it's <<EOF\nRUN b", [], ["RUN", "RUN"]],
  ])("%s", (_, text, bodies, keywords) => {
    const model = parseDockerfile(text);
    expect(names(model)).toEqual(keywords);
    const heredocs = model.instructions[0]?.heredocs ?? [];
    expect(heredocs.map(({ body }) => body)).toEqual(bodies);
    expect(heredocs.map(({ bodySpan }) => cut(model, bodySpan))).toEqual(bodies);
    expect(heredocs.every(({ terminated }) => terminated)).toBe(true);
    expect(model.problems).toEqual([]);
  });

  test("know how they were opened", () => {
    const { model, instruction } = first('RUN <<-"E" cat \\\n 2<<F\n\tE\nF\n', "RUN");
    expect(
      instruction.heredocs.map(({ delimiter, quoted, strip, openerSpan }) => [
        delimiter,
        quoted,
        strip,
        cut(model, openerSpan),
      ]),
    ).toEqual([
      ["E", true, true, '<<-"E"'],
      ["F", false, false, "2<<F"],
    ]);
    expect(cut(model, instruction.span)).toBe(model.text.trimEnd());
    expect(cut(model, instruction.argumentsSpan)).toBe('<<-"E" cat \\\n 2<<F');
  });

  test("one that never ends takes the rest of the file, and is a problem", () => {
    const model = parseDockerfile("RUN <<E\na\nRUN b\n");
    expect(names(model)).toEqual(["RUN"]);
    expect(model.instructions[0]?.heredocs[0]).toMatchObject({ terminated: false, body: "a\nRUN b\n" });
    expect(model.problems.map(({ at }) => cut(model, at))).toEqual(["<<E"]);
  });
});

describe("scripts", () => {
  test.each<[string, string, readonly (string | undefined)[] | undefined]>([
    ["shell form", "RUN a && b \\\n # c\n && d", ["a", "b", "d"]],
    ["a word in two parts", "RUN apt-\\\nget x", ["apt-get"]],
    ["exec form", 'RUN ["a"]', undefined],
    ["a heredoc", "RUN <<E\na\nb | c\nE", ["a", "b", "c"]],
    ["a heredoc that a program reads", "RUN cat <<E > /x && y\na\nE", ["cat", "y"]],
    ["a shebang of a shell", "RUN <<E\n#!/bin/bash -e\na\nE", ["a"]],
    ["a shebang by env", "RUN <<E\n#!/usr/bin/env sh\na\nE", ["a"]],
    ["a shebang of another language", "RUN <<E\n#!/usr/bin/env python3\nprint(1)\nE", undefined],
    ["bash", 'SHELL ["/bin/bash", "-c"]\nRUN a', ["a"]],
    ["bash on Windows", 'SHELL ["C:\\\\Git\\\\bin\\\\bash.exe", "-c"]\nRUN a', ["a"]],
    ["PowerShell", 'SHELL ["powershell", "-command"]\nRUN a', undefined],
    ["Windows", "FROM mcr.microsoft.com/windows/nanoserver:1809\nRUN a", undefined],
    ["a shell again", 'SHELL ["cmd"]\nSHELL ["/bin/sh", "-c"]\nRUN a', ["a"]],
    ["no command", "RUN", undefined],
    ["backquotes are the shell's", "# escape=`\nRUN a `\n && b", ["a", "b"]],
    ["a comment ends the line for the shell", "RUN a # b \\\n && c", ["a"]],
  ])("%s", (_, text, expected) => {
    expect(commandNames(first(text, "RUN").instruction.script)).toEqual(expected);
  });

  test("of a shell that reads a heredoc are within its command", () => {
    const { model, instruction } = first("RUN bash -e <<E && <<F cat\n  apt-get  update\nE\nx\nF\n", "RUN");
    const inner = instruction.script?.commands[0]?.inner;
    expect(commandNames(inner)).toEqual(["apt-get"]);
    expect(cut(model, inner?.commands[0]?.span)).toBe("apt-get  update");
  });

  test("are placed through continuations", () => {
    const { model, instruction } = first(
      "FROM x\r\nRUN --network=none a \\\r\n  # c\r\n  'b \\\r\nc' \\\r\n && d",
      "RUN",
    );
    const spans = instruction.script?.commands.map(({ span }) => cut(model, span));
    expect(spans).toEqual(["a \\\r\n  # c\r\n  'b \\\r\nc'", "d"]);
    expect(instruction.script?.commands[0]?.words.map(({ value, span }) => [value, cut(model, span)])).toEqual([
      ["a", "a"],
      ["b c", "'b \\\r\nc'"],
    ]);
    expect(cut(model, instruction.script?.commands[1]?.joinSpan)).toBe("&&");
  });

  test("of CMD, ENTRYPOINT and HEALTHCHECK", () => {
    expect(commandNames(first("CMD a && b", "CMD").instruction.script)).toEqual(["a", "b"]);
    expect(commandNames(first("ENTRYPOINT exec a", "ENTRYPOINT").instruction.script)).toEqual(["a"]);
    const { model, instruction } = first("HEALTHCHECK --timeout=1s CMD curl x || exit 1", "HEALTHCHECK");
    expect(instruction.script?.commands.map(({ span }) => cut(model, span))).toEqual(["curl x", "exit 1"]);
    expect(first("HEALTHCHECK NONE", "HEALTHCHECK").instruction.script).toBeUndefined();
    expect(first('SHELL ["a"]', "SHELL").instruction.script).toBeUndefined();
  });
});
