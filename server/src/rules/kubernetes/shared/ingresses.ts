import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";

/** An Ingress as it is written, of the present API version or of a removed one. */
export interface WrittenIngress {
  readonly resource: Resource;
  /** Something can be missing in it: it is no patch and no template. */
  readonly whole: boolean;
  readonly rules: readonly IngressRule[];
  /** `spec.defaultBackend`, `spec.backend` of the removed versions. */
  readonly defaultBackend: WrittenBackend | undefined;
}

/** An item of `spec.rules`. */
export interface IngressRule {
  readonly map: YamlMap;
  /** `undefined` where none is written: the rule is for every host. */
  readonly host: YamlNode | undefined;
  readonly paths: readonly IngressPath[];
}

/** An item of a rule's `http.paths`. */
export interface IngressPath {
  readonly map: YamlMap;
  readonly path: YamlNode | undefined;
  readonly pathType: string | undefined;
  readonly backend: WrittenBackend | undefined;
}

/** The Service that a path or a route leads to. */
export interface WrittenBackend {
  /** Its name. */
  readonly name: YamlNode;
  /** The port's number or name. */
  readonly port: YamlNode | undefined;
}

/** The Ingresses of a document. */
export function ingressesOf(model: KubernetesModel): readonly WrittenIngress[] {
  return model.resources.flatMap((resource) => {
    if (!isIngress(resource)) return [];
    return {
      resource,
      whole: !model.templated && !resource.partial,
      rules: itemsOf(resource.get("spec", "rules")).flatMap((item) => (item.type === "map" ? [ruleOf(item)] : [])),
      defaultBackend: backendOf(resource.get("spec", "defaultBackend") ?? resource.get("spec", "backend")),
    };
  });
}

/** Whether an object is an Ingress of Kubernetes itself; there are others: OpenShift's configuration has one. */
export function isIngress({ apiVersion, resourceKind }: Pick<Resource, "apiVersion" | "resourceKind">): boolean {
  return resourceKind === "Ingress" && /^(?:networking\.k8s\.io|extensions)\//.test(apiVersion);
}

/** A host as it is compared: in lower case. `undefined` where a template decides. */
export function hostText(host: YamlNode): string | undefined {
  return isUnknown(host, "kubernetes") ? undefined : scalarText(host)?.toLowerCase();
}

/** Whether a certificate or a rule for `pattern` takes in `host`: the same, or a wildcard of one label. */
export function coversHost(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*.") && host.slice(host.indexOf(".")) === pattern.slice(1));
}

function ruleOf(map: YamlMap): IngressRule {
  const host = getPath(map, "host");
  return {
    map,
    host: isNull(host) || scalarText(host) === "" ? undefined : host,
    paths: itemsOf(getPath(map, "http", "paths")).flatMap((item) =>
      item.type === "map"
        ? [
            {
              map: item,
              path: getPath(item, "path"),
              pathType: scalarText(getPath(item, "pathType")),
              backend: backendOf(getPath(item, "backend")),
            },
          ]
        : [],
    ),
  };
}

/** `service: { name, port: { number | name } }`, or `serviceName` and `servicePort` as the removed versions have it. */
function backendOf(node: YamlNode | undefined): WrittenBackend | undefined {
  const service = getPath(node, "service");
  const name = getPath(service, "name") ?? getPath(node, "serviceName");
  if (name === undefined || isNull(name)) return undefined;
  const port = getPath(service, "port", "number") ?? getPath(service, "port", "name") ?? getPath(node, "servicePort");
  return { name, port: isNull(port) ? undefined : port };
}
