import type { EditFix } from "../../../engine/rule.ts";
import type { ComposeModel } from "../../../languages/compose/model.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
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
 * Moves a value into the `.env` beside the Compose file, by the first of the names that is free there or has that very value. `undefined` where the file
 * cannot hold it, nobody knows what is in it, or `docker stack deploy` reads the Compose file, which takes no notice of it.
 */
export function movedToEnvironmentFile(
  model: ComposeModel,
  workspace: WorkspaceView,
  names: readonly string[],
  value: string,
): MovedValue | undefined {
  const line = quoted(value);
  if (line === undefined || model.dialect === "stack") return undefined;
  const { path, values } = projectVariables(workspace);
  if (values === "unknown") return undefined;
  const name = names.find((candidate) => isName(candidate) && (values?.get(candidate) ?? value) === value);
  if (name === undefined) return undefined;
  const reference = `\${${name}:?}`;
  const kept = { name, reference, title: `Take it from \`.env\` as \`${reference}\`` };
  if (values?.has(name) === true) return { ...kept, beside: {}, title: `${kept.title}, where it stands already` };
  const text = `${name}=${line}`;
  return values === undefined
    ? {
        ...kept,
        beside: { creates: [{ path, text: `${text}\n` }] },
        title: `${kept.title}, and make that file with the value (keep it out of Git)`,
      }
    : {
        ...kept,
        beside: { appends: [{ path, lines: [text] }] },
        title: `${kept.title}, and add the value to that file (keep it out of Git)`,
      };
}

function isName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** As a line of a `.env` holds it: in single quotes nothing has a meaning but the quote itself. */
function quoted(value: string): string | undefined {
  if (value === "" || /['\n\r\\]/.test(value)) return undefined;
  return /^[\w@%+=:,./~-]+$/.test(value) ? value : `'${value}'`;
}
