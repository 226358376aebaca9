import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import { extensions } from "vscode";
import { isRelevant } from "../../../client/src/relevance.ts";
import { closeAll, create, findingWhen, isSessionLoaded, open, replaceText } from "./workbench.ts";

describe("Activation", () => {
  after(closeAll);

  it("loads the small entry and no server for a YAML file of others", async () => {
    await open("workflow.yaml");
    await extensions.getExtension("seaworthy.seaworthy")?.activate();
    assert.equal(extensions.getExtension("seaworthy.seaworthy")?.isActive, true);
    assert.equal(isSessionLoaded(), false);
  });

  it("knows the three kinds from other YAML", async () => {
    assert.equal(isRelevant(await open("workflow.yaml")), false);
    assert.equal(isRelevant(await open("Dockerfile")), true);
    assert.equal(isRelevant(await open("compose.yaml")), true);
    assert.equal(isRelevant(await open("deployment.yaml")), true);
  });

  it("takes a YAML file for a manifest as soon as it becomes one", async () => {
    const document = await create("new.yaml", "name: web\n");
    assert.equal(isRelevant(document), false);
    await replaceText(
      document,
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:latest\n",
    );
    assert.equal(isRelevant(document), true);
    await findingWhen(document, "floating-tag");
    assert.equal(isSessionLoaded(), true);
  });
});
