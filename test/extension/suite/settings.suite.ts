import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { commands, ConfigurationTarget, languages, window, workspace } from "vscode";
import { closeAll, fileUri, findingsWhen, findingWhen, open, slugOf } from "./workbench.ts";

async function set(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration("seaworthy").update(name, value, ConfigurationTarget.Workspace);
}

describe("Settings", () => {
  afterEach(async () => {
    for (const name of ["enable", "rules", "preset"]) await set(name, undefined);
    await closeAll();
  });

  it("turn everything off and on at once", async () => {
    const document = await open("Dockerfile");
    await findingWhen(document, "maintainer");
    await set("enable", false);
    await findingsWhen(document, (present) => present.length === 0);
    await set("enable", undefined);
    await findingWhen(document, "maintainer");
  });

  it("turn a rule off and change its severity", async () => {
    const document = await open("Dockerfile");
    await findingWhen(document, "maintainer");
    await set("rules", { "dockerfile/maintainer": "off", "image/floating-tag": "error" });
    const left = await findingsWhen(document, (present) => present.length > 0 && !present.includes("maintainer"));
    assert.equal(left.find((finding) => slugOf(finding) === "floating-tag")?.severity, 0);
  });

  it("choose the preset", async () => {
    const document = await open("Dockerfile");
    const recommended = await findingsWhen(document, (present) => present.includes("floating-tag"));
    await set("preset", "all");
    await findingsWhen(document, (present) => present.length > recommended.length);
  });

  it("come from a config file as well, which the command writes", async () => {
    const document = await open("Dockerfile");
    await findingWhen(document, "maintainer");
    await commands.executeCommand("seaworthy.createConfig");
    assert.equal(window.activeTextEditor?.document.uri.toString(), fileUri(".seaworthy.yaml").toString());
    const written = window.activeTextEditor.document;
    assert.deepEqual(languages.getDiagnostics(written.uri), []);
    try {
      await workspace.fs.writeFile(fileUri(".seaworthy.yaml"), new TextEncoder().encode("rules:\n  maintainer: off\n"));
      await findingsWhen(document, (present) => present.length > 0 && !present.includes("maintainer"));
    } finally {
      await workspace.fs.delete(fileUri(".seaworthy.yaml"));
    }
    await findingWhen(document, "maintainer");
  });
});
