import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isNamespaced } from "./shared/namespaces.ts";
import { grant, roleWith } from "./shared/rbac.ts";

const config = (name: string, namespace: string): string =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${namespace}data:\n  mode: fast\n`;
const role = roleWith("Role", grant("", ["configmaps"], ["get"]));

export default defineRule("kubernetes", {
  slug: "forgotten-namespace",
  summary: "An object names no namespace, while the others of its file all name the same one.",
  why: `\`kubectl apply\` puts it into whatever namespace happens to be current, mostly \`default\`: a ConfigMap lands where no pod finds it, a Service where it selects nothing.
With \`-n\` it lands right, but then the others' namespace is written for nothing.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"],
  fix: "review",
  reads: "workspace",
  keys: ["metadata"],
  examples: [
    {
      bad: role + config("api", "  namespace: shop\n") + config("web", ""),
      good: role + config("api", "  namespace: shop\n") + config("web", "  namespace: shop\n"),
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      if (resource.partial || resource.name === undefined || isNamespaced(resource) !== true) continue;
      if (resource.entry("metadata", "namespace") !== undefined) continue;
      const manifests = workspace.manifests();
      if (manifests.patch || manifests.namespaceOf(undefined) !== undefined) continue;
      const first = manifests.usualNamespace;
      if (first === undefined) continue;
      yield {
        at: resource.entry("metadata", "name")?.keySpan ?? resource.kindEntry.keySpan,
        message: `This ${resource.resourceKind} names no namespace, and the other objects of this file are in \`${first}\`: add \`namespace: ${first}\`.`,
        fixes: () =>
          reviewed(
            `Add \`namespace: ${first}\` (it moves there; what is in another namespace stays)`,
            setPath(model.document, resource.map, ["metadata", "namespace"], first, { position: { after: ["name"] } }),
          ),
      };
    }
  },
});
