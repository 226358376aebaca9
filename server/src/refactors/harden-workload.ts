import type { EditFix, Problem, Rule } from "../engine/rule.ts";
import type { Container, KubernetesModel, Resource } from "../languages/kubernetes/model.ts";
import type { YamlNode } from "../languages/yaml/node.ts";
import missingCpuRequest from "../rules/kubernetes/missing-cpu-request.ts";
import missingLivenessProbe from "../rules/kubernetes/missing-liveness-probe.ts";
import missingMemoryLimit from "../rules/kubernetes/missing-memory-limit.ts";
import missingMemoryRequest from "../rules/kubernetes/missing-memory-request.ts";
import missingReadinessProbe from "../rules/kubernetes/missing-readiness-probe.ts";
import missingResourceRequests from "../rules/kubernetes/missing-resource-requests.ts";
import serviceAccountToken from "../rules/kubernetes/service-account-token.ts";
import { type HardeningPart, hardeningEdits, hardeningParts } from "../rules/kubernetes/shared/hardening.ts";
import { setResources } from "../rules/kubernetes/shared/missing-resources.ts";
import { usualResources } from "../rules/kubernetes/shared/usual-resources.ts";
import { type Workload, workloadsOf } from "../rules/kubernetes/shared/workloads.ts";
import { contains } from "../text/span.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";
import { arrangedParts, joinedTitles } from "./arranged-parts.ts";
import { defineRefactor, type Refactoring } from "./refactor.ts";
import { isUsedElsewhere, isSharedUnevenly } from "./shared-nodes.ts";

/** Gives a workload what it lacks to satisfy `restricted`, and what the `recommended` rules ask of its pods besides; each thing with what it may break. */
export default defineRefactor("kubernetes", {
  slug: "harden-workload",
  offer(model, offset, workspace) {
    const workload = workloadAt(model, offset);
    if (workload === undefined || !workload.whole || workspace.manifests().patch) return undefined;
    if (model.document.problems.length > 0 || isUsedElsewhere(model, workload)) return undefined;
    const parts = arrangedParts(model.document.text, [
      ...restricting(model, workload),
      ...byRules(model, workload, workspace),
    ]);
    return parts.length === 0 ? undefined : { title: `Harden ${nameOf(workload.resource)}…`, parts };
  },
});

/** The workload that an offset is in; a document's only one wherever in it. */
function workloadAt(model: KubernetesModel, offset: number): Workload | undefined {
  const workloads = workloadsOf(model);
  return model.resources.length === 1
    ? workloads[0]
    : workloads.find(({ resource }) => contains(resource.map.span, { start: offset, end: offset }));
}

function nameOf({ resourceKind, name }: Resource): string {
  return name === undefined ? `this ${resourceKind}` : `${resourceKind} \`${name}\``;
}

/** What `restricted` asks for, and read-only root file systems: things that need one new map or list are one part, as each of them alone would have to make it. */
function restricting(model: KubernetesModel, { pod }: Workload): Refactoring["parts"] {
  const all = hardeningParts(model, pod);
  const possible = all.filter((part) => !isSharedUnevenly(model, pod, part, all));
  return groupsByNewPlaces(possible).flatMap((group) => {
    // Lists of volumes and mounts may be written where they cannot grow.
    const tries = [group, group.filter(({ scratch }) => scratch === undefined)];
    for (const parts of tries) {
      const edits = hardeningEdits(model, pod, parts);
      if (edits !== undefined && edits.length > 0) return [{ title: joinedTitles(parts), edits }];
    }
    return [];
  });

  function groupsByNewPlaces(parts: readonly HardeningPart[]): readonly (readonly HardeningPart[])[] {
    const groups: { readonly places: Set<string>; readonly parts: HardeningPart[] }[] = [];
    for (const part of parts) {
      const places = newPlaces(part);
      const touched = groups.filter((group) => places.some((place) => group.places.has(place)));
      const [first, ...others] = touched;
      if (first === undefined) {
        groups.push({ places: new Set(places), parts: [part] });
        continue;
      }
      for (const place of places) first.places.add(place);
      for (const other of others) {
        for (const place of other.places) first.places.add(place);
        first.parts.push(...other.parts);
        groups.splice(groups.indexOf(other), 1);
      }
      first.parts.push(part);
    }
    return groups.map((group) => group.parts);
  }

  /** The maps and lists that a part makes, or fills where they are empty or shared by an anchor. */
  function newPlaces({ settings, scratch }: HardeningPart): readonly string[] {
    const contexts = settings.flatMap(({ holder }) => {
      const context = holder.get("securityContext");
      if (context !== undefined && (context.alias !== undefined || context.anchor !== undefined)) {
        return [`context at ${context.span.start}`];
      }
      const isNew = context === undefined || (context.type === "map" && context.entries.length === 0);
      return isNew ? [`context in ${holder.map.span.start}`] : [];
    });
    const volumes = pod.get("volumes");
    const isNew = volumes === undefined || (volumes.type === "seq" && volumes.items.length === 0);
    return isNew && scratch !== undefined && scratch.folders.length > 0 ? [...contexts, "volumes"] : contexts;
  }
}

