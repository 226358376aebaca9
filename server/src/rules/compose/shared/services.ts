import { type ServiceFacts, serviceFacts } from "../../../knowledge/services/index.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { oneOrMany } from "../../../languages/compose/short-syntax.ts";
import { isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

export { oncePerPlace } from "../../shared/once-per-place.ts";

/**
 * The services of which a key can be missing: they stand in the file whole. What an override, a part without image, or a template leaves out may be set
 * elsewhere; so may what a service extends in another file, unless the `workspace` is given and knows that file: then {@link isSetElsewhere} is to be
 * asked. With the workspace, a service of the file that this one is a layer on is judged there.
 */
export function wholeServices(model: ComposeModel, workspace?: WorkspaceView): readonly ComposeService[] {
  if (model.role === "override" || model.document.templated) return [];
  const has = (service: ComposeService, key: string): boolean =>
    service.get(key) !== undefined ||
    (service.open && workspace !== undefined && isSetElsewhere(workspace, service, key));
  const below = new Set(workspace?.composeProject().below.flatMap(({ services }) => services));
  return model.services.filter(
    (service) =>
      !below.has(service.name) &&
      (!service.open || (workspace !== undefined && isBaseKnown(workspace, service))) &&
      (has(service, "image") || has(service, "build")) &&
      !has(service, "provider"),
  );
}

/** Whether all that the service extends in other files could be read. */
function isBaseKnown(workspace: WorkspaceView, { name, base }: ComposeService): boolean {
  const found = base === undefined ? undefined : workspace.composeProject().base(name);
  return found !== undefined && "span" in found;
}

/** The whole services of a file that is not for development only. */
export function productionServices(model: ComposeModel, workspace?: WorkspaceView): readonly ComposeService[] {
  return model.role === "development" ? [] : wholeServices(model, workspace);
}

/**
 * Whether another file of the project sets something at a path of a service, named or given: one that is, or may be, merged with this file, or the base that the service
 * extends there. A null is no setting, nor is what `!reset` takes away. Only for rules that read the workspace.
 */
export function isSetElsewhere(
  workspace: WorkspaceView,
  service: string | { readonly name: string },
  ...path: readonly string[]
): boolean {
  return workspace
    .composeProject()
    .elsewhere(typeof service === "string" ? service : service.name, ...path)
    .some(({ value, tag }) => value !== null && tag !== "!reset");
}

/** What is known of the image a service pulls; of one it builds itself only the name would be known. */
export function factsOf(service: ComposeService): ServiceFacts | undefined {
  return service.once(imageFacts);
}

function imageFacts(service: ComposeService): ServiceFacts | undefined {
  const { image } = service;
  return image === undefined || service.build !== undefined || service.get("build") !== undefined
    ? undefined
    : serviceFacts(image.canonical, image.tag);
}

const jobNames =
  /(?:^|[-_.])(?:migrat\w*|init\w*|setup|seed\w*|bootstrap\w*|provision\w*|create|wait|restore|test|tests|e2e|lint|cli|tools?|shell|build|builder|installer|generator)(?:[-_.]|$)/i;

const jobProfiles =
  /^(?:tools?|cli|debug|dev\w*|tests?|testing|e2e|ci|migrat\w*|seed\w*|jobs?|manual|setup|init|build|never|donotstart|local)$/i;

/** Tells services that do their work and end, or only run when somebody asks for them: a migration, a set-up, a tool. */
export function jobsOf(model: ComposeModel): (service: ComposeService) => boolean {
  const completed = model.once(completedServices);
  return (service) => completed.has(service.name) || service.once(isJob);
}

/** Those that others wait for until they have ended. */
function completedServices(model: ComposeModel): ReadonlySet<string> {
  return new Set(
    model.services.flatMap(({ dependsOn }) =>
      dependsOn.filter(({ condition }) => condition === "service_completed_successfully").map(({ service }) => service),
    ),
  );
}

function isJob(service: ComposeService): boolean {
  if (factsOf(service)?.oneShot === true || jobNames.test(service.name)) return true;
  if (["no", "false"].includes(scalarText(service.get("restart")) ?? "")) return true;
  if (scalarText(service.get("deploy", "restart_policy", "condition")) === "none") return true;
  if ((scalarText(service.get("deploy", "mode")) ?? "").endsWith("-job")) return true;
  return service.profiles.length > 0 && service.profiles.every((profile) => jobProfiles.test(profile));
}

/** The services that run for as long as the machine does. */
export function lastingServices(model: ComposeModel, workspace?: WorkspaceView): readonly ComposeService[] {
  const isDone = jobsOf(model);
  return productionServices(model, workspace).filter((service) => !isDone(service));
}

/** What the words of a command line are, as one text; `undefined` where it is not known, the empty text where there is none. */
export function commandText(service: ComposeService, key: "command" | "entrypoint"): string | undefined {
  const node = service.get(key);
  if (node === undefined) return "";
  const words = oneOrMany(node);
  return words.some((word) => isUnknown(word)) ? undefined : words.map((word) => scalarText(word) ?? "").join(" ");
}
