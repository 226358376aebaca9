import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Range } from "vscode-languageserver/node";
import { isLeftOut } from "../rules/real-shellcheck.ts";
import { type Client, startClient } from "./client.ts";
import { type TestFolder, testFolder } from "./folder.ts";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

interface Said {
  readonly message: string;
  readonly range: Range;
}

const text = "FROM debian:13\nRUN for f in *.d; do rm $f; done\nUSER nobody\n";

let client: Client | undefined;
let folder: TestFolder | undefined;

afterEach(async () => {
  await client?.stop();
  client = undefined;
  folder?.remove();
  folder = undefined;
});

async function open(options: Parameters<typeof startClient>[0] = {}): Promise<{ client: Client; uri: string }> {
  folder = testFolder({ Dockerfile: text });
  client = await startClient({ folders: [folder.uri], ...options });
  const uri = folder.uriOf("Dockerfile");
  await client.open(uri, "dockerfile", text);
  return { client, uri };
}

/** The codes of ShellCheck in the diagnostics that were sent last, once they are so many. */
async function codes(of: Client, uri: string, count: number): Promise<readonly unknown[]> {
  for (;;) {
    const found = shellCodes(of, uri);
    if (found.length === count) return found;
    await of.nextPublished(uri);
  }
}

function shellCodes(of: Client, uri: string): readonly unknown[] {
  const last = of.published(uri).at(-1)?.diagnostics ?? [];
  return last.flatMap(({ code }) => (typeof code === "string" && code.startsWith("SC") ? [code] : []));
}

describe.skipIf(isLeftOut("dockerfile/shellcheck"))("with ShellCheck", () => {
  test("a file that is opened is looked at, and its fixes are offered", async () => {
    const { client, uri } = await open();
    expect(await codes(client, uri, 1)).toEqual(["SC2086"]);
    const found = client
      .published(uri)
      .at(-1)
      ?.diagnostics.find(({ code }) => code === "SC2086");
    expect(found?.range).toEqual({ start: { line: 1, character: 24 }, end: { line: 1, character: 26 } });
    const actions = await client.actions(
      uri,
      found?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    );
    const fix = actions.find(({ title }) => title.startsWith("Apply ShellCheck's fix for SC2086"));
    if (fix === undefined) throw new Error(actions.map(({ title }) => title).join("\n"));
    expect(actions.map(({ title }) => title)).toContain("Ignore SC2086 here");
    await client.apply(fix);
    expect(client.text(uri)).toContain('rm "$f"');
  });

  test("the editor says what the command line says", async () => {
    const { client, uri } = await open();
    await codes(client, uri, 1);
    // Findings make it end with 1.
    const { stdout } = spawnSync(process.execPath, [cli, "check", "--format", "json", fileURLToPath(uri)], {
      encoding: "utf8",
    });
    const report: { readonly files: readonly { readonly findings: readonly Said[] }[] } = JSON.parse(stdout);
    const said = report.files.flatMap(({ findings }) => findings).map(({ message, range }) => ({ message, range }));
    const shown = client
      .published(uri)
      .at(-1)
      ?.diagnostics.map(({ message, range }) => ({ message, range }));
    expect(said.map(({ message }) => message).join()).toContain("SC2086");
    expect(shown).toEqual(said);
  });

  test("typing elsewhere leaves what was said, a script that changes has to be saved", async () => {
    const { client, uri } = await open();
    await codes(client, uri, 1);
    await client.replace(uri, "nobody", "1000");
    await client.diagnostics(uri);
    expect(shellCodes(client, uri)).toEqual(["SC2086"]);
    await client.replace(uri, "rm $f", "rm $f; ls $f");
    await client.diagnostics(uri);
    expect(shellCodes(client, uri)).toEqual([]);
    await client.save(uri);
    expect(await codes(client, uri, 2)).toEqual(["SC2086", "SC2086"]);
  });
});

test("without it there is a line in the log, and nothing else", async () => {
  const { client, uri } = await open({ settings: () => ({ shellcheck: { path: "no-such-shellcheck" } }) });
  await client.logged(/There is no no-such-shellcheck/);
  await client.save(uri);
  await client.diagnostics(uri);
  expect(shellCodes(client, uri)).toEqual([]);
  expect(client.logs.filter((line) => line.includes("no-such-shellcheck"))).toHaveLength(1);
});

test.each([
  ["an empty path", { settings: () => ({ shellcheck: { path: "" } }) }],
  ["files that nobody vouches for", { initializationOptions: { trusted: false } }],
])("with %s no program is run", async (_, options) => {
  const ran: string[] = [];
  const { client, uri } = await open({
    ...options,
    rules: [],
    host: {
      runOnFiles: ({ program }) => {
        ran.push(program);
        return Promise.resolve({ type: "missing" });
      },
    },
  });
  await client.diagnostics(uri);
  await client.save(uri);
  await client.diagnostics(uri);
  expect(ran).toEqual([]);
});
