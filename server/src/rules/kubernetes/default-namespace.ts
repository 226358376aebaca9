import { defineRule } from "../../engine/rule.ts";
import type { Resource } from "../../languages/kubernetes/model.ts";
import { jobWith } from "./shared/example.ts";
import { isNamespaced } from "./shared/namespaces.ts";

export default defineRule("kubernetes", {
  slug: "default-namespace",
  summary: "An object is put into the namespace `default`, or names none.",
  why: `Quotas, network policies, Pod Security levels and roles hold for a namespace. In \`default\` everything that nobody placed comes together, and none of these can be set
without hitting something else.

Manifests without a namespace are also the ones that can be used in several: by a kustomization that sets it (this rule then is silent), a release of a chart, or
\`kubectl -n\`. So this is off until asked for.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "kube-linter:use-namespace",
    "trivy:KSV-0110",
    "checkov:CKV_K8S_21",
    "kics:using_unrecommended_namespace",
    "kics:ensure_administrative_boundaries_between_resources",
    "kubescape:C-0061",
  ],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({}).replace("  name: report\n", "  name: report\n  namespace: reports\n"),
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      if (isOfTheCluster(resource)) continue;
      if (resource.namespace === "default") {
        const entry = resource.entry("metadata", "namespace");
        if (entry === undefined || workspace.manifests().namespaceOf("default") !== "default") continue;
        yield {
          at: entry.value.span,
          message: "`default` is everybody's namespace: give this object one with its own limits, policies and roles.",
        };
        continue;
      }
      if (resource.partial || resource.entry("metadata", "namespace") !== undefined) continue;
      if (resource.pod === undefined && isNamespaced(resource) !== true) continue;
      if (workspace.manifests().namespaceOf(undefined) !== undefined) continue;
      yield {
        at: resource.entry("metadata", "name")?.keySpan ?? resource.kindEntry.keySpan,
        message: `This ${resource.resourceKind} names no namespace and comes to stand in \`default\`, if nothing else says: set \`metadata.namespace\`, or \`namespace\` in a kustomization.`,
      };
    }
  },
});

/** What every cluster has in there: the account of pods without one, and the way to the API server. */
function isOfTheCluster({ resourceKind, name }: Resource): boolean {
  return (
    (resourceKind === "ServiceAccount" && name === "default") || (resourceKind === "Service" && name === "kubernetes")
  );
}
