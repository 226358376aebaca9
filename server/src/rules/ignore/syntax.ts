import { syntaxRule } from "../syntax.ts";

export default syntaxRule("ignore", {
  summary: "The builder refuses a pattern of this ignore file.",
  why: `One pattern that the builder does not understand, a \`!\` with nothing behind it or a \`[\` that is never closed, ends every build of the context before its
first step. \`[\`, \`*\`, \`?\` and \`\\\` mean something in a pattern; a \`\\\` before them takes that away.`,
  fix: null,
  aliases: [],
  references: [
    "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    "https://pkg.go.dev/path/filepath#Match",
  ],
  examples: [
    {
      bad: ".git\ntmp/cache[1\n",
      good: ".git\ntmp/cache\\[1\n",
      fixed: false,
    },
  ],
});
