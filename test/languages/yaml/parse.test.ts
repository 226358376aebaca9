import { describe, expect, test } from "vitest";
import type { YamlMap, YamlNode } from "../../../server/src/languages/yaml/node.ts";
import { parseYaml } from "../../../server/src/languages/yaml/parse.ts";
import { entryAt, getPath } from "../../../server/src/languages/yaml/path.ts";
import { textOf } from "../../../server/src/text/span.ts";
import { plain } from "./plain.ts";

function rootOf(text: string): YamlMap {
  const { root } = parseYaml(text);
  if (root?.type !== "map") throw new Error("the document is no map");
  return root;
}

const written = (text: string, node: YamlNode | undefined): string | undefined =>
  node === undefined ? undefined : textOf(text, node.span);

describe("scalars", () => {
  test.each([
    ["1", 1],
    ["-0.5", -0.5],
    ["1e3", 1000],
    ["0o17", 15],
    ["0x1F", 31],
    ["0755", 755],
    ["true", true],
    ["False", false],
    ["yes", "yes"],
    ["on", "on"],
    ["~", null],
    ["null", null],
    ["", null],
    ["12:30", "12:30"],
    ["1.2.3", "1.2.3"],
    ["'it''s'", "it's"],
    ['"a\\tb\\u00e9"', "a\tbé"],
    ["'1'", "1"],
    ["!!str 1", "1"],
    ["!!int '1'", 1],
    ["! 1", "1"],
    ["a\n  b\n\n  c", "a b\nc"],
    ['"a\n  b"', "a b"],
    ["|\n  a\n   b\n\n", "a\n b\n"],
    [">-\n  a\n  b", "a b"],
    ["|+\n  a\n", "a\n\n"],
    [">2\n   a\n", " a\n"],
  ])("%j is %j", (text, value) => {
    const { problems, root } = parseYaml(`key: ${text}\n`);
    expect(problems).toEqual([]);
    expect(plain(root)).toEqual({ key: value });
  });

  test("keep their text, style and place", () => {
    const text = "a: 010 # c\nb: |- # c\n  x\n  y  \n\nc: 'q'\nd:\ne: &x # c\nf: !t\n";
    const root = rootOf(text);
    expect(root.get("a")?.value).toEqual({
      type: "scalar",
      value: 10,
      text: "010",
      style: "plain",
      span: { start: 3, end: 6 },
    });
    expect(written(text, root.get("b")?.value)).toBe("|- # c\n  x\n  y");
    expect(root.get("b")?.value).toMatchObject({ text: "x\ny  ", style: "literal" });
    expect(written(text, root.get("c")?.value)).toBe("'q'");
    for (const [key, before] of [
      ["d", "d:"],
      ["e", "e: &x"],
      ["f", "f: !t"],
    ] as const) {
      const { span } = root.get(key)?.value ?? { span: { start: -1, end: -1 } };
      expect(span.start).toBe(span.end);
      expect(text.slice(0, span.start).endsWith(before)).toBe(true);
    }
    expect(root.get("e")?.value).toMatchObject({ anchor: "x", value: null });
    expect(root.get("f")?.value).toMatchObject({ tag: "!t", value: null });
  });

  test("of a file with Windows line endings hold none of them", () => {
    expect(plain(parseYaml("a: |\r\n  x\r\n  y\r\nb: c\r\n").root)).toEqual({ a: "x\ny\n", b: "c" });
    expect(parseYaml("a: b\r\n").lineEnding).toBe("\r\n");
  });
});

