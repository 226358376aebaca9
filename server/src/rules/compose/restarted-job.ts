import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { asScalar } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { commandText, factsOf, oncePerPlace } from "./shared/services.ts";

const waiting = ["depends_on:", "  prepare:", "    condition: service_completed_successfully"];

function job(restart: string): readonly string[] {
  return serviceLines({ name: "prepare", restart: [`restart: ${restart}`], healthcheck: [] })
    .trimEnd()
    .split("\n");
}

export default defineRule("compose", {
  slug: "restarted-job",
  summary: "A service that does its work and ends is started again each time it has ended well.",
  why: `\`always\` and \`unless-stopped\` start a container again whatever its exit code was. A migration or a set-up then runs for ever, every minute or so, with each
deployment's logs full of it, and does its work again on a database that is in use. What waits for it with \`service_completed_successfully\` may see it
running whenever it looks.

\`on-failure\` repeats what failed and leaves alone what is done; \`"no"\` does neither. Reported are services that others wait for to complete, images that are
tools, and commands that are known to end.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#restart",
    "https://docs.docker.com/engine/containers/start-containers-automatically/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: waiting, end: job("always") }),
      good: composeWith({ own: waiting, end: job("on-failure") }),
    },
  ],
  keys: ["restart"],
  *check(model) {
    // A stack knows no `restart`.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  let awaited: ReadonlySet<string> | undefined;
  for (const service of model.services) {
    const restart = asScalar(service.get("restart"));
    if (restart?.text !== "always" && restart?.text !== "unless-stopped") continue;
    awaited ??= awaitedIn(model);
    const why = endsBecause(service, awaited);
    if (why === undefined) continue;
    yield {
      at: restart.span,
      message: `${why}, and \`restart: ${restart.text}\` starts it again each time: use \`on-failure\`.`,
      fixes: () => {
        // What is merged from elsewhere serves others too, so the service gets its own.
        const own = service.map.get("restart");
        const edits =
          own !== undefined && own.merged === undefined && own.value.alias === undefined && own.value.type === "scalar"
            ? replaceScalar(model.document, own.value, "on-failure")
            : setPath(model.document, service.map, ["restart"], "on-failure");
        const title = `Start \`${service.name}\` again only after it failed`;
        return reviewed(title, edits);
      },
    };
  }
}

/** The services that others wait for to complete. */
function awaitedIn(model: ComposeModel): ReadonlySet<string> {
  return new Set(
    model.services.flatMap(({ dependsOn }) =>
      dependsOn.flatMap(({ service, condition }) => (condition === "service_completed_successfully" ? service : [])),
    ),
  );
}

function endsBecause(service: ComposeService, awaited: ReadonlySet<string>): string | undefined {
  const { name } = service;
  if (awaited.has(name)) return `Others wait for \`${name}\` to complete`;
  const command = commandText(service, "command");
  // What loops, or runs several things, may go on for ever.
  if (
    command === undefined ||
    commandText(service, "entrypoint") !== "" ||
    /[;&|\n]|\b(?:sleep|while|watch)\b/.test(command)
  )
    return undefined;
  if (factsOf(service)?.oneShot === true) return `\`${name}\` does its work and ends`;
  const ending = migrations.exec(command)?.[0];
  return ending === undefined ? undefined : `\`${ending}\` does its work and ends`;
}

/** Commands that end by themselves. */
const migrations =
  /\b(?:manage\.py (?:migrate|collectstatic)|alembic upgrade|prisma (?:migrate deploy|db push|db seed)|sequelize(?:-cli)? db:migrate|knex migrate:latest|rake db:(?:migrate|seed|setup)|rails db:(?:migrate|prepare|seed|setup)|artisan migrate|typeorm migration:run|flask db upgrade|drizzle-kit (?:migrate|push)|diesel migration run|sqlx migrate run)\b/;
