import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { plainAt } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { workloadsOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "service-account-token",
  summary: "A pod that names no service account of its own gets a token for the Kubernetes API mounted.",
  why: `Unless told otherwise, Kubernetes puts a token for its API into every container. Most services never use it, and whoever reads one file of theirs
can speak to the API server in their name. What that allows grows quietly with every role someone binds to the \`default\` account.

\`automountServiceAccountToken: false\` leaves it out. A pod that talks to the API (controllers, operators, some clients that discover their peers)
names a service account with just the rights it needs; this rule then is silent, as it is where the namespace's \`default\` account is written beside it
with its token turned off.`,
  category: "security",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "polaris:automountServiceAccountToken",
    "trivy:KSV-0036",
    "checkov:CKV_K8S_38",
    "kics:service_account_token_automount_not_disabled",
  ],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: jobWith({ pod: [] }),
      good: jobWith({}),
    },
  ],
  *check(model, _options, workspace) {
    for (const { pod, whole, resource } of workloadsOf(model)) {
      const entry = pod.entry("automountServiceAccountToken");
      if (entry === undefined && !whole) continue;
      if (entry !== undefined && !(entry.value.type === "scalar" && entry.value.value === true)) continue;
      const account = scalarText(pod.get("serviceAccountName") ?? pod.get("serviceAccount"));
      if (account !== undefined && account !== "default") continue;
      const at = entry?.keySpan ?? pod.containersEntry?.keySpan;
      if (at === undefined || mountsToken(itemsOf(pod.get("volumes")))) continue;
      const reference = { group: "", kind: "ServiceAccount", name: "default", namespace: resource.namespace };
      const written = entry === undefined ? workspace.manifests().find(reference)?.value : undefined;
      if (plainAt(written, "automountServiceAccountToken") === false) continue;
      yield {
        at,
        message:
          "These containers get a token for the Kubernetes API: set `automountServiceAccountToken: false`, or name a service account if they need one.",
        fixes: () =>
          reviewed(
            "Set `automountServiceAccountToken: false` (calls to the Kubernetes API stop working)",
            setPath(model.document, pod.spec, ["automountServiceAccountToken"], false, {
              position: { before: ["securityContext", "initContainers", "containers"] },
            }),
          ),
      };
    }
  },
});

/** A projected token was asked for by hand: somebody thought about it. */
function mountsToken(volumes: readonly Parameters<typeof getPath>[0][]): boolean {
  return volumes.some((volume) =>
    itemsOf(getPath(volume, "projected", "sources")).some(
      (source) => getPath(source, "serviceAccountToken") !== undefined,
    ),
  );
}
