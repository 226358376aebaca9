import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { at, filesUnder, isRecord, jsonOf, root, textOf } from "./files.ts";

const manifest = jsonOf("package.json");
const contributes = at(manifest, "contributes");
const sources = [...filesUnder("client/src", ".ts"), ...filesUnder("server/src/lsp", ".ts")];
const code = sources.map(textOf).join("\n");

describe("package.json", () => {
  it("has every command that the code registers, and no others", () => {
    const registered = [...code.matchAll(/registerCommand\(\s*["'`](seaworthy\.[\w.]+)["'`]/g)].map(
      (match) => match[1],
    );
    const declared = list(at(contributes, "commands")).map((command) => at(command, "command"));
    expect(declared.length).toBeGreaterThan(0);
    expect(new Set(declared)).toEqual(new Set(registered));
  });

  it("puts every command under one category", () => {
    const categories = new Set(list(at(contributes, "commands")).map((command) => at(command, "category")));
    expect([...categories]).toEqual(["Seaworthy"]);
  });

  it("has only menu entries of its own commands", () => {
    const declared = new Set(list(at(contributes, "commands")).map((command) => at(command, "command")));
    const menus = Object.values(recordOf(at(contributes, "menus"))).flatMap(list);
    expect(menus.map((entry) => at(entry, "command")).filter((command) => !declared.has(command))).toEqual([]);
  });

  it("has every setting that the code reads, and no others", () => {
    const names = Object.keys(recordOf(at(contributes, "configuration", "properties")));
    expect(names.filter((name) => !name.startsWith("seaworthy."))).toEqual([]);
    // The client of a language server reads the trace setting itself, by the client's id.
    const unread = names.filter((name) => name !== "seaworthy.trace.server" && !reads(name.slice("seaworthy.".length)));
    expect(unread, "settings that no code reads").toEqual([]);
    const asked = [
      ...code.matchAll(
        /getConfiguration\(\s*["'`]seaworthy["'`][^)]*\)\s*\.\s*(?:get|inspect)(?:<[^(]*>)?\(\s*["'`]([\w.]+)["'`]/g,
      ),
    ].map((match) => `seaworthy.${match[1]}`);
    expect(
      asked.filter((name) => !names.includes(name)),
      "settings that are not declared",
    ).toEqual([]);
  });

  it("describes every setting", () => {
    const bare = Object.entries(recordOf(at(contributes, "configuration", "properties")))
      .filter(([, setting]) => typeof at(setting, "markdownDescription") !== "string")
      .map(([name]) => name);
    expect(bare).toEqual([]);
  });

  it("lets no workspace say which programs are run, nor where credentials go in the clear", () => {
    const scopeOf = (name: string) => at(contributes, "configuration", "properties", name, "scope");
    expect(scopeOf("seaworthy.registry.allowHttp")).toBe("machine");
    // That one may be set by a workspace that a person trusts.
    expect(scopeOf("seaworthy.shellcheck.path")).toBe("machine-overridable");
    expect(at(manifest, "capabilities", "untrustedWorkspaces", "restrictedConfigurations")).toEqual([
      "seaworthy.shellcheck.path",
    ]);
  });

  it("activates for the three languages and for nothing else", () => {
    const events = list(at(manifest, "activationEvents")).map(String);
    expect(new Set(events)).toEqual(new Set(["onLanguage:dockercompose", "onLanguage:dockerfile", "onLanguage:yaml"]));
  });

  it("names only files that exist or are built", () => {
    const paths = [
      ...list(at(contributes, "snippets")).map((entry) => at(entry, "path")),
      ...list(at(contributes, "grammars")).map((entry) => at(entry, "path")),
      ...list(at(contributes, "jsonValidation")).map((entry) => at(entry, "url")),
      ...list(at(contributes, "yamlValidation")).map((entry) => at(entry, "url")),
      at(manifest, "icon"),
    ];
    const local = paths.filter((path) => typeof path === "string").filter((path) => !/^https?:/.test(path));
    expect(local.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("runs scripts that exist", () => {
    const scripts = Object.values(recordOf(at(manifest, "scripts"))).map(String);
    const files = scripts.flatMap((script) =>
      [...script.matchAll(/node ([\w./-]+\.m?js)/g)].map((match) => match[1] ?? ""),
    );
    expect(files.filter((file) => !file.startsWith("dist/") && !existsSync(join(root, file)))).toEqual([]);
  });
});

/** A name of two parts is read as one string or through its first part. */
function reads(name: string): boolean {
  const [head = "", ...rest] = name.split(".");
  const quoted = (word: string) => new RegExp(`["'\`]${word.replaceAll(".", "\\.")}["'\`]`).test(code);
  if (quoted(name)) return true;
  const asKey = (word: string) => quoted(word) || new RegExp(`\\.${word}\\b|\\b${word}\\??:`).test(code);
  return [head, ...rest].every(asKey);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
