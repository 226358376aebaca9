import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defineRule, type Rule } from "../../server/src/engine/rule.ts";
import { metadata } from "../engine/sample-rules.ts";
import { type Client, type ClientOptions, startClient } from "./client.ts";
import { type TestFolder, testFolder } from "./folder.ts";

const dockerfile = "FROM a:1\nCOPY . .\n";
const compose = "services:\n  api:\n    build: ./api\n";
let client: Client | undefined;
let folder: TestFolder;

beforeEach(() => {
  folder = testFolder();
});

afterEach(async () => {
  await client?.stop();
  client = undefined;
  folder.remove();
});

async function start(options: ClientOptions = {}): Promise<Client> {
  client = await startClient({ folders: [folder.uri], rules: tellingRules, ...options });
  return client;
}

async function messages(client: Client, uri: string): Promise<readonly string[]> {
  return (await client.diagnostics(uri)).map(({ message }) => (typeof message === "string" ? message : message.value));
}

describe("a Dockerfile", () => {
  test("is told of its ignore file, and checked again when that comes, changes and goes", async () => {
    const client = await start();
    const uri = folder.write("api/Dockerfile", dockerfile);
    await client.open(uri, "dockerfile", dockerfile);
    expect(await messages(client, uri)).toEqual(["ignored: nothing"]);
    for (const [text, expected] of [
      ["node_modules\n", "ignored: node_modules"],
      ["# secrets\n.env\n*.pem\n", "ignored: .env, *.pem"],
    ] as const) {
      const next = client.nextPublished(uri);
      await client.filesChanged([folder.write("api/.dockerignore", text)]);
      expect((await next).diagnostics.map(({ message }) => message)).toEqual([expected]);
    }
    const next = client.nextPublished(uri);
    await client.filesChanged([folder.delete("api/.dockerignore")]);
    expect((await next).diagnostics.map(({ message }) => message)).toEqual(["ignored: nothing"]);
  });

  test("takes the ignore file of its own name before that of the folder", async () => {
    folder.write(".dockerignore", "all\n");
    folder.write("api.Dockerfile.dockerignore", "own\n");
    const client = await start();
    const uri = folder.write("api.Dockerfile", dockerfile);
    await client.open(uri, "dockerfile", dockerfile);
    expect(await messages(client, uri)).toEqual(["ignored: own"]);
  });

  test("takes that of the build context which a Compose file above names", async () => {
    folder.write(
      "compose.yaml",
      "services:\n  api:\n    build:\n      context: .\n      dockerfile: docker/api/Dockerfile\n",
    );
    folder.write(".dockerignore", "root\n");
    folder.write("docker/api/.dockerignore", "beside\n");
    const client = await start();
    const uri = folder.write("docker/api/Dockerfile", dockerfile);
    await client.open(uri, "dockerfile", dockerfile);
    expect(await messages(client, uri)).toEqual(["ignored: root"]);
  });

  test("that was never saved has no files around it", async () => {
    const client = await start();
    await client.open("untitled:Dockerfile", "dockerfile", dockerfile);
    expect(await messages(client, "untitled:Dockerfile")).toEqual(["ignored: who knows"]);
  });
});

describe("a Compose file", () => {
  test("knows the Dockerfiles it builds as they are stored", async () => {
    folder.write("api/Dockerfile", "FROM a:1\nUSER app\n");
    const client = await start();
    const uri = folder.write("compose.yaml", compose);
    await client.open(uri, "dockercompose", compose);
    expect(await messages(client, uri)).toEqual(["api runs as app"]);
    const next = client.nextPublished(uri);
    await client.filesChanged([folder.write("api/Dockerfile", "FROM a:1\nUSER other\n")]);
    expect((await next).diagnostics.map(({ message }) => message)).toEqual(["api runs as other"]);
  });

  test("knows them as they are being edited, and as stored once they are closed", async () => {
    const stored = "FROM a:1\nUSER app\n";
    const image = folder.write("api/Dockerfile", stored);
    const client = await start();
    const uri = folder.write("compose.yaml", compose);
    await client.open(uri, "dockercompose", compose);
    await client.open(image, "dockerfile", stored);
    await client.diagnostics(image);
    expect(await messages(client, uri)).toEqual(["api runs as app"]);
    const edited = client.nextPublished(uri);
    await client.replace(image, "app", "edited");
    expect((await edited).diagnostics.map(({ message }) => message)).toEqual(["api runs as edited"]);
    const closed = client.nextPublished(uri);
    await client.close(image);
    expect((await closed).diagnostics.map(({ message }) => message)).toEqual(["api runs as app"]);
  });

  test("has a client that asks for diagnostics ask again", async () => {
    const image = folder.write("api/Dockerfile", "FROM a:1\nUSER app\n");
    const client = await start({ pull: true });
    const uri = folder.write("compose.yaml", compose);
    await client.open(uri, "dockercompose", compose);
    await client.open(image, "dockerfile", "FROM a:1\nUSER app\n");
    expect(await messages(client, uri)).toEqual(["api runs as app"]);
    await client.diagnostics(image);
    const refreshed = client.nextRefresh();
    await client.replace(image, "app", "edited");
    await client.diagnostics(image);
    await refreshed;
    expect(await messages(client, uri)).toEqual(["api runs as edited"]);
  });
});

