import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import { closeAll, findings, findingsWhen, findingWhen, open, replaceText, slugs } from "./workbench.ts";

describe("Findings", () => {
  after(closeAll);

  for (const [name, ...expected] of [
    ["Dockerfile", "floating-tag", "maintainer"],
    ["compose.yaml", "floating-tag", "privileged-service"],
    ["deployment.yaml", "floating-tag", "privileged-container"],
  ] as const) {
    it(`are shown in ${name}, each with its name and its page`, async () => {
      const document = await open(name);
      await findingsWhen(document, (present) => expected.every((slug) => present.includes(slug)));
      for (const finding of findings(document)) {
        assert(typeof finding.code === "object");
        assert.match(String(finding.code.value), /^[a-z]+(-[a-z0-9]+)*$/);
        assert.match(finding.code.target.toString(true), new RegExp(`/docs/rules/[a-z]+/${finding.code.value}\\.md$`));
        assert.doesNotMatch(finding.message, /\n/);
        assert(finding.range.isSingleLine && !finding.range.isEmpty, "a finding marks a few characters");
      }
    });
  }

  it("follow what is typed", async () => {
    const document = await open("Dockerfile");
    await findingWhen(document, "maintainer");
    await replaceText(document, "FROM scratch\nMAINTAINER joe\n");
    await findingsWhen(document, (present) => present.includes("maintainer") && !present.includes("floating-tag"));
    await replaceText(document, "FROM scratch\n");
    await findingsWhen(document, (present) => present.length === 0);
  });

  it("are not shown in a YAML file of others", async () => {
    const document = await open("workflow.yaml");
    // Checked after a document of ours has been, so that the server had its turn.
    await findingWhen(await open("compose.yaml"), "floating-tag");
    assert.deepEqual(slugs(document), []);
  });
});
