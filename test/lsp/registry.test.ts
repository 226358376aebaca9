import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { nodeHost } from "../../server/src/hosts/node.ts";
import { imageCommands } from "../../server/src/lsp/protocol.ts";
import { smallRegistry } from "../registry/small-registry.ts";
import { capabilities } from "./client.ts";
import { testFolder } from "./folder.ts";
import { type ImageClient, startImageClient } from "./image-client.ts";

const uri = "file:///app/Dockerfile";
const old = `sha256:${"0".repeat(64)}`;

/** With nobody's credentials but the test's. */
const host = { credentialsOf: () => Promise.resolve(undefined) };

async function start(options: Parameters<typeof startImageClient>[0] = {}): Promise<ImageClient> {
  const client = await startImageClient({ host, ...options });
  onTestFinished(async () => {
    await client.stop();
  });
  return client;
}

async function open(text: string, options: Parameters<typeof startImageClient>[0] = {}): Promise<ImageClient> {
  const client = await start(options);
  await client.open(uri, "dockerfile", text);
  return client;
}

async function sent(client: ImageClient): Promise<void> {
  // Messages come in their order: what was said before the answer to this is there.
  await client.hoverAt(uri, "FROM");
}

describe("pinning an image", () => {
  test("writes the digest of its tag into a Dockerfile", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("team/app", "1.0");
    const client = await open(`FROM ${registry.host}/team/app:1.0 AS build\nUSER app\n`);
    await client.execute(uri, "team", `Pin \`${registry.host}/team/app:1.0\` to its digest`);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/team/app:1.0@${digest} AS build\nUSER app\n`);
    expect(registry.requests).toEqual(["HEAD /v2/team/app/manifests/1.0"]);
    expect(client.asked[0]?.edit.documentChanges).toEqual([
      expect.objectContaining({ textDocument: { uri, version: 1 } }),
    ]);
    await sent(client);
    expect(client.messages).toEqual([]);
  });

  test.each([
    ["compose.yaml", "dockercompose", 'services:\n  web:\n    image: "HOST/app:1.0" # ours\n', "app:1.0"],
    [
      "pod.yaml",
      "yaml",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - { name: a, image: HOST/app:1.0 }\n",
      "app:1.0",
    ],
    ["Dockerfile", "dockerfile", "FROM scratch\nCOPY --from=HOST/app:1.0 /a /a\n", "app:1.0"],
    ["Dockerfile", "dockerfile", "# syntax=HOST/app:1.0\nFROM scratch\n", "app:1.0"],
  ])("writes it into %s (%s)", async (name, languageId, text, words) => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const client = await start();
    const here = `file:///app/${name}`;
    const before = text.replace("HOST", registry.host);
    await client.open(here, languageId, before);
    await client.execute(here, words, /^Pin `/);
    expect(client.text(here)).toBe(before.replace("app:1.0", `app:1.0@${digest}`));
  });

  test("is a quick fix where a finding asks for it, and a refactoring for those who look for one elsewhere", async () => {
    const registry = await smallRegistry();
    const text = `FROM ${registry.host}/team/app:1.0\nUSER app\n`;
    const strict = await open(text, { settings: () => ({ preset: "strict" }) });
    const fix = (await strict.actionsAt(uri, "team")).find(({ title }) => title.startsWith("Pin"));
    expect(fix?.kind).toBe("quickfix");
    expect(fix?.diagnostics?.map(({ code }) => code)).toEqual(["missing-digest"]);
    const usual = await open(text);
    const rewrite = (await usual.actionsAt(uri, "team")).find(({ title }) => title.startsWith("Pin"));
    expect(rewrite?.kind).toBe("refactor.rewrite.seaworthy.pin");
    const range = usual.places(uri).range({ start: 8, end: 8 });
    const passing = await usual.actions(uri, range, { triggerKind: 2 });
    expect(passing.map(({ title }) => title).filter((title) => /Pin|Look/.test(title))).toEqual([]);
  });

  test("brings the digest that is there up to date, and says so where it is", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0@${old}\nUSER app\n`);
    await client.execute(uri, "app:1.0", `Update the digest of \`${registry.host}/app:1.0\``);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:1.0@${digest}\nUSER app\n`);
    await client.execute(uri, "app:1.0", `Update the digest of \`${registry.host}/app:1.0\``);
    await sent(client);
    expect(client.messages).toEqual([`The digest of \`${registry.host}/app:1.0\` is up to date.`]);
    expect(client.asked).toHaveLength(1);
  });

  test("says where the digest is that of one platform", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0", { platforms: ["linux/amd64"] });
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`);
    await client.execute(uri, "app:1.0", /^Pin/);
    await sent(client);
    expect(client.text(uri)).toContain("@sha256:");
    expect(client.messages).toEqual([expect.stringContaining("one platform alone")]);
  });

  test.each([
    ["a variable", "ARG V=1.0\nFROM node:$V\n", "node"],
    ["a stage", "FROM scratch AS base\nFROM base\n", "base\n"],
    ["nothing", "FROM scratch\n", "scratch"],
    ["what a here-document holds", "FROM scratch\nCOPY <<EOF /Dockerfile\nFROM node:22\nEOF\n", "node"],
    ["a comment", "FROM scratch\n# FROM node:22\n", "node"],
    ["a digest without a tag", `FROM node@${old}\n`, "node"],
  ])("is not offered for %s", async (_, text, words) => {
    const client = await open(text);
    const titles = await client.titlesAt(uri, words);
    expect(titles.filter((title) => /^(?:Pin|Update|Choose)/.test(title))).toEqual([]);
  });

  test("writes it into a document that was never saved", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const client = await start();
    const here = "untitled:Untitled-1";
    await client.open(here, "dockerfile", `FROM ${registry.host}/app:1.0\nUSER app\n`);
    await client.execute(here, "app:1.0", /^Pin/);
    expect(client.text(here)).toBe(`FROM ${registry.host}/app:1.0@${digest}\nUSER app\n`);
    await client.command(imageCommands.pinFiles, { uris: [here], update: true });
    expect(client.text(here)).toContain(digest);
  });

  test("of a document that was closed meanwhile is of the stored file", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`);
    registry.hold();
    const done = client.execute(uri, "app:1.0", /^Pin/);
    await client.seen(() => registry.requests.length, 1);
    await client.close(uri);
    await sent(client);
    registry.release();
    await done;
    await client.seen(() => client.messages.length, 1);
    // There is none.
    expect(client.messages).toEqual([`\`${registry.host}/app:1.0\` is no longer where it was: nothing was changed.`]);
    expect(client.asked).toEqual([]);
  });

  test("is not offered to a client that makes no edits", async () => {
    const client = await open("FROM node:22\n", { capabilities: capabilities({}) });
    expect(client.initialized.capabilities.executeCommandProvider).toBeUndefined();
    expect((await client.actionsAt(uri, "node")).filter(({ command }) => command !== undefined)).toEqual([]);
  });

  test("is offered to one that does not say that it executes commands, as Neovim", async () => {
    const { workspace, ...others } = capabilities({});
    const client = await open("FROM node:22\n", {
      capabilities: { ...others, workspace: { ...workspace, applyEdit: true } },
    });
    expect(client.initialized.capabilities.executeCommandProvider?.commands).toContain(imageCommands.pin);
    expect(await client.titlesAt(uri, "node")).toContain("Pin `node:22` to its digest");
  });
});

