// Tools that few people need have packages of their own, so that `npm ci` stays small: each is installed when it is first used.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Installs the package of `folder` exactly as its lockfile says into `.cache/<name>`, and answers that path. Does nothing where that was
 * done before. `finish` completes the installation. Install scripts are not run: they would build what is not needed here.
 */
export function installTool(name, folder, finish = () => {}) {
  const target = join(root, ".cache", name);
  const stamp = join(target, "installed.json");
  const lock = readFileSync(join(root, folder, "package-lock.json"), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return target;

  console.log(`Installing ${folder} into .cache/${name}, once`);
  mkdirSync(target, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(root, folder, file), join(target, file));
  npm(["ci"], target);
  finish(target);
  writeFileSync(stamp, lock);
  return target;
}

export function npm(args, cwd) {
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", [...args, ...quiet], {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} failed in ${cwd}`);
}

/** Runs a script of this repository, and fails with it. */
export function node(...args) {
  nodeIn(root, ...args);
}

export function nodeIn(cwd, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed`);
}
