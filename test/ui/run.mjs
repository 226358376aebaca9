// Installs the VSIX into a fresh VS Code and does by keyboard what a person would: opens a file of each kind, looks at the findings, fixes
// one, saves. --screenshot takes the README's picture as well.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../../scripts/tools.mjs";
import {
  createProfile,
  installVsix,
  openPage,
  remoteUri,
  startCodeServer,
  workbenchUrl,
} from "../extension/host/code-server.mjs";
import { appearance, takePicture } from "./picture.mjs";

const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const base = mkdtempSync(join(tmpdir(), "seaworthy-ui-"));
const profile = createProfile(join(base, "profile"), appearance);
installVsix(profile, join(root, `${name}-${version}.vsix`));
console.log("\n  The workbench, by keyboard");

const server = await startCodeServer(profile);
try {
  await withPage(journey);
  if (process.argv.includes("--screenshot")) await withPage((page) => takePicture(page, server, base));
} finally {
  await server.stop();
  rmSync(base, { recursive: true, force: true });
}

async function journey(page) {
  const workspace = join(base, "workspace");
  cpSync(join(root, "test/ui/workspace"), workspace, { recursive: true });
  const problem = (slug) => page.locator(".markers-panel .monaco-list-row", { hasText: slug }).first();

  await page.goto(workbenchUrl(server, workspace, [["openFile", remoteUri(server, join(workspace, "Dockerfile"))]]));
  await page.locator(".monaco-editor .view-lines").first().waitFor();
  await page.keyboard.press("Control+Shift+M");
  await squiggles(page).first().waitFor();
  await problem("maintainer").waitFor();
  passed("a Dockerfile has squiggles, and its findings are in the Problems panel");

  for (const [file, slug] of [
    ["compose.yaml", "privileged-service"],
    ["deployment.yaml", "privileged-container"],
  ]) {
    await openFile(page, file);
    await problem(slug).waitFor();
    await squiggles(page).first().waitFor();
    passed(`so has ${file}`);
  }

  await openFile(page, "Dockerfile");
  await page
    .locator(".statusbar-item", { has: page.locator(".codicon-bracket, .codicon-bracket-dot, .codicon-bracket-error") })
    .hover();
  await page.locator(".hover-language-status", { hasText: /Seaworthy: 1 / }).waitFor();
  passed("the status item counts the findings");

  await goToLine(page, 2);
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
  await problem("maintainer").waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  const expected = readFileSync(join(root, "test/ui/workspace.fixed/Dockerfile"), "utf8");
  await savedAs(join(workspace, "Dockerfile"), expected);
  passed("Ctrl+. and Enter fix a finding, and what is saved is as it should be");
}

export async function openFile(page, file) {
  await page.keyboard.press("Control+p");
  await page.locator(".quick-input-widget input").fill(file);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: file }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`.editor-group-container.active .tab.active[data-resource-name="${file}"]`).waitFor();
}

async function goToLine(page, line) {
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget input").fill(`:${line}`);
  await page.keyboard.press("Enter");
}

function squiggles(page) {
  return page.locator(".squiggly-warning, .squiggly-error, .squiggly-info");
}

/** Files are written after the keystroke that saves them. */
async function savedAs(path, expected) {
  let text = "";
  for (let tries = 0; tries < 200; tries++) {
    text = readFileSync(path, "utf8");
    if (text === expected) return;
    await delay(50);
  }
  throw new Error(`Saved was:\n${text}\nbut should have been:\n${expected}`);
}

async function withPage(work) {
  const { page, close } = await openPage();
  page.setDefaultTimeout(60_000);
  try {
    await work(page);
  } catch (error) {
    const screenshot = join(tmpdir(), "seaworthy-ui-failure.png");
    await page.screenshot({ path: screenshot });
    console.error(`    failed, see ${screenshot}`);
    throw error;
  } finally {
    await close();
  }
}

function passed(what) {
  console.log(`    ✔ ${what}`);
}
