import { groupOf } from "../languages/kubernetes/api-group.ts";
import { quietGroups, quietKinds, secretMakers } from "../knowledge/kubernetes-operators.ts";
import type { KubernetesModel, Resource } from "../languages/kubernetes/model.ts";
import { insideQuotes } from "../languages/scalar-place.ts";
import { entriesOf, getPath, isUnknown } from "../languages/yaml/path.ts";
import type { Span } from "../text/span.ts";
import type { Labels } from "./label-selector.ts";
import { type PlainValue, plainText, plainValue } from "./plain-value.ts";
import { type WorkloadFacts, workloadFacts } from "./workload-facts.ts";

/** What one document of a manifest tells the others, places left out: see {@link ManifestPlaces}. */
export interface ManifestFacts {
  readonly objects: readonly ObjectFacts[];
  readonly kustomization?: KustomizationFacts;
  /** A template: it may make objects that do not show. */
  readonly templated: boolean;
}

/** Places of what {@link ManifestFacts} holds, in the same order; they count from the start of the document. */
export interface ManifestPlaces {
  readonly objects: readonly ObjectPlaces[];
}

export interface ObjectPlaces {
  /** The value of `metadata.name`, its quotes left out; the `kind` key where there is none. */
  readonly name: Span;
  /** Of a workload, the `labels` key of its pods; of anything else its own. The `kind` key where there is none. */
  readonly labels: Span;
}

/** An object, as far as others ask about it. */
export interface ObjectFacts {
  /** The API group, the empty text for the core one. */
  readonly group: string;
  /** The version of the group: `v1`. */
  readonly version: string;
  readonly kind: string;
  /** `undefined` where it is generated, or a template or variable decides it. */
  readonly name: string | undefined;
  /** As written in the object. */
  readonly namespace: string | undefined;
  readonly labels: Labels;
  /** A patch or a part of a template: more of it is written elsewhere. */
  readonly partial: boolean;
  readonly workload?: WorkloadFacts;
  /** The whole object, `status` left out: of the kinds in {@link plainKinds} only. */
  readonly value?: PlainValue;
  /** The keys of a ConfigMap's or Secret's data, in the order written; left out where they cannot be known. Their values are nobody's business. */
  readonly keys?: readonly string[];
  /** The names of the Secrets that an operator makes of it. */
  readonly secrets?: readonly string[];
  /** An operator may make pods, Services or other objects of it that nobody sees. */
  readonly operated: boolean;
}

/** What a `kustomization.yaml` tells; paths as written. See `Kustomization`. */
export interface KustomizationFacts {
  readonly component: boolean;
  readonly entries: readonly {
    readonly as: "objects" | "component" | "patch" | "file" | "environment";
    readonly written: string;
  }[];
  /** By the order of the objects: files of variables whose names become keys of a generated object. */
  readonly environments: readonly (readonly string[])[];
  readonly namePrefix: string;
  readonly nameSuffix: string;
  readonly namespace: string | undefined;
  readonly labels: Labels;
  readonly selectors: boolean;
  readonly retagged: readonly string[];
  readonly replicas: readonly (readonly [string, number])[];
  readonly open: boolean;
}

/** Kinds of which the whole object is told: small ones, which rules of other objects ask about. */
export const plainKinds: ReadonlySet<string> = new Set([
  "Service",
  "Ingress",
  "NetworkPolicy",
  "PodDisruptionBudget",
  "HorizontalPodAutoscaler",
  "PersistentVolumeClaim",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "ServiceAccount",
  "Namespace",
  "LimitRange",
  "ResourceQuota",
  "Gateway",
  "HTTPRoute",
  "GRPCRoute",
  "TCPRoute",
  "TLSRoute",
  "UDPRoute",
  "ServiceMonitor",
  "PodMonitor",
  "ScaledObject",
]);

/** What a document tells; made once for each model. */
export function manifestFacts(model: KubernetesModel): ManifestFacts {
  return model.once(readFacts);
}

/** Where it says so; made once for each model. */
export function manifestPlaces(model: KubernetesModel): ManifestPlaces {
  return model.once(readPlaces);
}

