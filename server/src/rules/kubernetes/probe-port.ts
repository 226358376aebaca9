import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { appendItem, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { booleanOf, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed, safe } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { portAsked, portText, type Probe, probesOf } from "./shared/probes.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

const liveness = (port: string) => ["livenessProbe:", "  tcpSocket:", `    port: ${port}`, "  periodSeconds: 20"];
const readiness = (port: string) => ["readinessProbe:", "  httpGet:", "    path: /", `    port: ${port}`];

const undeclared = serviceWith({ container: [...readiness("8081"), ...liveness("http")] });

export default defineRule("kubernetes", {
  slug: "probe-port",
  summary: "A probe asks a port that its container does not declare.",
  why: `A probe may name its port, and the name is looked for among the ports of that very container. One that is not there makes each try fail: the pod never becomes ready, or
is restarted for ever.

A number works whether it is declared or not, so a number that is not among the declared ones is only a hint: a slip of the pen, or a port that the next reader should know of.
Numbers that the command, its arguments or a variable mention are not reported, nor those that another container of the pod declares.`,
  category: "health",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:liveness-port", "kube-linter:readiness-port", "kube-linter:startup-port"],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port",
  ],
  fix: "safe",
  examples: [
    {
      bad: serviceWith({ container: [...readiness("htp"), ...liveness("http")] }),
      good: serviceWith({ container: [...readiness("http"), ...liveness("http")] }),
    },
    {
      bad: undeclared,
      good: undeclared.replace(" containerPort: 8080\n", " containerPort: 8080\n            - containerPort: 8081\n"),
    },
  ],
  keys: ["livenessProbe", "readinessProbe", "startupProbe"],
  *check(model) {
    for (const { container, pod, whole } of containersOf(model)) {
      if (model.templated || !knowsPorts(container)) continue;
      const said = new Set<string>();
      for (const probe of probesOf(container)) {
        const asked = portAsked(probe);
        const text = asked === undefined ? undefined : portText(asked.node);
        if (asked === undefined || text === undefined) continue;
        const isNumber = /^\d+$/.test(text);
        // A patch leaves ports out; but one that it writes is what it says.
        if (!whole && (isNumber || !container.ports.some(({ name }) => name === text))) continue;
        // Several probes may ask one port that nobody declares.
        if (isNumber && said.has(text)) continue;
        said.add(text);
        const problem = isNumber
          ? unknownNumber(model, { pod, container, node: asked.node, number: Number(text) })
          : asked.handler === "grpc"
            ? undefined
            : unknownName(model, { container, probe, node: asked.node, name: text });
        if (problem !== undefined) yield problem;
      }
    }
  },
});

/** What a template fills in may declare any port. */
function knowsPorts(container: Container): boolean {
  const ports = container.entry("ports")?.value;
  if (ports === undefined || (ports.type === "scalar" && ports.value === null)) return true;
  return (
    ports.type === "seq" &&
    ports.items.every(
      (item) => item.type === "map" && !item.entries.some(({ value }) => isUnknown(value, "kubernetes")),
    ) &&
    // What is no number is told as such, and may be this one.
    container.ports.every(({ containerPort }) => containerPort !== undefined)
  );
}

function unknownName(
  model: KubernetesModel,
  at: {
    readonly container: Container;
    readonly probe: Probe;
    readonly node: YamlNode;
    readonly name: string;
  },
): Problem | undefined {
  const { container, probe, node, name } = at;
  const found = container.ports.find((port) => port.name === name);
  if (found !== undefined && found.protocol === "TCP") return undefined;
  const names = container.ports.flatMap((port) => (port.protocol === "TCP" ? (port.name ?? []) : []));
  const near = closestOf(name, names) ?? (names.length === 1 ? names[0] : undefined);
  const only = container.ports.find(({ protocol }) => protocol === "TCP");
  const instead = near === undefined ? "name a port so, or write its number" : `write \`${near}\``;
  const what = found === undefined ? "has no port" : "has no TCP port";
  return {
    at: node.span,
    message: `${nameOf(container)} ${what} named \`${name}\`, so its ${probe.kind} probe fails each time: ${instead}.`,
    fixes: () => {
      if (near !== undefined && node.type === "scalar")
        return reviewed(`Ask port \`${near}\` (the probe begins to work)`, replaceScalar(model.document, node, near));
      const map = found === undefined && only?.name === undefined ? only?.map : undefined;
      if (map === undefined) return [];
      return reviewed(
        `Name port ${only?.containerPort ?? ""} \`${name}\` (the probe begins to work)`,
        setPath(model.document, map, ["name"], name, { position: "start" }),
      );
    },
  };
}

function unknownNumber(
  model: KubernetesModel,
  at: {
    readonly pod: PodTemplate;
    readonly container: Container;
    readonly node: YamlNode;
    readonly number: number;
  },
): Problem | undefined {
  const { pod, container, node, number } = at;
  // Containers of a pod share their network. One that declares nothing may still serve.
  const declared = pod.containers.flatMap(({ ports }) => ports.filter(({ protocol }) => protocol === "TCP"));
  if (container.ports.length === 0 || declared.some(({ containerPort }) => containerPort === number)) return undefined;
  if (mentions(container, String(number))) return undefined;
  const shown = container.ports.flatMap(({ containerPort, name }) =>
    containerPort === undefined ? [] : [name === undefined ? `${containerPort}` : `${containerPort} (\`${name}\`)`],
  );
  return {
    at: node.span,
    message: `${nameOf(container)} declares ${shown.slice(0, 4).join(", ")} but not port ${number}, which the probe asks: declare it if it serves it, or ask another one.`,
    severity: "hint",
    fixes: (): readonly Fix[] => {
      const ports = container.get("ports");
      // On the host's network a declared port is a port of the node.
      if (ports?.type !== "seq" || booleanOf(pod.get("hostNetwork")) === true) return [];
      return safe(`Declare port ${number}`, appendItem(model.document, ports, { containerPort: number }));
    },
  };
}

/** A program that is told its port serves it. */
function mentions(container: Container, number: string): boolean {
  const words = ["command", "args"].flatMap((key) => itemsOf(container.get(key)).map((item) => scalarText(item) ?? ""));
  const values = container.env.map(({ value }) => value ?? "");
  const pattern = new RegExp(`(?:^|\\D)${number}(?:\\D|$)`);
  return [...words, ...values].some((word) => pattern.test(word));
}
