import { folderOf, nameOf } from "../../../text/path.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/** What the image of a Dockerfile is likely called: as the services that build it say, else after its folder or the rest of the file's name. */
export function imageNames(workspace: WorkspaceView): readonly string[] {
  const { path } = workspace;
  const said = workspace
    .builders()
    .flatMap(({ service: { image, name } }) => [
      name,
      ...(image === undefined ? [] : [nameOf(image).replace(/[@:].*$/, "")]),
    ]);
  const rest = nameOf(path).replace(/^(?:dockerfile|containerfile)\.?|\.?(?:dockerfile|containerfile)$/gi, "");
  return [...said, nameOf(folderOf(path)), rest].filter((name) => /[a-z]/i.test(name));
}

/** Whether a workload of the workspace lets Kubernetes check that an image of that name does not run as root, for which its user must be a number. */
export function needsNumber(workspace: WorkspaceView): boolean {
  const workloads = workspace
    .manifests()
    .allWorkloads()
    .filter(({ workload }) => workload.numbered.length > 0);
  if (workloads.length === 0) return false;
  const names = imageNames(workspace);
  return workloads.some(({ workload }) => workload.numbered.some((name) => names.includes(name)));
}
