import { describe, expect, test } from "vitest";
import {
  type SetOptions,
  type YamlValue,
  aliasTo,
  anchored,
  appendDocument,
  appendItem,
  flow,
  insertTopLevel,
  raw,
  removeEntry,
  removeItem,
  removePath,
  renameKey,
  replaceScalar,
  setPath,
} from "../../../server/src/languages/yaml/edit.ts";
import type { YamlDocument, YamlMap } from "../../../server/src/languages/yaml/node.ts";
import { parseYaml } from "../../../server/src/languages/yaml/parse.ts";
import { type PathStep, asMap, asScalar, entryAt, getPath } from "../../../server/src/languages/yaml/path.ts";
import { type TextEdit, applyEdits } from "../../../server/src/text/edit.ts";

type Edits = readonly TextEdit[] | undefined;

/** The text after an edit, `undefined` where the edit is refused. */
function after(text: string, edit: (document: YamlDocument, root: YamlMap) => Edits): string | undefined {
  const document = parseYaml(text);
  const root = asMap(document.root);
  if (root === undefined) throw new Error("the document is no map");
  const edits = edit(document, root);
  return edits === undefined ? undefined : applyEdits(text, edits);
}

const set = (text: string, path: readonly PathStep[], value: YamlValue, options?: SetOptions): string | undefined =>
  after(text, (document, root) => setPath(document, root, path, value, options));

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;

