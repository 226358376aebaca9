import { isBuiltIn } from "../../../languages/kubernetes/pod.ts";
import type { KubernetesModel, PodTemplate, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, scalarText } from "../../../languages/yaml/path.ts";

/** A Job, or what a CronJob makes its Jobs from. */
export interface JobSpec {
  readonly resource: Resource;
  /** The Job's own `spec`; of a CronJob, that within `jobTemplate`. */
  readonly spec: YamlMap;
  readonly pod: PodTemplate | undefined;
  readonly cron: boolean;
  /** Written out whole, so that something can be missing in it. */
  readonly whole: boolean;
}

/** The Jobs of a document, those of CronJobs included; not what other tools make Jobs from. */
export function jobsOf(model: KubernetesModel): readonly JobSpec[] {
  return model.resources.flatMap((resource) => {
    const cron = resource.resourceKind === "CronJob";
    if ((!cron && resource.resourceKind !== "Job") || !isBuiltIn(resource.apiVersion, resource.resourceKind)) return [];
    const spec = cron ? resource.get("spec", "jobTemplate", "spec") : resource.get("spec");
    if (spec?.type !== "map") return [];
    return [{ resource, spec, pod: resource.pod, cron, whole: isWhole(model, resource) }];
  });
}

/** A CronJob with its `spec`. */
export interface CronJob {
  readonly resource: Resource;
  readonly spec: YamlMap;
  readonly whole: boolean;
  /** The `schedule:` key, where it is there. */
  readonly schedule: YamlEntry | undefined;
}

/** The CronJobs of a document. */
export function cronJobsOf(model: KubernetesModel): readonly CronJob[] {
  return model.resources.flatMap((resource) => {
    if (resource.resourceKind !== "CronJob" || !isBuiltIn(resource.apiVersion, "CronJob")) return [];
    const spec = resource.get("spec");
    if (spec?.type !== "map") return [];
    return [{ resource, spec, whole: isWhole(model, resource), schedule: spec.get("schedule") }];
  });
}

/** A whole number; `undefined` where it is missing, something else, or decided elsewhere. */
export function wholeNumberAt(map: YamlMap, key: string): number | undefined {
  const node = getPath(map, key);
  return node?.type === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

/** The text of a schedule that can be judged; `undefined` where it is missing or something else decides it. */
export function scheduleText(node: YamlNode | undefined): string | undefined {
  return isNull(node) || isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}

function isWhole(model: KubernetesModel, resource: Resource): boolean {
  return !model.templated && !resource.partial;
}
