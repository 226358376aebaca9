import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { oneOrMany } from "../../../languages/compose/short-syntax.ts";
import { factsWith, hasHealthcheck } from "../../../languages/image/index.ts";
import { booleanOf, isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import type { DockerfileFacts } from "../../../workspace/facts.ts";
import { buildFacts } from "../../../workspace/compose-facts.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { factsOf } from "./services.ts";

/**
 * Whether the engine asks the service for its health: by a check in the file (`here`), one that the image or the Dockerfile brings (`image`), or not
 * at all. `off`: the file switches it off. `unknown` where another file, a variable or an image we do not know decides.
 */
export type HealthState = "here" | "image" | "off" | "none" | "unknown";

/** See {@link HealthState}; other files of the project are asked for the Dockerfile alone. */
export function healthOf(service: ComposeService, workspace: WorkspaceView): HealthState {
  const written = writtenHealth(service);
  if (written !== undefined) return written;
  if (service.open) return "unknown";
  if (service.build !== undefined || service.get("build") !== undefined) return builtHealth(service, workspace);
  const told = service.imageUse?.description && hasHealthcheck(service.imageUse);
  if (told !== undefined) return told ? "image" : "none";
  const facts = factsOf(service);
  if (facts === undefined) return "unknown";
  return facts.ownHealthcheck ? "image" : "none";
}

function writtenHealth(service: ComposeService): "here" | "off" | "unknown" | undefined {
  const disable = service.get("healthcheck", "disable");
  if (booleanOf(disable) === true) return "off";
  if (isUnknown(disable)) return "unknown";
  const test = service.get("healthcheck", "test");
  if (test === undefined) return undefined;
  const [first] = oneOrMany(test);
  if (isUnknown(first) && first?.type === "scalar" && first.text.startsWith("$")) return "unknown";
  return scalarText(first)?.toUpperCase() === "NONE" ? "off" : "here";
}

function builtHealth(service: ComposeService, workspace: WorkspaceView): HealthState {
  const inline = scalarText(service.get("build", "dockerfile_inline"));
  if (inline !== undefined) return /^\s*HEALTHCHECK\s+(?!NONE\b)/im.test(inline) ? "image" : "none";
  const facts = dockerfileOf(service, workspace);
  if (facts === undefined) return "unknown";
  return bringsCheck(facts, workspace) ? "image" : "none";
}

/** Whether what a Dockerfile makes has a check of its own, or its base image's. */
export function bringsCheck({ healthcheck, base }: DockerfileFacts, workspace: WorkspaceView): boolean {
  if (healthcheck !== undefined) return healthcheck;
  if (base === undefined) return false;
  const description = workspace.registryImage(base)?.description;
  return hasHealthcheck({ facts: factsWith(base, description), description }) === true;
}

/** The facts of the Dockerfile that the service builds, `undefined` where it is not among the files. */
export function dockerfileOf(service: ComposeService, workspace: WorkspaceView): DockerfileFacts | undefined {
  const build = buildFacts(service, workspace.path);
  return build === undefined ? undefined : workspace.dockerfile(build.dockerfile)?.dockerfile;
}

/** Tells services that others wait for or connect to: they have ports, or a service names them as something it needs. */
export function askedIn(model: ComposeModel, workspace: WorkspaceView): (service: ComposeService) => boolean {
  const needed = new Set(model.services.flatMap(({ dependsOn }) => dependsOn.map(({ service }) => service)));
  return (service) =>
    service.ports.length > 0 ||
    service.get("expose") !== undefined ||
    needed.has(service.name) ||
    (dockerfileOf(service, workspace)?.ports.length ?? 0) > 0;
}