describe("setting a path", () => {
  const compose = lines(
    "services:",
    "  web:",
    "    image: nginx # the proxy",
    "    ports:",
    '      - "80:80"',
    "",
    "  # the database",
    "  db:",
    "    image: postgres",
    "    # environment:",
    "volumes: {}",
  );

  test("goes by the maps around it, not by what stands below a dash", () => {
    const generated = lines("spec:", "    pod:", "        items:", "            - of:", "                kind: x");
    expect(set(generated, ["spec", "pod", "own"], { id: 1 })).toBe(`${generated}        own:\n            id: 1\n`);
  });

  test("adds a key behind the last content of its map, before what belongs to the next", () => {
    expect(set(compose, ["services", "web", "restart"], "unless-stopped")).toBe(
      compose.replace('"80:80"\n', '"80:80"\n    restart: unless-stopped\n'),
    );
    expect(set(compose, ["services", "db", "restart"], "always")).toBe(
      compose.replace("image: postgres\n", "image: postgres\n    restart: always\n"),
    );
  });

  test("makes the maps that are missing on the way, each indented as the document does", () => {
    expect(set(compose, ["services", "db", "deploy", "resources", "limits", "memory"], "512M")).toBe(
      compose.replace(
        "image: postgres\n",
        lines("image: postgres", "    deploy:", "      resources:", "        limits:", "          memory: 512M"),
      ),
    );
  });

  test("replaces a scalar and keeps its quotes and comment", () => {
    expect(set(compose, ["services", "web", "image"], "nginx:1.27")).toBe(compose.replace("nginx #", "nginx:1.27 #"));
    expect(set(compose, ["services", "web", "ports", 0], "8080:80")).toBe(compose.replace('"80:80"', '"8080:80"'));
    expect(set("a: 'x'\n", ["a"], "it's")).toBe("a: 'it''s'\n");
    expect(set("a: '1'\n", ["a"], 2)).toBe("a: 2\n");
    expect(set("a: x\n", ["a"], "yes")).toBe('a: "yes"\n');
    expect(set("a: x\n", ["a"], "22:22")).toBe('a: "22:22"\n');
    expect(set("a: x\n", ["a"], "x")).toBe("a: x\n");
  });

  test("puts a new key where it is asked to", () => {
    const text = lines("a: 1", "# about b", "b: 2", "c: 3");
    expect(set(text, ["new"], 0, { position: { after: ["a", "none"] } })).toBe(
      lines("a: 1", "new: 0", "# about b", "b: 2", "c: 3"),
    );
    expect(set(text, ["new"], 0, { position: { before: ["b", "c"] } })).toBe(
      lines("a: 1", "new: 0", "# about b", "b: 2", "c: 3"),
    );
    expect(set(text, ["new"], 0, { position: "start" })).toBe(`new: 0\n${text}`);
    expect(set(text, ["new"], 0, { position: { after: ["none"] } })).toBe(`${text}new: 0\n`);
    expect(set("# about the file\na: 1\n", ["new"], 0, { position: "start" })).toBe("# about the file\nnew: 0\na: 1\n");
    expect(set("l:\n  - a: 1\n    b: 2\n", ["l", 0, "new"], 0, { position: "start" })).toBe(
      "l:\n  - new: 0\n    a: 1\n    b: 2\n",
    );
  });

  test("fills a key that has no value, and empty brackets", () => {
    expect(set("web: # soon\ndb: x\n", ["web", "image"], "nginx")).toBe("web: # soon\n  image: nginx\ndb: x\n");
    expect(set("web:\n", ["web"], "x")).toBe("web: x\n");
    expect(set("web: ~\n", ["web", "image"], "nginx")).toBe("web:\n  image: nginx\n");
    expect(set(compose, ["volumes", "data"], null)).toBe(compose.replace("volumes: {}", "volumes:\n  data:"));
    expect(set("a: []\n", ["a", 0], "x")).toBe("a:\n  - x\n");
    expect(set("{}\n", ["a", "b"], 1)).toBe("a:\n  b: 1\n");
  });

  test("writes lists as the document indents them", () => {
    const flat = lines("a:", "- x", "b:", "    c: 1");
    expect(set(flat, ["new"], ["x", { p: 1, q: [2] }])).toBe(
      `${flat}${lines("new:", "- x", "- p: 1", "  q:", "  - 2")}`,
    );
    const wide = lines("a:", "    -   x");
    expect(set(wide, ["a", 1], { p: 1, q: 2 })).toBe(`${wide}${lines("    -   p: 1", "        q: 2")}`);
    expect(set("a: 1\n", ["new"], ["x"])).toBe("a: 1\nnew:\n  - x\n");
    expect(set("a: 1\n", ["new"], { x: [], w: {}, z: null })).toBe("a: 1\nnew:\n  x: []\n  w: {}\n  z:\n");
  });

  test("writes text of several lines as a block, and what YAML could mistake in quotes", () => {
    expect(set("a:\n  b: 1\n", ["a", "new"], "one\n\ntwo\n")).toBe("a:\n  b: 1\n  new: |\n    one\n\n    two\n");
    expect(set("a: 1\n", ["new"], "x\ny")).toBe("a: 1\nnew: |-\n  x\n  y\n");
    expect(set("a: 1\n", ["new"], " x\ny")).toBe('a: 1\nnew: " x\\ny"\n');
    const tricky: readonly YamlValue[] = [
      "",
      "no",
      "0755",
      "1_000",
      "2024-01-01",
      "a: b",
      "a #b",
      "- x",
      "*x",
      "'q'",
      "a\\b",
      "{{ .x }}",
      "~",
      "a:",
    ];
    expect(set("a: 1\n", ["new"], tricky)).toBe(
      lines(
        "a: 1",
        "new:",
        '  - ""',
        '  - "no"',
        '  - "0755"',
        '  - "1_000"',
        '  - "2024-01-01"',
        '  - "a: b"',
        '  - "a #b"',
        '  - "- x"',
        '  - "*x"',
        `  - "'q'"`,
        "  - a\\b",
        '  - "{{ .x }}"',
        '  - "~"',
        '  - "a:"',
      ),
    );
  });

  test("takes values in the form they are to be written in", () => {
    expect(set("a:\n  b: 1\n", ["a", "test"], flow(["CMD", "pg_isready"]))).toBe(
      'a:\n  b: 1\n  test: ["CMD", "pg_isready"]\n',
    );
    expect(set("x: &l {}\na: 1\n", ["logging"], aliasTo("l"))).toBe("x: &l {}\na: 1\nlogging: *l\n");
    expect(set("a: 1\n", ["x-l"], anchored("l", { driver: "json-file" }))).toBe("a: 1\nx-l: &l\n  driver: json-file\n");
    expect(set("a:\n  b: 1\n", ["a", "new"], raw("\nx: 1 # why\ny:\n  - 2"))).toBe(
      "a:\n  b: 1\n  new:\n    x: 1 # why\n    y:\n      - 2\n",
    );
    expect(set("a:\n  b: 1\n", ["a", "new"], raw("|\n  text\n"))).toBe("a:\n  b: 1\n  new: |\n    text\n");
    expect(set("a:\n  b: 1\n", ["a", "b"], raw("'2' # two"))).toBe("a:\n  b: '2' # two\n");
  });

  test("changes collections into scalars and back", () => {
    expect(set("a: # c\n  b: 1\n  # d\n  e: 2\nf: 3\n", ["a"], "x")).toBe("a: x # c\nf: 3\n");
    expect(set("a: x # c\nf: 3\n", ["a"], { b: 1 })).toBe("a: # c\n  b: 1\nf: 3\n");
    expect(set("- a: 1\n".replace(/^/, "l:\n  "), ["l", 0], "x")).toBe("l:\n  - x\n");
    expect(set("a: |  # c\n  x\n  y\nb: 1\n", ["a"], 5)).toBe("a: 5  # c\nb: 1\n");
    expect(set("a: ['x', y] # c\n", ["a"], ["z"])).toBe('a: ["z"] # c\n');
  });

  test("keeps Windows line endings and a missing last one", () => {
    expect(set("a:\r\n  b: 1\r\nc: 2\r\n", ["a", "new", "m"], [1])).toBe(
      "a:\r\n  b: 1\r\n  new:\r\n    m:\r\n      - 1\r\nc: 2\r\n",
    );
    expect(set("a: 1", ["b"], 2)).toBe("a: 1\nb: 2");
    expect(set("a: |+\n  x\n\n\nb: 1\n", ["c"], 2, { position: { after: ["a"] } })).toBe(
      "a: |+\n  x\n\n\nc: 2\nb: 1\n",
    );
  });

  test("works in flow style", () => {
    expect(set("a: {b: 1, c: 2} # d\n", ["a", "new"], "x")).toBe("a: {b: 1, c: 2, new: x} # d\n");
    expect(set("a: { b: 1 }\n", ["a", "new", "m"], [1])).toBe("a: { b: 1, new: { m: [1] } }\n");
    expect(set("a: [1, 2, ]\n", ["a", 2], 3)).toBe("a: [1, 2, 3, ]\n");
    expect(set("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", ["a", "new"], 3)).toBe(
      "a: {\n  b: 1, # one\n  c: 2, # two\n  new: 3\n}\n",
    );
    expect(set("a: {b: 1}\n", ["a", "new"], 0, { position: "start" })).toBe("a: {new: 0, b: 1}\n");
    expect(set("a: {b, c: }\n", ["a", "b"], 1)).toBe("a: {b: 1, c: }\n");
    expect(set("a: {b: x}\n", ["a", "b"], "y, z")).toBe('a: {b: "y, z"}\n');
  });

  test("writes JSON in JSON", () => {
    const json = '{\n  "a": {\n    "b": 1\n  }\n}\n';
    expect(set(json, ["a", "new"], { x: [1, "y"] })).toBe(
      '{\n  "a": {\n    "b": 1,\n    "new": {\n      "x": [\n        1,\n        "y"\n      ]\n    }\n  }\n}\n',
    );
    expect(set(json, ["a", "b"], null)).toBe(json.replace("1", "null"));
    expect(set('{"a": 1}', ["b"], "x")).toBe('{"a": 1, "b": "x"}');
    expect(set('{"a": 1}', ["b"], aliasTo("x"))).toBeUndefined();
  });

  test("stops at anchors, unless told to go on", () => {
    const text = lines("x: &x", "  deploy:", "    a: 1", "web: *x", "db:", "  <<: *x", "  image: pg");
    expect(set(text, ["web", "deploy", "b"], 2)).toBeUndefined();
    expect(set(text, ["db", "deploy", "b"], 2)).toBeUndefined();
    const changed = text.replace("    a: 1\n", "    a: 1\n    b: 2\n");
    expect(set(text, ["web", "deploy", "b"], 2, { intoAnchor: true })).toBe(changed);
    expect(set(text, ["db", "deploy", "b"], 2, { intoAnchor: true })).toBe(changed);
    expect(set(text, ["web", "deploy", "a"], 2, { intoAnchor: true })).toBe(text.replace("a: 1", "a: 2"));
    // A key of its own wins over a merged one, and an alias can be replaced where it stands.
    expect(set(text, ["db", "deploy"], "none")).toBe(`${text}  deploy: none\n`);
    expect(set(text, ["web"], "none")).toBe(text.replace("web: *x", "web: none"));
  });

  test("keeps an anchor that is used and refuses where it cannot", () => {
    expect(set("a: &x 1\nb: *x\n", ["a"], 2)).toBe("a: &x 2\nb: *x\n");
    expect(set("a: &x\n  b: 1\nc: *x\n", ["a"], { d: 2 })).toBe("a: &x\n  d: 2\nc: *x\n");
    expect(set("a:\n  b: &x 1\nc: *x\n", ["a"], 2)).toBeUndefined();
    expect(set("a: &x {b: 1}\nc: {<<: *x}\n", ["a"], 2)).toBeUndefined();
    expect(set("a: !reset {}\n", ["a"], 2)).toBeUndefined();
  });

  test("refuses paths that lead through values of another kind", () => {
    expect(set("a: x\n", ["a", "b"], 1)).toBeUndefined();
    expect(set("a: [1]\n", ["a", "b"], 1)).toBeUndefined();
    expect(set("a: [1]\n", ["a", 3], 1)).toBeUndefined();
    expect(set("a: 1\n", ["b", 0], 1)).toBeUndefined();
    expect(set("a: 1\n", [], 1)).toBeUndefined();
  });
});

