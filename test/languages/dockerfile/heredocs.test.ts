import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";
import type { Heredoc } from "../../../server/src/languages/dockerfile/model.ts";

function keywords(text: string): readonly string[] {
  const model = parseDockerfile(text);
  expect(model.problems).toEqual([]);
  return model.instructions.map(({ name }) => name);
}

function heredocsOf(text: string): readonly Heredoc[] {
  return parseDockerfile(text).instructions.find(({ heredocs }) => heredocs.length > 0)?.heredocs ?? [];
}

describe("what stands directly behind the end of a heredoc", () => {
  test.each<[string, string, readonly string[]]>([
    ["a comment", "RUN <<EOF\na\nEOF\n# b\nRUN c", ["RUN", "RUN"]],
    ["an instruction", "RUN <<EOF bash\nEOF\nRUN b", ["RUN", "RUN"]],
    ["another heredoc", "COPY <<EOF /a\nx\nEOF\nCOPY <<EOF /b\ny\nEOF\nUSER c", ["COPY", "COPY", "USER"]],
    ["the end of the file", "RUN <<EOF\na\nEOF", ["RUN"]],
    ["an empty line", "RUN <<EOF\na\nEOF\n\nUSER b", ["RUN", "USER"]],
    ["the end of the file, with Windows line endings", "RUN <<EOF\r\na\r\nEOF\r\n", ["RUN"]],
  ])("%s", (_, text, names) => {
    expect(keywords(text)).toEqual(names);
  });
});

describe("the text of a heredoc is no Dockerfile", () => {
  test.each<[string, string, readonly string[]]>([
    ["comments, which stay", "COPY <<EOF /a\n# b\nEOF\n", ["# b\n"]],
    ["continuations", "COPY <<EOF /a\nb \\\nEOF\n", ["b \\\n"]],
    ["empty lines", "RUN <<EOF\n\n\na\n\nEOF\n", ["\n\na\n\n"]],
    ["directives", "COPY <<EOF /a\n# syntax=b/c\n# escape=`\nEOF\n", ["# syntax=b/c\n# escape=`\n"]],
    ["delimiters that only begin alike", "RUN <<EOF\nEOF2\n EOF\nEOF \nEOF\n", ["EOF2\n EOF\nEOF \n"]],
    ["other heredocs, which a shell reads", "RUN <<A bash\ncat <<B\nx\nB\nA\n", ["cat <<B\nx\nB\n"]],
    ["quotes that stay open", "RUN <<EOF\nit's \"\nEOF\n", ["it's \"\n"]],
  ])("%s", (_, text, bodies) => {
    expect(heredocsOf(text).map(({ body }) => body)).toEqual(bodies);
    expect(keywords(`${text}USER x`)).toHaveLength(2);
  });
});

test("where the line that opens them goes on, they begin behind its last line", () => {
  const text = "RUN a && \\\n  # why\n  cat <<ONE >> b && \\\n\n  cat <<TWO\n1\nONE\n2\nTWO\nUSER c";
  expect(heredocsOf(text).map(({ body }) => body)).toEqual(["1\n", "2\n"]);
  expect(keywords(text)).toEqual(["RUN", "USER"]);
});

test("tabs before the end count only without the dash, blanks always do", () => {
  expect(heredocsOf("COPY <<-A <<B /x/\n\t1\n\tA\n\t2\n\tB\nB\n").map(({ body }) => body)).toEqual([
    "\t1\n",
    "\t2\n\tB\n",
  ]);
  expect(heredocsOf("RUN <<-A\n  A\n\t\tA\n").map(({ body }) => body)).toEqual(["  A\n"]);
});

describe("a quoted or escaped delimiter keeps the variables of the text", () => {
  test.each<[string, boolean]>([
    ["<<EOF", false],
    ["<<'EOF'", true],
    ['<<"EOF"', true],
    ["<<-'EOF'", true],
    ["<<E'O'F", true],
    ["<<\\EOF", true],
    ["<<-\\EOF", true],
  ])("%s", (opener, quoted) => {
    const [heredoc] = heredocsOf(`COPY ${opener} /a\n$x\nEOF\n`);
    expect(heredoc).toMatchObject({ delimiter: "EOF", quoted, terminated: true });
  });
});

describe("who reads the text of a RUN", () => {
  test.each<[string, string, readonly (string | undefined)[] | undefined]>([
    ["the shell", "RUN <<EOF\na | b\nEOF", ["a", "b"]],
    ["the shell, behind flags", "RUN --mount=type=cache,target=/x --network=none <<EOF\na\nEOF", ["a"]],
    ["the shell, behind an ONBUILD", "ONBUILD RUN <<EOF\na\nEOF", ["a"]],
    ["the shell of a shebang with Windows line endings", "RUN <<EOF\r\n#!/bin/bash\r\na\r\nEOF\r\n", ["a"]],
    ["another program", "RUN <<EOF\n#!/usr/bin/env -S perl -w\nprint;\nEOF", undefined],
    ["no shell on Windows", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN <<EOF\na\nEOF", undefined],
  ])("%s", (_, text, names) => {
    const last = parseDockerfile(text).instructions.at(-1);
    const run = last?.name === "ONBUILD" ? last.trigger : last;
    const script = run?.name === "RUN" ? run.script : undefined;
    expect(script?.commands.map(({ name }) => name)).toEqual(names);
  });
});

describe("flags of previews and of newer frontends", () => {
  test.each<[string, readonly (readonly [string, string | undefined])[]]>([
    [
      "COPY --parents --exclude=*.md --exclude=**/test ./a/./b /c/",
      [
        ["parents", undefined],
        ["exclude", "*.md"],
        ["exclude", "**/test"],
      ],
    ],
    [
      "ADD --keep-git-dir=true --checksum=sha256:ab --unpack=false https://example.com/x.git#v1 /x",
      [
        ["keep-git-dir", "true"],
        ["checksum", "sha256:ab"],
        ["unpack", "false"],
      ],
    ],
    [
      "RUN --device=vendor.com/gpu=all,required=false --security=insecure a",
      [
        ["device", "vendor.com/gpu=all,required=false"],
        ["security", "insecure"],
      ],
    ],
    [
      'COPY --link --chmod=u=rwX,go=rX --chown="a b:c" <<EOF /x\n1\nEOF',
      [
        ["link", undefined],
        ["chmod", "u=rwX,go=rX"],
        ["chown", "a b:c"],
      ],
    ],
  ])("%s", (text, flags) => {
    const model = parseDockerfile(`FROM x\n${text}\n`);
    expect(model.problems).toEqual([]);
    expect(model.instructions[1]?.flags.map(({ name, value }) => [name, value])).toEqual(flags);
  });
});

test("whether a variable is set before an instruction", () => {
  const model = parseDockerfile(
    "ARG G=1\nFROM x:$G AS base\nARG A\nENV B=$C D=d\nFROM base\nRUN a\nARG G\nRUN b\nONBUILD ENV E=1\nRUN c\nFROM y\nRUN d",
  );
  const runs = model.instructions.filter(({ name }) => name === "RUN");
  const set = runs.map((run) => ["G", "A", "B", "C", "D", "E"].filter((name) => run.isSet(name)).join(""));
  expect(set).toEqual(["ABD", "GABD", "GABD", ""]);
  expect(model.stages.map(({ from }) => from.isSet("G"))).toEqual([true, true, true]);
});
