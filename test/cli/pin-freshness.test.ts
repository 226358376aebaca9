import { expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { nodeFetch } from "../../server/src/hosts/network.ts";
import { linter } from "../../server/src/linter.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

const image = `node:22@sha256:${"ab".repeat(32)}`;
const files = {
  ".git/HEAD": "ref: refs/heads/main\n",
  Dockerfile: `FROM ${image}\n`,
  "api/Dockerfile": `FROM ${image}\nFROM ${image}\n`,
};

/** Digests that are there are kept, so that nobody is asked. */
async function pin(folder: string, ...argv: readonly string[]): Promise<string> {
  const network = { fetch: nodeFetch(), credentialsOf: () => Promise.resolve(undefined) };
  const terminal = fakeTerminal(folder, { network, columns: 160 });
  await run(["pin", ...argv], terminal, linter);
  return terminal.printed();
}

test("says once which bot keeps the digests fresh", async () => {
  const folder = folderWith({ ...files, "renovate.json": "{}" });
  const printed = await pin(folder);
  expect(printed).toMatch(/3 with a digest\nRenovate \(`renovate\.json`\) keeps these digests fresh\.\n$/);
  expect(await pin(`${folder}/api`)).toContain("Renovate (`renovate.json`) keeps these digests fresh.");
});

test("says for how many, and why not for others", async () => {
  const config = "version: 2\nupdates:\n  - package-ecosystem: docker\n    directory: /api\n";
  const folder = folderWith({ ...files, ".github/dependabot.yml": config });
  expect(await pin(folder)).toContain(
    "Dependabot (`.github/dependabot.yml`) keeps 2 of 3 digests fresh; of the others: " +
      "`.github/dependabot.yml` has no entry for `docker` in `/`.",
  );
});

test("says where there is none, in a repository alone", async () => {
  expect(await pin(folderWith(files))).toContain("No bot is set up to keep digests fresh");
  expect(await pin(folderWith({ Dockerfile: files.Dockerfile }))).not.toContain("No bot");
  expect(await pin(folderWith({ ".git/HEAD": "", Dockerfile: "FROM scratch\n" }))).not.toContain("No bot");
});

test("puts it into JSON", async () => {
  const folder = folderWith({ ...files, ".renovaterc.json5": "{enabled: false}" });
  const { summary }: { summary: { freshness: string[] } } = JSON.parse(await pin(folder, "--format", "json"));
  expect(summary.freshness).toEqual(["Renovate does not keep digests here fresh: `.renovaterc.json5` turns it off."]);
});