describe("two edits of one document", () => {
  const text = "web:\n  image: nginx\n";
  const both = (first: Parameters<typeof setPath>[2], second: Parameters<typeof setPath>[2], value: YamlValue = 1) =>
    after(text, (document, root) => {
      const edits = [setPath(document, root, first, value), setPath(document, root, second, value)];
      return edits.flatMap((edit) => edit ?? []);
    });

  test("that add keys at one place both apply, in their order", () => {
    expect(both(["web", "a"], ["web", "b"])).toBe("web:\n  image: nginx\n  a: 1\n  b: 1\n");
  });

  test("that would each make the same map cannot both apply, and never make it twice", () => {
    expect(both(["web", "deploy", "a"], ["web", "deploy", "b"])).toBeUndefined();
    expect(both(["web", "deploy"], ["web", "user"], { a: 1 })).toBeUndefined();
    expect(both(["web", "deploy", "a"], ["web", "b"])).toBe("web:\n  image: nginx\n  deploy:\n    a: 1\n  b: 1\n");
  });
});

describe("removing", () => {
  const removed = (text: string, ...path: readonly PathStep[]): string | undefined =>
    after(text, (document, root) => {
      const key = path.at(-1);
      const parent = getPath(root, ...path.slice(0, -1));
      if (parent?.type === "map" && typeof key === "string") return removeEntry(document, parent, key);
      return parent?.type === "seq" && typeof key === "number" ? removeItem(document, parent, key) : undefined;
    });

  test("leaves what stands above a line of tabs, which would become the value of what is before it", () => {
    expect(removed("a:\nb: 1\n\t", "b")).toBeUndefined();
  });

  test("takes the whole lines of an entry or item, and its comment with it", () => {
    expect(removed("a: 1 # x\n# about b\nb:\n  c: 2\n  # in b\n\n# about d\nd: 3\n", "b")).toBe(
      "a: 1 # x\n# about b\n  # in b\n\n# about d\nd: 3\n",
    );
    expect(removed("a:\n  - 1\n  - 2 # two\n  - 3\n", "a", 1)).toBe("a:\n  - 1\n  - 3\n");
    expect(removed("a: 1\r\nb: 2\r\n", "b")).toBe("a: 1\r\n");
    expect(removed("a: 1\nb: 2", "b")).toBe("a: 1");
  });

  test("leaves no blank lines at the top", () => {
    expect(removed('version: "3"\n\nservices: {}\n', "version")).toBe("services: {}\n");
    expect(removed('# compose\nversion: "3"\n\nservices: {}\n', "version")).toBe("# compose\n\nservices: {}\n");
  });

  test("moves the next key up behind a dash", () => {
    expect(removed("l:\n  - a: 1\n    b: 2\n", "l", 0, "a")).toBe("l:\n  - b: 2\n");
    expect(removed("l:\n  - a: 1\n    # about b\n    b: 2\n", "l", 0, "a")).toBe("l:\n  - # about b\n    b: 2\n");
  });

  test("leaves brackets for the last one", () => {
    expect(removed("a: # c\n  # d\n  b: 1\ne: 2\n", "a", "b")).toBe("a: {} # c\n  # d\ne: 2\n");
    expect(removed("a:\n- 1\nb: 2\n", "a", 0)).toBe("a: []\nb: 2\n");
    expect(removed("a: 1\n", "a")).toBe("{}\n");
    expect(removed("l:\n  - a: 1\n", "l", 0, "a")).toBe("l:\n  - {}\n");
  });

  test("works in flow style and in JSON", () => {
    expect(removed("a: {b: 1, c: 2, d: 3}\n", "a", "b")).toBe("a: {c: 2, d: 3}\n");
    expect(removed("a: {b: 1, c: 2, d: 3}\n", "a", "d")).toBe("a: {b: 1, c: 2}\n");
    expect(removed("a: [1, 2]\n", "a", 1)).toBe("a: [1]\n");
    expect(removed("a: { b: 1 }\n", "a", "b")).toBe("a: {}\n");
    expect(removed('{\n  "a": 1,\n  "b": 2\n}\n', "b")).toBe('{\n  "a": 1\n}\n');
    expect(removed("a: {\n  b: 1, # one\n  # about c\n  c: 2 # two\n}\n", "a", "b")).toBe(
      "a: {\n  # about c\n  c: 2 # two\n}\n",
    );
    expect(removed("a: {\n  b: 1,\n  # about c\n  c: 2\n}\n", "a", "c")).toBe("a: {\n  b: 1\n  # about c\n  \n}\n");
  });

  test("refuses to take an anchor that is needed, a merged key, or what is only reached through an alias", () => {
    expect(removed("a: &x 1\nb: *x\n", "a")).toBeUndefined();
    expect(removed("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n", "b", "k")).toBeUndefined();
    expect(removed("a: &x {k: 1, l: 2}\nb: *x\n", "b", "k")).toBeUndefined();
    expect(removed("a: &x {k: 1}\nb:\n  <<: *x\n  c: 1\n", "b", "<<")).toBe("a: &x {k: 1}\nb:\n  c: 1\n");
  });

  test("of a path takes what would be left empty around it", () => {
    const text = lines("a:", "  b:", "    c:", "      d: 1", "  e: 2");
    expect(after(text, (document, root) => removePath(document, root, ["a", "b", "c", "d"]))).toBe("a:\n  e: 2\n");
    expect(after("a:\n  b: 1\n", (document, root) => removePath(document, root, ["a", "b"]))).toBe("{}\n");
    expect(after(text, (document, root) => removePath(document, root, ["a", "x"]))).toBeUndefined();
    expect(after("l:\n  - a: 1\n  - b: 2\n", (document, root) => removePath(document, root, ["l", 0, "a"]))).toBe(
      "l:\n  - b: 2\n",
    );
  });
});

