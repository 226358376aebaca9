import { array, assert, constantFrom, property } from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveConfig } from "../../server/src/engine/config.ts";
import { cutList } from "../../server/src/languages/kubernetes/list-items.ts";
import { isOfKind, parseFile } from "../../server/src/languages/index.ts";
import { linter } from "../../server/src/linter.ts";
import { createWorkspace, factsOf } from "../../server/src/workspace/index.ts";
import { parseCases } from "../rules/case-file.ts";

const partsOf = (text: string): readonly string[] | undefined => cutList(text)?.parts.map((part) => part.text);

describe("a List is cut", () => {
  it("at the dashes of its items, whatever their column", () => {
    expect(partsOf("apiVersion: v1\nkind: List\nitems:\n- a: 1\n  b: 2\n- a: 3\n")).toEqual([
      "apiVersion: v1\nkind: List\nitems:\n",
      "- a: 1\n  b: 2\n",
      "- a: 3\n",
    ]);
    expect(partsOf("kind: List\napiVersion: v1\nitems:\r\n  - a: 1\r\n  - a: 2")).toEqual([
      "kind: List\napiVersion: v1\nitems:\r\n",
      "  - a: 1\r\n",
      "  - a: 2",
    ]);
  });

  it("with what stands below its items, as kubectl writes it", () => {
    expect(partsOf("apiVersion: v1\nitems:\n- a: 1\nkind: List\nmetadata:\n  resourceVersion: ''\n")).toEqual([
      "apiVersion: v1\nitems:\n",
      "- a: 1\n",
      "kind: List\nmetadata:\n  resourceVersion: ''\n",
    ]);
  });

  it("so that comments stay with the item below them, unless they may be text", () => {
    expect(
      partsOf("apiVersion: v1\nkind: List\nitems:\n- a: 1\n\n# next\n- a: |\n    x\n    # text\n- a: 3\n"),
    ).toEqual([
      "apiVersion: v1\nkind: List\nitems:\n",
      "- a: 1\n\n",
      "# next\n- a: |\n    x\n    # text\n",
      "- a: 3\n",
    ]);
  });

  it.each([
    ["no list", "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n"],
    ["a resource that has items", "apiVersion: v1\nkind: Pod\nitems:\n- a: 1\n"],
    ["nothing in it", "apiVersion: v1\nkind: List\nitems:\n"],
    ["flow style", "apiVersion: v1\nkind: List\nitems: [{a: 1}]\n"],
    ["an anchor", "apiVersion: v1\nkind: List\nitems:\n- a: &a 1\n- a: *a\n"],
    ["a comment on all of it", "# seaworthy ignore image/floating-tag\napiVersion: v1\nkind: List\nitems:\n- a: 1\n"],
    [
      "a comment that may speak for the next item",
      "apiVersion: v1\nkind: List\nitems:\n- a: 1\n  # seaworthy ignore x\n- a: 2\n",
    ],
    ["a key twice", "apiVersion: v1\nkind: List\nitems:\n- a: 1\nkind: List\n"],
    ["another key", "apiVersion: v1\nkind: List\nitems:\n- a: 1\nspec: 1\n"],
    ["a template around items", "apiVersion: v1\nkind: List\nitems:\n{{- range .x }}\n- a: 1\n{{- end }}\n"],
    ["a line that stands too far out", "apiVersion: v1\nkind: List\nitems:\n  - a: 1\n b: 2\n"],
  ])("not with %s", (_what, text) => {
    expect(cutList(text)).toBeUndefined();
  });

  it("into parts that are the text", () => {
    const line = constantFrom("- a: 1", "  b: 2", "# c", "  # c", "", "  - d", "kind: List", "metadata:", "\t", "- |");
    assert(
      property(array(line), constantFrom("\n", "\r\n"), (lines, ending) => {
        const text = ["apiVersion: v1", "kind: List", "items:", ...lines].join(ending);
        const parts = cutList(text)?.parts ?? [];
        for (const { base, text: part } of parts) expect(text.slice(base, base + part.length)).toBe(part);
        if (parts.length > 0) expect(parts.map((part) => part.text).join("")).toBe(text);
      }),
    );
  });
});

describe("the objects of every case, in a List", () => {
  const folder = join(import.meta.dirname, "../rules/kubernetes");
  const config = resolveConfig("list.yaml", { settings: { preset: "all" } }, linter.rules);

  /** Findings as people see them, by the lines of the text. */
  const seenIn = (text: string, skipped: number): readonly string[] => {
    const parsed = parseFile({ path: "list.yaml", text, languageId: "yaml" });
    if (parsed === undefined) return [];
    const workspace = createWorkspace();
    workspace.set(factsOf(parsed));
    const report = linter.check({ file: parsed.file, config, workspace: workspace.view("list.yaml") });
    return (report?.findings ?? []).map(({ rule, at, message }) => `${at.start - skipped} ${rule}: ${message}`).sort();
  };

  it("are judged as if the list was read as a whole", () => {
    let compared = 0;
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
      const cases = parseCases(readFileSync(join(folder, name), "utf8"), "kubernetes");
      const objects = cases.flatMap(({ files }) => files.flatMap(({ text }) => objectsOf(text)));
      const items = objects.map((object) => object.replace(/^/gm, "    ").replace(/^ {4}/, "  - ").trimEnd());
      const list = `apiVersion: v1\nkind: List\nitems:\n${items.join("\n")}\n`;
      if (cutList(list) === undefined) continue;
      // A comment at the top has it read as a whole.
      const whole = `# All of it.\n${list}`;
      expect(cutList(whole)).toBeUndefined();
      const findings = seenIn(list, 0);
      expect(findings, name).toEqual(seenIn(whole, "# All of it.\n".length));
      compared += findings.length;
    }
    expect(compared).toBeGreaterThan(5000);
  });

  /** The documents of a file that are plain objects in block style. */
  function objectsOf(text: string): readonly string[] {
    const parsed = parseFile({ path: "case.yaml", text, languageId: "yaml" });
    if (parsed === undefined || !isOfKind(parsed, "kubernetes")) return [];
    return parsed.units.flatMap(({ model: { document, kustomization, templated } }) => {
      const { root, text: own, problems } = document;
      const isPlain = root?.type === "map" && !root.flow && problems.length === 0 && !templated;
      if (!isPlain || kustomization !== undefined || /^(?:---|%|#|\uFEFF)|\r/.test(own)) return [];
      return [own];
    });
  }
});
