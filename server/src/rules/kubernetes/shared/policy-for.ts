import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { YamlRecord, YamlValue } from "../../../languages/yaml/edit.ts";
import type { Container } from "../../../languages/kubernetes/model.ts";
import { getPath, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { selects, wantedLabels } from "../../../workspace/label-selector.ts";
import type { ManifestView, PlacedObject } from "../../../workspace/manifests.ts";
import { isPlainMap, plainAt, plainItems, plainText, type PlainValue } from "../../../workspace/plain-value.ts";
import { dnsRule } from "./dns-egress.ts";
import { appendObject, podSelector } from "./generated-object.ts";

/**
 * Writes a NetworkPolicy for the pods of a workload behind it: it denies what is not known to be needed. Let in are the ports that Services of the workspace
 * lead to (the declared ones where there is no Service), for the pods of the namespace, or for everybody where an Ingress, a route or the Service's type leads there from outside; let out is DNS, and what the
 * containers name of the Services beside them. `undefined` where the pods cannot be selected, the object cannot be written, or a policy has the workload's name.
 */
export function policyFor(
  model: KubernetesModel,
  resource: Resource,
  manifests: ManifestView,
): readonly TextEdit[] | undefined {
  const selector = podSelector(resource);
  const { pod } = resource;
  if (selector === undefined || pod === undefined) return undefined;
  const labels = Object.fromEntries(pod.labels);
  // One of that name would be replaced by it.
  const { name, namespace } = resource;
  const named = manifests.siblings("NetworkPolicy", "networking.k8s.io");
  if (named.some((one) => one.name === name && mayBeOne(one.namespace, namespace))) return undefined;
  const services = manifests.siblings("Service", "").filter(({ namespace }) => mayBeOne(namespace, resource.namespace));
  const own = services.filter(({ value }) => takes(value, labels));
  const ingress = own.length === 0 ? declaredPorts(pod.containers) : rulesInto(own, manifests);
  const egress = rulesOutOf(
    pod.containers,
    services.filter(({ value }) => !takes(value, labels)),
    manifests,
  );
  return appendObject(model, resource, {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    body: {
      spec: {
        podSelector: selector,
        policyTypes: ["Ingress", "Egress"],
        ...(ingress.length === 0 ? {} : { ingress }),
        egress: [...egress, dnsRule],
      },
    },
  });
}

/** A Service without a selector takes nothing. */
function takes(service: PlainValue | undefined, labels: Readonly<Record<string, string>>): boolean {
  const selector = plainAt(service, "spec", "selector");
  return isPlainMap(selector) && Object.keys(selector).length > 0 && selects(selector, labels);
}

/** The Service that leads there may be written elsewhere. */
function declaredPorts(containers: readonly Container[]): readonly YamlValue[] {
  const ports = containers
    .flatMap((container) => container.ports)
    .flatMap(({ containerPort, protocol }): readonly YamlRecord[] =>
      containerPort === undefined ? [] : [{ port: containerPort, ...(protocol === "TCP" ? {} : { protocol }) }],
    )
    .filter((port, index, all) => all.findIndex((one) => isSame(one, port)) === index);
  return ports.length === 0 ? [] : [{ from: [{ podSelector: {} }], ports }];
}

/** A rule for each way in; Services that lead to the same ports in the same way share one. */
function rulesInto(services: readonly PlacedObject[], manifests: ManifestView): readonly YamlValue[] {
  const ways = new Map<string, { readonly from: readonly YamlValue[] | undefined; ports: readonly YamlRecord[] }>();
  for (const service of services) {
    const type = plainText(service.value, "spec", "type");
    const way =
      type === "LoadBalancer" || type === "NodePort" ? "outside" : isRouted(service, manifests) ? "any" : "own";
    const from = way === "outside" ? undefined : way === "any" ? [{ namespaceSelector: {} }] : [{ podSelector: {} }];
    const ports = ways.get(way)?.ports ?? [];
    const more = portsOf(service.value).filter((port) => !ports.some((one) => isSame(one, port)));
    ways.set(way, { from, ports: [...ports, ...more] });
  }
  return ["own", "any", "outside"].flatMap((way) => {
    const found = ways.get(way);
    if (found === undefined || found.ports.length === 0) return [];
    return [{ ...(found.from === undefined ? {} : { from: found.from }), ports: found.ports }];
  });
}

function isSame(one: YamlRecord, other: YamlRecord): boolean {
  return one["port"] === other["port"] && one["protocol"] === other["protocol"];
}

/** The ports of the pods behind a Service. */
function portsOf(service: PlainValue | undefined): readonly YamlRecord[] {
  return plainItems(service, "spec", "ports").flatMap((item): readonly YamlRecord[] => {
    const port = plainAt(item, "targetPort") ?? plainAt(item, "port");
    const protocol = plainText(item, "protocol") ?? "TCP";
    if (typeof port !== "number" && typeof port !== "string") return [];
    return [{ port, ...(protocol === "TCP" ? {} : { protocol }) }];
  });
}

/** An Ingress, a route or a monitor, whose controller runs in a namespace of its own, leads to the Service. */
function isRouted({ name, labels }: PlacedObject, manifests: ManifestView): boolean {
  if (name === undefined) return false;
  const routes = ["Ingress", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"];
  return (
    routes.some((kind) => manifests.siblings(kind).some(({ value }) => names(plainAt(value, "spec"), name))) ||
    manifests.siblings("ServiceMonitor").some(({ value }) => selects(plainAt(value, "spec", "selector"), labels))
  );
}

/** Whether a backend somewhere within a value has this name. */
function names(value: PlainValue | undefined, name: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isPlainMap(value) && (value["name"] === name || value["serviceName"] === name)) return true;
  return Object.values(value).some((inner: PlainValue) => names(inner, name));
}

/** A rule for each Service whose name the containers' variables and arguments hold as a host. */
function rulesOutOf(
  containers: readonly Container[],
  services: readonly PlacedObject[],
  manifests: ManifestView,
): readonly YamlValue[] {
  const words = containers.flatMap(wordsOf);
  return services.flatMap((service): readonly YamlValue[] => {
    const { name, value } = service;
    const selector = plainAt(value, "spec", "selector");
    if (name === undefined || !isPlainMap(selector) || Object.keys(selector).length === 0) return [];
    if (!words.some((word) => isHost(word, name))) return [];
    const ports = portsOf(value);
    // Labels of pods that are known to be there, as a check of what the Service says.
    if (!manifests.workloads().some(({ workload }) => selects(selector, workload.labels))) return [];
    const matchLabels = wantedLabels(selector);
    return [{ to: [{ podSelector: { matchLabels } }], ...(ports.length === 0 ? {} : { ports }) }];
  });
}

function wordsOf(container: Container): readonly string[] {
  const lists = ["command", "args"].flatMap((key) => itemsOf(getPath(container.map, key)));
  return [...container.env.flatMap(({ value }) => value ?? []), ...lists.flatMap((item) => scalarText(item) ?? [])];
}

/** `redis`, `redis:6379`, `postgres://shop@redis.shop.svc/db`, `--host=redis`. */
function isHost(word: string, name: string): boolean {
  const found = word.indexOf(name);
  if (found < 0 || !/^[a-z0-9-]+$/.test(name)) return false;
  return new RegExp(`(?:^|[/@=,;\\s])${name}(?:$|[.:/,;?\\s])`).test(word);
}
