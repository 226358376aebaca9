import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { everyCommand, parseShell } from "../../server/src/languages/shell/index.ts";
import type { ShellCommand, ShellScript } from "../../server/src/languages/shell/model.ts";

const names = (script: ShellScript): readonly (string | undefined)[] => script.commands.map((command) => command.name);

function only(text: string): ShellCommand {
  const [command] = parseShell(text, 0).commands;
  if (command === undefined) throw new Error(`no command in ${text}`);
  return command;
}

describe("commands are found wherever they stand", () => {
  test.each<[string, readonly (string | undefined)[]]>([
    ["a && b || c; d & e", ["a", "b", "c", "d", "e"]],
    ["a | b |& c", ["a", "b", "c"]],
    ["(a; b) && { c; }", ["a", "b", "c"]],
    ["if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]],
    ["for x in $(a) `b`; do c; done", ["a", "b", "c"]],
    ["while a; do b; done; until c; do d; done", ["a", "b", "c", "d"]],
    ["case $(a) in x) b;; *) c;; esac", ["a", "b", "c"]],
    ["f() { a; }; f", ["a", "f"]],
    ['a "$(b "$(c)")" ${X:-$(d)} > $(e)', ["a", "b", "c", "d", "e"]],
    ["a <(b) >(c)", ["a", "b", "c"]],
    ["X=$(a) b", ["b", "a"]],
    ["! a", ["a"]],
    ["[[ -n $(a) ]] && b", ["a", "b"]],
    ["cat <<E | b\n$(a)\nE\nc", ["cat", "b", "a", "c"]],
    ["echo `a \\`b\\``", ["echo", "a", "b"]],
    ["a # && b", ["a"]],
    ["a '&& b' \"; c\"", ["a"]],
    ["$A b", [undefined]],
    ["/usr/bin/apt-get update", ["apt-get"]],
    ["", []],
  ])("%s", (text, expected) => {
    const script = parseShell(text, 0);
    expect(names(script)).toEqual(expected);
    expect(script.broken).toBe(false);
  });
});

describe("depth", () => {
  test("is greater in a substitution, in arithmetic as elsewhere", () => {
    const depths = (text: string) => parseShell(text, 0).commands.map(({ name, depth }) => [name, depth]);
    for (const word of ["$(b)", "$(($(b) * 2))", '"$((1 + `b`))"', "${X:-$(b)}"])
      expect(depths(`a ${word}`)).toEqual([
        ["a", 0],
        ["b", 1],
      ]);
  });
});

describe("spans", () => {
  test("count from the place the script stands at", () => {
    const text = 'A=1 sudo -u root apt-get  install "a b" > log && x';
    const [first, second] = parseShell(text, 100).commands;
    const cut = (span: { start: number; end: number } | undefined): string =>
      span === undefined ? "" : text.slice(span.start - 100, span.end - 100);
    expect(cut(first?.span)).toBe('A=1 sudo -u root apt-get  install "a b"');
    expect(cut(first?.nameSpan)).toBe("apt-get");
    expect(first?.words.map((word) => cut(word.span))).toEqual(["apt-get", "install", '"a b"']);
    expect(first?.words.map((word) => word.value)).toEqual(["apt-get", "install", "a b"]);
    expect(first?.redirects.map((redirect) => [cut(redirect.span), redirect.target])).toEqual([["> log", "log"]]);
    expect(cut(second?.joinSpan)).toBe("&&");
  });

  test("of a command in decoded backquotes are those of the whole substitution", () => {
    const text = "echo `a \\`b\\``";
    const inner = parseShell(text, 0).commands[2];
    expect(inner?.name).toBe("b");
    expect(text.slice(inner?.span.start, inner?.span.end)).toBe("`a \\`b\\``");
  });

  test("of an argument of the shell lie in its quotes", () => {
    const text = 'bash -ec "echo \\"x\\" && curl $URL"';
    const inner = only(text).inner;
    expect(inner?.commands.map((command) => text.slice(command.span.start, command.span.end))).toEqual([
      'echo \\"x\\"',
      "curl $URL",
    ]);
    expect(inner?.commands[0]?.words[1]?.value).toBe("x");
  });
});

describe("what stands before a program", () => {
  test.each<[string, string | undefined, readonly string[], readonly string[]]>([
    ["sudo apt-get update", "apt-get", ["sudo"], []],
    ["sudo -E -u root FOO=1 npm ci", "npm", ["sudo"], ["FOO"]],
    ["A=1 env B=2 -i C=3 node x", "node", ["env"], ["A", "B", "C"]],
    ["exec sudo nice -n 5 x", "x", ["exec", "sudo", "nice"], []],
    ["time -p x", "x", ["time"], []],
    ["timeout -k 5 30s curl x", "curl", ["timeout"], []],
    ["gosu app node", "node", ["gosu"], []],
    ["tini -- node", "node", ["tini"], []],
    ["command -v node", "command", [], []],
    ["command apt-get x", "apt-get", ["command"], []],
    ["env", "env", [], []],
    ["sudo -l", "sudo", [], []],
    ["sudo", "sudo", [], []],
    ["xargs rm", "xargs", [], []],
  ])("%s", (text, name, prefixes, assigned) => {
    const command = only(text);
    expect(command.name).toBe(name);
    expect(command.prefixes).toEqual(prefixes);
    expect(command.assignments.map((assignment) => assignment.name)).toEqual(assigned);
  });
});

describe("words", () => {
  test.each<[string, string | undefined]>([
    ["plain", "plain"],
    ["'a b'", "a b"],
    ["a\"b\"'c'", "abc"],
    ["a\\ b", "a b"],
    ["*.deb", "*.deb"],
    ["$X", undefined],
    ['"a$X"', undefined],
    ["'a$X'", "a$X"],
    ["$(x)", undefined],
    ["`x`", undefined],
    ["$((1+1))", undefined],
    ["{a,b}", undefined],
    ["a{b", "a{b"],
  ])("%s", (text, value) => {
    expect(only(`x ${text}`).args[0]?.value).toBe(value);
  });

  test("flags are found alone, in bundles and with a value", () => {
    const command = only("apt-get -qy install --no-install-recommends --target=x -- -z");
    expect(command.has("-y")).toBe(true);
    expect(command.has("-q", "--quiet")).toBe(true);
    expect(command.has("--target")).toBe(true);
    expect(command.has("-z")).toBe(false);
    expect(command.has("--no-install")).toBe(false);
    expect(command.operands.map((word) => word.value)).toEqual(["install", "-z"]);
  });
});

describe("how commands hang together", () => {
  test("operators", () => {
    const joints = parseShell("a && b || c; d | e & f\ng\n# h\ni", 0).commands.map((command) => command.joined);
    expect(joints).toEqual([undefined, "&&", "||", ";", "|", "&", "\n", "\n"]);
  });

  test("depth", () => {
    expect(parseShell("a && (b; (c)); if d; then e; fi; x $(y)", 0).commands.map(({ depth }) => depth)).toEqual([
      0, 1, 2, 1, 1, 0, 1,
    ]);
  });

  test("pipelines", () => {
    const { pipelines } = parseShell("a | b && c; (d | e | f)", 0);
    expect(pipelines.map(({ commands }) => commands.map(({ name }) => name))).toEqual([
      ["a", "b"],
      ["d", "e", "f"],
    ]);
  });

  test("where the last statement ends", () => {
    expect(parseShell("a && b > c ; # d", 0).end).toBe("a && b > c".length);
    expect(parseShell("if a; then b; fi", 10).end).toBe(10 + "if a; then b; fi".length);
    expect(parseShell("", 7).end).toBe(7);
  });

  test.each<[string, boolean]>([
    ["set -o pipefail; X", true],
    ["set -euxo pipefail && X", true],
    ["set -e -o pipefail && X", true],
    ["set -e; X", false],
    ["X; set -o pipefail", false],
    ["set -o pipefail; set +o pipefail; X", false],
    ["(set -o pipefail; a); X", false],
    ["(set -o pipefail; X)", true],
    ["{ set -o pipefail; }; X", true],
    ["y=$(set -o pipefail; a); X", false],
    ["echo pipefail; X", false],
  ])("pipefail: %s", (text, on) => {
    expect(parseShell(text, 50).pipefailAt(50 + text.indexOf("X"))).toBe(on);
  });
});

describe("scripts within scripts", () => {
  test.each<[string, readonly (string | undefined)[]]>([
    ["sh -c 'a && b'", ["sh", "a", "b"]],
    ['bash -lc "a; b"', ["bash", "a", "b"]],
    ["su -c 'a' user", ["su", "a"]],
    ["su user -c 'a'", ["su", "a"]],
    ["eval 'a b'", ["eval", "a"]],
    ["sudo sh -c 'a'", ["sh", "a"]],
    ["sh -c \"sh -c 'a'\"", ["sh", "sh", "a"]],
    ["bash <<'E'\na\nb\nE", ["bash", "a", "b"]],
    ["bash -s x <<E\na\nE", ["bash"]],
    ["bash a.sh", ["bash"]],
    ["sh -c 'a'\"'\"'b'", ["sh"]],
    ["node -c 'a'", ["node"]],
  ])("%s", (text, expected) => {
    expect([...everyCommand(parseShell(text, 0))].map(({ name }) => name)).toEqual(expected);
  });
});

describe("text that is no script", () => {
  test.each(["'", '"', "a && ", "if", "(", "$(", "${", "`", "<<", "a <<E", ")", "fi", "&&", "\\", "case x in"])(
    "%s does not throw",
    (text) => {
      const script = parseShell(text, 0);
      for (const command of everyCommand(script)) expect(command.span.end).toBeLessThanOrEqual(text.length);
      expect(typeof script.broken).toBe("boolean");
    },
  );

  test("deep nesting ends", () => {
    expect(() => parseShell("$(".repeat(5000), 0).commands).not.toThrow();
    expect(() => parseShell("(".repeat(20_000), 0).commands).not.toThrow();
  });

  test("whatever is typed, places stay within it and commands come in order", () => {
    const piece = constantFrom(
      "a",
      " ",
      "  ",
      "&&",
      "||",
      ";",
      "|",
      "\n",
      "'",
      '"',
      "$X",
      "$(",
      ")",
      "`",
      "\\",
      "<<E",
      "E",
      "{",
      "}",
      "#",
      "if",
      "then",
      "fi",
      "sudo ",
      "sh -c ",
      "=",
      "(",
      ">",
      "é",
      "😀",
    );
    assert(
      property(array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        const script = parseShell(text, 5);
        let last = 5;
        for (const command of script.commands) {
          expect(command.span.end).toBeLessThanOrEqual(5 + text.length);
          expect(command.span.start).toBeLessThanOrEqual(command.span.end);
          expect(command.span.start).toBeGreaterThanOrEqual(last);
          last = command.span.start;
          for (const word of command.words) {
            expect(word.span.start).toBeGreaterThanOrEqual(command.span.start);
            expect(word.span.end).toBeLessThanOrEqual(command.span.end);
          }
          void command.inner?.commands;
        }
        script.pipefailAt(6);
      }),
      { numRuns: 500 },
    );
  });
});
