import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import {
  type InterpolatedScalar,
  placeOf,
  type VariableUse,
  variableUses,
} from "../../languages/compose/interpolation.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { nearest } from "../../languages/dockerfile/problems/nearest.ts";
import { type TextEdit, replace } from "../../text/edit.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith } from "./shared/example.ts";
import { plainDollars } from "./shared/plain-dollars.ts";
import { projectVariables } from "./shared/project-variables.ts";

export default defineRule("compose", {
  slug: "undefined-variable",
  summary: "The project's `.env` defines the other variables of the file, but not this one.",
  why: `For a variable without a value Compose prints a warning and puts in an empty text: an image without a tag, a password that is none, a port that
the engine chooses. Whoever starts the project may have the variable in the environment, which nobody else has.

\`\${NAME:?}\` says so where it is missing, \`\${NAME:-default}\` gives it a value, and a line in \`.env\` does so for everyone. Only files beside
whose \`.env\` they live are looked at: where all variables, or more than two in three, come from outside, as in CI, nothing is said.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: ['image: "ghcr.io/acme/api:${API_VERSION}"'], own: ["hostname: ${API_HOTS}"] }),
      good: composeWith({ image: ['image: "ghcr.io/acme/api:${API_VERSION}"'], own: ["hostname: ${API_HOST}"] }),
      files: { ".env": "API_VERSION=1.4.2\nAPI_HOST=api\n" },
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (!model.document.text.includes("$")) return;
    const values = definitions(model, workspace);
    if (values !== undefined) yield* problems(model, values);
  },
});

/** What the `.env` says, where it is known to be all that files say. A stack file knows of none. */
function definitions(model: ComposeModel, workspace: WorkspaceView): ReadonlyMap<string, string> | undefined {
  const { values } = projectVariables(workspace);
  if (values === undefined || values === "unknown" || values.size === 0 || model.dialect === "stack") return undefined;
  return workspace.composeProject().complete ? values : undefined;
}

function* problems(model: ComposeModel, values: ReadonlyMap<string, string>): Iterable<Problem> {
  const uses = model.interpolated.flatMap((found) => [...variableUses(found.parts)].map((use) => ({ found, use })));
  const names = new Set(uses.map(({ use }) => use.name));
  if (![...names].some((name) => values.has(name))) return;
  // A name that is asked for in another place is one that may be missing.
  const asked = new Set(uses.flatMap(({ use }) => (use.operator?.endsWith("?") === true ? [use.name] : [])));
  const undefinedUses = uses.filter(
    ({ use: { name, operator } }) =>
      operator === undefined && !values.has(name) && !asked.has(name) && !isCallers(name),
  );
  if (undefinedUses.length === 0) return;
  // Those stand for no variable at all, which another rule says.
  const scalars = new Set(undefinedUses.map(({ found }) => found));
  const plain = new Set([...plainDollars(model, scalars, (name) => values.has(name))].flatMap((dollar) => dollar.uses));
  const candidates = [...values.keys()].filter((name) => !names.has(name));
  // A `.env` that has but a few of them, passwords say, is not where the others are expected.
  const missing = new Set(undefinedUses.map(({ use }) => use.name));
  const isHome = [...names].filter((name) => values.has(name)).length * 2 >= missing.size;
  for (const { found, use } of undefinedUses) {
    if (plain.has(use)) continue;
    const near = nearest(use.name, candidates);
    if (isHome || near !== undefined) yield problem(model, found, use, near);
  }
}

/** What the system, Docker or a CI service sets for whoever calls Compose. */
function isCallers(name: string): boolean {
  return (
    /^(?:HOME|USER|USERNAME|LOGNAME|UID|GID|EUID|PUID|PGID|PWD|OLDPWD|PATH|SHELL|HOSTNAME|HOSTTYPE|OSTYPE|TERM|LANG|TZ|DISPLAY|WAYLAND_DISPLAY|TMPDIR|TEMP|TMP|APPDATA|LOCALAPPDATA|USERPROFILE|PROGRAMDATA|CI)$/i.test(
      name,
    ) ||
    /^(?:COMPOSE|DOCKER|BUILDKIT|BUILDX|GITHUB|GITLAB|CI|XDG|LC|SSH|RUNNER|JENKINS|BUILD|DBUS|XAUTHORITY|PULSE|WSL)_|^(?:https?|no|all)_proxy$|^XAUTHORITY$/i.test(
      name,
    )
  );
}

function problem(
  model: ComposeModel,
  { scalar }: InterpolatedScalar,
  use: VariableUse,
  near: string | undefined,
): Problem {
  const advice =
    near === undefined ? `add it there, or ask for it with \`\${${use.name}:?}\`` : `did you mean \`${near}\`?`;
  const place = placeOf(model, scalar, use.nameAt);
  return {
    at: place,
    message: `\`${use.name}\` is not in \`.env\`, and without a value an empty text takes its place: ${advice}${near === undefined ? "." : ""}`,
    ...(near === undefined ? {} : { severity: "warning" }),
    fixes: (): readonly Fix[] => {
      const { text } = model.document;
      const whole = placeOf(model, scalar, use.at);
      if (text.slice(whole.start, whole.end) !== scalar.text.slice(use.at.start, use.at.end)) return [];
      return [
        ...(near === undefined ? [] : [fix(`Use \`${near}\`, which \`.env\` defines`, replace(place, near))]),
        fix(`Ask for \`${use.name}\` (nothing starts where it is not set)`, replace(whole, `\${${use.name}:?}`)),
      ];
    },
  };
}

function fix(title: string, edit: TextEdit): Fix {
  return { title, safety: "review", edits: [edit] };
}
