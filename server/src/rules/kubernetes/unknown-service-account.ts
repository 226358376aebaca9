import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { bindingsOf } from "../../languages/kubernetes/role.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { getPath } from "../../languages/yaml/path.ts";
import type { ManifestView } from "../../workspace/manifests.ts";
import { accountOf } from "./shared/service-accounts.ts";
import { jobWith } from "./shared/example.ts";
import { missingTarget } from "./shared/missing-target.ts";
import { workloadsOf } from "./shared/workloads.ts";

const account =
  "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: reporter\nautomountServiceAccountToken: false\n";

export default defineRule("kubernetes", {
  slug: "unknown-service-account",
  summary: "A pod or a binding names a service account that is not there.",
  why: `A pod whose service account does not exist is not created at all: the Deployment shows zero pods, and only an event of its ReplicaSet says why. A binding to such an
account is accepted and gives nobody anything.

An account is said to be missing where others lie beside it, in the same kustomization, chart or folder, and all of these are known.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kubescape:C-0307"],
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"],
  fix: "review",
  reads: "workspace",
  keys: ["serviceAccountName", "serviceAccount", "subjects"],
  examples: [
    {
      bad: `${jobWith({ pod: ["serviceAccountName: report"] })}---\n${account}`,
      good: `${jobWith({ pod: ["serviceAccountName: reporter"] })}---\n${account}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const { pod, resource } of workloadsOf(model)) {
      const named = accountOf(pod);
      if (named === undefined || named.name === "default") continue;
      const problem = missing(model, workspace.manifests(), named.node, named.name, resource.namespace);
      if (problem !== undefined) yield problem;
    }
    for (const { subjects, resource, cluster } of model.once(bindingsOf)) {
      for (const { kind, name, namespace, map } of subjects) {
        const node = getPath(map, "name");
        if (kind !== "ServiceAccount" || name === undefined || name === "default" || node?.type !== "scalar") continue;
        // Where to look is not said, which another rule tells.
        if (cluster && namespace === undefined) continue;
        const problem = ofSubject(model, workspace.manifests(), node, name, namespace ?? resource.namespace);
        if (problem !== undefined) yield problem;
      }
    }
  },
});

function missing(
  model: KubernetesModel,
  manifests: ManifestView,
  node: YamlScalar,
  name: string,
  namespace: string | undefined,
): Problem | undefined {
  const reference = { group: "", kind: "ServiceAccount", name, namespace };
  return missingTarget(model, manifests, { reference, node, consequence: "its pods are not created" });
}

/** Bindings often name accounts of other namespaces, whose manifests are elsewhere. */
function ofSubject(
  model: KubernetesModel,
  manifests: ManifestView,
  node: YamlScalar,
  name: string,
  namespace: string | undefined,
): Problem | undefined {
  const beside = manifests.siblings("ServiceAccount", "");
  if (namespace !== undefined && !beside.some((one) => mayBeOne(one.namespace, namespace))) {
    return undefined;
  }
  const reference = { group: "", kind: "ServiceAccount", name, namespace };
  return missingTarget(model, manifests, { reference, node, consequence: "nobody gets the role" });
}
