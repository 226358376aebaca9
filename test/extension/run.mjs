// npm run test:vscode                 the suite inside VS Code, then the workbench driven by keyboard
// npm run test:vscode -- extension    only the first
// npm run test:vscode -- ui           only the second; --screenshot keeps its picture for the README
//
// SEAWORTHY_VSCODE_HOST=desktop       downloads VS Code and opens its window (the default where there is a display)
// SEAWORTHY_VSCODE_HOST=code-server   the same suite in code-server and Chromium, with no display
// SEAWORTHY_VSCODE=oldest             the oldest version that the manifest promises, instead of the newest
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { node, root } from "../../scripts/tools.mjs";
import { cache, requireFromCache, wantsOldest } from "./host/install.mjs";

const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith("-"));
const runs = (part) => wanted.length === 0 || wanted.includes(part);

if (runs("extension")) {
  node("scripts/build.mjs", "--dev");
  await runInVsCode(await bundleSuite());
}
if (runs("ui")) {
  node("scripts/package.mjs");
  node("test/ui/run.mjs", ...process.argv.slice(2).filter((arg) => arg.startsWith("-")));
}

async function bundleSuite() {
  const outfile = join(cache, "suite/index.js");
  await build({
    absWorkingDir: root,
    entryPoints: ["test/extension/suite/index.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}

async function runInVsCode(suite) {
  const { runTests } = requireFromCache("@vscode/test-electron");
  const base = mkdtempSync(join(tmpdir(), "seaworthy-suite-"));
  const workspace = join(base, "workspace");
  mkdirSync(workspace);
  cpSync(join(root, "test/extension/workspace"), workspace, { recursive: true });
  try {
    await runTests({
      ...(usesCodeServer() ? { vscodeExecutablePath: join(root, "test/extension/host/code.mjs") } : desktopVersion()),
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [workspace, "--disable-extensions"],
    });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

function desktopVersion() {
  return { version: wantsOldest ? "1.99.3" : "stable" };
}

function usesCodeServer() {
  const asked = process.env.SEAWORTHY_VSCODE_HOST;
  if (asked !== undefined) return asked === "code-server";
  return process.platform === "linux" && process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined;
}
