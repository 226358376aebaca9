// npm run package: builds, and packs the extension into seaworthy-<version>.vsix.
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeNotices } from "./notices.mjs";
import { installTool, node, nodeIn, root } from "./tools.mjs";

const largest = 1.5 * 1024 * 1024;

node("scripts/build.mjs");
const notices = writeNotices();

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const stage = join(root, ".cache/vsix");
const files = readFileSync(join(root, ".vscodeignore"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("!"))
  .map((line) => line.slice(1));

// vsce takes no manifest that has the `files` of an npm package, so it is given a folder with what an editor needs and no more.
rmSync(stage, { recursive: true, force: true });
for (const entry of files) {
  // A folder is listed with all that is in it: `dist/server/**`.
  const path = entry.replace(/\/\*\*$/, "");
  mkdirSync(dirname(join(stage, path)), { recursive: true });
  cpSync(join(root, path), join(stage, path), { recursive: true });
}
const { files: _files, bin: _bin, scripts: _scripts, devDependencies: _development, ...shipped } = manifest;
writeFileSync(join(stage, "package.json"), `${JSON.stringify(shipped, undefined, 2)}\n`);
cpSync(join(root, ".vscodeignore"), join(stage, ".vscodeignore"));

const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);
const vsce = join(installTool("vsce", "scripts/vsce"), "node_modules/@vscode/vsce/vsce");
nodeIn(stage, vsce, "package", "--no-dependencies", "--out", vsix);

const { size } = statSync(vsix);
console.log(`${vsix}: ${(size / 1024).toFixed(0)} kB, with notices of ${notices.length} packages`);
if (size > largest) throw new Error(`The VSIX is larger than ${largest / 1024} kB`);
