// How many files the engine judges in a second, in this very process: the first time, and once the engine is warm.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The engine alone, bundled into the cache folder. */
export async function loadEngine() {
  const outfile = path.join(root, ".cache/bench/engine.cjs");
  await build({
    absWorkingDir: root,
    stdin: {
      contents: `
        export { linter } from "./server/src/linter.ts";
        export { configResolver } from "./server/src/engine/config.ts";
        export { createWorkspace } from "./server/src/workspace/index.ts";
        export { kindOf } from "./server/src/languages/detect.ts";
      `,
      resolveDir: root,
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  return createRequire(import.meta.url)(outfile);
}

/** Every file of ours below a folder, its text read. */
export function readFolder(folder, kindOf) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const relative = path.relative(folder, file).split(path.sep).join("/");
    if (/(?:^|\/)(?:node_modules|\.git)\//.test(relative)) continue;
    const text = readFileSync(file, "utf8");
    const kind = kindOf({ path: relative, text });
    if (kind !== undefined) found.push({ path: relative, text, kind });
  }
  return found;
}

/** So long a kind is judged again and again; V8 goes on compiling for a dozen passes over a few hundred files. In milliseconds. */
const warmingUp = 6000;
const mostPasses = 30;

/** Files and findings of each kind, and files per second: `cold` in the first pass, `warm` in the middle one of the last five. */
export function measureThroughput(files, { linter, configResolver, createWorkspace }) {
  const configOf = configResolver({}, linter.rules);
  return [...new Set(files.map(({ kind }) => kind))].sort().map((kind) => {
    const ofKind = files.filter((file) => file.kind === kind);
    const workspace = createWorkspace();
    const begun = performance.now();
    const speeds = [];
    let findings = 0;
    do {
      findings = 0;
      const started = performance.now();
      for (const { path, text } of ofKind) {
        const report = linter.check({ file: { path, text }, config: configOf(path), workspace: workspace.view(path) });
        findings += report?.findings.length ?? 0;
      }
      speeds.push((1000 * ofKind.length) / (performance.now() - started));
    } while (speeds.length < mostPasses && performance.now() - begun < warmingUp);
    const last = speeds.slice(-5).sort((a, b) => a - b);
    return { kind, files: ofKind.length, findings, cold: speeds[0], warm: last[Math.floor(last.length / 2)] };
  });
}
