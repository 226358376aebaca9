import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { placeOf } from "../../languages/compose/interpolation.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insert } from "../../text/edit.ts";
import { composeWith } from "./shared/example.ts";
import { type PlainDollar, plainDollars } from "./shared/plain-dollars.ts";
import { projectVariables } from "./shared/project-variables.ts";

export default defineRule("compose", {
  slug: "unescaped-dollar",
  summary: "A `$` that is meant for the container is taken by Compose.",
  why: `Compose fills in \`$NAME\` in every value before the container sees it, from the environment of whoever calls it. Where nothing is set, an empty
text takes its place with no more than a warning: a password loses its end, a hash no longer matches, a loop in a script runs on nothing, a health
check asks for a user without a name.

\`$$\` hands a single \`$\` on to the container.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/interpolation/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        healthcheck: ["healthcheck:", '  test: for host in db cache; do nc -z "$host" 80 || exit 1; done'],
      }),
      good: composeWith({
        healthcheck: ["healthcheck:", '  test: for host in db cache; do nc -z "$$host" 80 || exit 1; done'],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const variables = projectVariables(workspace);
    for (const found of plainDollars(model, model.interpolated, variables.defines)) yield problem(model, found);
  },
});

function problem(model: ComposeModel, { found, uses: [use], escapes, meant }: PlainDollar): Problem {
  const { scalar } = found;
  const at = placeOf(model, scalar, use.at);
  const written = scalar.text.slice(use.at.start, use.at.end).replaceAll("\n", " ");
  return {
    at,
    message: `Compose takes \`${written}\` for a variable, though ${reasons[meant]}: write \`$$\` for each \`$\` that is to stay.`,
    fixes: (): readonly Fix[] => {
      const { text } = model.document;
      const places = escapes.map((start) => placeOf(model, scalar, { start, end: start + 1 }).start);
      // Behind an escape such as `\x24` the place is not that of the sign.
      if (places.some((place) => text[place] !== "$")) return [];
      return [
        {
          title: "Write `$$`: the container gets the `$`, and Compose puts in nothing",
          safety: "review",
          edits: places.map((place) => insert(place, "$")),
        },
      ];
    },
  };
}

const reasons: Readonly<Record<PlainDollar["meant"], string>> = {
  hash: "it is a part of a hash",
  password: "it looks like a part of the password",
  shell: "it is a variable of the shell in the container",
  container: "the service sets it for the container, where a shell would read it",
  builder: "the Dockerfile sets it",
  nginx: "it is a variable of nginx",
};
