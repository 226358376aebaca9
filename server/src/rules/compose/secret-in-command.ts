import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import type { CommandSecret } from "../shared/command-secrets.ts";
import { plainSecretWhy } from "../shared/literal-secret.ts";
import { mentionsSecret, secretsIn } from "../shared/script-secrets.ts";
import { movedToEnvironmentFile } from "./shared/environment-file.ts";
import { composeWith } from "./shared/example.ts";
import { scriptsOf } from "./shared/service-scripts.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "secret-in-command",
  summary: "A password or token is written into a command or a health check.",
  why: `${plainSecretWhy} A command shows it further: everybody on the machine sees the arguments of a process, and
\`docker inspect\` and \`docker ps\` print them.

\`\${NAME:?}\` with the value in an untracked \`.env\` keeps it out of the repository. Better still is a file below \`/run/secrets\`, where the program can
read one: then it is no argument at all.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/compose/how-tos/use-secrets/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["command: serve --admin-password=correct-horse"] }),
      good: composeWith({ own: ["command: serve --admin-password=${API_ADMIN_PASSWORD:?}"] }),
      files: { ".env": "API_ADMIN_PASSWORD=correct-horse\n" },
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (model.document.templated) return;
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const found = [...scriptsOf(model, service, mentionsSecret)].flatMap(({ script }) => secretsIn(script));
    for (const secret of found) yield problem(model, service, secret, found, workspace);
  }
}

function problem(
  model: ComposeModel,
  service: ComposeService,
  secret: CommandSecret,
  all: readonly CommandSecret[],
  workspace: WorkspaceView,
): Problem {
  return {
    at: secret.at,
    message: `This writes ${secret.what} into the file, and everybody who lists processes sees it: take it from ${model.dialect === "stack" ? "the environment of the deployment" : "an untracked `.env`"} by \`\${…}\`, or from a secret's file.`,
    ...(model.role === "development" ? { severity: "hint" } : {}),
    fixes: (): readonly Fix[] => {
      const { name, place, value } = movable(model, secret);
      // What is quoted or escaped in the shell or in YAML would have to be so in another way, coming from a variable.
      if (!/^[\w@%+=:,./~!-]+$/.test(value)) return [];
      const own = service.environment.find((variable) => variable.value === value)?.name;
      // Two of one name could not both have it.
      const others = all.map((other) => movable(model, other)).filter((other) => other.name === name);
      if (own === undefined && others.some((other) => other.value !== value)) return [];
      const prefix = service.name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
      const moved = movedToEnvironmentFile(model, workspace, [own ?? `${prefix}_${name}`], value);
      if (moved === undefined) return [];
      return [{ title: moved.title, safety: "review", edits: [replace(place, moved.reference)], ...moved.beside }];
    },
  };
}

/** The part of a secret that a variable can take the place of, and what that could be called. */
function movable(
  { document: { text } }: ComposeModel,
  { what, at, variable }: CommandSecret,
): { readonly name: string; readonly place: Span; readonly value: string } {
  const place = variable?.value ?? withoutOption(text, at);
  return { name: variable?.name ?? nameFor(what), place, value: text.slice(place.start, place.end) };
}

/** Without what it is given by: `--password=`, MySQL's `-p`, `PGPASSWORD=`. */
function withoutOption(text: string, at: Span): Span {
  const before = /^(?:--[\w-]+=|-p|[A-Za-z_]\w*=)?/.exec(text.slice(at.start, at.end))?.[0].length ?? 0;
  return { start: at.start + before, end: at.end };
}

function nameFor(what: string): string {
  if (/token/i.test(what)) return "TOKEN";
  if (/URL/.test(what)) return "URL";
  return /key/i.test(what) ? "KEY" : /secret/i.test(what) ? "SECRET" : "PASSWORD";
}