function readFacts(model: KubernetesModel): ManifestFacts {
  const { kustomization, templated } = model;
  if (kustomization === undefined) {
    return { objects: model.resources.map((resource) => objectFacts(resource)), templated };
  }
  return {
    objects: kustomization.generated.map(({ kind, name, namespace, keys }) => ({
      group: "",
      version: "v1",
      kind,
      name,
      namespace,
      labels: {},
      partial: false,
      keys,
      operated: false,
    })),
    kustomization: {
      component: kustomization.component,
      entries: kustomization.entries.map(({ as, written }) => ({ as, written })),
      environments: kustomization.generated.map(({ environment }) => environment),
      namePrefix: kustomization.namePrefix,
      nameSuffix: kustomization.nameSuffix,
      namespace: kustomization.namespace,
      labels: kustomization.labels,
      selectors: kustomization.selectors,
      retagged: kustomization.retagged,
      replicas: kustomization.replicas,
      open: kustomization.open,
    },
    templated,
  };
}

function readPlaces({ kustomization, resources, document }: KubernetesModel): ManifestPlaces {
  if (kustomization !== undefined) {
    return { objects: kustomization.generated.map(({ span }) => ({ name: span, labels: span })) };
  }
  return {
    objects: resources.map((resource) => {
      const name = resource.get("metadata", "name");
      const kind = resource.kindEntry.keySpan;
      const labels = resource.pod === undefined ? resource.entry("metadata", "labels") : undefined;
      const ofPods = entriesOf(resource.pod?.metadata).find(({ key }) => key === "labels");
      return {
        name: name?.type === "scalar" ? insideQuotes(document.text, name) : kind,
        labels: (ofPods ?? labels)?.keySpan ?? kind,
      };
    }),
  };
}

function objectFacts(resource: Resource): ObjectFacts {
  const { apiVersion, resourceKind: kind, name, namespace, fragment, pod } = resource;
  const group = groupOf(apiVersion);
  const keys = keysOf(resource, group);
  const secrets = secretsOf(resource, group);
  return {
    group,
    version: apiVersion.slice(apiVersion.indexOf("/") + 1),
    kind,
    name,
    namespace,
    labels: Object.fromEntries(resource.labels),
    partial: fragment,
    ...(pod === undefined ? {} : { workload: workloadFacts(resource, pod) }),
    ...(plainKinds.has(kind) ? { value: valueOf(resource) } : {}),
    ...(keys === undefined ? {} : { keys }),
    ...(secrets === undefined ? {} : { secrets }),
    operated: isOperated(group, kind) && pod === undefined && secrets === undefined,
  };
}

function valueOf({ map }: Resource): PlainValue {
  const status = map.get("status");
  if (status === undefined) return plainValue(map);
  return plainValue({ ...map, entries: map.entries.filter((entry) => entry !== status) });
}

/** API groups of Kubernetes itself have no dot but in `*.k8s.io`. */
function isOperated(group: string, kind: string): boolean {
  return (
    group.includes(".") && !group.endsWith(".k8s.io") && !quietGroups.has(group) && !quietKinds.has(`${group}/${kind}`)
  );
}

function secretsOf(resource: Resource, group: string): readonly string[] | undefined {
  const paths = secretMakers[`${group}/${resource.resourceKind}`];
  if (paths === undefined) return undefined;
  for (const path of paths) {
    const node = resource.get(...path);
    if (node === undefined) continue;
    const name = isUnknown(node, "kubernetes") ? undefined : plainText(plainValue(node));
    return name === undefined ? undefined : [name];
  }
  return resource.name === undefined ? undefined : [resource.name];
}

function keysOf(resource: Resource, group: string): readonly string[] | undefined {
  if (group !== "" || (resource.resourceKind !== "ConfigMap" && resource.resourceKind !== "Secret")) return undefined;
  const parts = ["data", "binaryData", "stringData"].map((key) => getPath(resource.map, key));
  if (parts.some((part) => part?.type === "scalar" && part.value !== null)) return undefined;
  return parts.flatMap((part) => entriesOf(part).map(({ key }) => key));
}