describe("scalars, keys and items", () => {
  test("are changed where they are written", () => {
    const scalarAt = (text: string, path: readonly PathStep[], value: string | number, intoAnchor = false) =>
      after(text, (document, root) => {
        const scalar = asScalar(getPath(root, ...path));
        return scalar === undefined ? undefined : replaceScalar(document, scalar, value, { intoAnchor });
      });
    expect(scalarAt("l:\n  - 'a' # c\n", ["l", 0], "b")).toBe("l:\n  - 'b' # c\n");
    expect(scalarAt("a: {b: x}\n", ["a", "b"], "[y]")).toBe('a: {b: "[y]"}\n');
    expect(scalarAt("a:\n", ["a"], 1)).toBe("a: 1\n");
    const text = "x: &x {k: 1}\ny: *x\n";
    expect(scalarAt(text, ["y", "k"], 2)).toBeUndefined();
    expect(scalarAt(text, ["y", "k"], 2, true)).toBe("x: &x {k: 2}\ny: *x\n");
  });

  test("are renamed", () => {
    const renamed = (text: string, path: readonly string[], name: string) =>
      after(text, (document, root) => {
        const entry = entryAt(root, ...path);
        return entry === undefined ? undefined : renameKey(document, entry, name);
      });
    expect(renamed("a: 1 # c\n", ["a"], "b")).toBe("b: 1 # c\n");
    expect(renamed("'a': 1\n", ["a"], "b c")).toBe("'b c': 1\n");
    expect(renamed('{"a": 1}', ["a"], "b")).toBe('{"b": 1}');
    expect(renamed("x: &x {a: 1}\ny: {<<: *x}\n", ["y", "a"], "b")).toBeUndefined();
  });

  test("are appended", () => {
    const appended = (text: string, value: YamlValue) =>
      after(text, (document, root) => {
        const list = root.get("l")?.value;
        return list?.type === "seq" ? appendItem(document, list, value) : undefined;
      });
    expect(appended("l:\n- a\n# next\nb: 1\n", "x")).toBe("l:\n- a\n- x\n# next\nb: 1\n");
    expect(appended("l: [a]\n", "x")).toBe("l: [a, x]\n");
    expect(appended("l: ['a']\n", "x")).toBe("l: ['a', 'x']\n");
    expect(appended('l:\n  - "80:80"\n', "443:443")).toBe('l:\n  - "80:80"\n  - "443:443"\n');
    expect(appended("l: []\n", { a: 1 })).toBe("l:\n  - a: 1\n");
    expect(appended("l:\n  - name: a\n    value: b\n", { name: "c", value: "d" })).toBe(
      "l:\n  - name: a\n    value: b\n  - name: c\n    value: d\n",
    );
  });
});