describe("a place in another file", () => {
  test("is told by that file's own lines, open or not", async () => {
    const stored = "# one\nFROM a:1\nUSER app\n";
    const image = folder.write("api/Dockerfile", stored);
    const client = await start();
    const uri = folder.write("compose.yaml", compose);
    await client.open(uri, "dockercompose", compose);
    const related = async () => (await client.diagnostics(uri))[0]?.relatedInformation?.[0]?.location;
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 4 } };
    expect(await related()).toEqual({ uri: image, range });
    await client.open(image, "dockerfile", stored);
    await client.diagnostics(image);
    const next = client.nextPublished(uri);
    await client.replace(image, "# one", "#");
    await client.replace(image, "app", "other");
    await next;
    expect(await related()).toEqual({ uri: image, range: client.places(image).range({ start: 15, end: 19 }) });
  });
});

describe("files that only the editor can read", () => {
  test("are asked of it", async () => {
    const at = (name: string): string => `vscode-vfs://github/acme/shop/${name}`;
    const client = await start({
      folders: ["vscode-vfs://github/acme/shop"],
      initializationOptions: { files: "client" },
      files: new Map([
        [at("api/Dockerfile"), "FROM a:1\nUSER app\n"],
        [at(".seaworthy.yaml"), "rules: { builds: error }\n"],
      ]),
    });
    await client.open(at("compose.yaml"), "dockercompose", compose);
    const [found] = await client.diagnostics(at("compose.yaml"));
    expect(found).toMatchObject({ message: "api runs as app", severity: 1 });
  });
});

/** Rules that say what they were told of the files around. */
describe("a manifest", () => {
  const pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: api }\nspec: { containers: [{ name: api, image: a }] }\n";
  const map = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

  test("is told of those around it, and checked again when one comes, changes and goes", async () => {
    const client = await start();
    folder.write("deploy/config/a.yaml", map("a"));
    const uri = folder.write("deploy/api/pod.yaml", pod);
    await client.open(uri, "yaml", pod);
    expect(await messages(client, uri)).toEqual(["maps: a; beside it none; whole"]);
    const changes: readonly (readonly [() => string, string])[] = [
      [() => folder.write("deploy/api/b.yaml", map("b")), "maps: a, b; beside it b; whole"],
      [() => folder.write("deploy/api/b.yaml", map("c")), "maps: a, c; beside it c; whole"],
      [() => folder.delete("deploy/api/b.yaml"), "maps: a; beside it none; whole"],
      [
        () => folder.write("deploy/kustomization.yaml", "resources: [api/pod.yaml, config/a.yaml]\n"),
        "maps: a; beside it a; whole",
      ],
      [
        () => folder.write("deploy/kustomization.yaml", "patches: [{ path: api/pod.yaml }]\n"),
        "maps: a; beside it none; patch",
      ],
      [() => folder.delete("deploy/kustomization.yaml"), "maps: a; beside it none; whole"],
    ];
    for (const [change, expected] of changes) {
      const next = client.nextPublished(uri);
      await client.filesChanged([change()]);
      expect((await next).diagnostics.map(({ message }) => message)).toEqual([expected]);
    }
  });

  test("is told of what is typed into another one", async () => {
    const client = await start();
    const uri = folder.write("pod.yaml", pod);
    const other = folder.write("map.yaml", map("a"));
    await client.open(uri, "yaml", pod);
    expect(await messages(client, uri)).toEqual(["maps: a; beside it a; whole"]);
    const next = client.nextPublished(uri);
    await client.open(other, "yaml", map("typed"));
    expect((await next).diagnostics.map(({ message }) => message)).toEqual(["maps: typed; beside it typed; whole"]);
  });

  test("knows nothing of what lies outside the folder, and of files too large to be written by hand", async () => {
    folder.write("inner/pod.yaml", pod);
    folder.write("outside.yaml", map("outside"));
    folder.write("inner/large.yaml", `${map("large")}data:\n  a: ${"x".repeat(1_000_001)}\n`);
    client = await startClient({ folders: [`${folder.uri}/inner`], rules: tellingRules });
    const uri = folder.uriOf("inner/pod.yaml");
    await client.open(uri, "yaml", pod);
    expect(await messages(client, uri)).toEqual(["maps: none; beside it none; whole"]);
  });
});

const tellingRules: readonly Rule[] = [
  defineRule("dockerfile", {
    ...metadata("ignores", { severity: "info", preset: "minimal" }),
    reads: "workspace",
    *check(_model, _options, workspace) {
      const patterns = workspace.ignorePatterns();
      const words = patterns === "unknown" ? "who knows" : (patterns?.join(", ") ?? "nothing");
      yield { at: { start: 0, end: 4 }, message: `ignored: ${words}` };
    },
  }),
  defineRule("compose", {
    ...metadata("builds", { severity: "info", preset: "minimal" }),
    reads: "workspace",
    *check({ services }, _options, workspace) {
      for (const { name, keySpan } of services) {
        const path = workspace.path.replace(/[^/]+$/, `${name}/Dockerfile`);
        const user = workspace.dockerfile(path)?.dockerfile?.user ?? "nobody knows";
        const related = [{ at: { start: 15, end: 19 }, path, message: "It says so here." }];
        yield { at: keySpan, message: `${name} runs as ${user}`, related };
      }
    },
  }),
  defineRule("kubernetes", {
    ...metadata("maps", { severity: "info", preset: "minimal" }),
    reads: "workspace",
    *check(model, _options, workspace) {
      const manifests = workspace.manifests();
      const names = (found: readonly { readonly name: string | undefined }[]): string =>
        found.map(({ name }) => name).join(", ") || "none";
      const [pod] = model.resources;
      if (pod?.resourceKind !== "Pod") return;
      const maps = names(manifests.everywhere("ConfigMap"));
      const beside = names(manifests.siblings("ConfigMap"));
      yield {
        at: { start: 0, end: 4 },
        message: `maps: ${maps}; beside it ${beside}; ${pod.partial ? "patch" : "whole"}`,
      };
    },
  }),
];
