// Bundles what ships for Node 20: the extension and the command line, each one file of plain CommonJS, and the language server, a folder of modules
// of which it loads those that the files it is shown need.
//   node scripts/build.mjs            minified, as it is released
//   node scripts/build.mjs --dev      with source maps, for the debugger
//   node scripts/build.mjs --watch    the same, again at every change
//   node scripts/build.mjs server     that one alone
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const watch = process.argv.includes("--watch");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const dev = watch || process.argv.includes("--dev");

const entries = [
  { name: "extension", from: "client/src/extension.ts", external: ["vscode", "./session.js"] },
  { name: "session", from: "client/src/session.ts", external: ["vscode"] },
  { name: "server", from: "server/src/lsp/main.ts", split: true },
  { name: "cli", from: "server/src/cli/main.ts", banner: "#!/usr/bin/env node" },
];

/** Dependencies that are CommonJS ask for Node's own modules by `require`, which a module does not have. */
const requireInModules = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

const optionsOf = ({ name, from, external, banner, split }) => ({
  absWorkingDir: root,
  entryPoints: split ? [{ in: from, out: "main" }] : [from],
  ...(split
    ? {
        outdir: `dist/${name}`,
        format: "esm",
        splitting: true,
        chunkNames: "[name]-[hash]",
        outExtension: { ".js": ".mjs" },
        banner: { js: requireInModules },
      }
    : { outfile: `dist/${name}.js`, format: "cjs", banner: banner === undefined ? {} : { js: banner } }),
  bundle: true,
  platform: "node",
  target: "node20",
  // Some dependencies name a UMD file as their main one, which cannot be bundled; their ES module can.
  mainFields: ["module", "main"],
  external: external ?? [],
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
  // Modules that are not made any more would be shipped with the others.
  if (entry.split) await rm(`${root}/dist/${entry.name}`, { recursive: true, force: true });
  const { metafile } = await build(optionsOf(entry));
  // The notices of third parties are made from what really went into the bundles.
  await writeFile(`${root}/dist/meta/${entry.name}.json`, JSON.stringify(metafile));
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.log(`build: dist/${entry.name}${entry.split ? "/" : ".js"} ${(bytes / 1024).toFixed(0)} kB`);
}