describe("what goes wrong", () => {
  test("is said in one sentence, and the file stays as it was", async () => {
    const registry = await smallRegistry();
    const text = `FROM ${registry.host}/app:1.0\nUSER app\n`;
    const client = await open(text);
    await client.execute(uri, "app:1.0", /^Pin/);
    await sent(client);
    expect(client.messages).toEqual([expect.stringContaining(registry.host)]);
    expect(client.messages[0]).not.toContain("\n");
    expect(client.text(uri)).toBe(text);
    expect(client.asked).toEqual([]);
    // Who has pushed it meanwhile need not wait.
    const digest = registry.put("app", "1.0");
    await client.execute(uri, "app:1.0", /^Pin/);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:1.0@${digest}\nUSER app\n`);
  });

  test("is said where the editor has no way to choose", async () => {
    const registry = await smallRegistry();
    for (const tag of ["latest", "1.0"]) registry.put("app", tag);
    const text = `FROM ${registry.host}/app:latest\nUSER app\n`;
    const client = await open(text);
    client.connection.onRequest("window/showMessageRequest", () => {
      throw new Error("what is that?");
    });
    await client.execute(uri, "app:", /^Choose a version/);
    await sent(client);
    expect(client.messages).toEqual([expect.stringMatching(/could not.*what is that\?/)]);
    expect(client.text(uri)).toBe(text);
  });

  test("is said where the editor does not take the change", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`);
    client.answerEdit = () => Promise.resolve({ applied: false });
    await client.execute(uri, "app:1.0", /^Pin/);
    await sent(client);
    expect(client.messages).toEqual([expect.stringContaining("The editor did not take the change")]);
    expect(client.asked).toHaveLength(1);
  });

  test("a file that was edited meanwhile is changed where the image stands by then", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`);
    registry.hold();
    const work = client.execute(uri, "app:1.0", /^Pin/);
    await client.seen(() => registry.requests.length, 1);
    await client.replace(uri, "FROM", "# A comment\nFROM");
    registry.release();
    await work;
    expect(client.text(uri)).toBe(`# A comment\nFROM ${registry.host}/app:1.0@${digest}\nUSER app\n`);
  });

  test("an edit that crosses ours on its way is not overwritten", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`);
    let crossed = false;
    client.answerEdit = async () => {
      if (crossed) return undefined;
      crossed = true;
      await client.replace(uri, "USER app", "USER web");
      return undefined;
    };
    await client.execute(uri, "app:1.0", /^Pin/);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:1.0@${digest}\nUSER web\n`);
    expect(client.asked).toHaveLength(2);
  });

  test("an image that is gone meanwhile changes nothing", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`);
    registry.hold();
    const work = client.execute(uri, "app:1.0", /^Pin/);
    await client.seen(() => registry.requests.length, 1);
    await client.replace(uri, "app:1.0", "app:2.0");
    registry.release();
    await work;
    await sent(client);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:2.0\nUSER app\n`);
    expect(client.messages).toEqual([expect.stringContaining("nothing was changed")]);
  });

  test("files that nobody vouches for are told to no registry", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0\n`, {
      initializationOptions: { trusted: false, lookUpCommand: "look" },
    });
    const titles = await client.titlesAt(uri, "app:1.0");
    expect(titles.filter((title) => /Pin|Choose|Look/.test(title))).toEqual([]);
    expect(await client.hoverAt(uri, "app:1.0")).not.toContain("command:");
    const position = client.places(uri).position(8);
    for (const command of [imageCommands.pin, imageCommands.chooseVersion, imageCommands.lookUp]) {
      await client.command(command, { uri, position });
    }
    await client.command(imageCommands.pinFiles, { uris: [uri] });
    await sent(client);
    expect(new Set(client.messages)).toEqual(
      new Set(["Registries are asked in trusted workspaces only, since any file can name any host."]),
    );
    expect(registry.requests).toEqual([]);
  });

  test.each([[undefined], [{}], [{ uri }], [{ uri, position: { line: "1" } }], ["FROM"]])(
    "arguments that are none are no harm (%j)",
    async (argument) => {
      const client = await open("FROM node:22\n");
      for (const command of Object.values(imageCommands)) await client.command(command, argument);
      expect(client.messages).toEqual([]);
    },
  );
});

describe("cancelling", () => {
  test("a command leaves the file as it was, and says nothing", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0");
    const text = `FROM ${registry.host}/app:1.0\nUSER app\n`;
    const client = await open(text);
    registry.hold();
    const cancellation = new CancellationTokenSource();
    const work = client.execute(uri, "app:1.0", /^Pin/, cancellation);
    await client.seen(() => registry.requests.length, 1);
    cancellation.cancel();
    await work;
    await sent(client);
    expect(client.text(uri)).toBe(text);
    expect(client.messages).toEqual([]);
    expect(client.asked).toEqual([]);
    registry.release();
  });

  test("by the progress, which is shown where it takes its time", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0");
    const text = `FROM ${registry.host}/app:1.0\nCOPY --from=${registry.host}/other:1.0 /a /a\n`;
    const client = await open(text);
    registry.hold();
    const work = client.execute(uri, "app:1.0", "Pin all 2 images in this file");
    await client.seen(() => client.progress.length, 1);
    expect(client.progress).toEqual(["Pinning images"]);
    await client.cancelProgress();
    await work;
    await sent(client);
    expect(client.text(uri)).toBe(text);
    expect(client.messages).toEqual([]);
    registry.release();
  });
});

describe("pinning many", () => {
  test("does a whole file at once, each image asked for once", async () => {
    const registry = await smallRegistry();
    const app = registry.put("app", "1.0");
    const web = registry.put("web", "2.0", { marker: "web" });
    const text = `FROM ${registry.host}/app:1.0 AS a\nFROM ${registry.host}/web:2.0\nCOPY --from=${registry.host}/app:1.0 / /\nCOPY --from=a / /\n`;
    const client = await open(text);
    await client.execute(uri, "app:1.0", "Pin all 3 images in this file");
    expect(client.text(uri)).toBe(text.replaceAll("app:1.0", `app:1.0@${app}`).replace("web:2.0", `web:2.0@${web}`));
    expect(registry.requests).toHaveLength(2);
    expect(client.asked).toHaveLength(1);
    await sent(client);
    expect(client.messages).toEqual([]);
  });

  test("says which could not be, and does the others", async () => {
    const registry = await smallRegistry();
    const app = registry.put("app", "1.0");
    const text = `FROM ${registry.host}/app:1.0 AS a\nFROM ${registry.host}/web:2.0\n`;
    const client = await open(text);
    await client.execute(uri, "app:1.0", "Pin all 2 images in this file");
    expect(client.text(uri)).toBe(text.replace("app:1.0", `app:1.0@${app}`));
    await sent(client);
    expect(client.messages).toEqual([expect.stringMatching(/^1 of 2 images pinned, 1 failed: .*web/)]);
  });

  test("changes stored files as well as open ones, and leaves what is excluded", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const image = `${registry.host}/app:1.0`;
    const folder = testFolder({
      Dockerfile: `FROM ${image}\n`,
      "compose.yaml": `services:\n  a:\n    image: ${image}\n`,
      "vendor/Dockerfile": `FROM ${image}\n`,
      "other.yaml": `image: ${image}\n`,
      ".seaworthy.yaml": "exclude: [vendor/**]\n",
    });
    onTestFinished(() => folder.remove());
    const client = await start({ folders: [folder.uri] });
    const opened = folder.uriOf("Dockerfile");
    // As it is in the editor, which is not as it is stored.
    await client.open(opened, "dockerfile", `# new\nFROM ${image}\n`);
    const names = ["Dockerfile", "compose.yaml", "vendor/Dockerfile", "other.yaml", "missing.yaml"];
    await client.command(imageCommands.pinFiles, { uris: names.map((name) => folder.uriOf(name)) });
    const insert = (line: number, character: number) => ({
      newText: `@${digest}`,
      range: { start: { line, character }, end: { line, character } },
    });
    expect(client.asked.map(({ edit }) => edit.documentChanges)).toEqual([
      [
        { textDocument: { uri: opened, version: 1 }, edits: [insert(1, 5 + image.length)] },
        { textDocument: { uri: folder.uriOf("compose.yaml"), version: null }, edits: [insert(2, 11 + image.length)] },
      ],
    ]);
    expect(client.asked[0]?.metadata).toEqual({ isRefactoring: true });
    await client.seen(() => client.messages.length, 1);
    expect(client.messages).toEqual(["1 image pinned."]);
  });

  test("leaves digests that are there, unless they are to be brought up to date", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const text = `FROM ${registry.host}/app:1.0@${old}\n`;
    const client = await open(text);
    await client.command(imageCommands.pinFiles, { uris: [uri] });
    await sent(client);
    expect(client.text(uri)).toBe(text);
    expect(client.messages).toEqual(["All images in this file have their digests, or are accepted without."]);
    expect(registry.requests).toEqual([]);
    await client.command(imageCommands.pinFiles, { uris: [uri], update: true });
    expect(client.text(uri)).toBe(text.replace(old, digest));
  });

  test("leaves what a kustomization retags, though no file is open, and pins its entry", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "2.0");
    const image = `${registry.host}/app`;
    const folder = testFolder({
      "deploy/pod.yaml": `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - { name: a, image: "${image}:1.0" }\n`,
      "deploy/kustomization.yaml": `resources: [pod.yaml]\nimages:\n  - name: ${image}\n    newTag: "2.0"\n`,
    });
    onTestFinished(() => folder.remove());
    const client = await start({ folders: [folder.uri] });
    const names = ["deploy/pod.yaml", "deploy/kustomization.yaml"].map((name) => folder.uriOf(name));
    await client.command(imageCommands.pinFiles, { uris: names });
    expect(client.asked.map(({ edit }) => edit.documentChanges)).toEqual([
      [expect.objectContaining({ textDocument: { uri: names[1], version: null } })],
    ]);
    expect(JSON.stringify(client.asked)).toContain(`digest: ${digest}`);
  });

  test("leaves what a comment accepts, and names of build contexts", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const image = `${registry.host}/app:1.0`;
    const text = `# seaworthy ignore missing-digest -- rebuilt every night\nFROM ${image} AS a\nFROM ${image} AS b\nFROM base\n`;
    const folder = testFolder({
      Dockerfile: text,
      "compose.yaml": "services:\n  a:\n    build:\n      context: .\n      additional_contexts: { base: ./base }\n",
    });
    onTestFinished(() => folder.remove());
    const client = await start({ folders: [folder.uri] });
    const here = folder.uriOf("Dockerfile");
    await client.open(
      folder.uriOf("compose.yaml"),
      "dockercompose",
      "services:\n  a:\n    build:\n      context: .\n      additional_contexts: { base: ./base }\n",
    );
    await client.open(here, "dockerfile", text);
    await client.diagnostics(here);
    expect((await client.titlesAt(here, "base")).filter((title) => /^(?:Pin|Choose)/.test(title))).toEqual([]);
    await client.command(imageCommands.pinFiles, { uris: [here] });
    expect(client.text(here)).toBe(text.replace(`${image} AS b`, `${image}@${digest} AS b`));
  });

  test("says where there is nothing to pin", async () => {
    const client = await open("ARG V\nFROM node:$V\n");
    await client.command(imageCommands.pinFiles, { uris: [uri] });
    await sent(client);
    expect(client.messages).toEqual(["No image is named in this file by text that could be changed."]);
  });
});

