import { nearest } from "../../../languages/dockerfile/problems/nearest.ts";
import type { DockerfileModel, Stage } from "../../../languages/dockerfile/model.ts";
import { baseImageFacts } from "../../../knowledge/base-images/index.ts";

/** The stage above that a name which no stage has was most likely meant to be. */
export function meantStage(model: DockerfileModel, name: string, user: Stage | undefined): string | undefined {
  const above = model.stages.slice(0, user?.index ?? 0).flatMap((stage) => stage.name ?? []);
  const near = nearest(name, above) ?? above.find((other) => begins(name, other));
  // A well-known image is no slip, however near a stage's name is.
  return near === undefined || baseImageFacts(`docker.io/library/${name}`, undefined) !== undefined ? undefined : near;
}

/** `build` and `builder`: one is the other and a few letters more. */
function begins(name: string, other: string): boolean {
  const [short, long] = name.length < other.length ? [name, other] : [other, name];
  return short.length > 3 && long.length - short.length <= 3 && long.toLowerCase().startsWith(short.toLowerCase());
}