describe("adding a document", () => {
  const record = { kind: "Other", spec: { items: [{ a: 1 }] } };
  const add = (text: string): string | undefined => after(text, (document) => appendDocument(document, record));

  test("in the indentation of the one before", () => {
    expect(add("kind: One\nspec:\n    items:\n    - a: 1")).toBe(
      "kind: One\nspec:\n    items:\n    - a: 1\n---\nkind: Other\nspec:\n    items:\n    - a: 1\n",
    );
  });

  test("with its line endings, and the blank line before the next one on both sides", () => {
    expect(add("kind: One\r\n\r\n")).toBe(
      "kind: One\r\n\r\n---\r\nkind: Other\r\nspec:\r\n  items:\r\n    - a: 1\r\n\r\n",
    );
  });

  test("behind the comments at its end and the marker that ends it", () => {
    expect(add("kind: One\n# the end\n")).toBe("kind: One\n# the end\n---\nkind: Other\nspec:\n  items:\n    - a: 1\n");
    expect(add("kind: One\n...\n")).toBe("kind: One\n...\n---\nkind: Other\nspec:\n  items:\n    - a: 1\n");
  });

  test("not to JSON, and not to what is broken", () => {
    expect(add('{ "kind": "One" }\n')).toBeUndefined();
    expect(add("kind: One\nkind: Two\n")).toBeUndefined();
  });
});