describe("collections", () => {
  test("say where they and their parts stand", () => {
    const text = "web:\n  ports:\n  - 80 # http\n  - { a: 1 }\n  env: {}\n# end\n";
    const root = rootOf(text);
    expect(written(text, root)).toBe("web:\n  ports:\n  - 80 # http\n  - { a: 1 }\n  env: {}");
    expect(written(text, getPath(root, "web", "ports"))).toBe("- 80 # http\n  - { a: 1 }");
    expect(written(text, getPath(root, "web", "ports", 1))).toBe("{ a: 1 }");
    expect(getPath(root, "web", "ports")).toMatchObject({ type: "seq", flow: false, starts: [16, 30] });
    const entry = entryAt(root, "web", "env");
    expect(entry?.keySpan).toEqual({ start: 43, end: 46 });
    expect(entry?.colon).toBe(46);
  });

  test("take any scalar for a key's text", () => {
    expect(rootOf("80: a\n'b c': d\n? e\n: f\nnull: g\n").entries.map(({ key }) => key)).toEqual([
      "80",
      "b c",
      "e",
      "null",
    ]);
  });

  test("hold pairs without braces in a flow sequence", () => {
    expect(plain(parseYaml("a: [b: 1, c, {d}]").root)).toEqual({ a: [{ b: 1 }, "c", { d: null }] });
  });

  test("keep tags that are not YAML's own", () => {
    const root = rootOf("a: !reset\nb: !override\n  - 1\nc: !!map {}\nd: !reset null\n");
    expect(root.entries.map(({ value }) => value.tag)).toEqual(["!reset", "!override", undefined, "!reset"]);
    expect(root.get("d")?.value).toMatchObject({ value: null });
  });

  test("are read from JSON and behind a byte order mark", () => {
    expect(plain(parseYaml('{"a": [1, "b\\n", null], "c": {}}').root)).toEqual({ a: [1, "b\n", null], c: {} });
    expect(rootOf("\uFEFFa: 1").get("a")?.keySpan).toEqual({ start: 1, end: 2 });
  });

  test("of the first document only are read from a text with several", () => {
    expect(plain(parseYaml("a: 1\n---\nb: 2\n").root)).toEqual({ a: 1 });
  });

  test("are missing from a text that holds none", () => {
    for (const text of ["", "# only a comment\n", "---\n", "\n\n"])
      expect(parseYaml(text)).toMatchObject({ root: undefined, problems: [] });
  });
});

