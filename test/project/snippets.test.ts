import { describe, expect, it } from "vitest";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import { linter } from "../../server/src/linter.ts";
import { type UpdatedImage, updaterFor } from "../../server/src/workspace/updaters/index.ts";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";
import { at, filesUnder, jsonOf } from "./files.ts";
import {
  asFile,
  expanded,
  isOfferedIn,
  type Snippet,
  type SnippetKind,
  snippetsIn,
  tabstopsOf,
} from "./snippet-files.ts";

/** What our own snippets are held to. */
interface Kind {
  readonly kind: SnippetKind;
  readonly path: string;
  /** What nobody types who wants something else. */
  readonly prefixes: RegExp;
  readonly languages: readonly string[];
  readonly offered: readonly string[];
  readonly withheld: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    kind: "dockerfile",
    path: "Dockerfile",
    prefixes: /^(?:docker|df)-[\w-]+$|^(?:healthcheck|oci-labels|apt-install|apk-add|run-secret)(?:-\w+)?$/,
    languages: ["dockerfile"],
    offered: ["Dockerfile", "Containerfile", "build/app.dockerfile"],
    withheld: [],
  },
  {
    kind: "compose",
    path: "compose.yaml",
    prefixes: /^compose-[a-z-]+$/,
    languages: ["dockercompose", "yaml"],
    offered: [
      "compose.yaml",
      "docker-compose.yml",
      "docker-compose.override.yml",
      "app/compose.prod.yaml",
      "stack.yml",
      "Untitled-1",
    ],
    withheld: ["deployment.yaml", "k8s/app.yml", ".github/workflows/ci.yml", "kustomization.yaml"],
  },
  {
    kind: "kubernetes",
    path: "manifest.yaml",
    prefixes: /^(?:k8s|kubernetes)-[a-z-]+$/,
    languages: ["dockercompose", "yaml"],
    offered: ["deployment.yaml", "k8s/app.yml", "chart/templates/app.yaml", "Untitled-1"],
    withheld: ["compose.yaml", "docker-compose.prod.yml", ".github/dependabot.yml", ".github/workflows/ci.yml"],
  },
];

/** They are files of a name of their own. */
const kustomizations = /^kind: Kustomization$/m;

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

const contributed = [at(jsonOf("package.json"), "contributes", "snippets")].flat();

describe.each(kinds)("snippets for $kind", ({ kind, path, prefixes, languages, offered, withheld }) => {
  const file = `snippets/${kind}.json`;
  const snippets = snippetsIn(file);
  const config = configOf({ preset: "recommended" }, undefined);

  it("are contributed to the languages of such files alone", () => {
    const entries = contributed.filter((entry) => at(entry, "path") === `./${file}`);
    expect(entries.map((entry) => String(at(entry, "language"))).sort()).toEqual(languages);
  });

  describe.each(snippets)("$name", (snippet) => {
    const text = asFile(kind, expanded(snippet.body));

    it("has prefixes that do not get in the way, and one line that says what for", () => {
      expect(snippet.prefixes.length).toBeGreaterThan(0);
      expect(snippet.prefixes.filter((prefix) => !prefixes.test(prefix))).toEqual([]);
      expect(snippet.description).toMatch(/^\S[^\n]{20,170}[^.\s]$/);
    });

    it("is offered where it fits", () => {
      const own = kustomizations.test(text) ? ["overlays/prod/kustomization.yaml"] : offered;
      expect(own.filter((name) => !isOfferedIn(snippet, name))).toEqual([]);
      expect(withheld.filter((name) => !own.includes(name) && isOfferedIn(snippet, name))).toEqual([]);
    });

    it("is filled in from the top to the end", () => {
      const stops = tabstopsOf(snippet.body);
      const numbers = [...new Set(stops.map(({ number }) => number))];
      expect(numbers).toEqual([...numbers.slice(0, -1).map((_, index) => index + 1), 0]);
      expect(stops.filter(({ number }) => number === 0)).toHaveLength(1);
      const initials = new Map(stops.map(({ number, initial }) => [number, initial]));
      expect(
        stops.filter(({ number, initial }) => initials.get(number) !== initial),
        "places with one number say the same",
      ).toEqual([]);
    });

    it("leaves nothing of its own syntax", () => {
      expect(text).not.toMatch(/\$\{?\d/);
      expect(text).not.toMatch(/\\\\|\\\$/);
    });

    it("is silent under recommended", () => {
      const at = kustomizations.test(text) ? "kustomization.yaml" : path;
      const report = smallWorkspace([{ path: at, text }], () => config, linter).check(at);
      expect(report, `is a ${kind} file:\n${text}`).toBeDefined();
      const findings = report?.findings.map(({ rule, message }) => `${rule}: ${message}`);
      expect(findings, text).toEqual([]);
    });
  });
});

describe.each(Object.entries(bots))("snippets for %s", (kind, path) => {
  const file = `snippets/${kind}.json`;
  const snippets = snippetsIn(file);

  it("are contributed", () => {
    expect(contributed.map((entry) => at(entry, "path"))).toContain(`./${file}`);
  });

  it.each(snippets)("$name is described and goes where it fits", (snippet) => {
    expect(snippet.description).toMatch(/\S/);
    expect(isOfferedIn(snippet, path)).toBe(true);
    expect(["compose.yaml", "package.json", "app.yml"].filter((name) => isOfferedIn(snippet, name))).toEqual([]);
  });

  it.each(snippets)("$name keeps digests fresh", ({ body }) => {
    const text = configurationWith(kind, expanded(body));
    const answers = images.map((image) => updaterFor(new Map([[path, text]]), image));
    expect(answers.map((answer) => answer?.because)).not.toContainEqual(expect.stringMatching(/not certain/));
    expect(
      answers.some((answer) => answer?.answer === "yes"),
      text,
    ).toBe(true);
  });

  it("the first one does so in all files", () => {
    const files = new Map([[path, expanded(snippets[0]?.body ?? "")]]);
    expect(images.map((image) => updaterFor(files, image)?.answer)).toEqual(["yes", "yes", "yes"]);
  });
});

const own: readonly Snippet[] = kinds.flatMap(({ kind }) => snippetsIn(`snippets/${kind}.json`));
const all: readonly Snippet[] = filesUnder("snippets", ".json").flatMap(snippetsIn);

it("there are sixty and more for the three languages, and some for both bots", () => {
  expect(own.length).toBeGreaterThanOrEqual(60);
  expect(filesUnder("snippets", ".json")).toEqual(
    [...kinds.map(({ kind }) => kind), ...Object.keys(bots)].sort().map((kind) => `snippets/${kind}.json`),
  );
});

it("no two share a prefix or a body", () => {
  for (const words of [all.flatMap(({ prefixes }) => prefixes), own.map(({ body }) => body)]) {
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  }
});

/** An entry of a bot's configuration inside the smallest file that has one. */
function configurationWith(kind: string, text: string): string {
  if (kind === "dependabot" && !text.startsWith("version:")) {
    return `version: 2\nupdates:\n${text.replaceAll(/^(?=.)/gm, "  ")}`;
  }
  return kind === "renovate" && !text.startsWith("{") ? `{\n${text}}\n` : text;
}
