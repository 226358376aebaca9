import type { DockerfileModel } from "../../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { type CommandSecret, secretsOfCommands } from "../../shared/command-secrets.ts";
import { literalSecret } from "../../shared/literal-secret.ts";
import { settingsOfScript } from "./removal.ts";
import type { RunBody } from "./run-bodies.ts";

/** A secret that stands in a command of a Dockerfile as it is. */
export interface WrittenSecret extends CommandSecret {
  readonly variable?: NonNullable<CommandSecret["variable"]> & {
    /** Takes the assignment out: the variable comes from outside then. */
    readonly remove?: (model: DockerfileModel) => TextEdit | undefined;
  };
}

/** Secrets given to programs by options and headers, and to variables of the script. */
export function secretsInScript(body: Pick<RunBody, "script"> & Partial<RunBody>): readonly WrittenSecret[] {
  const found: WrittenSecret[] = [...secretsOfCommands(body.script)];
  for (const { name, value, at, remove } of settingsOfScript(body)) {
    const what = value === undefined ? undefined : literalSecret(name, value);
    if (what !== undefined) found.push({ what, at, variable: { name, value: at, remove } });
  }
  return found;
}
