import { defineRule } from "../../engine/rule.ts";
import { podSecurityLabels } from "../../knowledge/pod-security.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";

const plain = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";

export default defineRule("kubernetes", {
  slug: "missing-pod-security-labels",
  summary: "A Namespace does not say which level of Pod Security its pods are held to.",
  why: `Unless the cluster was set up otherwise, a Namespace without the label \`pod-security.kubernetes.io/enforce\` takes any pod, privileged ones with the
node's disk mounted included. \`baseline\` keeps out what can take over a node and hardly any application notices; \`warn: restricted\` tells those who
deploy what else is missing, without refusing anything.

Namespaces of network and storage plugins say \`privileged\`. Clusters that use another admission policy (Kyverno, Gatekeeper) do not need the labels. So it
is off until asked for.`,
  category: "security",
  severity: "info",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/",
  ],
  fix: "review",
  examples: [
    {
      bad: plain,
      good: `${plain}  labels:\n    pod-security.kubernetes.io/enforce: baseline\n    pod-security.kubernetes.io/warn: restricted\n`,
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.apiVersion !== "v1" || resource.resourceKind !== "Namespace" || resource.partial) continue;
      if (resource.labels.has(podSecurityLabels.enforce)) continue;
      const labels = resource.get("metadata", "labels");
      if (isUnknown(labels, "kubernetes") || isUnknown(resource.get("metadata"), "kubernetes")) continue;
      const at = resource.entry("metadata", "name")?.keySpan ?? resource.kindEntry.keySpan;
      yield {
        at,
        message: `${resource.name === undefined ? "This Namespace" : `\`${resource.name}\``} takes any pod, privileged ones included: add the label \`${podSecurityLabels.enforce}: baseline\`.`,
        fixes: () => {
          const wanted = [
            [podSecurityLabels.enforce, "baseline"],
            [podSecurityLabels.warn, "restricted"],
          ] as const;
          const missing = wanted.filter(([label]) => !resource.labels.has(label));
          const edits =
            labels?.type === "map" && labels.entries.length > 0
              ? setPath(model.document, resource.map, ["metadata", "labels", podSecurityLabels.enforce], "baseline")
              : setPath(model.document, resource.map, ["metadata", "labels"], Object.fromEntries(missing));
          return reviewed(
            "Enforce `baseline` (pods that are privileged or use the node are refused from now on)",
            edits,
          );
        },
      };
    }
  },
});
