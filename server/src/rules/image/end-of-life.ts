import { defineRule } from "../../engine/rule.ts";
import { hasEnded } from "../../knowledge/base-images/index.ts";
import { nameAsWritten } from "../../languages/image/index.ts";

export default defineRule("image", {
  slug: "end-of-life",
  summary: "An image holds a release that its makers no longer mend.",
  why: `Once a release has ended, nobody publishes fixes for it: the next flaw in the language, the database or the distribution stays open for as long as the
image runs. The image itself stops being rebuilt too, so even the libraries around the program grow old, and the package mirrors of an ended distribution
are moved away, which breaks \`apt-get update\` one day.

The dates are the makers' own and part of this tool: what ends after its release is reported by a later version of it. Support that you pay for (Ubuntu Pro,
Extended Lifecycle Support) goes on beyond them; leave a finding where you have that.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:ruby/eol-ruby-version"],
  references: [
    "https://endoflife.date/",
    "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
  ],
  fix: null,
  examples: [
    {
      bad: 'FROM node:16-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:24-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      fixed: false,
    },
  ],
  *check({ images }) {
    for (const { reference, facts, span, built, role } of images) {
      if (built || role === "frontend" || reference === undefined) continue;
      const end = facts?.endOfLife;
      if (end === undefined || !hasEnded(end)) continue;
      const { text, tag } = reference;
      const name = `\`${nameAsWritten(reference)}${tag === undefined ? "" : `:${tag}`}\``;
      // Whoever builds may give another value; the default is what a plain build takes.
      const byVariable = text.includes("$");
      const shown = byVariable ? `${name}, the default of \`${text}\`,` : name;
      const instead =
        end.successor === undefined ? "a release that gets fixes" : `one that gets fixes, such as ${end.successor}`;
      yield {
        at: span,
        message: `${shown} has had no security fixes since ${end.date}, when ${end.of} ended: move to ${instead}.`,
        ...(byVariable ? { severity: "info" } : {}),
      };
    }
  },
});
