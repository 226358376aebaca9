import { normalizePath } from "../text/path.ts";
import type { FileFacts, KubernetesFacts } from "./facts.ts";
import type { ObjectFacts } from "./manifest-facts.ts";

/** Whether a manifest says anything that other files may ask about. */
export function tellsOthers({ documents }: KubernetesFacts): boolean {
  return documents.some(({ objects, kustomization }) => objects.length > 0 || kustomization !== undefined);
}

/** Whether an object says something of images that Dockerfiles ask about: that it probes them, or names their users by number. */
export function tellsOfImages({ workload }: ObjectFacts): boolean {
  return workload !== undefined && workload.probed.length + workload.numbered.length > 0;
}

/** The Dockerfiles that a Compose file builds, their paths normalised. */
export function dockerfilesOf(facts: FileFacts): readonly string[] {
  const paths = (facts.compose?.services ?? []).flatMap(({ build }) => build?.dockerfile ?? []);
  return [...new Set(paths.map(normalizePath))];
}
