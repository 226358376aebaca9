import { defineInstructionRule } from "../../engine/rule.ts";
import { insert } from "../../text/edit.ts";
import { needsFolder } from "./shared/several-sources.ts";

export default defineInstructionRule({
  slug: "several-sources-to-file",
  summary: "Several sources are copied to what is not written as a folder.",
  why: `With more than one source, \`COPY\` and \`ADD\` need a folder to put them in, and only a path that ends in \`/\` is one: the builder refuses anything else. A
single source with a wildcard that matches several files fails the same way.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3021",
    "trivy:DS-0011",
    "kics:copy_with_more_than_two_arguments_not_ending_with_slash",
    "droast:DF048",
    "dockerfile-utils:INVALID_DESTINATION",
  ],
  references: [
    "https://docs.docker.com/reference/dockerfile/#copy",
    "https://docs.docker.com/reference/dockerfile/#destination",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nCOPY package.json package-lock.json /app\nUSER node\n",
      good: "FROM node:22.14-alpine\nCOPY package.json package-lock.json /app/\nUSER node\n",
    },
  ],
  instructions: ["COPY", "ADD"],
  suspects: needsFolder,
  *check({ name, sources, destination, stage, heredocs }) {
    if (destination === undefined || sources.some(({ variable }) => variable)) return;
    if (heredocs.some(({ openerSpan }) => openerSpan.start === destination.span.start)) return;
    const { text, value, span } = destination;
    // A quote stands behind the last character of the path.
    const end = span.end - (/["']$/.test(text) ? 1 : 0);
    const slash = stage?.windows === true && /^[a-z]:\\|\\/i.test(value) ? "\\" : "/";
    yield {
      at: span,
      message: `\`${name}\` with several sources needs a folder, so the builder refuses \`${value}\`: write \`${value}${slash}\`.`,
      fixes: () => (slash === "/" ? [{ title: `Write \`${value}/\``, safety: "safe", edits: [insert(end, "/")] }] : []),
    };
  },
});
