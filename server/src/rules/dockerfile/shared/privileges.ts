import type { BaseImageFacts } from "../../../knowledge/base-images/index.ts";
import type { DockerfileModel, Stage } from "../../../languages/dockerfile/model.ts";
import { startedFiles } from "../../../languages/dockerfile/started-files.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { runsBaseServer, startedPrograms } from "./start.ts";

/** Programs that start as root to run something as another user. */
const droppers =
  /(?<![\w-])(?:gosu|su-exec|setpriv|runuser|chpst|setuidgid|s6-setuidgid|s6-overlay|fixuid|start-stop-daemon)(?![\w-])/;

/** Programs whose work is root's: they start others, or sessions, as the users these belong to. */
const rootsOwn: ReadonlySet<string> = new Set(["sshd", "cron", "crond", "systemd", "init", "dockerd", "containerd"]);

/** Whether an image that starts as root gives it up by itself, or has to keep it: a `USER` would break it. */
export function handlesRoot(
  model: DockerfileModel,
  stage: Stage,
  facts: BaseImageFacts | undefined,
  workspace: WorkspaceView,
): boolean {
  if (facts?.family === "docker") return true;
  if (facts?.dropsRoot === true && (facts.entrypoint === undefined || runsEntrypoint(stage, facts))) return true;
  // The signal that systemd is stopped by, and nothing else.
  if (/^(?:SIG)?RTMIN\+3$/i.test(stage.last("STOPSIGNAL")?.words[0]?.resolved ?? "")) return true;
  if (startedPrograms(stage).some(({ name }) => rootsOwn.has(name) || name === "su" || droppers.test(name)))
    return true;
  if (stage.history.some(({ span }) => droppers.test(model.text.slice(span.start, span.end)))) return true;
  return startedFiles(stage).some(({ origin }) => {
    const script = origin.type === "context" ? workspace.script(origin.path) : undefined;
    return script !== undefined && script !== "unknown" && script.shell?.dropsRoot === true;
  });
}

/** Whether the entrypoint is still the base image's own, whatever it is to run. */
function runsEntrypoint(stage: Stage, facts: BaseImageFacts): boolean {
  return stage.last("ENTRYPOINT") === undefined || runsBaseServer(stage, facts);
}
