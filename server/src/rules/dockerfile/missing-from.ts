import { defineRule } from "../../engine/rule.ts";
import { nameOf } from "../../text/path.ts";

export default defineRule("dockerfile", {
  slug: "missing-from",
  summary: "A `Dockerfile` has no `FROM`, so there is nothing to build.",
  why: `A build begins with a base image. A \`Dockerfile\` with instructions and no \`FROM\` is refused with "no build stage in current context"; a \`FROM\` with a
slip of the keyboard, or one that a line above it swallowed by its \`\\\`, ends the same way.

Pieces of Dockerfiles, which are put together before they are built, have none either: only files that are called \`Dockerfile\` or \`Containerfile\` and
nothing else are looked at.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["dockerfile-utils:NO_SOURCE_IMAGE", "tally:require-stages"],
  references: ["https://docs.docker.com/reference/dockerfile/#from"],
  fix: null,
  examples: [
    {
      bad: "ARG VERSION=3.22\nCOPY report.sh /usr/local/bin/report\nUSER nobody\n",
      good: "ARG VERSION=3.22\nFROM alpine:${VERSION}\nCOPY report.sh /usr/local/bin/report\nUSER nobody\n",
      path: "Dockerfile",
      fixed: false,
    },
  ],
  reads: "workspace",
  *check({ fragment, instructions, directives, text }, _, { path }) {
    if (!fragment || !/^(?:Dockerfile|Containerfile)$/.test(nameOf(path))) return;
    if (directives.some(({ name, value }) => name === "syntax" && !/^(?:docker\.io\/)?docker\/dockerfile/.test(value)))
      return;
    const first = instructions.find(({ name }) => name !== "ARG") ?? instructions[0];
    // A word that may be a misspelt FROM is told of by itself, and a template's mark stands for what is not there yet.
    if (first === undefined || instructions.some(({ name }) => name === "unknown") || /\{\{|\{%|<%/.test(text)) return;
    yield {
      at: first.keywordSpan,
      message: `No \`FROM\` in this file, so there is no image for \`${first.keyword}\` and the build is refused: begin with \`FROM image:tag\`.`,
    };
  },
});
