export { type BesideContent, besideFacts, ignoreFacts, isNameOnly, longestBeside } from "./beside.ts";
export type {
  BesideFacts,
  ComposeFacts,
  DockerfileFacts,
  FileFacts,
  KubernetesFacts,
  PackageFacts,
} from "./facts.ts";
export { isProjectName } from "./compose-files.ts";
export { mainNames } from "./compose-relations.ts";
export { factsOf, type Told } from "./facts-of.ts";
export type { RegistryImage, RegistryImages } from "./registry-images.ts";
export { readShellCheck, type ShellComment, type ShellComments, type ShellReplacement } from "./shell-comments.ts";
export { createWorkspace, type AskedFile, type Workspace, type WorkspaceView } from "./workspace.ts";
export type { WatchedView } from "./watched-view.ts";
export { type Labels, selects, wantedLabels } from "./label-selector.ts";
export type { ManifestFacts, ObjectFacts } from "./manifest-facts.ts";
export { type FolderNames, kustomizationNames, longestManifest, manifestsBelow } from "./manifest-files.ts";
export type { LookUp, ManifestView, ObjectReference, PlacedObject, PlacedWorkload } from "./manifests.ts";
export type { PlainValue } from "./plain-value.ts";
export type { ContainerFacts, PortFacts, WorkloadFacts } from "./workload-facts.ts";
