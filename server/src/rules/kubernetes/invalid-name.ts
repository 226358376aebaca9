import { defineRule, type Problem } from "../../engine/rule.ts";
import { shapeOfKind } from "../../knowledge/kubernetes-fields/index.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import {
  type NameFault,
  dnsLabelFault,
  pathSegmentFault,
  portNameFault,
  serviceNameFault,
  subdomainFault,
} from "./shared/names.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "invalid-name",
  summary: "A name that Kubernetes refuses: it has other characters than a DNS name, or too many of them.",
  why: `Names of objects become parts of DNS names and label values, so that the API server takes small letters, digits, \`-\` and mostly \`.\` for them, up to 253
characters; a Service's name has 63 and begins with a letter, and a StatefulSet's pods cannot be made with a name of more than 52. Containers, volumes and namespaces have DNS labels for names, ports of containers at most fifteen characters with a letter among them.

A new name means a new object: what refers to the old one has to follow, and the old object stays behind in the cluster.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:schema-validation"],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: jobWith({}).replace("name: report\nspec", "name: Report_Daily\nspec"),
      good: jobWith({}).replace("name: report\nspec", "name: report-daily\nspec"),
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      const fault = objectFault(resource);
      const node = getPath(resource.map, "metadata", "name");
      if (fault !== undefined && node !== undefined && !isReplaced(resource, workspace)) {
        yield* problem(model, node, resource.resourceKind, fault, "what refers to it must follow");
      }
      yield* servicePorts(model, resource);
    }
    for (const { pod } of workloadsOf(model)) {
      for (const container of pod.containers) {
        yield* named(
          model,
          container.get("name"),
          "container",
          dnsLabelFault,
          "patches and `kubectl logs -c` must follow",
        );
        for (const port of container.ports) {
          yield* named(model, getPath(port.map, "name"), "port", portNameFault, "Services and probes must follow");
        }
      }
      for (const volume of itemsOf(pod.get("volumes"))) {
        yield* named(model, getPath(volume, "name"), "volume", dnsLabelFault, "its mounts must follow");
      }
    }
  },
});

/** A patch goes by its target; a Namespace is named after the namespace that its kustomization sets. */
function isReplaced({ resourceKind, name }: Resource, workspace: WorkspaceView): boolean {
  const manifests = workspace.manifests();
  return manifests.patch || (resourceKind === "Namespace" && manifests.namespaceOf(name) !== name);
}

function* servicePorts(model: KubernetesModel, resource: Resource): Iterable<Problem> {
  if (resource.apiVersion !== "v1" || resource.resourceKind !== "Service") return;
  for (const port of itemsOf(resource.get("spec", "ports"))) {
    yield* named(model, getPath(port, "name"), "port", dnsLabelFault, "Ingresses and monitors must follow");
  }
}

function* named(
  model: KubernetesModel,
  node: YamlNode | undefined,
  what: string,
  faultOf: (name: string) => NameFault | undefined,
  caution: string,
): Iterable<Problem> {
  if (node?.type !== "scalar" || typeof node.value !== "string" || isUnclear(node)) return;
  const fault = faultOf(node.value);
  if (fault !== undefined) yield* problem(model, node, what, fault, caution);
}

/** A variable of another tool, or of Kustomize, may stand for a part of the name. */
function isUnclear(node: YamlNode): boolean {
  return (
    isUnknown(node, "kubernetes") ||
    (node.type === "scalar" && /[$<>{}%@]|^RELEASE-NAME|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(node.text))
  );
}

function* problem(
  model: KubernetesModel,
  node: YamlNode,
  what: string,
  { fault, instead }: NameFault,
  caution: string,
): Iterable<Problem> {
  if (node.type !== "scalar") return;
  yield {
    at: node.alias ?? node.span,
    message: `\`${node.text}\` is no name for a ${what}: it ${fault}${instead === undefined ? "." : `; \`${instead}\` would do.`}`,
    fixes: () =>
      instead === undefined
        ? []
        : reviewed(`Rename it to \`${instead}\` (${caution})`, replaceScalar(model.document, node, instead)),
  };
}

function objectFault({ apiVersion, resourceKind, name, map }: Resource): NameFault | undefined {
  const node = getPath(map, "metadata", "name");
  if (name === undefined || node === undefined || isUnclear(node)) return undefined;
  if (shapeOfKind(apiVersion, resourceKind) === undefined || free.has(resourceKind)) return undefined;
  if (/^(?:Cluster)?Role(?:Binding)?$/.test(resourceKind)) return pathSegmentFault(name);
  switch (resourceKind) {
    case "Service":
      return serviceNameFault(name);
    case "Namespace":
      return dnsLabelFault(name);
    case "StatefulSet":
      return subdomainFault(name, 52);
    case "Job":
      return subdomainFault(name, 63);
    default:
      return subdomainFault(name);
  }
}

/** Kinds whose names follow rules of their own, or are made by programs. */
const free: ReadonlySet<string> = new Set(["Event", "APIService", "CustomResourceDefinition", "IPAddress", "Lease"]);
