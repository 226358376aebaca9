import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import type { PlacedWorkload } from "../../workspace/manifests.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { nearestByLabels } from "./shared/selected-pods.ts";
import { selectorOf } from "./shared/services.ts";

export default defineRule("kubernetes", {
  slug: "dangling-selector",
  summary: "A Service selects no pod of the workloads it is written beside.",
  why: `A Service finds its pods by labels alone. If one label differs by a letter, Kubernetes accepts everything, the pods run and pass their probes, and
every request to the Service is refused, because it has no endpoints.

The rule compares a Service with the workloads that it is applied with: those of its kustomization, or of its folder. It is silent where there are none, where
a workload of another file fits, and where a chart, a remote resource or an operator may make the pods.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:dangling-service",
    "kube-score:Service Targets Pod",
    "kube-score:service-targets-pod",
    "kics:service_does_not_target_pod",
  ],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${serviceWith({})}---\n${service("apis")}`,
      good: `${serviceWith({})}---\n${service("api")}`,
    },
  ],
  *check(model, _options, workspace) {
    const manifests = workspace.manifests();
    for (const resource of model.resources) {
      const selector = selectorOf(resource);
      if (selector === undefined || model.templated || resource.partial || manifests.patch || manifests.open) continue;
      const { name: own } = resource;
      const placed = own === undefined ? undefined : manifests.find({ group: "", kind: "Service", name: own });
      const { namespace } = placed ?? resource;
      const isHere = (one: PlacedWorkload): boolean => mayBeOne(one.namespace, namespace);
      // Those that come back have all of the labels, or ones that are not known.
      if (manifests.allWorkloads(selector).some((one) => one.workload.open || isHere(one))) continue;
      const beside = manifests.workloads().filter((one) => !one.partial && isHere(one));
      const nearest = nearestByLabels(selector, beside) ?? beside[0];
      if (nearest === undefined) continue;
      const { labels } = nearest.workload;
      const [key, value] =
        Object.entries(selector).find(([name, wanted]) => labels[name] !== wanted) ?? Object.entries(selector)[0] ?? [];
      const entry = key === undefined ? undefined : resource.entry("spec", "selector", key);
      if (key === undefined || entry === undefined) continue;
      const has = labels[key];
      const others = Object.entries(selector).filter(([name, wanted]) => name !== key && labels[name] !== wanted);
      const isMeant =
        others.length === 0 && (nearest.name === own || closestOf(value ?? "", [has ?? ""]) !== undefined);
      const name = nearest.name === undefined ? `the ${nearest.kind}` : `${nearest.kind} \`${nearest.name}\``;
      yield {
        at: scalarText(entry.value) === value ? entry.value.span : entry.keySpan,
        message: `No pod has the label \`${key}: ${value}\`, so this Service has no endpoints: ${has === undefined ? `${name} does not have it at all` : `${name} has \`${key}: ${has}\``}.`,
        related: [{ at: nearest.labelsSpan, path: nearest.path, message: `The pods of ${name} are labelled here.` }],
        fixes: () =>
          isMeant && has !== undefined && entry.value.type === "scalar"
            ? reviewed(
                `Select \`${key}: ${has}\` (the pods of ${name} get what is sent to this Service)`,
                replaceScalar(model.document, entry.value, has),
              )
            : [],
      };
    }
  },
});

function service(app: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  selector:\n    app: ${app}\n  ports:\n    - port: 80\n      targetPort: http\n`;
}
