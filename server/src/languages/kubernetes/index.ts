export type { Container, KubernetesModel, PodTemplate, Resource } from "./model.ts";
export { type ManifestOptions, isTemplated, parseManifest } from "./parse.ts";
