import { listed } from "../../text/words.ts";
import { botNames, named, type UpdaterAnswer } from "./updater.ts";

/** One sentence about all the digests of a project: what `updaterFor` answered for each of them. `undefined` where there are none. */
export function updaterSummary(answers: readonly (UpdaterAnswer | undefined)[]): string | undefined {
  const configured = answers.filter((answer) => answer !== undefined);
  if (answers.length === 0) return undefined;
  if (configured.length === 0) {
    return "No bot is set up to keep digests fresh: neither Renovate nor Dependabot has a configuration here.";
  }
  const kept = configured.filter(({ answer }) => answer === "yes");
  const left = configured.filter(({ answer }) => answer !== "yes");
  const keepers = [...new Set(kept.map(({ bot, file }) => `${botNames[bot]} (${named(file)})`))];
  const by = `${listed(keepers)} ${keepers.length > 1 ? "keep" : "keeps"}`;
  if (kept.length === answers.length) return `${by} these digests fresh.`;
  const why = left.find(({ answer }) => answer === "no") ?? left[0];
  if (kept.length === 0) return why?.because;
  const reason = why?.reason ?? "no bot is set up for them";
  return `${by} ${kept.length} of ${answers.length} digests fresh; of the others: ${reason}.`;
}
