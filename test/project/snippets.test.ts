import { describe, expect, it } from "vitest";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import { linter } from "../../server/src/linter.ts";
import { nameOf } from "../../server/src/text/path.ts";
import { type UpdatedImage, updaterFor } from "../../server/src/workspace/updaters/index.ts";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";
import { at, filesUnder, isRecord, jsonOf, textOf } from "./files.ts";

/** Files of ours. */
const names: Readonly<Record<string, string>> = {
  dockerfile: "Dockerfile",
  compose: "compose.yaml",
  kubernetes: "manifest.yaml",
};

/** Files of bots, which keep digests fresh. */
const bots: Readonly<Record<string, string>> = {
  dependabot: ".github/dependabot.yml",
  renovate: "renovate.json",
};

const reference = parseImageReference(`node:22@sha256:${"ab".repeat(32)}`);
const images: readonly UpdatedImage[] =
  reference === undefined
    ? []
    : [
        { path: "Dockerfile", kind: "dockerfile", role: "base", reference },
        { path: "compose.yaml", kind: "compose", role: "service", reference },
        { path: "k8s/app.yaml", kind: "kubernetes", role: "container", reference },
      ];

describe.each(filesUnder("snippets", ".json"))("%s", (file) => {
  const kind = file.slice("snippets/".length, -".json".length);
  const path = names[kind] ?? bots[kind] ?? "";
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

  it.each(snippets)("%s is described and goes where it fits", (_, snippet) => {
    expect(at(snippet, "description")).toMatch(/\S/);
    const include = at(snippet, "include");
    if (bots[kind] === undefined) expect(include).toBeUndefined();
    else expect(include).toContain(nameOf(path));
  });

  if (bots[kind] === undefined) {
    it.each(snippets)("%s is silent under recommended", (_, snippet) => {
      const body = [at(snippet, "body")].flat().map(String).join("\n");
      const text = wholeFile(kind, expanded(body));
      const report = smallWorkspace([{ path, text }], () => config, linter).check(path);
      expect(report, `is a ${kind} file:\n${text}`).toBeDefined();
      const findings = report?.findings.map(({ rule, message }) => `${rule}: ${message}`);
      expect(findings, text).toEqual([]);
    });
  } else {
    it.each(snippets)("%s keeps digests fresh", (_, snippet) => {
      const body = [at(snippet, "body")].flat().map(String).join("\n");
      const text = wholeFile(kind, expanded(body));
      const answers = images.map((image) => updaterFor(new Map([[path, text]]), image));
      expect(answers.map((answer) => answer?.because)).not.toContainEqual(expect.stringMatching(/not certain/));
      expect(
        answers.some((answer) => answer?.answer === "yes"),
        text,
      ).toBe(true);
    });

    it("the first one does so in all files", () => {
      const body = [at(snippets[0]?.[1], "body")].flat().map(String).join("\n");
      const files = new Map([[path, expanded(body)]]);
      expect(images.map((image) => updaterFor(files, image)?.answer)).toEqual(["yes", "yes", "yes"]);
    });
  }
});

it("there are snippets for the three languages and both bots", () => {
  expect(filesUnder("snippets", ".json")).toEqual(
    Object.keys({ ...names, ...bots })
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
  if (kind === "dependabot" && !text.startsWith("version:")) {
    return `version: 2\nupdates:\n${text.replaceAll(/^(?=.)/gm, "  ")}`;
  }
  if (kind === "renovate" && !text.startsWith("{")) return `{\n${text}}\n`;
  return text;
}
