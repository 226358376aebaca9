import type { PodTemplate } from "../../../languages/kubernetes/model.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import { isNull, isUnknown, scalarText } from "../../../languages/yaml/path.ts";

/** The service account that a pod names, by either of the two keys; `undefined` where it names none, a template does, or a placeholder. */
export function accountOf(pod: PodTemplate): { readonly name: string; readonly node: YamlScalar } | undefined {
  for (const key of ["serviceAccountName", "serviceAccount"]) {
    const node = pod.get(key);
    const name = scalarText(node);
    if (node?.type !== "scalar" || name === undefined || name === "") continue;
    // What cannot be a name stands for one that somebody or something is still to write: `<YOUR-ACCOUNT>`, `$ACCOUNT`.
    return isUnknown(node, "kubernetes") || !/^[\w.-]+$/.test(name) ? undefined : { name, node };
  }
  return undefined;
}

/** The pod names no service account, or an empty one; `false` where a template may. */
export function namesNoAccount(pod: PodTemplate): boolean {
  return ["serviceAccountName", "serviceAccount"].every((key) => {
    const node = pod.get(key);
    return isNull(node) || scalarText(node) === "";
  });
}
