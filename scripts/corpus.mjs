// Runs every rule over a folder of real files, in process, to judge rules by what they say there.
//   npm run corpus -- DIR                         crashes, findings per rule and kind, findings per file, speed, slowest files
//   npm run corpus -- DIR --preset all            the rules of another preset (default: recommended)
//   npm run corpus -- DIR --rule ID --sample 10   findings of one rule (id or slug), with the lines around them
//   npm run corpus -- DIR --seed 7                another choice of samples
//   npm run corpus -- DIR --fix                   also applies all fixes to each text (in memory) and says what went wrong
//   npm run corpus -- DIR --json FILE             the numbers, for comparing two runs
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const valued = ["--preset", "--rule", "--sample", "--seed", "--json"];
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const directory = args.find((word, i) => !word.startsWith("--") && !valued.includes(args[i - 1]));
if (directory === undefined || !statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
  console.error("usage: npm run corpus -- DIR [--preset P] [--rule ID] [--sample N] [--seed N] [--fix] [--json FILE]");
  process.exit(2);
}
const folder = resolve(directory);

const { walk, readText, linter, kindOf, parseFile, factsOf, createWorkspace, resolveConfig, linesOf, fixAll } =
  await engine();
const preset = option("--preset") ?? "recommended";
const config = resolveConfig("x", { overrides: { preset } }, linter.rules);

const crashes = [];
const workspace = createWorkspace();
const files = [];
for (const step of walk(folder, () => false)) {
  if (!("file" in step)) continue;
  const path = relative(folder, step.file);
  const { text } = readText(step.file);
  try {
    if (kindOf({ path, text }) === undefined) continue;
    const started = performance.now();
    const parsed = parseFile({ path, text });
    workspace.set(factsOf(parsed));
    files.push({ path, text, kind: parsed.kind, ms: performance.now() - started });
  } catch (error) {
    crashes.push(`${path}: parsing: ${error.stack}`);
  }
}

const results = [];
for (const file of files) {
  const started = performance.now();
  const report = attempt(file, "checking", () => checkText(file, file.text));
  file.ms += performance.now() - started;
  if (report !== undefined) results.push({ file, findings: report.findings, suppressed: report.suppressed.length });
}

const wanted = option("--rule");
const ids = wanted === undefined ? [] : linter.names.find(wanted);
if (wanted === undefined) overview();
else if (ids.length > 0) samples(ids);
else {
  console.error(`no rule goes by ${wanted}; did you mean ${linter.names.closest(wanted)}?`);
  process.exit(2);
}
if (args.includes("--fix")) tryFixes();
if (crashes.length > 0) {
  console.log(`\n${crashes.length} crashes`);
  for (const crash of new Set(crashes)) console.log(`  ${crash}`);
}
process.exit(crashes.length > 0 ? 1 : 0);

function checkText(file, text) {
  return linter.check({
    file: { path: file.path, text },
    config,
    workspace: workspace.view(file.path),
    onError: (rule, error) => crashes.push(`${file.path}: ${rule}: ${error?.stack ?? error}`),
  });
}

function attempt(file, what, work) {
  try {
    return work();
  } catch (error) {
    crashes.push(`${file.path}: ${what}: ${error.stack}`);
    return undefined;
  }
}

function overview() {
  const kinds = [...new Set(files.map((file) => file.kind))].sort();
  const severities = ["error", "warning", "info", "hint"];
  const numbers = { preset, kinds: {}, rules: {} };

  console.log(`preset ${preset}, ${files.length} files\n`);
  console.log(
    `${"kind".padEnd(12)}${"files".padStart(7)}${"files/s".padStart(9)}   per file, mean (median): ${severities.join(", ")}`,
  );
  for (const kind of kinds) {
    const those = results.filter(({ file }) => file.kind === kind);
    const seconds = those.reduce((sum, { file }) => sum + file.ms, 0) / 1000;
    const perFile = severities.map((severity) => {
      const counts = those.map(({ findings }) => findings.filter((finding) => finding.severity === severity).length);
      return { severity, mean: counts.reduce((a, b) => a + b, 0) / counts.length, median: median(counts) };
    });
    numbers.kinds[kind] = { files: those.length, perFile };
    const cells = perFile.map(({ severity, mean, median }) => `${severity} ${mean.toFixed(2)} (${median})`);
    const speed = Math.round(those.length / seconds).toLocaleString("en");
    console.log(`${kind.padEnd(12)}${String(those.length).padStart(7)}${speed.padStart(9)}   ${cells.join("  ")}`);
  }

  const rows = linter.rules.map((rule) => {
    const counts = kinds.map((kind) => countOf(rule.id, kind));
    return { rule, counts, total: counts.reduce((sum, { findings }) => sum + findings, 0) };
  });
  const width = Math.max(...linter.rules.map((rule) => rule.id.length)) + 2;
  console.log(
    `\n${"rule".padEnd(width)}${"severity".padEnd(10)}${"preset".padEnd(13)}${kinds.map((kind) => kind.padStart(20)).join("")}`,
  );
  for (const { rule, counts, total } of rows.sort((a, b) => b.total - a.total)) {
    numbers.rules[rule.id] = total;
    const cells = counts.map(({ findings, files, share }) =>
      (findings === 0 ? "·" : `${findings} in ${files} (${share}%)`).padStart(20),
    );
    console.log(`${rule.id.padEnd(width)}${rule.severity.padEnd(10)}${rule.preset.padEnd(13)}${cells.join("")}`);
  }

  const suppressed = results.reduce((sum, result) => sum + result.suppressed, 0);
  console.log(`\nsilenced by comments and annotations in the files: ${suppressed}`);
  console.log("\nslowest files");
  for (const file of files.toSorted((a, b) => b.ms - a.ms).slice(0, 5)) {
    console.log(
      `  ${file.ms.toFixed(1).padStart(7)} ms  ${(file.text.length / 1024).toFixed(0).padStart(5)} kB  ${file.path}`,
    );
  }
  if (option("--json") !== undefined) writeFileSync(option("--json"), `${JSON.stringify(numbers, undefined, 1)}\n`);
}

