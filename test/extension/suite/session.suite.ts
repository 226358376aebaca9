import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import { commands, languages } from "vscode";
import { closeAll, findingsWhen, findingWhen, open, slugs } from "./workbench.ts";

/** Process ids of the language servers that this extension host started. */
function servers(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => parentOf(pid) === process.pid && read(`/proc/${pid}/cmdline`).includes("dist/server/main.mjs"))
    .map(Number);
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s*(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1]);
}

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Resolves when the findings of the document have gone and come back. */
async function comeBack(document: Parameters<typeof slugs>[0], work: () => unknown): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    const listener = languages.onDidChangeDiagnostics(() => {
      if (slugs(document).length > 0) return;
      listener.dispose();
      resolve();
    });
  });
  await work();
  await gone;
  await findingsWhen(document, (present) => present.includes("maintainer"));
}

// Elsewhere there is no /proc to ask for the server's process.
const onLinux = process.platform === "linux" ? describe : describe.skip;

onLinux("The server", () => {
  before(async () => {
    await findingWhen(await open("Dockerfile"), "maintainer");
  });
  after(closeAll);

  it("is one process for all documents", async () => {
    await findingWhen(await open("compose.yaml"), "floating-tag");
    assert.equal(servers().length, 1);
  });

  it("is started anew by the command", async () => {
    const document = await open("Dockerfile");
    const [old] = servers();
    await comeBack(document, () => commands.executeCommand("seaworthy.restart"));
    const [now, ...more] = servers();
    assert.notEqual(now, old);
    assert.deepEqual(more, []);
  });

  it("comes back after a crash, with the findings", async () => {
    const document = await open("Dockerfile");
    const [old] = servers();
    assert(old);
    await comeBack(document, () => process.kill(old, "SIGKILL"));
    assert.equal(servers().length, 1);
    assert.notEqual(servers()[0], old);
  });
});
