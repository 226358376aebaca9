import { baseImageOf } from "../../../knowledge/base-images/index.ts";
import type { PodSecurityCheck } from "../../../knowledge/pod-security.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { appendItem, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import { isNull, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { joinedByDepth } from "../../shared/joined-edits.ts";
import { containerHolder, type Holder, holderName, podHolder } from "./pod-security-place.ts";
import { podSecurityProblems } from "./pod-security.ts";
import { type Scratch, scratchFolders, withScratchFolders } from "./read-only.ts";
import { effectiveSetting, flagOf, isAllPowerful, numberOf } from "./security-context.ts";

/** One thing that a workload lacks, and what adds it. */
export interface HardeningPart {
  /** What is done, in the imperative, and in brackets what may break. */
  readonly title: string;
  /** Keys of security contexts that are not there yet. */
  readonly settings: readonly MissingSetting[];
  /** Folders to write to that come with it. */
  readonly scratch?: Scratch;
}

/** A key below the `securityContext` of a pod or container, and its value. */
export interface MissingSetting {
  readonly holder: Holder;
  /** Below `securityContext`. */
  readonly path: readonly string[];
  readonly value: YamlValue;
}

/**
 * What a pod lacks to satisfy `restricted`, and a read-only root file system for each container whose image is not known to need another one. Only keys that
 * are missing: what is written and refused stays as it is. Nothing for containers that are privileged or the like, and no `runAsNonRoot` for images that are
 * known to need root.
 */
export function hardeningParts(model: KubernetesModel, pod: PodTemplate): readonly HardeningPart[] {
  if (pod.windows) return [];
  const missing = podSecurityProblems(pod, model.release, "restricted").filter((problem) => problem.missing);
  const lacking = (check: PodSecurityCheck): readonly Container[] =>
    missing.flatMap((problem) =>
      problem.check === check && problem.container !== undefined ? [problem.container] : [],
    );
  return [
    ...nonRootParts(pod, lacking("runAsNonRoot")),
    ...seccompParts(pod, lacking("seccompProfile_restricted")),
    ...lacking("allowPrivilegeEscalation").flatMap((container) =>
      isAllPowerful(container)
        ? []
        : [
            {
              title: `Forbid ${holderName({ container })} to gain privileges (\`sudo\` and other setuid programs stop working)`,
              settings: [setting(container, ["allowPrivilegeEscalation"], false)],
            },
          ],
    ),
    ...lacking("capabilities_restricted").flatMap((container) =>
      isAllPowerful(container)
        ? []
        : [
            {
              title: `Drop all capabilities of ${holderName({ container })} (a process that runs as root may miss some)`,
              settings: [setting(container, ["capabilities", "drop"], ["ALL"])],
            },
          ],
    ),
    ...readOnlyParts(pod),
  ];
}

/** The edits of several parts as one list; `undefined` where they cannot be made without harm. */
export function hardeningEdits(
  model: KubernetesModel,
  pod: PodTemplate,
  parts: readonly HardeningPart[],
): readonly TextEdit[] | undefined {
  const scratch = parts.flatMap((part) => part.scratch ?? []);
  return joinedByDepth(model.document.text, [
    ...settingEdits(
      model,
      parts.flatMap(({ settings }) => settings),
    ),
    ...withScratchFolders(model, pod, scratch),
  ]);
}

function setting(container: Container, path: readonly string[], value: YamlValue): MissingSetting {
  return { holder: containerHolder(container), path, value };
}

function nonRootParts(pod: PodTemplate, lacking: readonly Container[]): readonly HardeningPart[] {
  const possible = lacking.flatMap((container) => {
    const user = userFor(pod, container);
    return user === undefined ? [] : [{ container, user }];
  });
  if (possible.length === 0) return [];
  const users = possible.flatMap(({ container, user }) =>
    user === "own" ? [] : [setting(container, ["runAsUser"], user)],
  );
  const whole = possible.length === lacking.length && flagOf(pod.get("securityContext", "runAsNonRoot")) === undefined;
  const flags = whole
    ? [{ holder: podHolder(pod), path: ["runAsNonRoot"], value: true }]
    : possible.map(({ container }) => setting(container, ["runAsNonRoot"], true));
  const names = possible.map(({ container }) => holderName({ container })).join(", ");
  return [
    {
      title: `Run ${names} as a user other than root (an image that runs as root will not start)`,
      settings: [...flags, ...users],
    },
  ];
}

