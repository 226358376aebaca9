import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import type { TextDocument } from "vscode";
import { commands, ConfigurationTarget, window, workspace } from "vscode";
import { closeAll, create, fileUri, findingsWhen, findingWhen, open, replaceText, slugOf } from "./workbench.ts";

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
    const document = await create("strict.dockerfile", "FROM alpine:3.21\nMAINTAINER joe\nUSER nobody\n");
    await findingsWhen(document, (present) => present.includes("maintainer") && !present.includes("missing-digest"));
    await set("preset", "strict");
    await findingsWhen(document, (present) => present.includes("maintainer") && present.includes("missing-digest"));
  });

  it("come from a config file as well, which the command writes", async () => {
    const document = await open("Dockerfile");
    await findingWhen(document, "maintainer");
    await commands.executeCommand("seaworthy.createConfig");
    assert.equal(window.activeTextEditor?.document.uri.toString(), fileUri(".seaworthy.yaml").toString());
    await isWithoutFault(window.activeTextEditor.document);
    try {
      await workspace.fs.writeFile(fileUri(".seaworthy.yaml"), new TextEncoder().encode("rules:\n  maintainer: off\n"));
      await findingsWhen(document, (present) => present.length > 0 && !present.includes("maintainer"));
    } finally {
      await workspace.fs.delete(fileUri(".seaworthy.yaml"));
    }
    await findingWhen(document, "maintainer");
  });
});

/** A fault put into the config file is found, and nothing is when it is taken out again. */
async function isWithoutFault(config: TextDocument): Promise<void> {
  const text = config.getText();
  await replaceText(config, `${text}\nrulez: {}\n`);
  await findingsWhen(config, (present) => present.length > 0);
  await replaceText(config, text);
  await findingsWhen(config, (present) => present.length === 0);
  assert(await config.save());
}
