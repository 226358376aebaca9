import { expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { defineRule } from "../../server/src/engine/rule.ts";
import { createLinter } from "../../server/src/linter.ts";
import { metadata } from "../engine/sample-rules.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

/** Says what it knows of the files around. */
const telling = defineRule("compose", {
  ...metadata("surroundings", { severity: "info", preset: "minimal" }),
  reads: "workspace",
  *check({ services }, _options, workspace) {
    const project = workspace.composeProject();
    for (const { name, keySpan } of services) {
      const restart = project.elsewhere(name, "restart").map(({ value, path }) => `${path}=${JSON.stringify(value)}`);
      const missing = ["keys/a.txt", "Dockerfile", "web.env"].filter((path) => workspace.hasFile(path) === false);
      yield {
        at: keySpan,
        message: `${name} ${restart.join("+")} ${missing.join("+")} ${project.complete ? "" : "in"}complete`,
      };
    }
  },
});

const files = {
  ".git/HEAD": "",
  "app/compose.yaml":
    "include: [../shared/db.yml]\nservices:\n  web:\n    build: .\n    env_file: web.env\nsecrets:\n  a:\n    file: keys/a.txt\n",
  "app/compose.override.yaml": "services:\n  web:\n    restart: always\n",
  "app/keys/a.txt": "",
  "shared/db.yml": "services:\n  db:\n    extends: { file: ../base/common.yml, service: base }\n",
  "base/common.yml": "services:\n  base:\n    restart: unless-stopped\n",
};

test("a Compose file knows its project, whether the folder is checked or the file alone", async () => {
  const folder = folderWith(files);
  const web = 'web app/compose.override.yaml=\\"always\\" Dockerfile+web.env complete';
  for (const operand of [".", "app", "app/compose.yaml"]) {
    const terminal = fakeTerminal(folder);
    await run(["check", "--format", "json", operand], terminal, createLinter([telling]));
    expect(terminal.printed(), operand).toContain(web);
  }
});
