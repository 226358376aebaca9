// Bundles what ships: the extension, the language server and the command line, each one file of plain CommonJS for Node 20.
//   node scripts/build.mjs            minified, as it is released
//   node scripts/build.mjs --dev      with source maps, for the debugger
//   node scripts/build.mjs --watch    the same, again at every change
//   node scripts/build.mjs server     that one alone
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const watch = process.argv.includes("--watch");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const dev = watch || process.argv.includes("--dev");

const entries = [
  { name: "extension", from: "client/src/extension.ts", external: ["vscode", "./session.js"] },
  { name: "session", from: "client/src/session.ts", external: ["vscode"] },
  { name: "server", from: "server/src/lsp/main.ts" },
  { name: "cli", from: "server/src/cli/main.ts", banner: "#!/usr/bin/env node" },
];

const optionsOf = ({ name, from, external, banner }) => ({
  absWorkingDir: root,
  entryPoints: [from],
  outfile: `dist/${name}.js`,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // Some dependencies name a UMD file as their main one, which cannot be bundled; their ES module can.
  mainFields: ["module", "main"],
  external: external ?? [],
  banner: banner === undefined ? {} : { js: banner },
  minify: !dev,
  sourcemap: dev,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

await mkdir(`${root}/dist/meta`, { recursive: true });

for (const entry of entries) {
  if (wanted.length > 0 && !wanted.includes(entry.name)) continue;
  if (!existsSync(`${root}/${entry.from}`)) {
    console.warn(`build: skipped ${entry.name}: there is no ${entry.from}`);
    continue;
  }
  if (watch) {
    await (await context(optionsOf(entry))).watch();
    console.log(`build: watching ${entry.from}`);
    continue;
  }
  const { metafile } = await build(optionsOf(entry));
  // The notices of third parties are made from what really went into the bundles.
  await writeFile(`${root}/dist/meta/${entry.name}.json`, JSON.stringify(metafile));
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.log(`build: dist/${entry.name}.js ${(bytes / 1024).toFixed(0)} kB`);
}