describe("choosing a version", () => {
  async function withTags(text: (host: string) => string, options: Parameters<typeof startImageClient>[0] = {}) {
    const registry = await smallRegistry();
    for (const tag of ["latest", "1.0.0", "1.1.0", "2.0.0", "2.0.0-alpine", "2.1.0-rc1"]) {
      registry.put("app", tag, { marker: tag });
    }
    const client = await open(text(registry.host), options);
    return { registry, client };
  }

  test("is a quick fix of a floating tag, from the editor's list", async () => {
    const { registry, client } = await withTags((name) => `FROM ${name}/app:latest\nUSER app\n`, {
      initializationOptions: { choose: true },
    });
    const title = `Choose a version for \`${registry.host}/app:latest\``;
    const action = (await client.actionsAt(uri, "app:")).find((one) => one.title === title);
    expect(action?.kind).toBe("quickfix");
    expect(action?.diagnostics?.map(({ code }) => code)).toEqual(["floating-tag"]);
    client.chooses = "2.0.0";
    await client.execute(uri, "app:", title);
    expect(client.choices[0]?.[0]).toBe("2.0.0");
    expect(client.choices[0]).toContain("latest (current)");
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:2.0.0\nUSER app\n`);
  });

  test("by a message, where the editor has no list; a digest comes along where there was one", async () => {
    const { registry, client } = await withTags((name) => `FROM ${name}/app:1.0.0@${old}\nUSER app\n`);
    client.chooses = "2.0.0";
    await client.execute(uri, "app:", /^Choose a version/);
    expect(client.messages).toEqual([`Choose a version for ${registry.host}/app:1.0.0`]);
    expect(client.text(uri)).toMatch(
      new RegExp(`^FROM ${registry.host}/app:2\\.0\\.0@sha256:[0-9a-f]{64}\nUSER app\n$`),
    );
    expect(client.text(uri)).not.toContain(old);
  });

  test("and none changes nothing", async () => {
    const { registry, client } = await withTags((name) => `FROM ${name}/app:latest\nUSER app\n`);
    await client.execute(uri, "app:", /^Choose a version/);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:latest\nUSER app\n`);
    expect(client.asked).toEqual([]);
    expect(registry.requests.every((request) => request.startsWith("GET /v2/app/tags/list"))).toBe(true);
  });
});

