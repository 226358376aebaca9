import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Client, type ClientOptions, type Published, startClient } from "./client.ts";
import { type TestFolder, testFolder } from "./folder.ts";
import { exampleRules } from "./rules.ts";

const text = "FROM a:1\nRUN say teh LOUD\n";
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
  client = await startClient({ folders: [folder.uri], rules: exampleRules, ...options });
  return client;
}

/** What the document's diagnostics are, each as `severity slug`. */
async function found(client: Client, uri: string): Promise<readonly string[]> {
  return (await client.diagnostics(uri)).map(({ severity, code }) => `${severity} ${code}`);
}

function told({ diagnostics }: Pick<Published, "diagnostics">): readonly string[] {
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

describe("the editor's settings", () => {
  test("count from the start, and at once when they change", async () => {
    const client = await start({ settings: () => ({ rules: { "dockerfile/typo": "error", shouting: "off" } }) });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["1 typo"]);
    await client.registered("workspace/didChangeConfiguration");
    client.settings = () => ({ rules: { typo: "hint" } });
    const next = client.nextPublished(uri);
    await client.settingsChanged();
    expect(told(await next)).toEqual(["4 typo", "2 shouting"]);
  });

  test("are those of the document's own folder", async () => {
    const client = await start({ settings: (uri) => (uri.includes("/quiet/") ? { enable: false } : null) });
    const quiet = folder.uriOf("quiet/Dockerfile");
    const loud = folder.uriOf("loud/Dockerfile");
    await client.open(quiet, "dockerfile", text);
    await client.open(loud, "dockerfile", text);
    expect(await found(client, quiet)).toEqual([]);
    expect(await found(client, loud)).toEqual(["2 typo", "2 shouting"]);
  });

  test("may be sent along by a client that answers no questions", async () => {
    const client = await start({
      capabilities: {},
      initializationOptions: { settings: { rules: { typo: "error" } } },
    });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["1 typo", "2 shouting"]);
    const next = client.nextPublished(uri);
    const settings = { seaworthy: { rules: { typo: "off" } } };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    expect(told(await next)).toEqual(["2 shouting"]);
  });

  test("of a wrong type count as not given", async () => {
    const settings = () => ({ enable: "yes", run: 3, rules: [1], preset: {}, exclude: "x", maxFileSize: "big" });
    const client = await start({ settings });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["2 typo", "2 shouting"]);
  });

  test("exclude files by globs from the folder", async () => {
    const client = await start({
      settings: () => ({ exclude: ["vendor/**"] }),
      initializationOptions: { status: true },
    });
    const uri = folder.uriOf("vendor/a/Dockerfile");
    const status = client.nextStatus(uri);
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual([]);
    expect((await status).note?.code).toBe("excluded");
  });

  test("say what is a manifest and what is not", async () => {
    const client = await start({
      settings: () => ({ kubernetes: { detect: ["!samples/**", "deploy/**"] } }),
      initializationOptions: { status: true },
    });
    const pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n";
    const kindOf = async (name: string): Promise<string | null> => {
      const uri = folder.uriOf(name);
      const status = client.nextStatus(uri);
      await client.open(uri, "yaml", pod);
      return (await status).kind;
    };
    expect(await kindOf("pod.yaml")).toBe("kubernetes");
    expect(await kindOf("samples/pod.yaml")).toBeNull();
    expect(await kindOf("deploy/pod.yaml")).toBe("kubernetes");
  });
});

