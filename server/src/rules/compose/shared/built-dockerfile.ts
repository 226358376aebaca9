import type { ComposeService } from "../../../languages/compose/model.ts";
import { scalarText } from "../../../languages/yaml/path.ts";
import { joinPath } from "../../../text/path.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { dockerfileOf } from "./health.ts";
import { isSetElsewhere } from "./services.ts";

/** What a service's Dockerfile declares, be it a file or written in the Compose file. */
export interface BuiltDockerfile {
  /** How to call it in a message. */
  readonly name: string;
  readonly stages: readonly string[];
  /** The names of its ARGs. */
  readonly args: readonly string[];
}

/** `undefined` where the service builds nothing, or the Dockerfile is not known. */
export function builtDockerfile(service: ComposeService, workspace: WorkspaceView): BuiltDockerfile | undefined {
  const inline = service.get("build", "dockerfile_inline");
  if (inline !== undefined) {
    const text = scalarText(inline);
    // What Compose puts in for a variable may be any line.
    if (text === undefined || /\$\{|\{\{/.test(text.replaceAll("$$", ""))) return undefined;
    return {
      name: "dockerfile_inline",
      stages: [...text.matchAll(/^[ \t]*FROM\b.*\sAS[ \t]+(\S+)[ \t]*$/gim)].flatMap(([, name]) => name ?? []),
      args: [...text.matchAll(/^[ \t]*ARG[ \t]+(.+)$/gim)].flatMap(([, names = ""]) =>
        names.split(/\s+/).flatMap((word) => /^\w+/.exec(word)?.[0] ?? []),
      ),
    };
  }
  // Another layer of the file may build something else.
  if (["context", "dockerfile", "dockerfile_inline"].some((key) => isSetElsewhere(workspace, service, "build", key))) {
    return undefined;
  }
  const facts = dockerfileOf(service, workspace);
  return facts === undefined ? undefined : { name: nameOfDockerfile(service), stages: facts.stages, args: facts.args };
}

/** The Dockerfile's path as the Compose file's author would write it. */
export function nameOfDockerfile({ build }: ComposeService): string {
  return joinPath(slashed(build?.context ?? "."), slashed(build?.dockerfile ?? "Dockerfile"));
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
