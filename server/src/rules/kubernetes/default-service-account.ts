import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { jobWith } from "./shared/example.ts";
import { appendObject } from "./shared/generated-object.ts";
import { accountOf, namesNoAccount } from "./shared/service-accounts.ts";
import { type Workload, workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "default-service-account",
  summary: "A pod runs as the `default` service account of its namespace.",
  why: `Pods that name no account share \`default\`: the audit log cannot tell them apart, and what somebody binds to it one day is given to all of them. With an account of its own
a workload can be given rights, or an identity at the cloud provider, without giving them to its neighbours.

A pod without a token (\`automountServiceAccountToken: false\`) can do nothing as any account, so for most workloads this changes little; it is off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:default-service-account", "kics:service_account_name_undefined_or_empty"],
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts"],
  fix: "review",
  examples: [
    {
      bad: jobWith({}),
      good: `${jobWith({ pod: ["serviceAccountName: report", "automountServiceAccountToken: false"] })}---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: report\nautomountServiceAccountToken: false\n`,
    },
  ],
  *check(model) {
    for (const workload of workloadsOf(model)) {
      const { pod, resource, whole } = workload;
      const named = accountOf(pod);
      const empty = namesNoAccount(pod);
      if (
        named === undefined
          ? !empty || (!whole && pod.entry("serviceAccountName") === undefined)
          : named.name !== "default"
      )
        continue;
      const at = named?.node.span ?? pod.entry("serviceAccountName")?.keySpan ?? pod.containersEntry?.keySpan;
      yield {
        at: at ?? resource.kindEntry.keySpan,
        message:
          named === undefined
            ? "These pods run as the `default` service account: name one of their own in `serviceAccountName`."
            : "`default` is shared by every pod of the namespace that names no account: name one of this workload's own.",
        fixes: () => own(model, workload),
      };
    }
  },
});

/** An account named like the workload, written behind it. */
function own(model: KubernetesModel, { pod, resource }: Workload): readonly Fix[] {
  const { name } = resource;
  if (name === undefined) return [];
  const edits = joined(model.document.text, [
    setPath(model.document, pod.spec, ["serviceAccountName"], name, {
      position: { before: ["automountServiceAccountToken", "securityContext", "initContainers", "containers"] },
    }),
    appendObject(model, resource, {
      apiVersion: "v1",
      kind: "ServiceAccount",
      body: { automountServiceAccountToken: false },
    }),
  ]);
  return reviewed(
    `Add a service account \`${name}\` without a token (what is bound to \`default\` no longer holds, and calls to the Kubernetes API stop working)`,
    edits,
  );
}
