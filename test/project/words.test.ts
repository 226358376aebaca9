import { existsSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesUnder, root, textOf } from "./files.ts";

const texts = filesUnder("", ".ts", ".mts", ".mjs", ".js", ".md", ".json", ".yaml", ".yml").filter(
  (path) => !path.endsWith("package-lock.json"),
);
const self = "test/project/words.test.ts";

describe("what is written", () => {
  it("names no place outside the project", () => {
    const places =
      /\/work\/(?:main|shared)|\.\.\/shared\/(?:conformance|corpus|design|facts|catalogue|recipes|README)|\/tmp\/briefs/;
    expect(linesWith(places)).toEqual([]);
  });

  it("leaves nothing for later in the code", () => {
    const later = /(?:\/\/|\/\*|\*|#|<!--).*\b(?:TODO|FIXME|XXX|HACK)\b/;
    expect(linesWith(later).filter((line) => !line.startsWith("test/rules/"))).toEqual([]);
  });

  it("no file or folder is named after a layer", () => {
    const vague = /(?:^|[/-])(?:utils?|helpers?|common|misc|(?<!package-)manager)(?:[.-][^/]*)?(?:\/|$)/;
    expect(texts.filter((path) => vague.test(path))).toEqual([]);
  });

  it("files are named in kebab case", () => {
    const code = texts.filter((path) => /^(?:server|client|test|scripts)\//.test(path) && /\.(?:ts|mjs)$/.test(path));
    const odd = code.filter(
      (path) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.(?:ts|mjs)$/.test(path.split("/").at(-1) ?? ""),
    );
    expect(odd).toEqual([]);
  });

  it("source files stay small", () => {
    const generated = /^server\/src\/rules\/(?:cards|(?:[a-z]+\/)?index)\.ts$/;
    const long = filesUnder("server/src", ".ts")
      // Data, and the generated lists of rules, are as long as what they list.
      .filter((path) => !path.startsWith("server/src/knowledge/") && !generated.test(path))
      .filter((path) => textOf(path).split("\n").length > 401);
    expect(long).toEqual([]);
  });
});

describe("links in the documents", () => {
  const documents = filesUnder("", ".md").filter((path) => !path.startsWith("test/"));

  it.each(documents)("%s leads to files that exist", (path) => {
    const broken: string[] = [];
    for (const [, target = ""] of textOf(path).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)) {
      if (/^[a-z]+:/i.test(target) || target.startsWith("#")) continue;
      const file = posix.normalize(join(dirname(path), decodeURIComponent(target.split("#", 1)[0] ?? "")));
      if (!existsSync(join(root, file))) broken.push(target);
      else if (file.endsWith(".md") && target.includes("#") && !anchorsOf(file).has(target.split("#")[1] ?? ""))
        broken.push(target);
    }
    expect(broken).toEqual([]);
  });
});

function anchorsOf(path: string): ReadonlySet<string> {
  if (!statSync(join(root, path)).isFile()) return new Set();
  const headings = textOf(path).match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, "")
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

function linesWith(pattern: RegExp): readonly string[] {
  return texts
    .filter((path) => path !== self)
    .flatMap((path) =>
      textOf(path)
        .split("\n")
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
}
