import { describe, expect, test } from "vitest";
import { choicesOf, conditionsAround } from "../../../server/src/languages/yaml/branches.ts";
import { findExpressions } from "../../../server/src/languages/yaml/expressions.ts";
import type { YamlNode } from "../../../server/src/languages/yaml/node.ts";
import { parseYaml } from "../../../server/src/languages/yaml/parse.ts";

describe("expressions", () => {
  test.each([
    ["one", "a: {{ .b }} c", ["{{ .b }}"]],
    ["two", "{{ .a }}{{ .b }}", ["{{ .a }}", "{{ .b }}"]],
    ["braces in a string", '{{ "{{ $labels.pod }}" }} x', ['{{ "{{ $labels.pod }}" }}']],
    ["braces in a raw string", "{{`{{ $labels.pod }}`}} x", ["{{`{{ $labels.pod }}`}}"]],
    ["a raw string of two lines", "{{ `a }}\n` }} x", ["{{ `a }}\n` }}"]],
    ["an escaped quote", '{{ "\\" }}" }} x', ['{{ "\\" }}" }}']],
    ["expressions in a comment", "{{- /* {{ .a }} */ -}} x", ["{{- /* {{ .a }} */ -}}"]],
    ["a quote without an end", '{{ "a }}\n"b: 1', ['{{ "a }}']],
    ["one left open", "{{ .a\n{{ .b }}", ["{{ .b }}"]],
    ["a tick without an end", "{{ ` }}", ["{{ ` }}"]],
    ["comments of Jinja", "{# {{ a }} #}\n{{ b }}", ["{# {{ a }} #}", "{{ b }}"]],
    ["no comment of the shell", "x: ${# }\n#}", []],
    ["nothing closed", "{{ {% {# a", []],
  ])("%s", (_, text, found) => {
    expect(findExpressions(text).map(({ start, end }) => text.slice(start, end))).toEqual(found);
  });
});

describe("choices", () => {
  test("give their conditions, with those of the branches that were not taken", () => {
    const text = "{{ if .a }}\n{{- with .b }}\nx\n{{- else if .c }}\ny\n{{ end }}\n{{ end }}\nz\n";
    expect(conditionsAround(text, text.indexOf("y"))).toEqual([".a", ".b", ".c"]);
    expect(conditionsAround(text, text.indexOf("z"))).toEqual([]);
  });

  test("go to the end of the text where they have none, and begin nowhere else", () => {
    expect(conditionsAround("{{ end }}\n{{ if .a }}\nx", 22)).toEqual([".a"]);
    expect(choicesOf("{{ end }}\n{{ else }}\n")).toEqual([]);
  });

  test("of Jinja", () => {
    const text = "{% if a %}\nx\n{% elif b %}\ny\n{% else %}\nz\n{% endif %}\n";
    expect(choicesOf(text).map(({ branches }) => branches.map(({ condition }) => condition))).toEqual([["a", "b", ""]]);
  });
});

describe("a template is read as one of its outputs", () => {
  test.each([
    ["the first branch", "{{ if .a }}\nb: 1\n{{ else }}\nb: 2\n{{ end }}\n", { b: 1 }],
    ["the first that says something", "{{ if .a }}\n{{ toYaml .a }}\n{{ else }}\nb: 2\n{{ end }}\n", { b: 2 }],
    ["no branch where none does", "a: 1\n{{ if .a }}\n{{ .b }}\n{{ else }}\n{{ .c }}\n{{ end }}\n", { a: 1 }],
    [
      "choices in choices",
      "{{ if .a }}\n{{ if .b }}\nc: 1\n{{ else }}\nd: 1\n{{ end }}\n{{ else }}\n{{ if .e }}\nf: 1\n{{ end }}\n{{ end }}\ng: 1\n",
      { c: 1, g: 1 },
    ],
    ["items", "a:\n  {{- if .x }}\n  - b\n  {{- else }}\n  - c\n  {{- end }}\n  - d\n", { a: ["b", "d"] }],
    [
      "a value that is chosen on its line",
      "a: {{ if .x }}1{{ else }}2{{ end }}\n",
      { a: "{{ if .x }}1{{ else }}2{{ end }}" },
    ],
    [
      "a switch by its own name",
      "{{ if .Values.hostNetwork.enabled }}\nhostNetwork: true\na: 1\n{{ end }}\n",
      { a: 1 },
    ],
    ["a switch by another name", "{{ if .Values.debug }}\nhostNetwork: true\n{{ end }}\n", { hostNetwork: true }],
    ["line endings of Windows", "{{ if .a }}\r\nb: 1\r\n{{ else }}\r\nb: 2\r\n{{ end }}\r\n", { b: 1 }],
  ])("%s", (_, text, expected) => {
    const document = parseYaml(text);
    expect(document).toMatchObject({ templated: true, problems: [] });
    expect(plain(document.root)).toEqual(expected);
  });

  test("places stay", () => {
    const text = "{{ if .a }}\nb: 1\n{{ else }}\nb: 2\n{{ end }}\nc: 3\n";
    const { root } = parseYaml(text);
    expect(root?.type === "map" ? root.get("c")?.keySpan.start : undefined).toBe(text.indexOf("c: 3"));
  });
});

function plain(node: YamlNode | undefined): unknown {
  if (node === undefined || node.type === "scalar") return node?.value;
  if (node.type === "seq") return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}
