import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { ingressesOf, isIngress } from "./ingresses.ts";

/** A Service that an Ingress or a route leads to, as it is written there. */
export interface Backend {
  readonly resource: Resource;
  readonly name: YamlNode;
  /** The Service's name; a backend whose name a template decides is none. */
  readonly service: string;
  /** Its number or name, where it is written and known. */
  readonly port: YamlNode | undefined;
  /** Where the Service is. */
  readonly namespace: string | undefined;
}

/** The Services that the Ingresses and routes of a document lead to. In patches and templates too: what is written there is meant. */
export function backendsOf(model: KubernetesModel): readonly Backend[] {
  const backends = ingressesOf(model).flatMap(({ resource, rules, defaultBackend }) => {
    const paths = rules.flatMap((rule) => rule.paths.map(({ backend }) => backend));
    return [...paths, defaultBackend].flatMap((backend) =>
      backend === undefined ? [] : backendAt(resource, backend.name, backend.port, undefined),
    );
  });
  return [...backends, ...model.resources.filter((resource) => !isIngress(resource)).flatMap(routesTo)];
}

/** An object of Gateway API that leads to Services, or Traefik's own. */
function routesTo(resource: Resource): readonly Backend[] {
  const { apiVersion, resourceKind } = resource;
  if (apiVersion.startsWith("gateway.networking.k8s.io/") && gatewayRoutes.has(resourceKind)) {
    return itemsOf(resource.get("spec", "rules")).flatMap((rule) =>
      [...itemsOf(getPath(rule, "backendRefs")), ...mirrorsOf(rule)].flatMap((node) =>
        node.type === "map" && isService(node) ? referenceTo(resource, node) : [],
      ),
    );
  }
  if (/^traefik\.(?:io|containo\.us)\//.test(apiVersion) && resourceKind.startsWith("IngressRoute")) {
    return itemsOf(resource.get("spec", "routes")).flatMap((route) =>
      itemsOf(getPath(route, "services")).flatMap((node) =>
        node.type === "map" && isService(node) ? referenceTo(resource, node) : [],
      ),
    );
  }
  return [];
}

const gatewayRoutes: ReadonlySet<string> = new Set(["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"]);

function mirrorsOf(rule: YamlNode): readonly YamlNode[] {
  return itemsOf(getPath(rule, "filters")).flatMap((filter) => getPath(filter, "requestMirror", "backendRef") ?? []);
}

function isService(node: YamlMap): boolean {
  const kind = scalarText(getPath(node, "kind")) ?? "Service";
  return kind === "Service" && (scalarText(getPath(node, "group")) ?? "") === "";
}

function referenceTo(resource: Resource, node: YamlMap): readonly Backend[] {
  const name = getPath(node, "name");
  return name === undefined ? [] : backendAt(resource, name, getPath(node, "port"), getPath(node, "namespace"));
}

function backendAt(
  resource: Resource,
  name: YamlNode,
  port: YamlNode | undefined,
  namespace: YamlNode | undefined,
): readonly Backend[] {
  const service = isUnknown(name, "kubernetes") ? undefined : scalarText(name);
  if (service === undefined) return [];
  const isWritten = !isNull(port) && !isUnknown(port, "kubernetes");
  return [
    {
      resource,
      name,
      service,
      port: isWritten ? port : undefined,
      namespace: isNull(namespace) ? resource.namespace : scalarText(namespace),
    },
  ];
}
