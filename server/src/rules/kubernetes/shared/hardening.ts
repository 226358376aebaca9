import { capabilityName } from "../../../knowledge/capabilities.ts";
import type { PodSecurityCheck } from "../../../knowledge/pod-security.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { appendItem, setPath, type YamlRecord, type YamlValue } from "../../../languages/yaml/edit.ts";
import { getPath, isNull, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { joinedByDepth } from "../../shared/joined-edits.ts";
import {
  anybody,
  capabilitiesFor,
  gainsPrivileges,
  installsPackages,
  type NumberedUser,
  userFor,
  worksOnNode,
} from "./hardening-needs.ts";
import { containerHolder, type Holder, holderName, podHolder } from "./pod-security-place.ts";
import { podSecurityProblems } from "./pod-security.ts";
import { type Scratch, scratchFolders, withScratchFolders } from "./read-only.ts";
import { flagOf } from "./security-context.ts";

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
 * What a pod lacks to satisfy `restricted`, and a read-only root file system for each container. Only keys that are missing: what is written and refused stays
 * as it is. What a container or its image is known to need is left out, or given back.
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
    ...lacking("allowPrivilegeEscalation").flatMap((container) => escalationPart(pod, container)),
    ...lacking("capabilities_restricted").flatMap((container) => capabilitiesPart(pod, container)),
    ...readOnlyParts(pod),
  ];
}

/** Whether nothing of what `restricted` refuses is left once the parts are made. */
export function answersAll(
  parts: readonly HardeningPart[],
  refused: readonly { readonly check: PodSecurityCheck; readonly container: Container | undefined }[],
): boolean {
  const settings = parts.flatMap((part) => part.settings);
  const givesBack = settings.some(
    ({ path, value }) => path.at(-1) === "add" && JSON.stringify(value) !== '["NET_BIND_SERVICE"]',
  );
  return (
    !givesBack &&
    refused.every(({ check, container }) =>
      settings.some(
        ({ holder, path }) =>
          check.replace(/_.*/, "") === path[0] &&
          (holder.container === undefined || holder.container.map === container?.map),
      ),
    )
  );
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
    return user === undefined ? [] : [{ container, user: user === "own" ? undefined : user }];
  });
  const [first] = possible;
  if (first === undefined) return [];
  const whole = possible.length === lacking.length && flagOf(pod.get("securityContext", "runAsNonRoot")) === undefined;
  // One number for all of them is the pod's.
  const shared =
    whole && possible.length === pod.containers.length && possible.every(({ user }) => user?.uid === first.user?.uid);
  const users = possible.flatMap(({ container, user }) =>
    user === undefined || shared ? [] : [setting(container, ["runAsUser"], user.uid)],
  );
  const flags = whole
    ? [ofPod(pod, "runAsNonRoot", true)]
    : possible.map(({ container }) => setting(container, ["runAsNonRoot"], true));
  const ofAll = shared && first.user !== undefined ? [ofPod(pod, "runAsUser", first.user.uid)] : [];
  const names = possible.map(({ container }) => holderName({ container })).join(", ");
  const numbers = [...new Set(possible.flatMap(({ user }) => user?.uid ?? []))];
  const as = numbers.length === 0 ? "as a user other than root" : `as user ${numbers.join(", ")}`;
  const risk = riskOf(possible.map(({ user }) => user));
  return [
    { title: `Run ${names} ${as} (${risk})`, settings: [...flags, ...ofAll, ...users, ...groupFor(pod, possible)] },
  ];
}

function riskOf(users: readonly (NumberedUser | undefined)[]): string {
  const risks = [
    ...(users.includes(undefined) ? ["an image that runs as root will not start"] : []),
    ...(users.includes(anybody) ? ["what only root may read, write or do fails"] : []),
    ...(users.some((user) => user !== undefined && user !== anybody) ? ["files it writes must be that user's"] : []),
  ];
  return risks.join("; ");
}

/** Who used to be root, and has a volume that is kept, gets at its files by the group. */
function groupFor(
  pod: PodTemplate,
  users: readonly { readonly container: Container; readonly user: NumberedUser | undefined }[],
): readonly MissingSetting[] {
  const groups = new Set(
    users.flatMap(({ container, user }) => (mountsClaim(pod, container) ? (user?.gid ?? []) : [])),
  );
  const [group] = groups;
  return group === undefined || groups.size > 1 || pod.entry("securityContext", "fsGroup") !== undefined
    ? []
    : [ofPod(pod, "fsGroup", group)];
}

/** Volumes that the pod does not list are claims, too: those of a StatefulSet's templates. */
function mountsClaim(pod: PodTemplate, container: Container): boolean {
  const volumes = itemsOf(pod.get("volumes"));
  return itemsOf(container.get("volumeMounts")).some((mount) => {
    const name = scalarText(getPath(mount, "name"));
    const volume = volumes.find((one) => scalarText(getPath(one, "name")) === name);
    return (
      volume === undefined || ["persistentVolumeClaim", "ephemeral"].some((key) => getPath(volume, key) !== undefined)
    );
  });
}

