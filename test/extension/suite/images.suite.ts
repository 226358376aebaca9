import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "mocha";
import type { CodeAction, Hover, TextDocument } from "vscode";
import { commands, ConfigurationTarget, env, MarkdownString, Position, Range, workspace } from "vscode";
import { type Registry, startRegistry } from "../../registry/docker-registry.ts";
import { pushImages } from "../../registry/oci-layout.ts";
import { requirePrograms } from "../../registry/programs.ts";
import { closeAll, create, fileUri } from "./workbench.ts";

describe("Images", () => {
  const base = mkdtempSync(join(tmpdir(), "seaworthy-images-"));
  let registry: Registry;
  let image: string;
  let digest: string;

  before(async () => {
    requirePrograms({ "docker-registry": "docker-registry", skopeo: "skopeo" });
    registry = await startRegistry(join(base, "registry"));
    image = `${registry.host}/acme/web:1.2`;
    const config = { User: "web", ExposedPorts: { "8080/tcp": {} } };
    const images = ["linux/amd64", "linux/arm64"].map((platform) => ({ platform, config }));
    ({ digest } = await pushImages(join(base, "web"), images, { reference: image }));
  });
  afterEach(closeAll);
  after(() => {
    registry.stop();
    rmSync(base, { recursive: true, force: true });
  });

  for (const [name, text] of [
    ["images/Dockerfile", "# The shop\nFROM IMAGE AS run\nUSER web\n"],
    ["images/compose.yaml", "services:\n  web:\n    image: IMAGE # the shop\n"],
    [
      "images/deployment.yaml",
      [
        "apiVersion: apps/v1",
        "kind: Deployment",
        "metadata:",
        "  name: web",
        "spec:",
        "  selector: { matchLabels: { app: web } }",
        "  template:",
        "    metadata: { labels: { app: web } }",
        "    spec:",
        "      containers:",
        '        - image: "IMAGE"',
        "          name: web",
        "",
      ].join("\n"),
    ],
  ] as const) {
    it(`are pinned by the lightbulb in ${name}`, async () => {
      const document = await create(name, text.replace("IMAGE", image));
      const pin = (await actionsAt(document, image)).find(({ title }) => title === `Pin \`${image}\` to its digest`);
      assert(pin?.command, "pinning is a command, so that nobody is asked before");
      await commands.executeCommand(pin.command.command, ...(pin.command.arguments ?? []));
      assert(await document.save());
      assert.equal(onDisk(name), text.replace("IMAGE", `${image}@${digest}`));
    });
  }

  it("of a file are pinned by the command", async () => {
    const text = "FROM IMAGE AS a\nFROM scratch\nCOPY --from=IMAGE /etc /etc\nCOPY --from=a /a /a\n";
    const document = await create("images/all.dockerfile", text.replaceAll("IMAGE", image));
    await commands.executeCommand("seaworthy.pinFile");
    assert(await document.save());
    assert.equal(onDisk("images/all.dockerfile"), text.replaceAll("IMAGE", `${image}@${digest}`));
  });

  // A package of npm may lack the program that looks for files, since scripts of packages are not run.
  const whereFilesAreFound = hasRipgrep() ? it : it.skip;
  whereFilesAreFound("of the workspace are pinned by the command, files that are not open included", async () => {
    const names = ["images/one.dockerfile", "images/two/compose.yaml"];
    const texts = ["FROM IMAGE\n", "services:\n  web:\n    image: IMAGE\n"];
    for (const [index, name] of names.entries()) await create(name, (texts[index] ?? "").replace("IMAGE", image));
    await closeAll();
    const settings = workspace.getConfiguration("files", fileUri("."));
    // What else is in the workspace is at other registries.
    const others = { "*.*": true, Dockerfile: true, "snippets/**": true };
    await settings.update("exclude", others, ConfigurationTarget.Workspace);
    try {
      await commands.executeCommand("seaworthy.pinWorkspace");
    } finally {
      await settings.update("exclude", undefined, ConfigurationTarget.Workspace);
    }
    assert.deepEqual(
      names.map(onDisk),
      texts.map((text) => text.replace("IMAGE", `${image}@${digest}`)),
    );
  });

  it("are looked up by a link in their hover, and told there", async () => {
    const document = await create("images/hover.dockerfile", `FROM ${image}\nUSER web\n`);
    const before = await hoverAt(document, image);
    assert(before.link, "the hover has a link");
    assert.doesNotMatch(before.text, /8080/);
    await commands.executeCommand("seaworthy.lookUpImage", ...before.link);
    assert.match((await hoverAt(document, image)).text, /8080\/tcp/);
  });

  it("that are not there leave the file as it was", async () => {
    const text = `FROM ${registry.host}/acme/missing:1\n`;
    const document = await create("images/missing.dockerfile", text);
    const pin = (await actionsAt(document, registry.host)).find(({ title }) => title.startsWith("Pin"));
    assert(pin?.command);
    await commands.executeCommand(pin.command.command, ...(pin.command.arguments ?? []));
    assert.equal(document.getText(), text);
    assert.equal(document.isDirty, false);
  });
});

/** The editor's own one: no other would be run. */
function hasRipgrep(): boolean {
  return ["node_modules", "node_modules.asar.unpacked"].some((modules) => {
    const packages = join(env.appRoot, modules, "@vscode");
    return (
      existsSync(packages) &&
      readdirSync(packages)
        .filter((name) => name.startsWith("ripgrep"))
        .some((name) =>
          readdirSync(join(packages, name), { recursive: true, encoding: "utf8" }).some((file) =>
            /(?:^|[\\/])rg(?:\.exe)?$/.test(file),
          ),
        )
    );
  });
}

function onDisk(name: string): string {
  return readFileSync(fileUri(name).fsPath, "utf8");
}

/** What the lightbulb offers at the first such words, when it is asked by hand. */
async function actionsAt(document: TextDocument, words: string): Promise<readonly CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(words));
  return commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, new Range(at, at));
}

/** What is said there, and the arguments of its link. */
async function hoverAt(document: TextDocument, words: string): Promise<{ text: string; link: unknown[] | undefined }> {
  const { line, character } = document.positionAt(document.getText().indexOf(words));
  const at = new Position(line, character + 1);
  const hovers = await commands.executeCommand<Hover[]>("vscode.executeHoverProvider", document.uri, at);
  const parts = hovers.flatMap(({ contents }) => contents).filter((part) => part instanceof MarkdownString);
  const text = parts.map(({ value }) => value).join("\n");
  const [, encoded] = /\(command:seaworthy\.lookUpImage\?([^)]*)\)/.exec(text) ?? [];
  return { text, link: encoded === undefined ? undefined : JSON.parse(decodeURIComponent(encoded)) };
}
