import { dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesUnder, textOf } from "./files.ts";

/** A folder (or file) of server/src may use itself and what stands before it. */
const order = [
  "text",
  "knowledge",
  "languages",
  "workspace",
  "engine",
  "rules",
  "refactors",
  "linting.ts",
  "linter.ts",
  "loaded",
  "lazy-linter.ts",
  "reference",
  "registry",
  "hosts",
  "lsp",
  "cli",
];

const hosted = new Set(["hosts", "lsp", "cli"]);

interface Import {
  readonly from: string;
  readonly target: string;
  readonly typeOnly: boolean;
  /** It is loaded when the code around it runs. */
  readonly later: boolean;
}

describe("imports", () => {
  const server = filesUnder("server/src", ".ts").flatMap(importsOf);

  it("every folder of the server has its place in the order", () => {
    const folders = new Set(filesUnder("server/src", ".ts").map(placeOf));
    expect([...folders].filter((folder) => !order.includes(folder))).toEqual([]);
  });

  it("a folder uses only those before it", () => {
    const wrong = server
      .filter(({ target }) => target.startsWith("server/src/"))
      .filter(({ from, target }) => order.indexOf(placeOf(target)) > order.indexOf(placeOf(from)))
      .map(({ from, target }) => `${from} uses ${target}`);
    expect(wrong).toEqual([]);
  });

  it("the core knows no editor and no operating system", () => {
    const wrong = server
      .filter(({ from }) => !hosted.has(placeOf(from)))
      .filter(({ target }) => target.startsWith("node:") || target.startsWith("vscode") || builtIn.test(target))
      .map(({ from, target }) => `${from} uses ${target}`);
    expect(wrong).toEqual([]);
  });

  it("lsp and cli do not know each other", () => {
    const wrong = server
      .filter(({ from, target }) => placeOf(from) === "cli" && target.startsWith("server/src/lsp/"))
      .filter(({ target }) => target !== "server/src/lsp/main.ts")
      .map(({ from, target }) => `${from} uses ${target}`);
    expect(wrong).toEqual([]);
  });

  it("the client knows no rules", () => {
    const allowed = new Set(["server/src/languages/sniff.ts", "server/src/lsp/protocol.ts"]);
    const wrong = filesUnder("client/src", ".ts")
      .flatMap(importsOf)
      .filter(({ target }) => target.startsWith("server/") && !allowed.has(target))
      .map(({ from, target }) => `${from} uses ${target}`);
    expect(wrong).toEqual([]);
  });

  it("a rule uses no other rule, parser, config or linter", () => {
    const kinds = /^server\/src\/rules\/(image|dockerfile|compose|kubernetes|ignore|seaworthy)\/([a-z0-9-]+)\.ts$/;
    const isRule = (path: string) => kinds.test(path) && /^export default /m.test(textOf(path));
    const engine = new Set(["rule", "directives"].map((name) => `server/src/engine/${name}.ts`));
    const wrong = server
      .filter(({ from }) => placeOf(from) === "rules" && !/^server\/src\/rules\/(?:[a-z]+\/)?index\.ts$/.test(from))
      .filter(({ target, typeOnly }) => {
        if (target.startsWith("server/src/rules/")) return isRule(target);
        if (target.startsWith("server/src/engine/")) return !engine.has(target);
        if (/\/parse(?:-[a-z]+)?\.ts$/.test(target)) return !typeOnly && !target.includes("/languages/image/");
        return false;
      })
      .map(({ from, target }) => `${from} uses ${target}`);
    expect(wrong).toEqual([]);
  });

  it("a server that nobody asks about registries does not load what asks them", () => {
    const loaded = new Set(["server/src/lsp/main.ts"]);
    for (const path of loaded) {
      for (const { from, target, typeOnly, later } of server) {
        if (from === path && !typeOnly && !later) loaded.add(target);
      }
    }
    expect(loaded).toContain("server/src/hosts/node.ts");
    const wrong = [...loaded].filter((path) => path.startsWith("server/src/registry/"));
    expect(wrong).toEqual([]);
  });

  it("imports name their file", () => {
    const wrong = [...server, ...filesUnder("client/src", ".ts").flatMap(importsOf)]
      .filter(({ target }) => target.startsWith("server/") || target.startsWith("client/"))
      // The client's second bundle is loaded by the name it has when built.
      .filter(({ target }) => !/\.(?:ts|json)$/.test(target) && target !== "client/src/session.js")
      .map(({ from, target }) => `${from} uses ${target}`);
    expect(wrong).toEqual([]);
  });
});

const builtIn =
  /^(?:assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|process|readline|stream|url|util|worker_threads|zlib)(?:\/|$)/;

/** `text`, `rules`, …, or `linter.ts`. */
function placeOf(path: string): string {
  return path.split("/")[2] ?? "";
}

function importsOf(path: string): readonly Import[] {
  const text = textOf(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const found: Import[] = [];
  const pattern =
    /(?:^|[\s;])(?:import|export)\s+(type\s)?[^;'"`()]*?from\s*["']([^"']+)["']|import\s*\(?\s*["']([^"']+)["']/g;
  for (const [statement, type, from, bare] of text.matchAll(pattern)) {
    const written = from ?? bare ?? "";
    const target = written.startsWith(".") ? posix.normalize(join(dirname(path), written)) : written;
    const named = /\{([^}]*)\}/
      .exec(statement)?.[1]
      ?.split(",")
      .filter((name) => name.trim() !== "");
    const typeOnly = type !== undefined || (named?.every((name) => name.trim().startsWith("type ")) ?? false);
    found.push({ from: path, target, typeOnly, later: /^import\s*\(/.test(statement) });
  }
  return found;
}
