import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/tools.mjs";
import { remoteUri, workbenchUrl } from "../extension/host/code-server.mjs";

/** Settings of a workbench that looks well in a README. */
export const appearance = {
  "workbench.colorTheme": "Dark Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "window.commandCenter": false,
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontSize": 15,
  "editor.lineHeight": 22,
};

/** The README's picture: a Dockerfile with three findings, the fixes of one of them, and the Problems panel. */
export async function takePicture(page, server, base) {
  const folder = join(base, "app");
  cpSync(join(root, "test/ui/picture"), folder, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 760 });
  await page.goto(workbenchUrl(server, folder, [["openFile", remoteUri(server, join(folder, "Dockerfile"))]]));
  await page.locator(".monaco-editor .view-lines").first().waitFor();
  await page.keyboard.press("Control+b");
  await page.keyboard.press("Control+Shift+m");
  const rows = page.locator(".markers-panel .monaco-list-row");
  // The file's own row, and one for each finding.
  await rows.nth(3).waitFor();
  await page.keyboard.press("Control+1");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row").first().waitFor();
  await page.screenshot({ path: join(root, "docs/images/workbench.png") });
  console.log("    docs/images/workbench.png is new");
}