describe("aliases", () => {
  const text = "base: &base\n  image: nginx\n  env: [A]\nweb: *base\nworker:\n  <<: *base\n  image: node\n";
  const root = rootOf(text);

  test("lead to the value where it was written, and say so all the way down", () => {
    const web = root.get("web")?.value;
    const alias = { start: text.indexOf("*base"), end: text.indexOf("*base") + 5 };
    expect(web).toMatchObject({ type: "map", alias, span: root.get("base")?.value.span, anchor: "base" });
    expect(getPath(web, "env", 0)).toMatchObject({ text: "A", alias });
    expect(root.get("base")?.value.alias).toBeUndefined();
  });

  test("in a merge add entries behind the own ones, which win", () => {
    const worker = root.get("worker")?.value;
    if (worker?.type !== "map") throw new Error("no map");
    expect(worker.entries.map(({ key, merged }) => [key, merged === undefined])).toEqual([
      ["image", true],
      ["env", false],
    ]);
    expect(plain(worker)).toEqual({ image: "node", env: ["A"] });
    const merge = text.indexOf("<<");
    expect(worker.get("env")?.merged).toEqual({ start: merge, end: merge + 2 });
    expect(worker.get("env")?.value.alias).toEqual({ start: merge + 4, end: merge + 9 });
    expect(worker.merges).toHaveLength(1);
  });

  test("in a list of merges: the earlier wins; nested and repeated merges too", () => {
    const nested =
      "a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2, z: 2}\nc: {<<: [*a, *b]}\nd:\n  <<: *b\n  <<: {w: 4}\n'<<': q\n";
    const document = parseYaml(nested);
    expect(document.problems).toEqual([]);
    expect(plain(document.root)).toMatchObject({ c: { x: 1, y: 1, z: 2 }, d: { x: 1, y: 2, z: 2, w: 4 }, "<<": "q" });
  });

  test("without an anchor stand for nothing", () => {
    const document = parseYaml("a: *no\nb: {<<: *no}\nc: 1\n");
    expect(document.problems.map(({ at }) => at.start)).toEqual([3, 15]);
    expect(plain(document.root)).toEqual({ a: null, b: {}, c: 1 });
  });

  test("to what they are part of are cut", () => {
    const document = parseYaml("a: &a\n  b: *a\n  c: 1\n");
    expect(document.problems).toHaveLength(1);
    expect(plain(document.root)).toEqual({ a: { b: null, c: 1 } });
  });

  test("follow the anchor above them where a name is used again", () => {
    expect(plain(parseYaml("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").root)).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test("that stand for more than can be read are left out", () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(", ")}]`,
    );
    const document = parseYaml(["a0: &a0 [x]", ...lines].join("\n"));
    expect(document.problems.length).toBeGreaterThan(0);
    const count = (node: YamlNode): number =>
      node.type === "scalar"
        ? 1
        : node.type === "seq"
          ? node.items.reduce((sum, item) => sum + count(item), 1)
          : node.entries.reduce((sum, entry) => sum + count(entry.value), 1);
    const { root: bomb } = document;
    expect(bomb === undefined ? 0 : count(bomb)).toBeLessThan(400_000);
  });
});

describe("comments", () => {
  test("are all found, and known to stand alone or not", () => {
    const text = "# top\na: 1 # one\n\n  # in\nb: | # head\n  # text\nc: [ # open\n  1, # item\n]\nd: 'x # y'\n  # end";
    const { comments } = parseYaml(text);
    expect(comments.map((comment) => [comment.text, comment.alone])).toEqual([
      ["top", true],
      ["one", false],
      ["in", true],
      ["head", false],
      ["open", false],
      ["item", false],
      ["end", true],
    ]);
    for (const { span } of comments) expect(text[span.start]).toBe("#");
    expect(comments.map(({ span }) => textOf(text, span))).toContain("# one");
  });

  test("of a file with Windows line endings end before them", () => {
    const text = "a: 1 # one\r\n";
    expect(parseYaml(text).comments.map(({ span }) => textOf(text, span))).toEqual(["# one"]);
  });
});

describe("templates", () => {
  const chart = [
    "apiVersion: apps/v1",
    "metadata:",
    '  name: {{ include "app.name" . }}',
    "  labels:",
    '    {{- include "app.labels" . | nindent 4 }}',
    "spec:",
    "  {{- if not .Values.autoscaling.enabled }}",
    "  replicas: {{ .Values.replicas }}",
    "  {{- end }}",
    '  image: "{{ .Values.image | default "nginx" }}:1"',
    "  privileged: true",
    "",
  ].join("\n");

  test("are recognised, and read around their expressions", () => {
    const document = parseYaml(chart);
    expect(document).toMatchObject({ templated: true, problems: [] });
    expect(plain(document.root)).toEqual({
      apiVersion: "apps/v1",
      metadata: { name: '{{ include "app.name" . }}', labels: null },
      spec: { replicas: "{{ .Values.replicas }}", image: '{{ .Values.image | default "nginx" }}:1', privileged: true },
    });
  });

  test.each([
    ["an expression of its own line", "a: 1\n{{ .b }}\n"],
    ["a key", "{{ .a }}: 1\n"],
    ["Jinja", "{% if x %}\na: 1\n{% endif %}\n"],
    ["quotes within quotes", 'a: "{{ include "x" . }}"\n'],
    ["a part of a plain value", "a: app-{{ .name }}\n"],
    ["an expression over several lines", "{{- /*\n  a: b\n*/ -}}\na: 1\n"],
  ])("are recognised by %s", (_, text) => {
    expect(parseYaml(text)).toMatchObject({ templated: true, problems: [] });
  });

  test.each([
    ["quotes", "a: '{{ .x }}'\nb: \"{{ y }}\"\n"],
    ["comments", "# {{ .x }}\na: 1 # {{ y }}\n"],
    ["block scalars", "a: |\n  {{ .x }}\n  {% y %}\n"],
    ["an opening without an end", "a: {{\n"],
    ["JSON", '{"a": {"b": {"c": "{{"}}}'],
  ])("are not recognised by %s", (_, text) => {
    expect(parseYaml(text).templated).toBe(false);
  });

  test("do not hide what is wrong elsewhere", () => {
    const document = parseYaml("a: '{{ .x }}'\nb: [\nc: d\n");
    expect(document.templated).toBe(false);
    expect(document.problems).toHaveLength(1);
  });
});
