import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import {
  credentialsInUrl,
  isPlainLiteral,
  knownToken,
  looksLikePlaceholder,
  looksLikeSecretName,
} from "../../knowledge/secrets.ts";
import type { ComposeModel, ComposeService, ComposeVariable } from "../../languages/compose/model.ts";
import { variablesOf } from "../../languages/compose/variables.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { plainSecretWhy } from "../shared/literal-secret.ts";
import { movedToEnvironmentFile } from "./shared/environment-file.ts";
import { composeWith } from "./shared/example.ts";
import { rewritten, secretFileFix, secretFileVariable, usesOf } from "./shared/secret-file.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

const database = { name: "db", image: ["image: postgres:17-alpine"], restart: ["restart: unless-stopped"] };
const mounted = ["volumes:", "  - data:/var/lib/postgresql/data"];

export default defineRule("compose", {
  slug: "plaintext-secret",
  summary: "A password, key or token stands in the file as it is.",
  why: `${plainSecretWhy} The environment shows it further: \`docker inspect\` prints it, child
processes inherit it, and crash reports send it along.

A secret from a file is mounted at \`/run/secrets/<name>\` for the services that name it. Many images read such a file where the variable ends in \`_FILE\`;
others need their own way, or at least \`\${NAME}\` with the value in an untracked \`.env\`.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0020", "compose-lint:CL-0021"],
  references: [
    "https://docs.docker.com/compose/how-tos/use-secrets/",
    "https://docs.docker.com/reference/compose-file/secrets/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        ...database,
        own: [...mounted, "environment:", "  POSTGRES_PASSWORD: correct-horse"],
        end: ["volumes:", "  data:"],
      }),
      good: composeWith({
        ...database,
        own: [
          ...mounted,
          "secrets:",
          "  - postgres_password",
          "environment:",
          "  POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password",
        ],
        end: ["volumes:", "  data:", "secrets:", "  postgres_password:", "    file: ./secrets/postgres_password.txt"],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  const uses = usesOf(model);
  for (const service of model.services) {
    const credentials = factsOf(service)?.credentialVariables ?? [];
    for (const variable of service.environment) {
      const what = secretIn(variable, credentials);
      if (what === undefined) continue;
      const twin = secretFileVariable(model, service, variable);
      // A password works whatever it is; any other placeholder opens nothing yet, but shows where the secret will be written.
      const later = what !== "a password" && looksLikePlaceholder(variable.value ?? "");
      yield {
        at: variable.nameSpan,
        message: `\`${variable.name}\` ${later ? "is to hold" : "holds"} ${what} in plain text: ${twin === undefined ? remedy(model, service) : "read it from a secret's file"}.`,
        ...milder(model, later),
        fixes: (): readonly Fix[] => {
          const toFile =
            twin === undefined ? undefined : secretFileFix(model, service, variable, twin, uses, workspace);
          const outside = later ? asked(model, service, variable) : moved(model, service, variable, workspace);
          return [toFile, outside].filter((fix) => fix !== undefined);
        },
      };
    }
    yield* buildArguments(model, service);
  }
}

/** The value goes to `.env`. */
function moved(
  model: ComposeModel,
  service: ComposeService,
  variable: ComposeVariable,
  workspace: WorkspaceView,
): Fix | undefined {
  const { name, value = "" } = variable;
  const names = [name, `${service.name.replaceAll(/[^A-Za-z0-9]+/g, "_").toUpperCase()}_${name}`];
  const to = movedToEnvironmentFile(model, workspace, names, value);
  const edits = to && rewritten(model, service, variable, name, to.reference);
  return edits && { title: to.title, safety: "review", edits, ...to.beside };
}

/** A placeholder is nothing to keep. */
function asked(model: ComposeModel, service: ComposeService, variable: ComposeVariable): Fix | undefined {
  const { name } = variable;
  const edits = /^[A-Za-z_]\w*$/.test(name) ? rewritten(model, service, variable, name, `\${${name}:?}`) : undefined;
  return edits && { title: `Ask for \`${name}\` (nothing starts where it is not set)`, safety: "review", edits };
}

function remedy({ dialect }: ComposeModel, { build }: ComposeService): string {
  // `docker stack deploy` reads no `.env`.
  const source = dialect === "stack" ? "the environment of the deployment" : "an untracked `.env`";
  return build === undefined
    ? `take it from ${source} with \`\${…}\`, or from a secret's file where the image reads one`
    : `mount it from \`secrets\` and read \`/run/secrets/…\`, or take it from ${source} with \`\${…}\``;
}

function* buildArguments(model: ComposeModel, service: ComposeService): Iterable<Problem> {
  for (const variable of variablesOf(model.document.text, service.get("build", "args"))) {
    const what = secretIn(variable, []);
    if (what === undefined) continue;
    yield {
      at: variable.nameSpan,
      message: `Build argument \`${variable.name}\` holds ${what} in plain text, and the image's history keeps it: hand it to the build by \`secrets\`.`,
      ...milder(model),
    };
  }
}

function milder(model: ComposeModel, later = false): { readonly severity?: "hint" } {
  return later || model.role === "development" ? { severity: "hint" } : {};
}

/** What kind of secret the value is, worded to follow "holds". */
function secretIn({ name, value, known }: ComposeVariable, credentials: readonly string[]): string | undefined {
  if (value === undefined || value.trim() === "" || !known) return undefined;
  // `$$` stands for a dollar sign, which is no variable.
  const plain = value.replaceAll("$$", "__");
  const token = knownToken(plain);
  if (token !== undefined) return token.what;
  if (credentialsInUrl(plain) !== undefined) return "a URL with a password";
  if (!credentials.includes(name) && !looksLikeSecretName(name)) return undefined;
  return isHarmless(name, plain.trim()) ? undefined : kindOf(name);
}

/** Switches, durations and file names; a bare number may well be a password. */
function isHarmless(name: string, value: string): boolean {
  if (/^\d+$/.test(value)) return false;
  if (isPlainLiteral(value)) return true;
  if (/^(?:\/[\w.@-]+){2,}$/.test(value) || /^(?:file|docker-secret|vault|env|secret):/i.test(value)) return true;
  if (/^(?:https?|tcp):\/\//i.test(value)) return true;
  // `user/none` and the like switch the login off.
  return /_AUTH$/i.test(name) && !/[/:]/.test(value);
}

function kindOf(name: string): string {
  if (/pass(?:word|wd|phrase|code)?s?(?![a-z])|pword|pwd/i.test(name)) return "a password";
  if (/token/i.test(name)) return "a token";
  return /key/i.test(name) ? "a key" : "a secret";
}