describe("checking on save only", () => {
  test("leaves what is shown until the document is saved", async () => {
    const client = await start({ pull: true, settings: () => ({ run: "onSave" }) });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    const first = await client.pull(uri);
    if (first.kind !== "full") throw new Error("the first answer must be a full one");
    expect(told({ diagnostics: first.items })).toEqual(["2 typo", "2 shouting"]);
    await client.replace(uri, "teh", "the");
    expect(await client.pull(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.save(uri);
    expect(await found(client, uri)).toEqual(["2 shouting"]);
  });

  test("is what happens to a document that is too large, and it says so", async () => {
    const client = await start({
      settings: () => ({ maxFileSize: 40 }),
      initializationOptions: { status: true },
    });
    const uri = folder.uriOf("Dockerfile");
    const large = `${text}# ${"x".repeat(40)}\n`;
    const opened = client.nextStatus(uri);
    await client.open(uri, "dockerfile", large);
    expect(await found(client, uri)).toEqual([]);
    expect((await opened).note?.code).toBe("too-large");
    const status = client.nextStatus(uri);
    await client.save(uri);
    expect(told(await client.nextPublished(uri))).toEqual(["2 typo", "2 shouting"]);
    expect((await status).note).toMatchObject({ code: "too-large", message: expect.stringContaining("saved") });
  });
});

describe("config files", () => {
  test("win over the settings, the nearest one first, and count at once when they change", async () => {
    folder.write(".seaworthy.yaml", "rules:\n  typo: error\n");
    folder.write("inner/.seaworthy.json", '{ "rules": { "typo": "info" } }');
    const client = await start({ settings: () => ({ rules: { typo: "hint" } }) });
    await client.registered("workspace/didChangeWatchedFiles");
    const outer = folder.uriOf("Dockerfile");
    const inner = folder.uriOf("inner/deep/Dockerfile");
    await client.open(outer, "dockerfile", text);
    await client.open(inner, "dockerfile", text);
    expect(await found(client, outer)).toEqual(["1 typo", "2 shouting"]);
    expect(await found(client, inner)).toEqual(["3 typo", "2 shouting"]);
    const next = client.nextPublished(inner);
    await client.filesChanged([folder.delete("inner/.seaworthy.json")]);
    expect(told(await next)).toEqual(["1 typo", "2 shouting"]);
  });

  test("have a client that asks for diagnostics ask again", async () => {
    const client = await start({ pull: true });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["2 typo", "2 shouting"]);
    const refreshed = client.nextRefresh();
    await client.filesChanged([folder.write(".seaworthy.yaml", "rules: { typo: off }\n")]);
    await refreshed;
    expect(await found(client, uri)).toEqual(["2 shouting"]);
  });

  test("may be named by a setting", async () => {
    folder.write("config/strict.yaml", "rules: { typo: off }\n");
    folder.write(".seaworthy.yaml", "rules: { shouting: off }\n");
    const client = await start({ settings: () => ({ configFile: "config/strict.yaml" }) });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["2 shouting"]);
  });

  test("of one folder do not touch another one, broken or not", async () => {
    const other = testFolder({ ".seaworthy.yaml": "rules: [broken" });
    try {
      folder.write(".seaworthy.yaml", "rules: { typo: off }\n");
      const client = await start({ folders: [folder.uri, other.uri] });
      const [here, there] = [folder.uriOf("Dockerfile"), other.uriOf("Dockerfile")];
      await client.open(here, "dockerfile", text);
      await client.open(there, "dockerfile", text);
      expect(await found(client, here)).toEqual(["2 shouting"]);
      expect(await found(client, there)).toEqual(["2 typo", "2 shouting"]);
    } finally {
      other.remove();
    }
  });

  test("follow the folders that are opened and closed", async () => {
    folder.write(".seaworthy.yaml", "rules: { typo: off }\n");
    const other = testFolder();
    try {
      const client = await start({ folders: [other.uri] });
      const uri = folder.uriOf("deep/Dockerfile");
      await client.open(uri, "dockerfile", text);
      expect(await found(client, uri)).toEqual(["2 typo", "2 shouting"]);
      const next = client.nextPublished(uri);
      await client.openFolders([folder.uri]);
      expect(told(await next)).toEqual(["2 shouting"]);
    } finally {
      other.remove();
    }
  });

  test("above the open folder count as far as the repository goes", async () => {
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder.write(".seaworthy.yaml", "rules: { typo: off }\n");
    folder.write("services/api/.git", "gitdir: elsewhere\n");
    const client = await start({ folders: [folder.uriOf("services")] });
    const within = folder.uriOf("services/web/Dockerfile");
    const submodule = folder.uriOf("services/api/Dockerfile");
    await client.open(within, "dockerfile", text);
    await client.open(submodule, "dockerfile", text);
    expect(await found(client, within)).toEqual(["2 shouting"]);
    expect(await found(client, submodule)).toEqual(["2 typo", "2 shouting"]);
  });

  test("are read again when they are saved, where nobody watches files", async () => {
    const client = await start({ capabilities: {} });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["2 typo", "2 shouting"]);
    const config = folder.write(".seaworthy.yaml", "rules: { typo: off }\n");
    await client.open(config, "yaml", "rules: { typo: off }\n");
    const next = client.nextPublished(uri);
    await client.save(config);
    expect(told(await next)).toEqual(["2 shouting"]);
  });

  test("have diagnostics of their own, with fixes", async () => {
    const client = await start();
    const uri = folder.uriOf(".seaworthy.yaml");
    await client.open(uri, "yaml", "rules:\n  dockerfile/tipo: error\n");
    const [problem] = await client.diagnostics(uri);
    expect(problem).toMatchObject({ source: "seaworthy", range: { start: { line: 1, character: 2 } } });
    expect(problem?.message).toContain("Did you mean");
    if (problem === undefined) throw new Error("an unknown rule must be reported");
    const [action] = await client.actions(uri, problem.range);
    if (action === undefined) throw new Error("a misspelt rule must have a fix");
    await client.apply(action);
    expect(client.text(uri)).toBe("rules:\n  dockerfile/typo: error\n");
    expect(await client.diagnostics(uri)).toEqual([]);
  });
});

