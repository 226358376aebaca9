import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { FileConfig } from "../../server/src/engine/config.ts";
import { type FixResult, fixAll } from "../../server/src/engine/fix.ts";
import type { EditFix, Rule } from "../../server/src/engine/rule.ts";
import { isOfKind } from "../../server/src/languages/index.ts";
import { linter } from "../../server/src/linter.ts";
import { appendLines } from "../../server/src/text/append.ts";
import { applyEdits, type TextEdit } from "../../server/src/text/edit.ts";
import { folderOf, joinPath, nameOf } from "../../server/src/text/path.ts";
import { filesUnder, root, textOf } from "../project/files.ts";
import { asFile, expanded, snippetsIn } from "../project/snippet-files.ts";
import { exampleName, parseCases } from "../rules/case-file.ts";
import { configOf, type SmallWorkspace, smallWorkspace } from "../rules/small-workspace.ts";
import { createJudge, findCompose, isLeftOut, type Judge, type Project } from "./docker-compose.ts";

const compose = findCompose();
let judge: Judge | undefined;

/** The judge; where Compose is missing in CI, this is what fails. */
function judged(): Judge {
  if (compose === undefined) throw new Error("no Docker Compose 2.40 or newer found: .ci/docker-compose gets it");
  return (judge ??= createJudge(compose));
}

afterAll(() => judge?.close());

const rules = linter.rules.filter(({ kind }) => kind === "compose" || kind === "image");

describe.skipIf(isLeftOut(compose))("Docker Compose", () => {
  describe("accepts what fixes make of files that it accepts", () => {
    it.each(rules.map((rule) => ({ id: rule.id, rule })))("$id", async ({ rule }) => {
      const wrong = await Promise.all(
        [...examplesOf(rule), ...casesOf(rule)].map((sample) => refusedAfter(rule, sample)),
      );
      expect(wrong.flat()).toEqual([]);
    });
  });

  // Who answers for the reference's own complaint must not complain where it does not.
  const answering = rules.filter(({ aliases }) => aliases.some((alias) => alias.startsWith("compose-go:")));
  describe.skipIf(answering.length === 0)("refuses what rules say that it refuses", () => {
    it.each(answering.map((rule) => ({ id: rule.id, rule })))("$id", async ({ rule }) => {
      const wrong = await Promise.all(
        [...examplesOf(rule), ...casesOf(rule)].map((sample) => acceptedThough(rule, sample)),
      );
      expect(wrong.flat()).toEqual([]);
    });
  });

  it("refuses what it must, so that its silence means something", async () => {
    const asked = (text: string) => judged().refusal(new Map([["compose.yaml", text]]), ["compose.yaml"]);
    expect(await asked("services:\n  api:\n    image: api:1\n")).toBeUndefined();
    expect(await asked("services:\n  api:\n    imgae: api:1\n")).toContain("imgae");
    expect(await asked("services:\n  api:\n    image: api:1\n    networks: [back]\n")).toContain("back");
  });

  it.each(snippetsIn("snippets/compose.json"))("accepts the snippet: $name", async ({ body }) => {
    const text = asFile("compose", expanded(body));
    expect(await judged().refusal(new Map([["compose.yaml", text]]), ["compose.yaml"]), text).toBeUndefined();
  });

  it("accepts the examples, as people write them and as fixes leave them", async () => {
    for (const path of filesUnder("examples", "compose.yaml")) {
      expect(await judged().refusal(new Map([[nameOf(path), textOf(path)]]), [nameOf(path)]), path).toBeUndefined();
    }
  });
});

/** A small workspace of a rule's example or case. */
interface Sample {
  readonly title: string;
  readonly project: Project;
  readonly config: FileConfig;
}

function examplesOf(rule: Rule): readonly Sample[] {
  return rule.examples.flatMap((example, index) => {
    const { bad, good, files = {}, options } = example;
    const path = example.path ?? exampleName(rule, bad);
    const values = options === undefined ? undefined : { rule: rule.id, values: options };
    const config = configOf({ only: [rule.id] }, values);
    return [bad, good].map((text, which) => ({
      title: `${which === 0 ? "bad" : "good"} example ${index + 1}`,
      project: new Map([[path, text], ...Object.entries(files)]),
      config,
    }));
  });
}

function casesOf(rule: Rule): readonly Sample[] {
  const path = join(root, "test/rules", `${rule.id}.md`);
  return parseCases(readFileSync(path, "utf8"), rule.kind).map(({ title, files, options }) => ({
    title,
    project: new Map(files.map((file) => [file.path, file.text])),
    config: configOf({ only: [rule.id] }, { rule: rule.id, values: options }),
  }));
}

