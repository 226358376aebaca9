import { describe, expect, it } from "vitest";
import { linter } from "../../server/src/linter.ts";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";
import { at, filesUnder, isRecord, jsonOf, textOf } from "./files.ts";

const names: Readonly<Record<string, string>> = {
  dockerfile: "Dockerfile",
  compose: "compose.yaml",
  kubernetes: "manifest.yaml",
};

describe.each(filesUnder("snippets", ".json"))("%s", (file) => {
  const kind = file.slice("snippets/".length, -".json".length);
  const path = names[kind] ?? "";
  const snippets = Object.entries(jsonOf(file) ?? {}).filter(([, snippet]) => isRecord(snippet));
  const config = configOf({ preset: "recommended" }, undefined);

  it("is of a known kind and contributed", () => {
    expect(path).not.toBe("");
    const contributed = at(jsonOf("package.json"), "contributes", "snippets");
    expect(JSON.stringify(contributed)).toContain(file);
  });

  it("no two snippets share a prefix", () => {
    const prefixes = snippets.flatMap(([, snippet]) => [at(snippet, "prefix")].flat());
    expect(prefixes.filter((prefix, index) => prefixes.indexOf(prefix) !== index)).toEqual([]);
  });

  it.each(snippets)("%s is silent under recommended", (_, snippet) => {
    expect(at(snippet, "description")).toMatch(/\S/);
    const body = [at(snippet, "body")].flat().map(String).join("\n");
    const text = wholeFile(kind, expanded(body));
    const report = smallWorkspace([{ path, text }], () => config, linter).check(path);
    expect(report, `is a ${kind} file:\n${text}`).toBeDefined();
    const findings = report?.findings.map(({ rule, message }) => `${rule}: ${message}`);
    expect(findings, text).toEqual([]);
  });
});

it("there are snippets for the three languages", () => {
  expect(filesUnder("snippets", ".json")).toEqual(
    Object.keys(names)
      .sort()
      .map((kind) => `snippets/${kind}.json`),
  );
  expect(textOf("package.json")).toContain("snippets/");
});

/** A snippet with its placeholders replaced by their defaults, choices by the first one, and variables by something plain. */
function expanded(body: string): string {
  const defaults = new Map<string, string>();
  let text = body;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replaceAll(/(?<!\\)\$\{(\d+)\|((?:[^|\\]|\\.)*)\|\}/g, (_, number: string, choices: string) =>
      remember(defaults, number, choices.split(/(?<!\\),/)[0] ?? ""),
    );
    text = text.replaceAll(/(?<!\\)\$\{(\d+):((?:[^{}$\\]|\\.|\$(?!\{))*)\}/g, (_, number: string, value: string) =>
      remember(defaults, number, value),
    );
    text = text.replaceAll(
      /(?<!\\)\$\{([A-Z_]+)(?::([^{}]*))?\}/g,
      (_, name: string, value?: string) => value ?? name.toLowerCase(),
    );
  }
  text = text.replaceAll(
    /(?<!\\)\$(?:\{(\d+)\}|(\d+))/g,
    (_, braced?: string, plain?: string) => defaults.get(braced ?? plain ?? "") ?? "",
  );
  return `${text.replaceAll(/\\([$}\\|,])/g, "$1").replace(/\n+$/, "")}\n`;
}

function remember(defaults: Map<string, string>, number: string, value: string): string {
  defaults.set(number, value);
  return value;
}

/** A snippet that is a part of a file, inside the smallest file that has such a part. */
function wholeFile(kind: string, text: string): string {
  if (kind === "dockerfile") return /^FROM /m.test(text) ? text : `FROM alpine:3.23\nUSER nobody\n${text}`;
  if (kind === "compose") {
    if (/^(?:services|name|volumes|networks|secrets|configs|x-[\w-]+):/m.test(text)) return text;
    return `services:\n${text.replaceAll(/^(?=.)/gm, "  ")}`;
  }
  return text;
}
