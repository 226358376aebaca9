import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import { commands, ConfigurationTarget, workspace } from "vscode";
import { closeAll, create, fileUri, findingsWhen, findingWhen, quickFixes } from "./workbench.ts";

const before = "FROM alpine:3.21\nMAINTAINER joe\nUSER nobody\n";

describe("Fixes", () => {
  afterEach(closeAll);

  it("are applied from the lightbulb, the preferred one first", async () => {
    const document = await create("quick.dockerfile", before);
    const [fix] = await quickFixes(document, await findingWhen(document, "maintainer"));
    assert(fix?.edit, "a fix is an edit");
    assert.equal(fix.isPreferred, true);
    assert.equal(fix.command, undefined);
    assert(await workspace.applyEdit(fix.edit));
    await findingsWhen(document, (present) => !present.includes("maintainer"));
    assert.match(document.getText(), /^FROM alpine:3\.21\nLABEL [^\n]*joe[^\n]*\nUSER nobody\n$/);
  });

  it("come with a way to ignore the finding", async () => {
    const document = await create("ignored.dockerfile", before);
    const offers = await quickFixes(document, await findingWhen(document, "maintainer"));
    const ignore = offers.find(({ title }) => title.startsWith("Ignore maintainer here"));
    assert(ignore?.edit, `among ${offers.map(({ title }) => title).join(" | ")}`);
    assert(await workspace.applyEdit(ignore.edit));
    await findingsWhen(document, (present) => !present.includes("maintainer"));
    assert.match(document.getText(), /^FROM alpine:3\.21\n# seaworthy ignore maintainer[^\n]*\nMAINTAINER joe\n/);
  });

  it("are all applied on save, the safe ones only", async () => {
    const settings = workspace.getConfiguration("editor", fileUri("saved.dockerfile"));
    await settings.update(
      "codeActionsOnSave",
      { "source.fixAll.seaworthy": "explicit" },
      ConfigurationTarget.Workspace,
    );
    try {
      const document = await create("saved.dockerfile", "FROM node:latest\nMAINTAINER joe\nADD package.json /app/\n");
      await findingWhen(document, "maintainer");
      // Only a document with changes is saved.
      await commands.executeCommand("cursorBottom");
      await commands.executeCommand("type", { text: "USER node\n" });
      assert(await document.save());
      assert.doesNotMatch(document.getText(), /MAINTAINER/);
      assert.match(document.getText(), /^COPY package\.json \/app\/$/m);
      assert.match(document.getText(), /^FROM node:latest\n/, "which version to take is a person's choice");
    } finally {
      await settings.update("codeActionsOnSave", undefined, ConfigurationTarget.Workspace);
    }
  });

  it("are all applied by the command", async () => {
    const document = await create("command.dockerfile", before);
    await findingWhen(document, "maintainer");
    await commands.executeCommand("seaworthy.fixAll");
    await findingsWhen(document, (present) => !present.includes("maintainer"));
    assert.doesNotMatch(document.getText(), /MAINTAINER/);
  });
});
