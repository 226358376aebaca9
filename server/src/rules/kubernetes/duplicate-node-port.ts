import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import type { PlacedObject } from "../../workspace/manifests.ts";
import { plainItems, plainText } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { servicesOf, type WrittenService } from "./shared/written-services.ts";

const first = nodePort("- port: 80", "  targetPort: http", "  nodePort: 30080");

export default defineRule("kubernetes", {
  slug: "duplicate-node-port",
  summary: "Two Services ask for the same port of the nodes.",
  why: `A port of the nodes belongs to one Service of the cluster, whatever their namespaces. The second one that asks for it is refused with \`provided port is already allocated\`.
Left out, \`nodePort\` is given by Kubernetes and is never taken.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#nodeport-custom-port"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${first}---\n${nodePort("- port: 80", "  targetPort: http", "  nodePort: 30080").replace("name: api", "name: web")}`,
      good: `${first}---\n${nodePort("- port: 80", "  targetPort: http").replace("name: api", "name: web")}`,
    },
  ],
  keys: ["nodePort"],
  *check(model, _options, workspace) {
    const services = servicesOf(model).filter(({ ports }) => ports.some(({ nodePort: port }) => port !== undefined));
    if (services.length === 0) return;
    const taken = takenPorts(workspace.manifests().siblings("Service", ""));
    for (const service of services) yield* problems(model, service, taken);
  },
});

function* problems(
  model: KubernetesModel,
  { resource, whole, ports }: WrittenService,
  taken: ReadonlyMap<string, PlacedObject>,
): Iterable<Problem> {
  if (!whole || resource.name === undefined) return;
  const own = new Set<string>();
  for (const { map, nodePort: number, protocol } of ports) {
    const node = map.get("nodePort")?.value;
    if (number === undefined || number === 0 || node === undefined) continue;
    const key = `${protocol} ${number}`;
    const other = taken.get(key);
    const isOther =
      other !== undefined &&
      (other.name !== resource.name ||
        (other.namespace !== undefined && resource.namespace !== undefined && other.namespace !== resource.namespace));
    if (own.has(key) || isOther)
      yield {
        at: node.span,
        message: `${own.has(key) ? "This Service" : `Service \`${other?.name ?? ""}\``} has port ${number} of the nodes already, so Kubernetes refuses this one: leave \`nodePort\` out, or take another.`,
        ...(own.has(key) || other === undefined
          ? {}
          : { related: [{ at: other.span, path: other.path, message: `Service \`${other.name ?? ""}\` is here.` }] }),
        fixes: () =>
          reviewed(
            "Remove `nodePort` (Kubernetes picks one, which clients must be told)",
            removePath(model.document, map, ["nodePort"]),
          ),
      };
    own.add(key);
  }
}

/** The first Service of those that ask for a port. */
function takenPorts(services: readonly PlacedObject[]): ReadonlyMap<string, PlacedObject> {
  const taken = new Map<string, PlacedObject>();
  for (const service of services) {
    if (service.partial || service.name === undefined) continue;
    for (const port of plainItems(service.value, "spec", "ports")) {
      const key = `${plainText(port, "protocol") ?? "TCP"} ${plainText(port, "nodePort") ?? ""}`;
      if (!taken.has(key)) taken.set(key, service);
    }
  }
  return taken;
}

function nodePort(...ports: readonly string[]): string {
  return serviceObject({ spec: ["type: NodePort"], ports });
}