/** What Compose says of the files after fixes of the rule where it had nothing to say before them. */
async function refusedAfter(rule: Rule, { title, project, config }: Sample): Promise<readonly string[]> {
  const workspace = workspaceOf(project, config);
  const wrong: string[] = [];
  for (const [path, text] of project) {
    const parsed = workspace.check(path)?.parsed;
    if (parsed === undefined || !isOfKind(parsed, "compose")) continue;
    // On its way to a swarm a file may pass a state that Compose, which is not to run it, has something against.
    const stack = parsed.units.some(({ model }) => model.dialect === "stack");
    const results = fixed(rule, workspace, project, path, text).filter(({ all }) => all || !stack);
    if (results.length === 0) continue;
    const asked = filesWith(project, path);
    if ((await judged().refusal(project, asked)) !== undefined) continue;
    for (const result of results) {
      const refusal = await judged().refusal(result.project, asked);
      if (refusal !== undefined) wrong.push(`${title}: ${result.title}: ${refusal}\n${result.project.get(path) ?? ""}`);
    }
  }
  return wrong;
}

/** Findings in files of which Compose says nothing. */
async function acceptedThough(rule: Rule, { title, project, config }: Sample): Promise<readonly string[]> {
  const workspace = workspaceOf(project, config);
  const wrong: string[] = [];
  for (const path of project.keys()) {
    const findings = findingsOf(workspace, rule, path);
    if (findings.length === 0) continue;
    const asked = filesWith(project, path);
    const parsed = workspace.check(path)?.parsed;
    const models = parsed !== undefined && isOfKind(parsed, "compose") ? parsed.units.map(({ model }) => model) : [];
    const profiles = models.flatMap(({ services }) => services.flatMap((service) => service.profiles));
    let refused = false;
    // What only runs in a profile is judged when that is asked for.
    for (const profile of new Set([undefined, ...(profiles.length === 0 ? [] : ["*"]), ...profiles]))
      refused ||= (await judged().refusal(project, asked, profile)) !== undefined;
    if (!refused) wrong.push(`${title}: ${path}: ${findings[0]?.message ?? ""}`);
  }
  return wrong;
}

interface Fixed {
  readonly title: string;
  /** After all fixes there are, not one alone. */
  readonly all: boolean;
  readonly project: Project;
}

/** The project after each fix of the rule alone, and after all of them. */
function fixed(rule: Rule, workspace: SmallWorkspace, project: Project, path: string, text: string): readonly Fixed[] {
  const fixes = findingsOf(workspace, rule, path).flatMap((finding) => finding.fixes);
  const single = fixes.flatMap((fix): readonly Fixed[] =>
    "edits" in fix ? [{ title: fix.title, all: false, project: after(project, path, resultOf(text, fix)) }] : [],
  );
  const all = fixAll(text, (now) => workspace.check(path, now), "review");
  return all.applied.length === 0
    ? single
    : [...single, { title: "all fixes", all: true, project: after(project, path, all) }];
}

type Result = Pick<FixResult, "text" | "created" | "appended">;

function resultOf(text: string, { edits, creates = [], appends = [] }: EditFix): Result {
  return { text: edited(text, edits), created: creates, appended: appends };
}

function after(project: Project, path: string, { text, created, appended }: Result): Project {
  const files = new Map(project);
  files.set(path, text);
  for (const file of created) files.set(file.path, file.text);
  for (const { path: other, lines } of appended) {
    const before = files.get(other) ?? "";
    files.set(other, edited(before, [appendLines(before, lines)]));
  }
  return files;
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const result = applyEdits(text, edits);
  if (result === undefined) throw new Error(`edits of one fix touch one another: ${JSON.stringify(edits)}`);
  return result;
}

function findingsOf(workspace: SmallWorkspace, rule: Rule, path: string) {
  return (workspace.check(path)?.findings ?? []).filter((finding) => finding.rule === rule.id);
}

function workspaceOf(project: Project, config: FileConfig): SmallWorkspace {
  return smallWorkspace(
    [...project].map(([path, text]) => ({ path, text })),
    () => config,
  );
}

/** The files to be named with `-f` to judge one: below an override or a variant stands the main file of its folder. */
function filesWith(project: Project, path: string): readonly string[] {
  const [stem = "", ...words] = nameOf(path).split(".");
  if (words.length < 2) return [path];
  const main = ["yaml", "yml"].map((ending) => joinPath(folderOf(path), `${stem}.${ending}`));
  return [...main.filter((candidate) => project.has(candidate)).slice(0, 1), path];
}