describe("looking up an image", () => {
  test("shows in hovers what it is, until that is too old", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    let later = 0;
    const node = nodeHost();
    const registry = await smallRegistry();
    registry.put("app", "1.0", { config: { User: "web", ExposedPorts: { "8080/tcp": {} } } });
    const client = await open(`FROM ${registry.host}/app:1.0\nRUN true\n`, {
      host: { ...host, now: () => node.now() + later },
    });
    expect(await client.hoverAt(uri, "app:1.0")).not.toContain("8080");
    await client.execute(uri, "app:1.0", `Look up \`${registry.host}/app:1.0\` in its registry`);
    const asked = registry.requests.length;
    expect(await client.hoverAt(uri, "app:1.0")).toContain("8080");
    await client.hoverAt(uri, "app:1.0");
    expect(registry.requests).toHaveLength(asked);
    registry.put("app", "1.0", { config: { ExposedPorts: { "9090/tcp": {} } } });
    await client.execute(uri, "app:1.0", /^Look up/);
    expect(await client.hoverAt(uri, "app:1.0")).toContain("9090");
    const again = registry.requests.length;
    later = 11 * 60_000;
    await vi.advanceTimersByTimeAsync(later);
    expect(await client.hoverAt(uri, "app:1.0")).not.toContain("9090");
    expect(registry.requests).toHaveLength(again);
  });

  test("tells a digest of one platform from that of a tag that has moved", async () => {
    const registry = await smallRegistry();
    const [arm, old] = [
      registry.put("app", "arm", { platforms: ["linux/arm64"] }),
      registry.put("app", "old", { platforms: ["linux/arm64"], marker: "old" }),
    ];
    registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0@${arm} AS a\nFROM ${registry.host}/app:1.0@${old} AS b\n`);
    await client.execute(uri, `app:1.0@${arm}`, /^Look up/);
    expect(await client.hoverAt(uri, `app:1.0@${arm}`)).toContain("is on its list, for `linux/arm64` alone");
    await client.execute(uri, `app:1.0@${old}`, /^Look up/);
    expect(await client.hoverAt(uri, `app:1.0@${old}`)).toContain("The one here is that of one platform alone");
  });

  test("is a link in hovers where the client has a command for it, which names the place and no host", async () => {
    const client = await open("FROM quay.io/team/app:1.0\n", {
      initializationOptions: { lookUpCommand: "editor.lookUp" },
    });
    const hover = await client.hoverAt(uri, "app:1.0");
    const [, link = ""] = /\(command:editor\.lookUp\?([^)]*)\)/.exec(hover) ?? [];
    expect(JSON.parse(decodeURIComponent(link))).toEqual([
      { uri, position: { line: 0, character: 5 }, image: "quay.io/team/app:1.0" },
    ]);
    const titles = await client.titlesAt(uri, "app:1.0");
    expect(titles.filter((title) => title.startsWith("Look up"))).toEqual([]);
  });

  test("has rules say no more what the image answers itself", async () => {
    const registry = await smallRegistry();
    registry.put("app", "1.0", { config: { User: "65532" } });
    const client = await open(`FROM ${registry.host}/app:1.0\nCOPY . /srv\nCMD ["/srv/run"]\n`);
    const codes = async () => (await client.diagnostics(uri)).map(({ code }) => code);
    expect(await codes()).toContain("missing-user");
    await client.execute(uri, "app:1.0", /^Look up/);
    for (;;) {
      if (!(client.published(uri).at(-1)?.diagnostics ?? []).some(({ code }) => code === "missing-user")) break;
      await client.nextPublished(uri);
    }
  });

  test("tells of a tag that has moved, and the fix brings the digest up to date", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0");
    const before = registry.put("app", "1.0", { marker: "before" });
    registry.put("app", "1.0");
    const client = await open(`FROM ${registry.host}/app:1.0@${before}\nUSER app\n`);
    await client.execute(uri, "app:1.0", /^Look up/);
    for (;;) {
      if ((client.published(uri).at(-1)?.diagnostics ?? []).some(({ code }) => code === "moved-tag")) break;
      await client.nextPublished(uri);
    }
    registry.forget();
    const actions = await client.actionsAt(uri, "app:1.0");
    const [action, ...more] = actions.filter(({ title }) => title.startsWith("Update the digest"));
    expect(more).toEqual([]);
    expect(action?.kind).toBe("quickfix");
    expect(action?.diagnostics?.map(({ code }) => code)).toEqual(["moved-tag"]);
    if (action !== undefined) await client.apply(action);
    // It is known already.
    expect(registry.requests).toEqual([]);
    expect(client.text(uri)).toBe(`FROM ${registry.host}/app:1.0@${digest}\nUSER app\n`);
  });
});

test("opening, checking, hovering and listing or resolving actions asks nobody", async () => {
  const registry = await smallRegistry();
  registry.put("app", "1.0");
  const text = `FROM ${registry.host}/app:1.0\nUSER app\n`;
  for (const initializationOptions of [{}, { lookUpCommand: "look", fetch: "client", choose: true }]) {
    const client = await open(text, { initializationOptions, settings: () => ({ preset: "all" }) });
    await client.diagnostics(uri);
    await client.save(uri);
    await client.hoverAt(uri, "app:1.0");
    for (const action of await client.actionsAt(uri, "app:1.0")) {
      await client.connection.sendRequest("codeAction/resolve", action);
    }
    await client.settingsChanged();
    await client.diagnostics(uri);
    expect(client.fetched).toEqual([]);
  }
  expect(registry.requests).toEqual([]);
});

describe("the way to the network", () => {
  /** As an editor would do it: over a fetch of its own. */
  async function fetchIt(
    request: { url: string; method: string; headers: object },
    signal: AbortSignal,
  ): Promise<unknown> {
    const response = await fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      signal,
      redirect: "manual",
    });
    const body = Buffer.from(await response.arrayBuffer()).toString("base64");
    return { status: response.status, headers: Object.fromEntries(response.headers), body, truncated: false };
  }

  test("is the editor's, where it says so", async () => {
    const registry = await smallRegistry();
    const digest = registry.put("app", "1.0", { config: { ExposedPorts: { "8080/tcp": {} } } });
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`, {
      initializationOptions: { fetch: "client" },
      host: { ...host, fetch: () => Promise.reject(new Error("not the server's")) },
      fetch: async (request, signal) => {
        if (request.url.startsWith("https:"))
          return { error: { message: "no TLS", code: "ERR_SSL_WRONG_VERSION_NUMBER" } };
        return fetchIt(request, signal);
      },
    });
    await client.execute(uri, "app:1.0", /^Pin/);
    expect(client.text(uri)).toContain(digest);
    await client.execute(uri, "app:1.0", /^Look up/);
    expect(await client.hoverAt(uri, "app:1.0")).toContain("8080");
    expect(client.fetched.length).toBe(
      registry.requests.length + client.fetched.filter(({ url }) => url.startsWith("https:")).length,
    );
  });

  test("is left by the editor when the command is cancelled", async () => {
    let left = false;
    const client = await open("FROM quay.io/app:1.0\nUSER app\n", {
      initializationOptions: { fetch: "client" },
      fetch: (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => {
            left = true;
            resolve({ error: { message: "aborted" } });
          });
        }),
    });
    const cancellation = new CancellationTokenSource();
    const work = client.execute(uri, "quay", /^Pin/, cancellation);
    await client.seen(() => client.fetched.length, 1);
    cancellation.cancel();
    await work;
    await client.seen(() => (left ? 1 : 0), 1);
    await sent(client);
    expect(client.messages).toEqual([]);
  });

  test.each([[null], [{}], [{ status: "200" }], [{ error: { message: "offline", code: "ENOTFOUND" } }]])(
    "may fail, and what comes instead is no harm (%j)",
    async (answer) => {
      const client = await open("FROM quay.io/app:1.0\nUSER app\n", {
        initializationOptions: { fetch: "client" },
        fetch: () => Promise.resolve(answer),
      });
      await client.execute(uri, "quay", /^Pin/);
      await sent(client);
      expect(client.messages).toEqual([expect.stringContaining("quay.io")]);
      expect(client.text(uri)).toBe("FROM quay.io/app:1.0\nUSER app\n");
    },
  );

  test("is plain HTTP for other hosts only where the settings allow it, which holds at once", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    let allowHttp: readonly string[] = [];
    const client = await open("FROM registry.test:5000/app:1.0\nUSER app\n", {
      initializationOptions: { fetch: "client" },
      settings: () => ({ registry: { allowHttp } }),
      fetch: ({ url }) =>
        Promise.resolve(
          url.startsWith("https:")
            ? { error: { message: "wrong version number", code: "ERR_SSL_WRONG_VERSION_NUMBER" } }
            : {
                status: 200,
                headers: { "content-type": "application/vnd.oci.image.index.v1+json", "docker-content-digest": digest },
                body: "",
                truncated: false,
              },
        ),
    });
    await client.execute(uri, "app:1.0", /^Pin/);
    await sent(client);
    expect(client.fetched.map(({ url }) => url).filter((url) => url.startsWith("http:"))).toEqual([]);
    expect(client.messages).toEqual([expect.stringContaining("registry.test:5000")]);
    allowHttp = ["registry.test:5000"];
    await client.settingsChanged();
    await client.execute(uri, "app:1.0", /^Pin/);
    expect(client.text(uri)).toBe(`FROM registry.test:5000/app:1.0@${digest}\nUSER app\n`);
  });

  test("asks with the credentials of the server's machine, as they are then", async () => {
    const registry = await smallRegistry({ username: "joe", password: "s:e:cret" });
    registry.put("app", "1.0");
    let password = "wrong";
    const client = await open(`FROM ${registry.host}/app:1.0\nUSER app\n`, {
      host: {
        credentialsOf: async (name, { repository } = {}) =>
          name === registry.host && repository === "app" ? { type: "password", username: "joe", password } : undefined,
      },
    });
    await client.execute(uri, "app:1.0", /^Pin/);
    await sent(client);
    expect(client.messages).toEqual([expect.stringContaining(registry.host)]);
    expect(client.messages.join()).not.toContain("wrong");
    password = "s:e:cret";
    await client.execute(uri, "app:1.0", /^Pin/);
    expect(client.text(uri)).toContain("@sha256:");
  });
});

afterEach(() => {
  vi.useRealTimers();
});
