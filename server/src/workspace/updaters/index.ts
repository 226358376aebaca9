import { dependabotFiles } from "../../knowledge/dependabot.ts";
import { renovateFiles } from "../../knowledge/renovate.ts";
import { dependabotAnswer } from "./dependabot.ts";
import { renovateAnswer } from "./renovate.ts";
import type { UpdatedImage, UpdaterAnswer } from "./updater.ts";

export { lookForUpdaters, type UpdaterFiles, type UpdaterReader } from "./look.ts";
export { updaterSummary } from "./summary.ts";
export type { UpdatedImage, UpdaterAnswer } from "./updater.ts";

/** Where the configurations of both bots may be, from the repository's root. */
export const updaterFiles: readonly string[] = [...renovateFiles, ...dependabotFiles];

/** What each bot that is configured says about the digest of an image; none where none is. `files`: texts by the paths of `updaterFiles`. */
export function updatersFor(files: ReadonlyMap<string, string>, image: UpdatedImage): readonly UpdaterAnswer[] {
  return [
    ...firstOf(renovateFiles, (file, text) => renovateAnswer(file, text, image)),
    ...firstOf(dependabotFiles, (file, text) => dependabotAnswer(file, text, image)),
  ];

  function firstOf(
    paths: readonly string[],
    answer: (file: string, text: string) => UpdaterAnswer | undefined,
  ): readonly UpdaterAnswer[] {
    for (const path of paths) {
      const text = files.get(path);
      const found = text === undefined ? undefined : answer(path, text);
      if (found !== undefined) return [found];
    }
    return [];
  }
}

/** The best of them: one that keeps the digest fresh, else one of which it is not certain; `undefined` where no bot is configured. */
export function updaterFor(files: ReadonlyMap<string, string>, image: UpdatedImage): UpdaterAnswer | undefined {
  const answers = updatersFor(files, image);
  return (["yes", "unknown", "no"] as const).flatMap((wanted) => answers.filter(({ answer }) => answer === wanted))[0];
}
