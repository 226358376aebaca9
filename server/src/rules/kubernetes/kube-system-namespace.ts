import { defineRule } from "../../engine/rule.ts";
import type { Resource } from "../../languages/kubernetes/model.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "kube-system-namespace",
  summary: "An object is put into a namespace of the cluster's own: `kube-system`, `kube-public` or `kube-node-lease`.",
  why: `\`kube-system\` holds what runs the cluster. Whoever may work there can read its Secrets and use its service accounts, so an application in it makes its authors
administrators; policies and quotas mostly leave it out, and an upgrade may sweep it.

Drivers, network plugins and other parts of the cluster belong there; so this is off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["trivy:KSV-0037", "kics:using_unrecommended_namespace"],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces"],
  fix: null,
  keys: ["namespace"],
  examples: [
    {
      bad: jobWith({}).replace("  name: report\n", "  name: report\n  namespace: kube-system\n"),
      good: jobWith({}).replace("  name: report\n", "  name: report\n  namespace: reports\n"),
      fixed: false,
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      const entry = resource.entry("metadata", "namespace");
      if (entry === undefined || !own.has(resource.namespace ?? "") || isPartOfCluster(resource)) continue;
      yield {
        at: entry.value.span,
        message: `\`${resource.namespace ?? ""}\` is for what runs the cluster: put this ${resource.resourceKind} into a namespace of its own, unless it is a part of that.`,
      };
    }
  },
});

const own: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** By the labels that such parts carry. */
function isPartOfCluster({ labels, pod }: Resource): boolean {
  return tells(labels) || (pod !== undefined && tells(pod.labels));
}

function tells(labels: ReadonlyMap<string, string>): boolean {
  return (
    labels.get("tier") === "control-plane" ||
    labels.get("kubernetes.io/cluster-service") === "true" ||
    labels.has("addonmanager.kubernetes.io/mode") ||
    labels.get("k8s-app")?.startsWith("kube-") === true
  );
}