function countOf(id, kind) {
  const those = results.filter(({ file }) => file.kind === kind);
  const hit = those
    .map(({ findings }) => findings.filter((finding) => finding.rule === id).length)
    .filter((count) => count > 0);
  return {
    findings: hit.reduce((sum, count) => sum + count, 0),
    files: hit.length,
    share: Math.round((100 * hit.length) / Math.max(1, those.length)),
  };
}

function samples(ids) {
  const all = results.flatMap(({ file, findings }) =>
    findings.filter((finding) => ids.includes(finding.rule)).map((finding) => ({ file, finding })),
  );
  console.log(
    `${all.length} findings of ${ids.join(", ") || "no rule"} in ${new Set(all.map(({ file }) => file.path)).size} files`,
  );
  for (const { file, finding } of chosen(all, Number(option("--sample") ?? 10), Number(option("--seed") ?? 1))) {
    const lines = linesOf(file.text);
    const from = lines.positionAt(finding.at.start);
    const to = lines.positionAt(finding.at.end);
    console.log(`\n── ${file.path}:${from.line + 1}:${from.character + 1}  ${finding.severity}  ${finding.rule}`);
    console.log(`   ${finding.message}`);
    for (const fix of finding.fixes) console.log(`   fix (${fix.safety}): ${fix.title}`);
    for (let line = Math.max(0, from.line - 3); line <= Math.min(lines.count - 1, to.line + 3); line++) {
      const span = lines.span(line);
      const text = file.text.slice(span.start, span.end).replaceAll("\t", " ");
      console.log(`${line === from.line ? ">" : " "}${String(line + 1).padStart(5)} │ ${text.slice(0, 160)}`);
      if (line !== from.line) continue;
      const length = (to.line === from.line ? to.character : text.length) - from.character;
      console.log(
        `       │ ${" ".repeat(Math.min(from.character, 160))}${"^".repeat(Math.max(1, Math.min(length, 160)))}`,
      );
    }
  }
}

function tryFixes() {
  const trouble = [];
  let changed = 0;
  for (const file of files) {
    const before = attempt(file, "checking", () => checkText(file, file.text));
    const result = attempt(file, "fixing", () => fixAll(file.text, (text) => checkText(file, text), "review"));
    if (before === undefined || result === undefined) continue;
    if (result.text !== file.text) changed += 1;
    const after = attempt(file, "checking what was fixed", () => checkText(file, result.text));
    const again = attempt(file, "fixing again", () => fixAll(result.text, (text) => checkText(file, text), "review"));
    if (after === undefined || syntaxOf(after) > syntaxOf(before))
      trouble.push(`${file.path}: does not parse after fixing`);
    if (again !== undefined && again.text !== result.text) trouble.push(`${file.path}: fixing again changes it again`);
    for (const { rule, title } of result.refused) trouble.push(`${file.path}: refused: ${rule}: ${title}`);
  }
  console.log(`\nall fixes applied: ${changed} of ${files.length} files change, ${trouble.length} troubles`);
  for (const line of trouble) console.log(`  ${line}`);
}

function syntaxOf(report) {
  return report.findings.filter((finding) => finding.rule.endsWith("/syntax")).length;
}

/** So many of a list, spread over it, the same ones for the same seed. */
function chosen(list, count, seed) {
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return list
    .map((item) => ({ item, order: next() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ item }) => item);
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The engine's own functions, from its sources. */
async function engine() {
  const outfile = join(root, ".cache", "corpus-engine.cjs");
  mkdirSync(join(root, ".cache"), { recursive: true });
  await build({
    stdin: {
      resolveDir: join(root, "server/src"),
      contents: `
        export { walk } from "./cli/walk.ts";
        export { readText } from "./cli/files.ts";
        export { linter } from "./linter.ts";
        export { kindOf } from "./languages/detect.ts";
        export { parseFile } from "./languages/index.ts";
        export { createWorkspace, factsOf } from "./workspace/index.ts";
        export { resolveConfig } from "./engine/config.ts";
        export { fixAll } from "./engine/fix.ts";
        export { linesOf } from "./text/lines.ts";
      `,
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  return createRequire(import.meta.url)(outfile);
}
