import { defineInstructionRule } from "../../engine/rule.ts";
import { replace } from "../../text/edit.ts";
import { asWord, keywordCasing } from "./shared/casing.ts";

export default defineInstructionRule({
  slug: "from-as-casing",
  summary: "The `AS` of a `FROM` is not written in the same case as the `FROM`.",
  why: `To the builder it makes no difference. In \`FROM golang:1.27 as build\`, though, the lower-case word sits between two names and is read as one of them,
which is why BuildKit warns about it: \`FROM … AS …\` or \`from … as …\`.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["buildkit:FromAsCasing", "sonar:S6476"],
  references: ["https://docs.docker.com/reference/build-checks/from-as-casing/"],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c as files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => {
    const wanted = wantedFor(from.keyword);
    const as = asWord(from);
    return as !== undefined && wanted !== undefined && as.text !== wanted;
  },
  *check(from, model) {
    const as = asWord(from);
    const wanted = wantedFor(from.keyword);
    if (as === undefined || wanted === undefined) return;
    // Where the keyword itself is to change, the two change together.
    const casing = keywordCasing(model);
    if (casing !== undefined && (casing === "lower") !== (wanted === "as")) return;
    yield {
      at: as.span,
      message: `\`${as.text}\` is not written as its \`${from.keyword}\` is: write \`${wanted}\`.`,
      fixes: () => [{ title: `Write \`${wanted}\``, safety: "safe", edits: [replace(as.span, wanted)] }],
    };
  },
});

/** `undefined` for a keyword in mixed case, of which another rule speaks. */
function wantedFor(keyword: string): "AS" | "as" | undefined {
  return keyword === "FROM" ? "AS" : keyword === "from" ? "as" : undefined;
}
