import type { EditFix, NewFile } from "../../../engine/rule.ts";
import { variableUses } from "../../../languages/compose/interpolation.ts";
import type { ComposeModel } from "../../../languages/compose/model.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { keptOutOfGit } from "./kept-out-of-git.ts";
import { projectVariables } from "./project-variables.ts";

/** A value that comes to stand in the project's `.env`, and what stands for it in the Compose file. */
export interface MovedValue {
  readonly name: string;
  /** `${NAME:?}` */
  readonly reference: string;
  /** What it needs beside the Compose file. */
  readonly beside: Pick<EditFix, "creates" | "appends">;
  /** For a fix: where the value is then. */
  readonly title: string;
}

/**
 * Moves a value into the `.env` beside the Compose file, by the first of the names that has that very value there, or stands for nothing yet. `value` is as
 * the Compose file has it, with `$$`. `undefined` where the `.env` cannot hold it, nobody knows what is in it, or `docker stack deploy` reads the Compose
 * file, which takes no notice of it.
 */
export function movedToEnvironmentFile(
  model: ComposeModel,
  workspace: WorkspaceView,
  names: readonly string[],
  value: string,
): MovedValue | undefined {
  const plain = value.replaceAll("$$", "$");
  const line = quoted(plain);
  if (line === undefined || model.dialect === "stack") return undefined;
  const { path, values } = projectVariables(workspace);
  if (values === "unknown") return undefined;
  const name = names.find((candidate) => {
    if (!isName(candidate)) return false;
    return values?.has(candidate) === true ? values.get(candidate) === plain : isFree(model, candidate, value);
  });
  if (name === undefined) return undefined;
  const reference = `\${${name}:?}`;
  const kept = { name, reference, title: `Take it from \`.env\` as \`${reference}\`` };
  if (values?.has(name) === true) return { ...kept, beside: {}, title: `${kept.title}, where it stands already` };
  const text = `${name}=${line}`;
  if (values !== undefined) {
    return {
      ...kept,
      beside: { appends: [{ path, lines: [text] }] },
      title: `${kept.title}, and add the value to that file (keep it out of Git)`,
    };
  }
  const { creates, appends, ignoreFile } = keptOutOfGit(workspace, ".env");
  const file: NewFile = { path, text: `${text}\n`, ofLines: true };
  const git = ignoreFile === "unknown" ? "keep it out of Git" : "which `.gitignore` keeps out of Git";
  return {
    ...kept,
    beside: { creates: [file, ...creates], ...(appends.length === 0 ? {} : { appends }) },
    title: `${kept.title}, and make that file with the value (${git})`,
  };
}

/** Nothing in the file goes by the name, but variables of containers with the same value. */
function isFree(model: ComposeModel, name: string, value: string): boolean {
  for (const { environment } of model.services) {
    if (environment.some((variable) => variable.name === name && variable.value !== value)) return false;
  }
  for (const { parts } of model.interpolated) {
    for (const use of variableUses(parts)) if (use.name === name) return false;
  }
  return true;
}

function isName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** As a line of a `.env` holds it: in single quotes nothing has a meaning but the quote itself. */
function quoted(value: string): string | undefined {
  if (value === "" || /['\n\r\\]/.test(value)) return undefined;
  return /^[\w@%+=:,./~-]+$/.test(value) ? value : `'${value}'`;
}
