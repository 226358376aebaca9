import { defineInstructionRule } from "../../engine/rule.ts";
import type { Stage } from "../../languages/dockerfile/model.ts";
import { sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "copy-from-empty-stage",
  summary: "Files are copied from a stage that has none.",
  why: `A stage \`FROM scratch\` holds what the file puts there and nothing else. Where nothing does, each \`COPY --from\` of it stops the build with
\`not found\`. As a rule, the stage above or below was meant, or a \`COPY\` is missing in it.

One use is right: a stage that \`--build-context name=…\` takes the place of. Silence it there, with a word about who does.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:copy-from-empty-scratch-stage"],
  references: ["https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch"],
  fix: null,
  examples: [
    {
      bad: "FROM scratch AS files\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM scratch AS files\nCOPY public /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      fixed: false,
    },
  ],
  instructions: ["COPY"],
  suspects: (copy) => copy.from !== undefined,
  *check(copy, model) {
    if (copy.onbuild || copy.stage === undefined) return;
    for (const { name, span } of stageSources(copy)) {
      const source = sourceStage(model, name);
      if (source === undefined || source === copy.stage || !isEmpty(source)) continue;
      yield {
        at: span,
        message: `\`${name}\` is \`FROM scratch\` and nothing is copied into it, so there is nothing to copy: fill it first, or name the stage that has the files.`,
        related: [{ at: source.from.imageWord?.span ?? source.from.keywordSpan, message: "The empty stage." }],
      };
    }
  },
});

function isEmpty({ scratch, history }: Stage): boolean {
  return scratch && history.every(({ name }) => !fills.has(name));
}

/** A WORKDIR makes its folder, and a RUN can bring its own program by a mount. */
const fills: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN", "WORKDIR", "unknown"]);
