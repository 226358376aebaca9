export { type BesideContent, besideFacts, ignoreFacts, isNameOnly, longestBeside } from "./beside.ts";
export type {
  BesideFacts,
  ComposeFacts,
  DockerfileFacts,
  FileFacts,
  KubernetesFacts,
  PackageFacts,
  WorkloadFacts,
} from "./facts.ts";
export { isProjectName } from "./compose-files.ts";
export { mainNames } from "./compose-relations.ts";
export { factsOf, type Told } from "./facts-of.ts";
export { readShellCheck, type ShellComment, type ShellComments, type ShellReplacement } from "./shell-comments.ts";
export { createWorkspace, type AskedFile, type Workspace, type WorkspaceView } from "./workspace.ts";