/** The number to run as; `own` where the image has a user that is not root, or is not known; `undefined` where it is to run as root, or has to. */
function userFor(pod: PodTemplate, container: Container): number | "own" | undefined {
  const asked = numberOf(effectiveSetting(pod, container, "runAsUser")?.node);
  if (asked === 0 || asked === "unknown") return undefined;
  if (asked !== undefined || container.image === undefined) return "own";
  const facts = baseImageOf(container.image);
  if (facts === undefined || facts.user.uid !== 0) return "own";
  return facts.workersDropRoot === true ? undefined : facts.nonRootUser?.uid;
}

function seccompParts(pod: PodTemplate, lacking: readonly Container[]): readonly HardeningPart[] {
  if (lacking.length === 0) return [];
  const value = { type: "RuntimeDefault" };
  // What the pod asks for, wrong as it is, stays; the containers can say otherwise.
  const said = scalarText(pod.get("securityContext", "seccompProfile", "type")) !== undefined;
  const settings = said
    ? lacking.map((container) => setting(container, ["seccompProfile"], value))
    : [{ holder: podHolder(pod), path: ["seccompProfile"], value }];
  return [{ title: "Filter system calls by the runtime's seccomp profile (rare system calls are refused)", settings }];
}

function readOnlyParts(pod: PodTemplate): readonly HardeningPart[] {
  const taken = new Set<string>();
  return pod.containers.flatMap((container) => {
    if (container.role === "ephemeral" || isAllPowerful(container)) return [];
    if (container.entry("securityContext", "readOnlyRootFilesystem") !== undefined) return [];
    const folders = scratchFolders(pod, container, taken);
    if (folders === undefined) return [];
    for (const { volume } of folders) taken.add(volume);
    const beside =
      folders.length === 0 ? "" : `, with an \`emptyDir\` at ${folders.map(({ folder }) => folder).join(", ")}`;
    return [
      {
        title: `Make the root file system of ${holderName({ container })} read-only${beside} (other paths it writes to need a volume, too)`,
        settings: [setting(container, ["readOnlyRootFilesystem"], true)],
        scratch: { container, folders },
      },
    ];
  });
}

/** Keys of one security context that is not there yet come as one, since two edits cannot both make it. */
function settingEdits(
  model: KubernetesModel,
  settings: readonly MissingSetting[],
): readonly (readonly TextEdit[] | undefined)[] {
  const groups = new Map<Holder["map"], MissingSetting[]>();
  for (const one of settings) {
    const group = groups.get(one.holder.map);
    if (group === undefined) groups.set(one.holder.map, [one]);
    else group.push(one);
  }
  const edited = new Set<number>();
  return [...groups.values()].flatMap((group): readonly (readonly TextEdit[] | undefined)[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { holder } = first;
    const position = holder.container === undefined ? { position: beforeContainers } : {};
    const context = holder.get("securityContext");
    if (context === undefined || (context.type === "map" && context.entries.length === 0)) {
      return [setPath(model.document, holder.map, ["securityContext"], nested(group), position)];
    }
    // One context for several containers, by an anchor, is filled once, for all of them.
    if (context.alias !== undefined && edited.has(context.span.start)) return [];
    edited.add(context.span.start);
    return group.map(({ path, value }) => {
      const at = ["securityContext", ...path];
      const there = holder.get(...at);
      if (Array.isArray(value) && there?.type === "seq" && there.items.length > 0) {
        const items: readonly YamlValue[] = value;
        return joinedByDepth(
          model.document.text,
          items.map((item) => appendItem(model.document, there, item)),
        );
      }
      return isNull(there) || there?.type === "seq" ? setPath(model.document, holder.map, at, value) : undefined;
    });
  });
}

const beforeContainers = { before: ["initContainers", "containers"] } as const;

/** Keys and their values as one map. */
function nested(settings: readonly MissingSetting[]): YamlValue {
  const [tops, below] = [new Map<string, YamlValue>(), new Map<string, MissingSetting[]>()];
  for (const one of settings) {
    const [key = "", ...rest] = one.path;
    if (rest.length === 0) tops.set(key, one.value);
    else below.set(key, [...(below.get(key) ?? []), { ...one, path: rest }]);
  }
  return Object.fromEntries([...tops, ...[...below].map(([key, inner]) => [key, nested(inner)] as const)]);
}
