import { describe, expect, it, vi } from "vitest";
import { internalErrorId } from "../../server/src/engine/analyze.ts";
import { defineRule } from "../../server/src/engine/rule.ts";
import { resolveConfig } from "../../server/src/engine/config.ts";
import { createLinter } from "../../server/src/linter.ts";
import { createWorkspace } from "../../server/src/workspace/index.ts";
import { checkText, placesOf } from "./checking.ts";
import { metadata, pedantic, sampleRules, throwing } from "./sample-rules.ts";

const manifest = (name: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
    - name: app
      image: app:latest
      securityContext:
        privileged: true
`;

describe("analysis", () => {
  it("runs the rules of the kind and the image rules, and shifts places by the document's", () => {
    const text = `${manifest("a")}---\n${manifest("b")}`;
    expect(placesOf(checkText("m.yaml", text))).toEqual([
      "8:18 latest-tag",
      "10:9 privileged",
      "19:18 latest-tag",
      "21:9 privileged",
    ]);
  });

  it("shifts the edits of fixes as well", () => {
    const text = `${manifest("a")}---\n${manifest("b")}`;
    const second = checkText("m.yaml", text).findings[2];
    const fix = second?.fixes[0];
    const edit = fix !== undefined && "edits" in fix ? fix.edits[0] : undefined;
    expect(text.slice(edit?.span.start, edit?.span.end)).toBe("latest");
    expect(edit?.span.start).toBe(second?.at.start);
  });

  it("makes fixes only when somebody asks, once, and keeps the finding where that fails", () => {
    const make = vi.fn(() => [{ title: "Mend it", safety: "safe" as const, edits: [] }]);
    const fail = vi.fn(() => {
      throw new Error("no edit");
    });
    const lazy = defineRule("dockerfile", {
      ...metadata("lazy", {}),
      *check() {
        yield { at: { start: 0, end: 4 }, message: "Here.", fixes: make };
        yield { at: { start: 5, end: 8 }, message: "There.", fixes: fail };
      },
    });
    const onError = vi.fn();
    const report = createLinter([lazy]).check({
      file: { path: "Dockerfile", text: "FROM a:1\n" },
      config: resolveConfig("Dockerfile", {}, [lazy]),
      workspace: createWorkspace().view("Dockerfile"),
      onError,
    });
    expect(make).not.toHaveBeenCalled();
    expect(report?.findings.map(({ fixes }) => fixes.map(({ title }) => title))).toEqual([["Mend it"], []]);
    expect(report?.findings[0]?.fixes).toHaveLength(1);
    expect(make).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledOnce();
  });

  it("gives one problem for a rule and a place", () => {
    expect(checkText("Dockerfile", "FROM a:1\n", { preset: "all" }, [pedantic]).findings).toHaveLength(1);
  });

  it("sorts findings by place", () => {
    const text = "FROM a:latest\nMAINTAINER me\nFROM b:latest\n";
    expect(placesOf(checkText("Dockerfile", text))).toEqual(["1:8 latest-tag", "2:1 maintainer", "3:8 latest-tag"]);
  });

  it("turns a rule that throws into a finding, keeps what it had said and goes on", () => {
    const onError = vi.fn();
    const rules = [...sampleRules, throwing];
    const report = createLinter(rules).check({
      file: { path: "Dockerfile", text: "FROM a:latest\n" },
      config: resolveConfig("Dockerfile", {}, rules),
      workspace: createWorkspace().view("Dockerfile"),
      onError,
    });
    expect(report?.findings.map(({ rule }) => rule)).toEqual([
      internalErrorId,
      "dockerfile/throwing",
      "image/latest-tag",
    ]);
    expect(report?.findings[0]?.severity).toBe("info");
    expect(report?.findings[0]?.message).toContain("dockerfile/throwing");
    expect(report?.findings[0]?.message).not.toContain("\n");
    expect(onError).toHaveBeenCalledOnce();
  });

  it("lets a problem's own severity count, unless the config names one", () => {
    const rule = defineRule("dockerfile", {
      ...metadata("graded"),
      *check() {
        yield { at: { start: 0, end: 1 }, message: "Milder here.", severity: "hint" };
      },
    });
    const severity = (config: unknown) => checkText("Dockerfile", "FROM a:1\n", config, [rule]).findings[0]?.severity;
    expect(severity({})).toBe("hint");
    expect(severity({ rules: { graded: "on" } })).toBe("hint");
    expect(severity({ rules: { graded: "error" } })).toBe("error");
  });

  it("does not ask a document rule again about a document that stayed the same", () => {
    const check = vi.fn();
    const rule = defineRule("kubernetes", {
      ...metadata("counted"),
      *check(model) {
        check(model.resources[0]?.name);
        yield { at: { start: 0, end: 1 }, message: "Here." };
      },
    });
    const first = checkText("m.yaml", `${manifest("a")}---\n${manifest("b")}`, {}, [rule]);
    const second = checkText("m.yaml", `${manifest("a")}---\n${manifest("c")}`, {}, [rule], first);
    expect(check.mock.calls.flat()).toEqual(["a", "b", "c"]);
    expect(placesOf(second)).toEqual(placesOf(first));
    const changed = checkText(
      "m.yaml",
      `${manifest("a")}---\n${manifest("c")}`,
      { rules: { counted: "error" } },
      [rule],
      second,
    );
    expect(check).toHaveBeenCalledTimes(5);
    expect(changed.findings.map(({ severity }) => severity)).toEqual(["error", "error"]);
  });

  it("asks a workspace rule every time", () => {
    const check = vi.fn();
    const rule = defineRule("dockerfile", {
      ...metadata("neighbourly"),
      reads: "workspace",
      check() {
        check();
        return [];
      },
    });
    const first = checkText("Dockerfile", "FROM a:1\n", {}, [rule]);
    checkText("Dockerfile", "FROM a:1\n", {}, [rule], first);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it("answers in steps that can be left", () => {
    const rules = sampleRules;
    const text = Array.from({ length: 3 }, (_, index) => manifest(`p${index}`)).join("---\n");
    const steps = createLinter(rules).checkInSteps({
      file: { path: "m.yaml", text },
      config: resolveConfig("m.yaml", {}, rules),
      workspace: createWorkspace().view("m.yaml"),
    });
    expect(steps.next().done).toBe(false);
    expect(steps.next().done).toBe(false);
    const last = steps.next();
    expect(last.done).toBe(true);
    expect(last.value?.findings).toHaveLength(6);
  });

  it("has no report for other files and for excluded ones", () => {
    const check = (path: string, text: string, exclude: readonly string[]) =>
      createLinter(sampleRules).check({
        file: { path, text },
        config: resolveConfig(path, { settings: { exclude } }, sampleRules),
        workspace: createWorkspace().view(path),
      });
    expect(check("notes.md", "FROM a:latest\n", [])).toBeUndefined();
    expect(check("vendor/Dockerfile", "FROM a:latest\n", ["vendor/**"])).toBeUndefined();
    expect(check("Dockerfile", "FROM a:latest\n", ["vendor/**"])?.findings).toHaveLength(1);
  });
});
