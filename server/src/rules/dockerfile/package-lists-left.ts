import { type Fix, defineInstructionRule } from "../../engine/rule.ts";
import { appendToRun } from "../../languages/dockerfile/edit.ts";
import type { RunInstruction } from "../../languages/dockerfile/model.ts";
import { type Refresh, afterwards, refreshesOf } from "./shared/package-lists.ts";
import { asPrivileged } from "./shared/package-steps.ts";
import { isShipped } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "package-lists-left",
  summary: "The package lists that `apt-get update` fetches stay in the image.",
  why: `\`apt-get update\` writes some 20 to 50 MB of package lists to \`/var/lib/apt/lists\`. Nothing needs them at run time, they are stale after a
day, and every node pulls them with the image. Only a removal in the same \`RUN\` helps: a layer keeps what a later one deletes.

\`apt-get clean\` does not remove the lists, and the Debian and Ubuntu images already drop the downloaded packages themselves. With BuildKit a cache mount
on \`/var/lib/apt\` keeps the lists out of the image and makes rebuilds faster.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3009",
    "kics:apt_get_install_lists_were_not_deleted",
    "droast:DF004",
    "semgrep:remove-package-lists",
    "semgrep:remove-package-cache",
  ],
  references: ["https://docs.docker.com/build/building/best-practices/#apt-get"],
  fix: "safe",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends ca-certificates\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends ca-certificates && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /apt/,
  suspects: (run) => leftover(run) !== undefined,
  *check(run, model) {
    const left = leftover(run);
    if (left === undefined || !isShipped(run)) return;
    const { label, at } = left.step;
    const { readers, likely } = afterwards(model, left);
    const needed = readers.length > 0;
    yield {
      at,
      message: needed
        ? `The lists that \`${label}\` fetches stay in this layer: update, install and \`${removal}\` in one \`RUN\`.`
        : `The lists that \`${label}\` fetches stay in the image: end this \`RUN\` with \`${removal}\`.`,
      fixes: (): readonly Fix[] => {
        const command = asPrivileged(left.step, removal);
        const edit = needed ? undefined : appendToRun(model, run, command);
        if (edit === undefined) return [];
        const title = `End this \`RUN\` with \`${command}\``;
        return likely
          ? [{ title: `${title} (a later script may install from these lists)`, safety: "review", edits: [edit] }]
          : [{ title, safety: "safe", edits: [edit] }];
      },
    };
  },
});

const removal = "rm -rf /var/lib/apt/lists/*";

/** The lists of APT that a RUN leaves. Those it doesn't use itself are a matter of their age first: `stale-package-lists`. */
function leftover(run: RunInstruction): Refresh | undefined {
  return refreshesOf(run).find(({ keeper, alone }) => keeper === "apt-get" && !alone);
}
