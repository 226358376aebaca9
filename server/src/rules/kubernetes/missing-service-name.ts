import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { selects } from "../../workspace/label-selector.ts";
import { plainAt } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind, titleOf } from "./shared/availability.ts";
import { statefulSetWith } from "./shared/availability-example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-service-name",
  summary: "A StatefulSet names no Service, so its pods have no names in DNS.",
  why: `What sets a StatefulSet apart is that each pod keeps its name: \`db-0.db\` is the same member after every restart. That name comes from the headless Service in
\`serviceName\`. Without one the pods of a cluster cannot find each other, and a client cannot ask for the primary.

It cannot be added later: Kubernetes refuses to change \`serviceName\`, so the StatefulSet has to be deleted (with \`--cascade=orphan\`) and made again. A StatefulSet of a single pod that
is reached through an ordinary Service does without.`,
  category: "networking",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-score:StatefulSet has ServiceName",
    "kube-score:statefulset-has-servicename",
    "kics:statefulset_without_service_name",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${statefulSetWith({ spec: ["replicas: 3"] })}---\n${headlessService()}`,
      good: `${statefulSetWith({ spec: ["serviceName: api", "replicas: 3"] })}---\n${headlessService()}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      if (!whole || !isAppsKind(resource, "StatefulSet") || resource.get("spec", "serviceName") !== undefined) continue;
      const at = resource.entry("spec")?.keySpan;
      if (at === undefined) continue;
      const labels = Object.fromEntries(pod.labels);
      const service = workspace
        .manifests()
        .siblings("Service", "")
        .find(
          ({ namespace, value }) =>
            (namespace ?? resource.namespace) === resource.namespace &&
            plainAt(value, "spec", "clusterIP") === "None" &&
            selects(plainAt(value, "spec", "selector"), labels),
        );
      yield {
        at,
        message: `Pods of ${titleOf(resource, "within")} have no names in DNS: set \`serviceName\` to ${service?.name === undefined ? "a headless Service" : `\`${service.name}\`, the headless Service that selects them`}.`,
        fixes: () =>
          service?.name === undefined
            ? []
            : reviewed(
                `Name the headless Service \`${service.name}\` (a StatefulSet that exists has to be made again for it)`,
                setPath(model.document, resource.map, ["spec", "serviceName"], service.name, { position: "start" }),
              ),
      };
    }
  },
});

function headlessService(): string {
  return "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  clusterIP: None\n  selector:\n    app: api\n  ports:\n    - port: 8080\n      targetPort: http\n";
}
