#!/usr/bin/env node
// Stands in for the `code` executable: takes the arguments that @vscode/test-electron gives it, runs the suite in code-server, and
// ends with the suite's exit code.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format } from "node:util";
import { createProfile, openPage, remoteUri, startCodeServer, workbenchUrl } from "./code-server.mjs";

const args = process.argv.slice(2);
const option = (name) => resolve(args.find((arg) => arg.startsWith(`--${name}=`)).slice(name.length + 3));
const folder = resolve(args.find((arg) => !arg.startsWith("-")));
// The workbench's own messages come the same way as the suite's.
const mark = "suite: ";
const limit = 5 * 60 * 1000;

const base = mkdtempSync(join(tmpdir(), "seaworthy-host-"));
const server = await startCodeServer(createProfile(join(base, "profile")), { SEAWORTHY_SUITE_MARK: mark });
const { page, close } = await openPage();
try {
  const code = await new Promise((done, fail) => {
    // A wrong path is answered by silence.
    setTimeout(() => fail(new Error("the suite did not end in time")), limit).unref();
    page.on("crash", () => fail(new Error("the workbench crashed")));
    runSuite(done).catch(fail);
  });
  process.exitCode = code;
} catch (error) {
  const screenshot = join(tmpdir(), "seaworthy-host-failure.png");
  await page.screenshot({ path: screenshot }).catch(() => undefined);
  console.error(`${error.message} (see ${screenshot})`);
  process.exitCode = 1;
} finally {
  await close();
  await server.stop();
  rmSync(base, { recursive: true, force: true });
}

/** The workbench calls the two functions of the window, as VS Code's own web tests have it. */
async function runSuite(done) {
  await page.exposeFunction("codeAutomationExit", (code) => done(code));
  await page.exposeFunction("codeAutomationLog", (_type, parts) => {
    const line = format(...parts);
    if (line.startsWith(mark)) console.log(line.slice(mark.length));
    else if (process.env.SEAWORTHY_HOST_LOG !== undefined) console.log(line);
  });
  await page.goto(
    workbenchUrl(server, folder, [
      ["extensionDevelopmentPath", remoteUri(server, option("extensionDevelopmentPath"))],
      ["extensionTestsPath", remoteUri(server, option("extensionTestsPath"))],
    ]),
  );
}
