import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, isNull, isUnknown, entriesOf } from "../../languages/yaml/path.ts";
import { wantedLabels } from "../../workspace/label-selector.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { budgetWith, deploymentWith } from "./shared/availability-example.ts";
import { covers } from "./shared/budget-targets.ts";
import { nearestByLabels } from "./shared/selected-pods.ts";
import { budgetsOf } from "./shared/budgets.ts";

export default defineRule("kubernetes", {
  slug: "unmatched-disruption-budget",
  summary: "A disruption budget selects no pod of the workloads it is written beside.",
  why: `A budget finds its pods by labels alone. Where one of them differs by a letter, or was renamed in the Deployment and not here, Kubernetes accepts the budget and it protects
nothing: the next drain evicts all replicas at once, and \`kubectl get pdb\` shows a budget all the same.

The rule is silent where no workload is beside it, where one of another file fits, and where an operator or a template may make the pods.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${deploymentWith({})}---\n${budgetWith(["maxUnavailable: 1"]).replace("app: api", "app: apis")}`,
      good: `${deploymentWith({})}---\n${budgetWith(["maxUnavailable: 1"])}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const { resource, whole } of budgetsOf(model)) {
      const entry = resource.entry("spec", "selector");
      const { namespace } = resource;
      if (!whole) continue;
      if (entry === undefined || isNull(entry.value)) {
        const at = entry?.keySpan ?? resource.entry("spec")?.keySpan;
        if (at === undefined) continue;
        yield {
          at,
          message: `${titleOf(resource)} has no selector, so it selects no pod and protects nothing: add the labels of the pods that it is for.`,
        };
        continue;
      }
      if (hasUnknown(resource)) continue;
      const selector = plainValue(entry.value);
      const manifests = workspace.manifests();
      const wanted = wantedLabels(selector);
      if (manifests.open) continue;
      if (manifests.allWorkloads(wanted).some((one) => one.workload.open || covers({ namespace, selector }, one)))
        continue;
      const beside = manifests.workloads().filter((one) => mayBeOne(one.namespace, namespace) && !one.partial);
      if (beside.length === 0) continue;
      const nearest = nearestByLabels(wanted, beside) ?? beside[0];
      const [key, value] = Object.entries(wanted).find(([label, one]) => nearest?.workload.labels[label] !== one) ?? [];
      const label = key === undefined ? undefined : resource.entry("spec", "selector", "matchLabels", key);
      const has = key === undefined ? undefined : nearest?.workload.labels[key];
      yield {
        at: label?.value.span ?? entry.keySpan,
        message:
          key === undefined
            ? `No pod beside it fits the selector of ${titleOf(resource, "within")}, so it protects nothing.`
            : `No pod has the label \`${key}: ${value}\`, so this budget protects nothing${has === undefined || nearest?.name === undefined ? "" : `: ${nearest.kind} \`${nearest.name}\` has \`${key}: ${has}\``}.`,
        ...(nearest === undefined
          ? {}
          : {
              related: [
                {
                  at: nearest.labelsSpan,
                  path: nearest.path,
                  message: `The pods of ${nearest.kind} are labelled here.`,
                },
              ],
            }),
        fixes: () => (has === undefined || key === undefined ? [] : relabelled(model, resource, key, has)),
      };
    }
  },
});

function relabelled(model: KubernetesModel, resource: Resource, key: string, value: string): readonly Fix[] {
  const scalar = asScalar(resource.get("spec", "selector", "matchLabels", key));
  return scalar === undefined
    ? []
    : reviewed(
        `Select \`${key}: ${value}\` (check that the budget is for these pods)`,
        replaceScalar(model.document, scalar, value),
      );
}

function hasUnknown(resource: Resource): boolean {
  return entriesOf(resource.get("spec", "selector", "matchLabels")).some(({ value }) => isUnknown(value, "kubernetes"));
}
