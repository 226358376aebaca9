import { type BaseImageFacts, type ImageTools } from "../../../knowledge/base-images/index.ts";
import { maybePackageManager, packageCommand } from "../../../knowledge/package-managers.ts";
import type { Stage } from "../../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../../languages/shell/index.ts";

/** How a program of the final image is called: by its name, or by its path where it is not on the path. `undefined` where it may be missing. */
export function programIn(
  stage: Stage,
  facts: BaseImageFacts | undefined,
  tool: keyof ImageTools & ("wget" | "curl" | "nc" | "node" | "python" | "bun" | "deno" | "php" | "ruby"),
): string | undefined {
  const name = tool === "python" ? "python3" : tool;
  const path = facts?.toolPaths?.[tool];
  if (path !== undefined) return path;
  if (facts?.tools[tool] === true) return name;
  return (tool === "wget" || tool === "curl") && installs(stage, tool) ? name : undefined;
}

/** Whether a stage installs a package and keeps it. */
function installs(stage: Stage, wanted: string): boolean {
  let installed = false;
  for (const instruction of stage.history) {
    if (instruction.name !== "RUN" || instruction.script === undefined) continue;
    for (const command of everyCommand(instruction.script)) {
      const change = changeOf(command, wanted);
      if (change !== undefined) installed = change;
    }
  }
  return installed;
}

/** `true`: the command installs the package; `false`: it takes it out again; `undefined`: neither. */
function changeOf(command: ShellCommand, wanted: string): boolean | undefined {
  const { name } = command;
  if (name === undefined || !maybePackageManager(name)) return undefined;
  const words = command.args.map(({ value }) => value);
  const read = packageCommand(name, words);
  if (read === undefined || read.manager.scope !== "system") return undefined;
  if (!read.operands.some((index) => words[index]?.split("=")[0] === wanted)) return undefined;
  // `apk add --virtual` names what is taken out again.
  if (read.does === "install") return command.has("--virtual", "-t") && read.manager.name === "apk" ? undefined : true;
  return /^(?:remove|purge|del|erase|rm|autoremove)$/.test(read.subcommand ?? "") ? false : undefined;
}
