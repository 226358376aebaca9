import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { configSchema, rulesSetting } from "../../server/src/reference/config-schema.ts";
import { rulePage } from "../../server/src/reference/rule-page.ts";
import { ruleCardsFile, ruleKinds, rulesIndex, rulesOfKind } from "../../server/src/reference/rules-index.ts";
import { rulesOverview } from "../../server/src/reference/rules-overview.ts";
import { snippetsPage } from "../../server/src/reference/snippets-page.ts";
import { versionFile } from "../../server/src/reference/version-file.ts";
import { at, filesUnder, isRecord, jsonOf, root, textOf } from "./files.ts";
import { rulesInFiles } from "./rule-files.ts";
import { snippetsIn } from "./snippet-files.ts";

const found = await rulesInFiles();
const rules = found.map(({ rule }) => rule);

it("reference/version.ts is the version of package.json", () => {
  bringUpToDate("server/src/reference/version.ts", versionFile(String(at(jsonOf("package.json"), "version"))));
});

it("rules/index.ts has every folder of rules", () => {
  bringUpToDate("server/src/rules/index.ts", rulesIndex());
});

it.each(ruleKinds)("rules/%s/index.ts has every rule of the folder", (kind) => {
  bringUpToDate(`server/src/rules/${kind}/index.ts`, rulesOfKind(kind, found));
});

it("rules/cards.ts has the card of every rule", () => {
  bringUpToDate("server/src/rules/cards.ts", ruleCardsFile(rules));
});

it("every rule has its page, and there are no others", () => {
  const pages = new Map(rules.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule)]));
  pages.set("docs/rules/README.md", rulesOverview(rules));
  const stale = existsSync(join(root, "docs/rules"))
    ? filesUnder("docs/rules", ".md").filter((path) => !pages.has(path))
    : [];
  for (const path of stale) rmSync(join(root, path));
  const written = [...pages].filter(([path, text]) => write(path, text)).map(([path]) => path);
  expect([...written, ...stale], "pages that were out of date; they are written now, run the test again").toEqual([]);
});

it("docs/snippets.md has every snippet", () => {
  const sections = [
    { file: "dockerfile", title: "Dockerfiles", where: "Whole files, and instructions for a stage of one." },
    {
      file: "compose",
      title: "Compose files",
      where:
        "In files with `compose` or `stack` in their names, and new ones: whole files, entries below `services:`, and keys of a service.",
    },
    {
      file: "kubernetes",
      title: "Kubernetes manifests",
      where: "In YAML files that are certainly nothing else: whole objects, and parts of a pod or a container.",
    },
    { file: "dependabot", title: "Dependabot", where: "In `dependabot.yml`." },
    { file: "renovate", title: "Renovate", where: "In `renovate.json` and its other names." },
  ];
  const page = snippetsPage(
    sections.map(({ file, title, where }) => ({ title, where, snippets: snippetsIn(`snippets/${file}.json`) })),
  );
  bringUpToDate("docs/snippets.md", page);
});

it("the schema of the config knows every rule", () => {
  bringUpToDate("schemas/seaworthy.schema.json", `${JSON.stringify(configSchema(rules), null, 2)}\n`);
});

it("the setting seaworthy.rules knows every rule", () => {
  const manifest = jsonOf("package.json");
  const properties = at(manifest, "contributes", "configuration", "properties");
  expect(isRecord(properties), "package.json contributes settings").toBe(true);
  if (!isRecord(properties)) return;
  properties["seaworthy.rules"] = rulesSetting(rules);
  bringUpToDate("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
});

/** Writes the file and fails where it is out of date, so that the next run passes. */
function bringUpToDate(path: string, text: string): void {
  expect(write(path, text), `${path} was out of date; it is written now, run the test again`).toBe(false);
}

function write(path: string, text: string): boolean {
  if (existsSync(join(root, path)) && textOf(path) === text) return false;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  const fresh = `${join(root, path)}.new`;
  writeFileSync(fresh, text);
  // A test beside this one may be reading it.
  renameSync(fresh, join(root, path));
  return true;
}
