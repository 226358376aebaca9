import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PinnedImage, PinOutcome } from "../../server/src/cli/pin-result.ts";
import { pinTable } from "../../server/src/cli/reporters/pin-table.ts";
import { run } from "../../server/src/cli/run.ts";
import { nodeFetch } from "../../server/src/hosts/network.ts";
import { linter } from "../../server/src/linter.ts";
import { smallRegistry } from "../registry/small-registry.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

async function pin(folder: string, ...argv: readonly string[]) {
  const network = { fetch: nodeFetch(), credentialsOf: () => Promise.resolve(undefined) };
  const terminal = fakeTerminal(folder, { network });
  const code = await run(["pin", ...argv], terminal, linter);
  return { code, printed: terminal.printed() };
}

function imageAt(path: string, text: string, outcome: PinOutcome): PinnedImage {
  const position = { line: 0, character: 0 };
  return { path, range: { start: position, end: position }, text, role: "base", owner: undefined, outcome };
}

function table(images: readonly PinnedImage[], columns: number | undefined): string[] {
  const result = { images, files: 1, freshness: [], notices: [] };
  const paint = (_: unknown, text: string): string => text;
  const rows = pinTable(result, { paint, columns, task: "pin", dryRun: true }).split("\n\n")[0] ?? "";
  return rows.split("\n");
}

describe("the table of images", () => {
  const reason = "`registry.acme.example` has no `platform/app:9`: check the name and the tag.";
  const images = [
    imageAt("services/api/Dockerfile", "node:22-alpine", { type: "pinned", digest, single: false }),
    imageAt("k8s/overlays/production/api.yaml", "registry.acme.example/platform/app:9", { type: "failed", reason }),
    imageAt("Dockerfile", `ghcr.io/${"very-long-".repeat(6)}name:1`, { type: "pinned", digest, single: true }),
  ];

  test("has one line for each image where nobody sees its width, as in a pipe", () => {
    expect(table(images, undefined)).toEqual([
      "services/api/Dockerfile:1           node:22-alpine                        would be pinned  0123456789ab",
      `k8s/overlays/production/api.yaml:1  registry.acme.example/platform/app:9  failed           ${reason}`,
      `Dockerfile:1                        ghcr.io/${"very-long-".repeat(6)}name:1  would be pinned  0123456789ab (one platform)`,
    ]);
  });

  test.each([60, 72, 80, 100, 120, 200])("stays within %d columns but for names that are longer", (columns) => {
    for (const line of table(images, columns)) {
      const unbreakable = /^\S+$|^\s*\S+$|very-long/.test(line);
      if (!unbreakable) expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  });

  test("gives up columns to a narrow terminal before the digest loses its place", () => {
    expect(table(images.slice(0, 2), 80)).toEqual([
      "services/api/Dockerfile:1  node:22-alpine  would be pinned  0123456789ab",
      "k8s/overlays/production/api.yaml:1  registry.acme.example/platform/app:9  failed",
      "    `registry.acme.example` has no `platform/app:9`: check the name and the tag.",
    ]);
  });
});

describe("links", () => {
  test("to a file of the project add nothing to it", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const pushed = registry.put("node", "22");
    const folder = folderWith({ Dockerfile: `FROM ${host}/node:22\n` });
    symlinkSync("Dockerfile", join(folder, "Dockerfile.again"));
    symlinkSync("Dockerfile", join(folder, "A.dockerfile"));
    const { code, printed } = await pin(folder);
    expect(code).toBe(0);
    expect(printed).toMatch(/^Dockerfile:1 .* pinned .*\n\n1 image in 1 file: 1 pinned\n$/);
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe(`FROM ${host}/node:22@${pushed}\n`);
  });

  test("that are named themselves stay links, and the file behind them is pinned", async () => {
    const registry = await smallRegistry();
    const { host } = registry;
    const pushed = registry.put("node", "22");
    const folder = folderWith({ "elsewhere/shared": `FROM ${host}/node:22\n` });
    symlinkSync("elsewhere/shared", join(folder, "Dockerfile"));
    expect((await pin(folder, "Dockerfile")).printed).toContain("Dockerfile:1  ");
    expect(lstatSync(join(folder, "Dockerfile")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "elsewhere/shared"), "utf8")).toContain(pushed);
  });
});

describe("whether bots keep digests fresh", () => {
  test("is not said where no digest was found", async () => {
    const registry = await smallRegistry();
    const folder = folderWith({ ".git/HEAD": "", Dockerfile: `FROM ${registry.host}/node:22\n` });
    expect((await pin(folder)).printed).not.toContain("No bot");
    registry.put("node", "22");
    expect((await pin(folder)).printed).toContain("No bot is set up");
  });
});
