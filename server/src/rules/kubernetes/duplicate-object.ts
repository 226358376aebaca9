import { groupOf } from "../../languages/kubernetes/api-group.ts";
import { defineRule } from "../../engine/rule.ts";
import { getPath } from "../../languages/yaml/path.ts";
import { jobWith } from "./shared/example.ts";

const second = jobWith({}).replace("name: report\nspec", "name: report-weekly\nspec");

export default defineRule("kubernetes", {
  slug: "duplicate-object",
  summary: "A file has two objects of the same kind and name in one namespace: the later one replaces the earlier one.",
  why: `\`kubectl apply -f\` goes through a file from top to bottom, so that the second object is taken for a change of the first: it ends up in the cluster alone, or the two
replace each other with every deployment. Kustomize and Argo CD refuse such a file. It is mostly a copy whose name was to be changed.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: `${jobWith({})}---\n${jobWith({})}`,
      good: `${jobWith({})}---\n${second}`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    if (model.templated) return;
    for (const { apiVersion, resourceKind, name, namespace, partial, map } of model.resources) {
      const node = getPath(map, "metadata", "name");
      if (name === undefined || partial || node === undefined) continue;
      const group = groupOf(apiVersion);
      const same = workspace
        .manifests()
        .lookUp({ kind: resourceKind, group, name, namespace })
        .found.filter(
          (other) =>
            other.path === workspace.path && other.name === name && other.namespace === namespace && !other.partial,
        );
      if (same.length < 2) continue;
      yield {
        at: node.alias ?? node.span,
        message: `This file has another ${resourceKind} named \`${name}\`: the later one replaces the earlier one. Rename one of them, or remove it.`,
      };
    }
  },
});
