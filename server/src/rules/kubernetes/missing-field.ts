import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { fieldType, shapeOfKind } from "../../knowledge/kubernetes-fields/index.ts";
import { type FieldRecord, fieldProblems } from "../../languages/kubernetes/fields.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import type { YamlMap } from "../../languages/yaml/node.ts";
import { entriesOf, getPath, isNull, scalarText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { upperFirst } from "../../text/words.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { guessField } from "./shared/field-guess.ts";
import { recordWords } from "./shared/field-words.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "missing-field",
  summary: "A field that Kubernetes asks for is not there, so that it refuses the object.",
  why: `The API server refuses an object without its name, a Deployment without a selector, a container without a name, an Ingress path without a \`pathType\`. A field
with nothing behind it counts as missing.

What a Kustomize patch or a template leaves out stands elsewhere, and is never asked for.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:schema-validation", "kube-linter:template-kubeconform"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: jobWith({}).replace("        - name: report\n          image: ", "        - image: "),
      good: jobWith({}).replace(
        "        - name: report\n          image: ghcr.io/acme/report:1.4.2\n",
        "        - image: ghcr.io/acme/report:1.4.2\n          name: report\n",
      ),
    },
  ],
  *check(model, _options, workspace) {
    // Asked only where there is something to say, so that nobody waits for what is around.
    for (const problem of problems(model)) {
      const manifests = workspace.manifests();
      if (manifests.patch) return;
      if (problem.addable === undefined || !manifests.adds[problem.addable]) yield problem;
    }
  },
});

interface MissingField extends Problem {
  /** Kustomizations can add all that is missing. */
  readonly addable?: "namespace" | "selectors";
}

function* problems(model: KubernetesModel): Iterable<MissingField> {
  if (model.templated) return;
  for (const resource of model.resources) {
    if (resource.partial) continue;
    const at = nameless(resource);
    if (at !== undefined) {
      yield {
        at,
        message: `This ${resource.resourceKind} has no name: add \`metadata.name\`.`,
      };
    }
  }
  for (const problem of model.once(fieldProblems)) {
    if (problem.type !== "missing-field") continue;
    const { record } = problem;
    const misspelt = misspeltNames(record);
    const names = problem.names.filter((name) => !elsewhere.has(`${record.shape}.${name}`) && !misspelt.includes(name));
    if (names.length === 0) continue;
    const addable = addableTo(record, names);
    yield {
      ...(addable === undefined ? {} : { addable }),
      at: placeOf(record),
      message: `${upperFirst(definite(record))} has no ${quotedList(names)}, which Kubernetes asks for: add ${names.length > 1 ? "them" : "it"}.`,
      fixes: () => fixesOf(model, record, names),
    };
  }
}

/** The selectors of workloads, and the namespaces of the Services that webhooks and APIs are behind. */
function addableTo({ shape }: FieldRecord, names: readonly string[]): MissingField["addable"] {
  if (names.length !== 1) return undefined;
  if (names[0] === "selector" && /^(?:Deployment|DaemonSet|ReplicaSet|StatefulSet)Spec$/.test(shape))
    return "selectors";
  return names[0] === "namespace" && shape.startsWith("ServiceReference") ? "namespace" : undefined;
}

/** Fields that are there under a name that `unknown-field` has a better one for. */
function misspeltNames(record: FieldRecord): readonly string[] {
  return record.map.entries.flatMap((entry) => {
    if (fieldType(record.shape, entry.key) !== undefined) return [];
    const guess = guessField(entry, record);
    return guess?.type === "name" ? [guess.name] : [];
  });
}

/** What other rules tell, with more to say about it. */
const elsewhere: ReadonlySet<string> = new Set(["TopologySpreadConstraint.topologyKey"]);

// Questions put to the API server, which keeps none of them.
const unnamed = /^(?:authentication|authorization)\.k8s\.io\//;

/** Where a built-in object without a name would have it. */
function nameless(resource: Resource): Span | undefined {
  const { apiVersion, map, kindEntry, resourceKind } = resource;
  if (unnamed.test(apiVersion) || shapeOfKind(apiVersion, resourceKind) === undefined) return undefined;
  if (["name", "generateName"].some((key) => resource.get("metadata", key) !== undefined)) return undefined;
  const metadata = map.get("metadata")?.value;
  if (metadata !== undefined && metadata.type !== "map" && !isNull(metadata)) return undefined;
  return resource.entry("metadata")?.keySpan ?? kindEntry.value.span;
}

/** The field that holds the map, or, in a list, its first key. */
function placeOf({ entry, item, map, resource }: FieldRecord): Span {
  if (entry === undefined) return resource.kindEntry.value.span;
  if (!item) return entry.keySpan;
  const first = map.get("name") ?? map.entries.find(({ merged }) => merged === undefined);
  return first?.keySpan ?? { start: map.span.start, end: Math.min(map.span.end, map.span.start + 1) };
}

function fixesOf(model: KubernetesModel, record: FieldRecord, names: readonly string[]): readonly Fix[] {
  const { document } = model;
  const { map, shape } = record;
  for (const name of names) {
    const value = valueFor(name, record);
    if (value === undefined) continue;
    const title = titles[`${shape}.${name}`] ?? `Add \`${name}\``;
    const position = { position: { after: ["name", "image", "path", "replicas"] } } as const;
    const edits = setPath(document, map, [name], value, position);
    if (edits !== undefined && edits.length > 0) return reviewed(title, edits);
  }
  return [];
}

const titles: Readonly<Record<string, string>> = {
  "Container.name": "Name it after its image",
  "HTTPIngressPath.pathType": "Add `pathType: Prefix` (`Exact` may be meant)",
  "DeploymentSpec.selector": "Select the labels of the template",
  "DaemonSetSpec.selector": "Select the labels of the template",
  "StatefulSetSpec.selector": "Select the labels of the template",
  "ReplicaSetSpec.selector": "Select the labels of the template",
};

/** What can be told from what is written. */
function valueFor(name: string, { shape, map }: FieldRecord): YamlValue | undefined {
  if (name === "selector" && shape.endsWith("Spec")) return selectorFor(map);
  if (name === "pathType" && shape === "HTTPIngressPath") return "Prefix";
  if (name === "name" && shape === "Container") return nameFromImage(scalarText(map.get("image")?.value));
  return undefined;
}

function selectorFor(spec: YamlMap): YamlValue | undefined {
  const labels = entriesOf(getPath(spec, "template", "metadata", "labels"));
  const chosen = labels.filter(({ key }) => !/version|revision|hash|chart/.test(key));
  const pairs = chosen.flatMap(({ key, value }) => {
    const text = scalarText(value);
    return text === undefined ? [] : [[key, text] as const];
  });
  return pairs.length === 0 || pairs.length !== chosen.length ? undefined : { matchLabels: Object.fromEntries(pairs) };
}

function nameFromImage(image: string | undefined): string | undefined {
  const last = image === undefined ? undefined : /([^/@:]+)(?::[^/@]*)?(?:@.*)?$/.exec(image)?.[1];
  return last !== undefined && /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(last) ? last : undefined;
}

function definite(record: FieldRecord): string {
  const words = recordWords(record).replace(/^a container's port$/, "a port of a container");
  return words.replace(/^an? (?!.*'s )/, record.item ? "this " : "the ").replace(/^an? /, "the ");
}