function seccompParts(pod: PodTemplate, lacking: readonly Container[]): readonly HardeningPart[] {
  const possible = lacking.filter((container) => !worksOnNode(pod, container));
  if (possible.length === 0) return [];
  const value = { type: "RuntimeDefault" };
  // What the pod asks for, wrong as it is, stays; the containers can say otherwise.
  const said = scalarText(pod.get("securityContext", "seccompProfile", "type")) !== undefined;
  const settings =
    said || possible.length < lacking.length
      ? possible.map((container) => setting(container, ["seccompProfile"], value))
      : [ofPod(pod, "seccompProfile", value)];
  return [{ title: "Filter system calls by the runtime's seccomp profile (rare system calls are refused)", settings }];
}

function ofPod(pod: PodTemplate, key: string, value: YamlValue): MissingSetting {
  return { holder: podHolder(pod), path: [key], value };
}

function escalationPart(pod: PodTemplate, container: Container): readonly HardeningPart[] {
  if (worksOnNode(pod, container) || gainsPrivileges(container)) return [];
  const title = `Forbid ${holderName({ container })} to gain privileges (\`sudo\` and other setuid programs stop working)`;
  return [{ title, settings: [setting(container, ["allowPrivilegeEscalation"], false)] }];
}

function capabilitiesPart(pod: PodTemplate, container: Container): readonly HardeningPart[] {
  const needed = capabilitiesFor(pod, container);
  if (needed === undefined) return [];
  const added = new Set(
    itemsOf(container.get("securityContext", "capabilities", "add")).map((item) =>
      capabilityName(scalarText(item) ?? ""),
    ),
  );
  const back = needed.filter((name) => !added.has(name));
  const but = back.length === 0 ? "" : ` but ${back.join(", ")}`;
  const title = `Drop all capabilities of ${holderName({ container })}${but} (a process that runs as root may miss ${back.length === 0 ? "some" : "others"})`;
  const given = back.length === 0 ? [] : [setting(container, ["capabilities", "add"], back)];
  return [{ title, settings: [setting(container, ["capabilities", "drop"], ["ALL"]), ...given] }];
}

function readOnlyParts(pod: PodTemplate): readonly HardeningPart[] {
  const taken = new Set<string>();
  return pod.containers.flatMap((container) => {
    if (container.role === "ephemeral" || worksOnNode(pod, container) || installsPackages(container)) return [];
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
      return [setPath(model.document, holder.map, ["securityContext"], recordOf(group), position)];
    }
    // One context for several containers, by an anchor, is filled once, for all of them.
    if (context.alias !== undefined && edited.has(context.span.start)) return [];
    edited.add(context.span.start);
    return byNewMap(holder, group).map(({ path, value }) => {
      const at = ["securityContext", ...path];
      const there = holder.get(...at);
      if (Array.isArray(value) && there?.type === "seq" && there.items.length > 0) {
        const items: readonly YamlValue[] = value;
        return joinedByDepth(
          model.document.text,
          items.map((item) => appendItem(model.document, there, item)),
        );
      }
      const isEmpty = isNull(there) || there?.type === "seq" || (there?.type === "map" && there.entries.length === 0);
      return isEmpty ? setPath(model.document, holder.map, at, value) : undefined;
    });
  });
}

/** Two keys of `capabilities` as one value where that is not there yet. */
function byNewMap(
  holder: Holder,
  settings: readonly MissingSetting[],
): readonly Pick<MissingSetting, "path" | "value">[] {
  const isNew = ({ path }: MissingSetting): boolean => {
    const [key = "", ...rest] = path;
    const map = rest.length === 0 ? undefined : holder.get("securityContext", key);
    return rest.length > 0 && (map === undefined || (map.type === "map" && map.entries.length === 0));
  };
  const inNew = Object.entries(recordOf(settings.filter(isNew))).map(([key, value]) => ({ path: [key], value }));
  return [...settings.filter((one) => !isNew(one)), ...inNew];
}

const beforeContainers = { before: ["initContainers", "containers"] } as const;

/** Keys and their values as one map. */
function recordOf(settings: readonly MissingSetting[]): YamlRecord {
  const [tops, below] = [new Map<string, YamlValue>(), new Map<string, MissingSetting[]>()];
  for (const one of settings) {
    const [key = "", ...rest] = one.path;
    if (rest.length === 0) tops.set(key, one.value);
    else below.set(key, [...(below.get(key) ?? []), { ...one, path: rest }]);
  }
  return Object.fromEntries([...tops, ...[...below].map(([key, inner]) => [key, recordOf(inner)] as const)]);
}
