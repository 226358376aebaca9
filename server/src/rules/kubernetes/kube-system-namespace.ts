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
  const has = (of: ReadonlyMap<string, string>): boolean =>
    of.get("tier") === "control-plane" ||
    of.get("kubernetes.io/cluster-service") === "true" ||
    of.has("addonmanager.kubernetes.io/mode") ||
    /^kube-/.test(of.get("k8s-app") ?? "");
  return has(labels) || (pod !== undefined && has(pod.labels));
}
