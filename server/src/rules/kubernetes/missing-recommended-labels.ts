import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { labelValueFault } from "./shared/names.ts";
import { lacking } from "./shared/required-metadata.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "missing-recommended-labels",
  summary: "A workload has none of the labels that Kubernetes recommends, by which tools tell what belongs together.",
  why: `Dashboards, service meshes and \`kubectl\` plugins group objects by \`app.kubernetes.io/name\` and its siblings, and show what has none of them apart or not at all. Others
have labels of their own that serve as well, so this is off unless asked for; \`labels\` names the ones to ask for.`,
  category: "observability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kubescape:C-0077"],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/"],
  fix: "review",
  reads: "workspace",
  options: {
    labels: {
      default: ["app.kubernetes.io/name"],
      description: "The labels to ask for, of those that Kubernetes recommends.",
    },
  },
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({}).replace("  name: report\n", "  name: report\n  labels:\n    app.kubernetes.io/name: report\n"),
    },
  ],
  *check(model, { labels }, workspace) {
    for (const { resource, missing, at } of lacking(model, workspace.manifests(), "labels", labels)) {
      yield {
        at,
        message: `This ${resource.resourceKind} has no ${quotedList(missing)}, by which tools group objects: add ${missing.length > 1 ? "them" : "it"}.`,
        fixes: () => fixesOf(model, resource, missing),
      };
    }
  },
});

function fixesOf(model: KubernetesModel, { map, name }: Resource, missing: readonly string[]): readonly Fix[] {
  const key = "app.kubernetes.io/name";
  if (name === undefined || labelValueFault(name) !== undefined || !missing.includes(key)) return [];
  const edits = setPath(model.document, map, ["metadata", "labels", key], name);
  return reviewed(`Add \`${key}: ${name}\` (its name may not be the application's)`, edits);
}
