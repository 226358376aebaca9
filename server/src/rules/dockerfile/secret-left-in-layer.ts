import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { appendToRun } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import { bodyOf } from "./shared/run-bodies.ts";
import { type KeptSecret, keptSecrets } from "./shared/kept-secrets.ts";

export default defineInstructionRule({
  slug: "secret-left-in-layer",
  summary: "A step writes a secret into a file and leaves it there.",
  why: `Each step of the build is a layer, and a layer keeps every file the step ends with. A token that one step writes into \`.npmrc\`, \`.netrc\` or a program's
configuration is in the image from then on; removing it in a later step hides it from \`ls\`, not from those who unpack the layers. \`git clone\` writes the address it was
given, with the token in it, into \`.git/config\`.

Give programs the secret without a file: a variable that they read themselves (npm puts \`\${NPM_TOKEN}\` in where the quotes keep the shell from doing so), or a
mounted file (\`RUN --mount=type=secret,id=netrc,target=/root/.netrc\`). Else write, use and remove it in one step.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:require-secret-mounts", "tally:ruby/prefer-secret-mounts"],
  references: [
    "https://docs.docker.com/build/building/secrets/",
    "https://docs.npmjs.com/using-private-packages-in-a-ci-cd-workflow",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:24-alpine\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN \\\n    echo "//registry.npmjs.org/:_authToken=${NPM_TOKEN}" > /root/.npmrc\nUSER node\n',
      good: "FROM node:24-alpine\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN \\\n    echo '//registry.npmjs.org/:_authToken=${NPM_TOKEN}' > /root/.npmrc\nUSER node\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /pass|pwd|pword|token|secret|key|cred|auth/i,
  suspects: (run) => secretsIn(run).length > 0,
  *check(run, model) {
    const mild = run.stage !== undefined && !run.stage.shipped;
    for (const kept of secretsIn(run)) yield problem(model, run, kept, mild);
  },
});

function secretsIn(run: RunInstruction): readonly KeptSecret[] {
  const script = bodyOf(run);
  return script === undefined ? [] : keptSecrets(script, run.heredocs);
}

function problem(model: DockerfileModel, run: RunInstruction, kept: KeptSecret, mild: boolean): Problem {
  const { variable, at, file } = kept;
  const where = file === undefined ? "a configuration file" : `\`${file}\``;
  return {
    at,
    // The builder's cache keeps it all the same.
    ...(mild ? { severity: "info" } : {}),
    message: `This leaves the value of \`${variable}\` in ${where} of the layer, where removing it later does not help: remove it in this step, or mount it.`,
    fixes: () => fixesFor(model, run, kept),
  };
}

function fixesFor(model: DockerfileModel, run: RunInstruction, { word, file }: KeptSecret): readonly Fix[] {
  const text = word === undefined ? "" : model.text.slice(word.span.start, word.span.end);
  // npm puts the variables in itself when it reads the file, and needs them in braces.
  if (
    word !== undefined &&
    file !== undefined &&
    /(?:^|\/)\.npmrc$/.test(file) &&
    /^"[^"'`\\]*"$/.test(text) &&
    !/\$\(/.test(text)
  ) {
    const braced = text.slice(1, -1).replace(/\$(\w+)/g, "${$1}");
    return [
      {
        title: "Leave the variable for npm to put in (each step that runs npm must have it)",
        safety: "review",
        edits: [replace(word.span, `'${braced}'`)],
      },
    ];
  }
  if (file === undefined || !/^[~/$\w.][\w./${}~-]*$/.test(file)) return [];
  const edit = appendToRun(model, run, `rm -f ${file}`);
  return edit === undefined
    ? []
    : [
        {
          title: `Remove \`${file}\` at the end of the step (later steps that read it fail)`,
          safety: "review",
          edits: [edit],
        },
      ];
}