describe("a new top-level key", () => {
  const add = (text: string, position?: Parameters<typeof insertTopLevel>[3]) => {
    const document = parseYaml(text);
    const edits = insertTopLevel(document, "secrets", { a: { file: "./a" } }, position);
    return edits === undefined ? undefined : applyEdits(text, edits);
  };
  const secrets = "secrets:\n  a:\n    file: ./a\n";

  test("not above a line of tabs, which would become its value", () => {
    expect(add("services:\n  a: 1\n\t")).toBeUndefined();
  });

  test("stands apart where the others do", () => {
    expect(add("services:\n  a: 1\n\nvolumes:\n  b: 2\n")).toBe(`services:\n  a: 1\n\nvolumes:\n  b: 2\n\n${secrets}`);
    expect(add("services:\n  a: 1\n\nvolumes:\n  b: 2\n", { after: ["services"] })).toBe(
      `services:\n  a: 1\n\n${secrets}\nvolumes:\n  b: 2\n`,
    );
    expect(add("services:\n  a: 1\n\nvolumes:\n  b: 2\n", { before: ["volumes"] })).toBe(
      `services:\n  a: 1\n\n${secrets}\nvolumes:\n  b: 2\n`,
    );
    expect(add("services:\n  a: 1\nvolumes:\n  b: 2\n")).toBe(`services:\n  a: 1\nvolumes:\n  b: 2\n${secrets}`);
    expect(add("# c\nservices:\n  a: 1\n", { before: ["services"] })).toBe(`# c\n${secrets}services:\n  a: 1\n`);
  });

  test("starts a document that has none, and never takes a name twice", () => {
    expect(add("# c\n")).toBe(`# c\n${secrets}`);
    expect(add("")).toBe(secrets);
    expect(add("secrets: {}\n")).toBeUndefined();
    expect(add("- a\n")).toBeUndefined();
    expect(add('{"a": 1}')).toBe('{"a": 1, "secrets": {"a": {"file": "./a"}}}');
  });
});
