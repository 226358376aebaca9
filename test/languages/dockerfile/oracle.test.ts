import { DockerfileParser } from "dockerfile-ast";
import { array, assert, constantFrom, oneof, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";
import { linesOf } from "../../../server/src/text/lines.ts";

// Without what the two are known to read differently: heredocs, escapes within words, and `--` before instructions without flags.
const word = constantFrom("a", "b.c", "/d/e", "x=1", "$V", "${V:-w}", "&&", "é", '"q"');
const flag = constantFrom("--from=x", "--chown=1:1", "--link");
const gap = constantFrom(" ", "  ", " \\\n  ", "\t", " \\ \n# comment\n  ");
const instruction = oneof(
  tuple(
    constantFrom("RUN", "COPY", "EXPOSE", "VOLUME", "foo", "Cmd"),
    array(tuple(gap, word), { minLength: 1, maxLength: 5 }),
  ).map(([keyword, words]) => keyword + words.flat().join("")),
  tuple(
    array(tuple(gap, flag), { minLength: 1, maxLength: 3 }),
    array(tuple(gap, word), { minLength: 1, maxLength: 3 }),
  ).map(([flags, words]) => `COPY${flags.flat().join("")}${words.flat().join("")}`),
);

test("plain files are read as dockerfile-ast reads them", () => {
  assert(
    property(
      array(instruction, { minLength: 1, maxLength: 5 }),
      constantFrom("\n", "\n\n", "\n# c\n"),
      (list, between) => {
        const text = list.join(between);
        const lines = linesOf(text);
        const theirs = DockerfileParser.parse(text).getInstructions();
        const ours = parseDockerfile(text).instructions;
        expect(ours.map(({ keyword }) => keyword.toUpperCase())).toEqual(theirs.map((other) => other.getKeyword()));
        expect(ours.map(({ words }) => words.map(({ text: written }) => written))).toEqual(
          theirs.map((other) => other.getArguments().map((argument) => argument.getValue())),
        );
        expect(
          ours.map(({ words }) => words.map(({ span }) => [lines.positionAt(span.start), lines.positionAt(span.end)])),
        ).toEqual(
          theirs.map((other) =>
            other.getArguments().map((argument) => [argument.getRange().start, argument.getRange().end]),
          ),
        );
      },
    ),
    { numRuns: 300 },
  );
});
