import { dirname } from "node:path";
import { nodeHost } from "../hosts/node.ts";
import { oncePer } from "../languages/once.ts";
import { longestBeside } from "../workspace/index.ts";
import {
  lookForUpdaters,
  type UpdaterAnswer,
  updaterFor,
  type UpdaterReader,
  updaterSummary,
} from "../workspace/updaters/index.ts";
import { repositoryOf } from "./ignored.ts";
import { slashed } from "./paths.ts";
import type { FileOfImages, FoundImage } from "./pin-images.ts";

/**
 * Whether bots keep the digests of files fresh, in a sentence for each repository; none for files that lie in none. `counts` says which images have a digest,
 * or get one.
 */
export async function freshnessOf(
  files: readonly FileOfImages[],
  counts: (image: FoundImage) => boolean,
): Promise<readonly string[]> {
  const reader = rememberingReader();
  const answers = new Map<string, (UpdaterAnswer | undefined)[]>();
  for (const { absolutePath, parsed, images } of files) {
    const repository = repositoryOf(dirname(absolutePath));
    const { kind } = parsed;
    if (repository === undefined || kind === "ignore") continue;
    const whole = slashed(absolutePath);
    // One after the other, so that each folder is looked into once.
    // oxlint-disable-next-line no-await-in-loop
    const { root, files: texts } = await lookForUpdaters(whole, slashed(repository), reader);
    const path = whole.slice(root.endsWith("/") ? root.length : root.length + 1);
    const known = answers.get(root) ?? [];
    answers.set(root, known);
    for (const image of images) {
      if (image.target === undefined || !counts(image)) continue;
      const { reference, role } = image.target;
      known.push(updaterFor(texts, { path, kind, role, reference }));
    }
  }
  return [...answers.values()].flatMap((known) => updaterSummary(known) ?? []);
}

function rememberingReader(): UpdaterReader {
  const host = nodeHost();
  return {
    namesIn: oncePer((folder: string) => host.namesIn(folder)),
    foldersIn: oncePer((folder: string) => host.foldersIn(folder)),
    read: oncePer(async (path: string) => {
      const size = await host.sizeOf(path);
      return size === undefined || size > longestBeside ? undefined : host.readFile(path);
    }),
  };
}
