import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { nameOfObject, servicesOf, type WrittenPort } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "unnamed-service-port",
  summary: "A Service with several ports leaves one without a name.",
  why: `As soon as a Service has two ports, Kubernetes wants a name for each and refuses the Service otherwise. The names are also what Ingresses, routes and monitors
point at, so that the numbers can change.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services"],
  fix: "review",
  examples: [
    {
      bad: serviceObject({ ports: ["- name: http", "  port: 80", "- port: 9090"] }),
      good: serviceObject({ ports: ["- name: http", "  port: 80", "- name: metrics", "  port: 9090"] }),
    },
  ],
  keys: ["ports"],
  *check(model) {
    for (const { resource, whole, ports } of servicesOf(model)) {
      if (!whole || ports.length < 2) continue;
      for (const port of ports) {
        if (port.get("name") !== undefined) continue;
        const at = port.map.get("port") ?? port.map.entries[0];
        if (at === undefined || at.merged !== undefined) continue;
        yield {
          at: at.keySpan,
          message: `${nameOfObject(resource)} has ${ports.length} ports, and this one has no name, which Kubernetes refuses: add a \`name\`.`,
          fixes: () => named(model, port, ports),
        };
      }
    }
  },
});

/** What these ports are called by custom. Source: IANA's service names, and Prometheus' exporters. */
const customary: ReadonlyMap<number, string> = new Map([
  [22, "ssh"],
  [53, "dns"],
  [80, "http"],
  [443, "https"],
  [3306, "mysql"],
  [5432, "postgres"],
  [6379, "redis"],
  [8080, "http"],
  [8443, "https"],
  [9090, "metrics"],
]);

function named(model: KubernetesModel, port: WrittenPort, ports: readonly WrittenPort[]): readonly Fix[] {
  const taken = new Set(ports.map(({ name }) => name));
  const number = port.port;
  const target = port.get("targetPort");
  const pointed = target?.type === "scalar" && !isUnknown(target, "kubernetes") ? (scalarText(target) ?? "") : "";
  const plain = [
    // The container's own name for it says most.
    /^[a-z][a-z0-9-]*$/.test(pointed) ? pointed : undefined,
    number === undefined ? undefined : customary.get(number),
    number === undefined ? undefined : `${port.protocol.toLowerCase()}-${number}`,
  ];
  const isFirstOfItsNumber = ports.find((other) => other.get("name") === undefined && other.port === number) === port;
  const name = plain.find((candidate) => candidate !== undefined && !taken.has(candidate) && isAlone(candidate));
  if (name === undefined || !isFirstOfItsNumber) return [];
  return reviewed(
    `Name it \`${name}\` (nothing can point at it by another name)`,
    setPath(model.document, port.map, ["name"], name, { position: "start" }),
  );

  /** No other port without a name would be given this one, so that all can be mended at once. */
  function isAlone(candidate: string): boolean {
    return ports.every(
      (other) =>
        other === port ||
        other.get("name") !== undefined ||
        ((other.port === undefined || customary.get(other.port) !== candidate) &&
          scalarText(other.get("targetPort")) !== candidate),
    );
  }
}
