import { defineInstructionRule } from "../../engine/rule.ts";
import { freeStageName, mentionEdits, nameEdit } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "reserved-stage-name",
  summary: "A stage is named `scratch` or `context`, which mean something else already.",
  why: `\`scratch\` is the empty image and \`context\` the build context. After \`FROM alpine AS scratch\` a \`FROM scratch\` further down is no longer empty but
holds all of alpine, and whoever reads the file does not see it.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["hadolint:DL3063", "buildkit:ReservedStageName"],
  references: ["https://docs.docker.com/reference/build-checks/reserved-stage-name/"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23 AS context\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=context /srv /srv\n",
      good: "FROM alpine:3.23 AS source\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=source /srv /srv\n",
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => reserved.has(from.alias?.value.toLowerCase() ?? ""),
  *check({ alias, stage }, model) {
    if (alias === undefined || stage === undefined) return;
    const name = alias.value.toLowerCase();
    const fresh = freeStageName(model, reserved.get(name) ?? "stage");
    yield {
      at: alias.span,
      message: `\`${alias.value}\` is ${name === "scratch" ? "the empty image" : "the build context"} to a builder: name the stage otherwise, \`${fresh}\` for example.`,
      fixes: () => {
        const naming = nameEdit(stage, fresh);
        const mentions = mentionEdits(model, stage, fresh);
        if (naming === undefined || mentions === undefined) return [];
        // Whether a `FROM scratch` below means the stage or the empty image only its author knows.
        if (name === "scratch" && mentions.length > 0) return [];
        return [
          {
            title: `Name it \`${fresh}\` (\`--target ${alias.value}\` then finds nothing)`,
            safety: "review",
            edits: [naming, ...mentions],
          },
        ];
      },
    };
  },
});

/** The names, and what a stage may be called in their place. */
const reserved: ReadonlyMap<string, string> = new Map([
  ["scratch", "base"],
  ["context", "source"],
]);
