import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { type FormerAnnotation, formerAnnotations } from "../../knowledge/deprecated-labels.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { removePath, renameKey, setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap } from "../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { editFixes } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { isBuiltIn } from "../../languages/kubernetes/pod.ts";

export default defineRule("kubernetes", {
  slug: "deprecated-annotation",
  summary: "An annotation is used that Kubernetes no longer reads, or that a field has taken the place of.",
  why: `Before a feature has a field of its own it is often configured by annotations. Later these are read beside the field, and at last not at all, without a word: a pod that was
marked as critical is evicted like any other, a claim gets the default storage class. The field is checked by the API server, an annotation by nobody.

An Ingress's class is the exception that needs thought: the field names an IngressClass, which must exist, where the annotation was compared with a controller's own setting. Those of Google
and Azure still go by the annotation alone, and their classes are not reported.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/reference/labels-annotations-taints/",
    "https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation",
  ],
  fix: "safe",
  examples: [
    {
      bad: claim("  annotations:\n    volume.beta.kubernetes.io/storage-class: fast\n", ""),
      good: claim("", "  storageClassName: fast\n"),
    },
    { bad: defaultClass("storageclass.beta.kubernetes.io"), good: defaultClass("storageclass.kubernetes.io") },
  ],
  keys: formerAnnotations.map(({ name }) => name),
  *check(model) {
    for (const resource of model.resources) {
      for (const { holder, path, kinds } of placesOf(resource)) {
        for (const entry of entriesOf(getPath(holder, ...path))) {
          const former = formerAnnotations.find(({ name }) => name === entry.key);
          if (former === undefined || !former.kinds.some((kind) => kinds.includes(kind))) continue;
          // What a template fills in may be one of those that have to stay.
          if (former.unless !== undefined && isUnknown(entry.value, "kubernetes")) continue;
          if (former.unless?.includes(scalarText(entry.value) ?? "") !== true)
            yield problemOf(model, { resource, holder, path, entry, former });
        }
      }
    }
  },
});

interface Place {
  readonly holder: YamlMap;
  readonly path: readonly string[];
  readonly kinds: readonly string[];
}

function placesOf({ map, pod, resourceKind, apiVersion }: Resource): readonly Place[] {
  const own: Place = { holder: map, path: ["metadata", "annotations"], kinds: [resourceKind] };
  if (pod === undefined) return [own];
  if (resourceKind === "Pod" && isBuiltIn(apiVersion, resourceKind)) return [{ ...own, kinds: ["pod"] }];
  const template = pod.metadata === undefined ? [] : [{ holder: pod.metadata, path: ["annotations"], kinds: ["pod"] }];
  return template;
}

interface Found extends Omit<Place, "kinds"> {
  readonly resource: Resource;
  readonly entry: YamlEntry;
  readonly former: FormerAnnotation;
}

function problemOf(model: KubernetesModel, found: Found): Problem {
  const { entry, former } = found;
  const fate = former.ignored ? "no longer has any effect" : "is deprecated";
  return {
    at: entry.keySpan,
    message: `\`${former.name}\` ${fate}: ${former.instead}.`,
    tag: "deprecated",
    fixes: () => fixesFor(model, found),
    ...(former.ignored ? { severity: "warning" } : {}),
  };
}

function fixesFor({ document }: KubernetesModel, { resource, holder, path, entry, former }: Found): readonly Fix[] {
  const { becomes } = former;
  const removed = () => removePath(document, holder, [...path, former.name]);
  if (becomes === undefined) return former.ignored ? editFixes("Remove it (it has no effect)", "safe", removed()) : [];
  if ("annotation" in becomes) {
    const taken = asMap(getPath(holder, ...path))?.get(becomes.annotation) !== undefined;
    return taken
      ? []
      : editFixes(`Write \`${becomes.annotation}\``, "safe", renameKey(document, entry, becomes.annotation));
  }
  const text = isUnknown(entry.value, "kubernetes") ? undefined : scalarText(entry.value);
  if (text === undefined || resource.get(...becomes.field) !== undefined) return [];
  const value: YamlValue =
    becomes.as === "list" ? text.split(",").map((part) => part.trim()) : becomes.as === "flag" ? text === "true" : text;
  const edits = joined(document.text, [
    setPath(document, resource.map, becomes.field, value, { position: "start" }),
    removed(),
  ]);
  const key = becomes.field.join(".");
  return former.name === "kubernetes.io/ingress.class"
    ? editFixes(`Write it as \`${key}\` (an IngressClass \`${text}\` must exist)`, "review", edits)
    : editFixes(`Write it as \`${key}\` (what was made with the annotation is not changed by it)`, "review", edits);
}

function claim(annotations: string, storageClass: string): string {
  return `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n${annotations}spec:\n${storageClass}  accessModes:\n    - ReadWriteOnce\n  resources:\n    requests:\n      storage: 10Gi\n`;
}

function defaultClass(prefix: string): string {
  return `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\n  annotations:\n    ${prefix}/is-default-class: "true"\nprovisioner: ebs.csi.aws.com\n`;
}
