import { defineRule, type Fix } from "../../engine/rule.ts";
import { shapeOfKind } from "../../knowledge/kubernetes-fields/index.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, isNull } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { jobWith } from "./shared/example.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "exported-manifest",
  summary: "A manifest was taken out of a cluster with what the cluster had written into it.",
  why: `\`kubectl get -o yaml\` shows more than anybody wrote: \`resourceVersion\`, \`uid\`, \`managedFields\`, \`status\`. In a repository these are noise at best. A
\`resourceVersion\` makes the next \`apply\` fail with a conflict as soon as the object has changed, a \`uid\` refuses another object of that name, and the annotation
\`last-applied-configuration\` is a second copy of the object, secrets included.

An empty \`status\` and a \`creationTimestamp: null\`, which generators write, do no harm and are left alone.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions",
    "https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management",
  ],
  fix: "safe",
  keys: ["resourceVersion", "uid", "managedFields", "selfLink", lastApplied()],
  examples: [
    {
      bad: jobWith({}).replace(
        "  name: report\nspec",
        '  name: report\n  resourceVersion: "184401"\n  uid: 0a3f4d1e-6a8e-4f2c-9a0c-5d7c6b1f2e3d\nspec',
      ),
      good: jobWith({}),
    },
  ],
  *check(model) {
    if (model.templated) return;
    for (const resource of model.resources) {
      const written = exported(resource);
      const first = written.find(({ telling }) => telling);
      if (first === undefined) continue;
      yield {
        at: first.entry.keySpan,
        message: `This was taken out of a cluster: ${quotedList(written.map(({ entry }) => entry.key))} ${written.length > 1 ? "are" : "is"} written by Kubernetes, and may make it refuse the object: remove ${written.length > 1 ? "them" : "it"}.`,
        fixes: () => removal(model, resource, written),
      };
    }
  },
});

interface Exported {
  readonly path: readonly string[];
  readonly entry: YamlEntry;
  /** Nobody writes it. Of others it is only said where one of these is there as well. */
  readonly telling: boolean;
}

function lastApplied(): string {
  return "kubectl.kubernetes.io/last-applied-configuration";
}

function exported({ apiVersion, resourceKind, map }: Resource): readonly Exported[] {
  const metadata = asMap(getPath(map, "metadata"));
  const found: Exported[] = [];
  const add = (holder: YamlEntry | undefined, path: readonly string[], telling: boolean): void => {
    if (holder !== undefined && holder.merged === undefined && !isNull(holder.value)) {
      found.push({ path, entry: holder, telling });
    }
  };
  for (const key of ["resourceVersion", "uid", "managedFields", "selfLink"])
    add(metadata?.get(key), ["metadata"], true);
  add(asMap(metadata?.get("annotations")?.value)?.get(lastApplied()), ["metadata", "annotations"], true);
  for (const key of ["creationTimestamp", "generation"]) add(metadata?.get(key), ["metadata"], false);
  // A custom resource may be restored with its status.
  if (shapeOfKind(apiVersion, resourceKind) !== undefined) add(map.get("status"), [], false);
  return found.toSorted((a, b) => a.entry.keySpan.start - b.entry.keySpan.start);
}

function removal(model: KubernetesModel, { map }: Resource, written: readonly Exported[]): readonly Fix[] {
  const { document } = model;
  const edits = written.map(({ path, entry }) => {
    const holder = asMap(getPath(map, ...path));
    if (holder === undefined) return undefined;
    const parent = asMap(getPath(map, ...path.slice(0, -1)));
    const last = path.at(-1);
    // Annotations that held nothing else go as a whole.
    return last === "annotations" && parent !== undefined && entriesOf(holder).length === 1
      ? removeEntry(document, parent, last)
      : removeEntry(document, holder, entry.key);
  });
  return safe("Remove what Kubernetes writes itself", joined(document.text, edits));
}
