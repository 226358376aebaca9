export type { ComposeFacts, DockerfileFacts, FileFacts, KubernetesFacts, WorkloadFacts } from "./facts.ts";
export { factsOf } from "./facts-of.ts";
export { createWorkspace, type Workspace, type WorkspaceView } from "./workspace.ts";