/** Rules of `recommended` that ask for something that is missing, each with its first fix. */
const asking: readonly Rule[] = [
  serviceAccountToken,
  missingResourceRequests,
  missingCpuRequest,
  missingMemoryRequest,
  missingMemoryLimit,
  missingReadinessProbe,
  missingLivenessProbe,
];

function byRules(model: KubernetesModel, { resource, pod }: Workload, workspace: WorkspaceView): Refactoring["parts"] {
  const asked = asking.flatMap((rule) =>
    [...rule.run(model, {}, workspace)].flatMap((problem): readonly Asked[] => {
      // What is written, and is to be changed, is none of the things that are missing.
      const isWritten = rule === serviceAccountToken && pod.entry("automountServiceAccountToken") !== undefined;
      if (isWritten || !contains(resource.map.span, problem.at)) return [];
      const fix = firstFix(problem);
      const container = pod.containers.find(({ at }) => at.start === problem.at.start);
      return fix === undefined ? [] : [{ rule, container, fix }];
    }),
  );
  return withOneResources(model, asked).map(({ container, fix }) => {
    const isAlone = container?.name === undefined || pod.containers.length === 1;
    return { title: isAlone ? fix.title : ofContainer(fix.title, container.name), edits: fix.edits };
  });
}

interface Asked {
  readonly rule: Rule;
  /** `undefined` for what is asked of the pod. */
  readonly container: Container | undefined;
  readonly fix: EditFix;
}

/** A request of CPU and a limit of memory come as one where each of them would have to make the key that they go below. */
function withOneResources(model: KubernetesModel, asked: readonly Asked[]): readonly Asked[] {
  const isPair = ({ container }: Asked): boolean =>
    container !== undefined &&
    !hasEntries(container.get("resources")) &&
    [missingCpuRequest, missingMemoryLimit].every((rule) =>
      asked.some((one) => one.rule === rule && one.container === container),
    );
  return asked.flatMap((one): readonly Asked[] => {
    const { rule, container, fix } = one;
    if (container === undefined || !isPair(one)) return [one];
    if (rule === missingMemoryLimit) return [];
    const limit = asked.find((other) => other.rule === missingMemoryLimit && other.container === container);
    if (rule !== missingCpuRequest || limit === undefined) return [one];
    const { cpu, memoryLimit = "" } = usualResources(container);
    const wanted = { requests: { cpu }, limits: { memory: memoryLimit } };
    const both = setResources(model, container, wanted, joinedTitles([fix, limit.fix])).find((made) => "edits" in made);
    return both === undefined ? [] : [{ rule, container, fix: both }];
  });
}

function hasEntries(node: YamlNode | undefined): boolean {
  return node?.type === "map" && node.entries.length > 0;
}

function firstFix({ fixes }: Problem): EditFix | undefined {
  const made = typeof fixes === "function" ? fixes() : (fixes ?? []);
  return made.find((fix) => "edits" in fix);
}

/** A fix stands beside its container and need not name it; in a list of parts it has to. */
function ofContainer(title: string, name: string): string {
  return `\`${name}\`: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
