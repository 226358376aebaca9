// Writes THIRD-PARTY-NOTICES.txt: the licence of every package of which something went into the bundles, as esbuild tells.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./tools.mjs";

/** Answers the names of the packages. Fails where one has no licence. */
export function writeNotices() {
  const packages = [...new Set([...bundledPackages(), ...madeInto])].sort();
  const notices = packages.map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const text = licenceText(folder) ?? withoutText.get(license)?.(author?.name ?? author);
    if (text === undefined || license === undefined)
      throw new Error(`${folder} has no licence that could be passed on`);
    return { name: `${name} ${version}`, text: `${name} ${version} (${license})\n\n${text}` };
  });
  // One package may be there in several places.
  const distinct = [...new Map(notices.map((notice) => [notice.name, notice])).values()];
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  const head = "Seaworthy is under the MIT licence. It contains the work of others, under these licences.";
  writeFileSync(join(root, "THIRD-PARTY-NOTICES.txt"), `${[head, ...distinct.map(({ text }) => text)].join(rule)}\n`);
  return distinct.map(({ name }) => name);
}

/** Packages from which a committed file was made that is in the bundles: the table of Kubernetes' fields. */
const madeInto = ["node_modules/kubernetes-models"];

/** Folders such as `node_modules/yaml`, of the files that are in a bundle. */
function bundledPackages() {
  const folders = new Set();
  for (const file of readdirSync(join(root, "dist/meta"))) {
    const { outputs } = JSON.parse(readFileSync(join(root, "dist/meta", file), "utf8"));
    for (const output of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
      }
    }
  }
  return folders;
}

/** What stands for a licence that a package names without its text; given the package's author. */
const withoutText = new Map([
  [
    "CC0-1.0",
    () => "Given to the public domain by its authors: https://creativecommons.org/publicdomain/zero/1.0/legalcode",
  ],
  [
    "Apache-2.0",
    (author) =>
      `Copyright ${author}\n\n${readFileSync(join(root, "scripts/licences/Apache-2.0.txt"), "utf8").trimEnd()}`,
  ],
]);

function licenceText(folder) {
  const names = readdirSync(join(root, folder)).filter((name) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name));
  if (!names.some((name) => !/^notice/i.test(name))) return undefined;
  return names
    .sort()
    .map((name) =>
      readFileSync(join(root, folder, name), "utf8")
        .replaceAll("\r\n", "\n")
        .trim(),
    )
    .join("\n\n");
}
