import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry, YamlNode } from "../../../languages/yaml/node.ts";
import { isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { Fix } from "../../../engine/rule.ts";

/**
 * A setting of the security context as it holds for a container: its own where it has one, else the pod's.
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export interface EffectiveSetting {
  readonly entry: YamlEntry;
  readonly node: YamlNode;
  readonly from: "container" | "pod";
}

export function effectiveSetting(
  pod: PodTemplate,
  container: Container,
  ...path: readonly string[]
): EffectiveSetting | undefined {
  for (const from of ["container", "pod"] as const) {
    const holder = from === "container" ? container : pod;
    const entry = holder.entry("securityContext", ...path);
    const node = holder.get("securityContext", ...path);
    if (entry !== undefined && node !== undefined) return { entry, node, from };
  }
  return undefined;
}

/** `true`, `false`, `"unknown"` where a template decides or another type stands, which `wrong-type` tells; `undefined` where nothing is set. */
export function flagOf(node: YamlNode | undefined): boolean | "unknown" | undefined {
  if (node?.type !== "scalar" || node.value === null) return undefined;
  return typeof node.value === "boolean" ? node.value : "unknown";
}

/** A number, `"unknown"` where a template decides. */
export function numberOf(node: YamlNode | undefined): number | "unknown" | undefined {
  if (node?.type !== "scalar") return undefined;
  if (isUnknown(node, "kubernetes")) return "unknown";
  return typeof node.value === "number" ? node.value : undefined;
}

/** Sets a key of the container's security context. */
export function setInContainer(
  model: KubernetesModel,
  container: Container,
  path: readonly string[],
  value: YamlValue,
  title: string,
): readonly Fix[] {
  const edits = setPath(model.document, container.map, ["securityContext", ...path], value);
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}

/** Sets a key of the pod's security context, which is put before the containers where there is none yet. */
export function setInPod(
  model: KubernetesModel,
  pod: PodTemplate,
  path: readonly string[],
  value: YamlValue,
  title: string,
): readonly Fix[] {
  const edits = setPath(model.document, pod.spec, ["securityContext", ...path], value, {
    position: { before: ["initContainers", "containers"] },
  });
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}

/**
 * The container is privileged or adds `SYS_ADMIN` (or may, where a template decides). Kubernetes then refuses `allowPrivilegeEscalation: false`,
 * and dropping capabilities means little; `privileged-container` and the like speak instead.
 */
export function isAllPowerful(container: Container): boolean {
  const privileged = flagOf(container.get("securityContext", "privileged"));
  if (privileged === true || privileged === "unknown") return true;
  const added = itemsOf(container.get("securityContext", "capabilities", "add"));
  return added.some((item) => /^(?:CAP_)?(?:SYS_ADMIN|ALL)$/i.test(scalarText(item) ?? ""));
}
