import { expect, test } from "vitest";
import { resolveConfig } from "../../server/src/engine/config.ts";
import { type ParsedFile, parseFile } from "../../server/src/languages/index.ts";
import { linter } from "../../server/src/linter.ts";
import { createWorkspace, factsOf, type WorkspaceView } from "../../server/src/workspace/index.ts";

const path = "compose.yaml";

function read(text: string): { readonly parsed: ParsedFile; readonly view: WorkspaceView } {
  const parsed = parseFile({ path, text });
  if (parsed === undefined) throw new Error("it is a Compose file");
  const workspace = createWorkspace();
  workspace.set(factsOf(parsed));
  return { parsed, view: workspace.view(path) };
}

function services(count: number, body: (index: number) => string): string {
  return `services:\n${Array.from({ length: count }, (_, index) => `  s${index}:\n${body(index)}`).join("")}`;
}

test("no finding lists all the others of its kind", () => {
  const text = `${services(
    100,
    (index) =>
      `    image: postgres:15\n    container_name: db\n    ports: ["80:${index + 1}"]\n    volumes: ["data:/srv"]\n`,
  )}volumes:\n  data:\n`;
  const { parsed, view } = read(text);
  const config = resolveConfig(path, { settings: { preset: "all" } }, linter.rules);
  const findings = linter.check({ file: { path, text }, config, workspace: view, parsed })?.findings ?? [];
  expect(findings.filter(({ rule }) => rule === "compose/shared-volume")).toHaveLength(100);
  expect(findings.filter(({ related }) => related.length > 10)).toEqual([]);
});

test("a fix that mends the whole file is made once, however many findings offer it", () => {
  const images = ['image: nginx:1.25\n    ports: ["80:80"]', "image: redis:7"];
  const text = services(20, (index) => `    ${images[index] ?? "image: acme/api:1\n    depends_on: [s1]"}\n`);
  const { parsed, view } = read(text);
  const rule = linter.rule("compose/default-network");
  const [unit] = parsed.units;
  if (rule === undefined || unit === undefined) throw new Error("both are there");
  const problems = [...rule.run(unit.model, {}, view)];
  const made = problems.map(({ fixes }) => (typeof fixes === "function" ? fixes() : fixes));
  expect(made).toHaveLength(20);
  expect(made[0]).toHaveLength(1);
  expect(new Set(made).size).toBe(1);
});
