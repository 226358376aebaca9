import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { credentialsInUrl, knownToken } from "../../knowledge/secrets.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import type { ShellScript } from "../../languages/shell/model.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import { type Span, touches } from "../../text/span.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { type CommandSecret, secretsOfCommands } from "../shared/command-secrets.ts";
import { literalSecret, plainSecretWhy } from "../shared/literal-secret.ts";
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

/** What a text holds in which there is something to find. */
const mentions =
  /pass|pwd|pword|token|secret|key|cred|auth|@|xox|hooks\.|curl|mysql|mariadb|redis-cli|login|[A-Za-z0-9_-]{20}/i;

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    for (const { script } of scriptsOf(model, service, mentions)) {
      for (const secret of secretsIn(script)) yield problem(model, service, secret, workspace);
    }
  }
}

function secretsIn(script: ShellScript): readonly CommandSecret[] {
  const found: CommandSecret[] = [...secretsOfCommands(script)];
  for (const { assignments, words } of script.everyCommand) {
    for (const { name, value, span } of assignments) {
      const what = value === undefined || isUnknownText(value) ? undefined : literalSecret(name, value);
      if (what !== undefined) found.push({ what, at: span });
    }
    for (const { text, span } of words) {
      const what = isUnknownText(text) ? undefined : inWord(text);
      if (what !== undefined && !found.some(({ at }) => touches(at, span))) found.push({ what, at: span });
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

function inWord(text: string): string | undefined {
  const token = knownToken(text);
  return token?.what ?? (credentialsInUrl(text) === undefined ? undefined : "a URL with its password");
}

function problem(
  model: ComposeModel,
  service: ComposeService,
  secret: CommandSecret,
  workspace: WorkspaceView,
): Problem {
  return {
    at: secret.at,
    message: `This writes ${secret.what} into the file, and everybody who lists processes sees it: take it from an untracked \`.env\` by \`\${…}\`, or from a secret's file.`,
    ...(model.role === "development" ? { severity: "hint" } : {}),
    fixes: () => fixes(model, service, secret, workspace),
  };
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  secret: CommandSecret,
  workspace: WorkspaceView,
): readonly Fix[] {
  const place = secret.variable?.value ?? valueOf(model.document.text, secret.at);
  const literal = model.document.text.slice(place.start, place.end);
  // What is quoted or escaped in the shell or in YAML would have to be so in another way, coming from a variable.
  if (!/^[\w@%+=:,./~!-]+$/.test(literal)) return [];
  const prefix = service.name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_");
  const own = service.environment.find((variable) => variable.value === literal)?.name;
  const names = own === undefined ? [`${prefix}_${secret.variable?.name ?? nameFor(secret.what)}`] : [own];
  const moved = movedToEnvironmentFile(model, workspace, names, literal);
  if (moved === undefined) return [];
  return [{ title: moved.title, safety: "review", edits: [replace(place, moved.reference)], ...moved.beside }];
}

/** Without the option or the variable it is given by: `--password=`, MySQL's `-p`, `PGPASSWORD=`. */
function valueOf(text: string, at: Span): Span {
  const before = /^(?:--[\w-]+=|-p|[A-Za-z_]\w*=)?/.exec(text.slice(at.start, at.end))?.[0].length ?? 0;
  return { start: at.start + before, end: at.end };
}

function nameFor(what: string): string {
  return /token/i.test(what)
    ? "TOKEN"
    : /URL/.test(what)
      ? "URL"
      : /key/i.test(what)
        ? "KEY"
        : /secret/i.test(what)
          ? "SECRET"
          : "PASSWORD";
}