describe("hadolint's config", () => {
  test("counts for Dockerfiles where there is none of ours, and at once when either changes", async () => {
    const client = await start();
    await client.registered("workspace/didChangeWatchedFiles");
    const uri = folder.uriOf("inner/Dockerfile");
    await client.open(uri, "dockerfile", text);
    expect(await found(client, uri)).toEqual(["2 typo", "2 shouting"]);
    let next = client.nextPublished(uri);
    await client.filesChanged([folder.write(".hadolint.yaml", "ignored: [TYPO1]\noverride: { error: [SHOUTING1] }\n")]);
    expect(told(await next)).toEqual(["1 shouting"]);
    next = client.nextPublished(uri);
    await client.filesChanged([folder.write(".seaworthy.yaml", "rules: { shouting: off }\n")]);
    expect(told(await next)).toEqual(["2 typo"]);
  });

  test("has diagnostics of its own, mild ones for codes that no rule answers to, and no completion of our keys", async () => {
    const client = await start();
    const uri = folder.uriOf(".hadolint.yaml");
    await client.open(uri, "yaml", "ignored: [TYPO1, DL9999]\nfailure: error\n");
    const problems = await client.diagnostics(uri);
    expect(problems.map(({ message, severity, range }) => [range.start.line, severity, message])).toEqual([
      [0, 4, "No rule of Seaworthy answers to `DL9999`."],
      [1, 2, expect.stringContaining("`failure`")],
    ]);
  });
});

describe("the status of a document", () => {
  test("counts what was found and says which config applies", async () => {
    folder.write(".seaworthy.yaml", "rules: { typo: error }\n");
    const client = await start({ initializationOptions: { status: true } });
    const uri = folder.uriOf("Dockerfile");
    const status = client.nextStatus(uri);
    await client.open(uri, "dockerfile", `${text}# seaworthy ignore shouting -- it is loud here\nRUN say LOUD\n`);
    expect(await status).toMatchObject({
      uri,
      version: 1,
      kind: "dockerfile",
      counts: { error: 1, warning: 1, info: 0, hint: 0 },
      fixable: { safe: 1, review: 1 },
      suppressed: 1,
      config: expect.stringContaining(".seaworthy.yaml"),
      milliseconds: expect.any(Number),
    });
  });

  test("tells of templates", async () => {
    const client = await start({ initializationOptions: { status: true } });
    const uri = folder.uriOf("chart/templates/pod.yaml");
    const status = client.nextStatus(uri);
    await client.open(uri, "yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n");
    expect((await status).note?.code).toBe("templated");
  });

  test("is not sent to a client that did not ask for it", async () => {
    const client = await start();
    let sent = false;
    client.connection.onNotification("seaworthy/status", () => {
      sent = true;
    });
    const uri = folder.uriOf("Dockerfile");
    await client.open(uri, "dockerfile", text);
    await client.diagnostics(uri);
    expect(sent).toBe(false);
  });
});
