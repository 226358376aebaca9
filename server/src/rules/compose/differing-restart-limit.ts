import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { asScalar, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "differing-restart-limit",
  summary: "A service is started again another number of times than agreed before it is given up.",
  why: `The CIS benchmark for Docker asks for \`on-failure\` with five attempts: a container that cannot start must not be started for ever, and one that failed by
chance should get more than one try. Where a company has agreed on a number, \`restart: on-failure:<n>\` and \`deploy.restart_policy.max_attempts\` should have it,
both alike.

It is off by default, since nothing speaks for five in particular: what gives up stays down until somebody comes, and \`unless-stopped\`, whose pauses
double with each failure, suits most servers better. The option holds another number.`,
  category: "availability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:restart_policy_on_failure_not_set_to_5"],
  references: [
    "https://www.cisecurity.org/benchmark/docker",
    "https://docs.docker.com/reference/compose-file/services/#restart",
    "https://docs.docker.com/reference/compose-file/deploy/#restart_policy",
  ],
  fix: "review",
  options: { attempts: { default: 5, description: "The number of attempts that was agreed on." } },
  examples: [
    {
      bad: composeWith({ restart: ["restart: on-failure:10"] }),
      good: composeWith({ restart: ["restart: on-failure:5"] }),
    },
  ],
  *check(model, { attempts }) {
    yield* oncePerPlace(problems(model, attempts));
  },
});

function* problems(model: ComposeModel, attempts: number): Iterable<Problem> {
  for (const service of model.services) {
    const restart = asScalar(service.get("restart"));
    const limit = /^on-failure:(\d+)$/.exec(restart?.text ?? "")?.[1];
    if (restart !== undefined && limit !== undefined && Number(limit) !== attempts)
      yield problem(model, restart, limit, attempts, `on-failure:${attempts}`);
    const most = asScalar(service.get("deploy", "restart_policy", "max_attempts"));
    const text = scalarText(most);
    if (most !== undefined && text !== undefined && /^\d+$/.test(text) && Number(text) !== attempts)
      yield problem(model, most, text, attempts, attempts);
  }
}

function problem(
  model: ComposeModel,
  scalar: NonNullable<ReturnType<typeof asScalar>>,
  limit: string,
  attempts: number,
  value: string | number,
): Problem {
  return {
    at: scalar.span,
    message: `The service is given up after ${limit} attempts, not after the ${attempts} that were agreed on: write \`${value}\`.`,
    fixes: () => {
      const edits = replaceWhereWritten(model, scalar, value);
      return reviewed(`Give up after ${attempts} attempts`, edits);
    },
  };
}
