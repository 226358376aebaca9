import { defineRule } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import { plainAt, plainText } from "../../workspace/plain-value.ts";
import { selects } from "../../workspace/label-selector.ts";
import type { PlacedObject } from "../../workspace/manifests.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { graceOf, hasSleepHook } from "./shared/stopping.ts";
import { nameOf, type Workload, workloadsOf } from "./shared/workloads.ts";

const service =
  "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  selector:\n    app: api\n  clusterIP: None\n  ports:\n    - port: 80\n      targetPort: http\n";

/** What most load balancers need to learn that a pod is going, in seconds. */
const pause = 5;

export default defineRule("kubernetes", {
  slug: "missing-pre-stop",
  summary: "A container behind a Service stops while requests are still sent to it.",
  why: `When a pod goes, two things begin at the same time: its containers are told to stop, and the Service's endpoints, kube-proxy on each node and the load balancers in front learn
that it is no longer there. A server that closes its port on SIGTERM loses the race: each rollout answers some requests with "connection refused". A \`preStop\` hook that sleeps for
a few seconds lets the news spread before the signal comes.

The other side: a server that goes on answering for a while after SIGTERM needs none, nor do clients that try again. Each stop then takes the longer, which counts where many pods go at once.`,
  category: "lifecycle",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/",
    "https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: serviceWith({}) + service,
      good:
        serviceWith({}).replace(
          "          resources:",
          `          lifecycle:\n            preStop:\n              sleep:\n                seconds: ${pause}\n          resources:`,
        ) + service,
    },
  ],
  keys: ["ports"],
  *check(model, _options, workspace) {
    const workloads = workloadsOf(model).filter(({ whole, pod }) => whole && !pod.batch && pod.labels.size > 0);
    if (workloads.length === 0) return;
    const services = workspace.manifests().siblings("Service", "");
    for (const workload of workloads) {
      if (!services.some((found) => isBehind(found, workload))) continue;
      const { pod } = workload;
      for (const container of pod.containers) {
        if (container.role !== "main" || container.ports.length === 0) continue;
        // What a template fills in may hold the hook.
        const lifecycle = container.entry("lifecycle");
        if (
          lifecycle !== undefined &&
          (lifecycle.value.type !== "map" || container.entry("lifecycle", "preStop") !== undefined)
        )
          continue;
        yield {
          at: container.at,
          message: `${nameOf(container)} stops while its Service still sends requests to it: let a \`preStop\` hook sleep for ${pause} s first.`,
          fixes: () => ((graceOf(pod) ?? 0) > pause ? withPause(model, container) : []),
        };
      }
    }
  },
});

function isBehind({ namespace, value }: PlacedObject, { resource, pod }: Workload): boolean {
  if (value === undefined || plainText(value, "spec", "type") === "ExternalName") return false;
  if (namespace !== undefined && resource.namespace !== undefined && namespace !== resource.namespace) return false;
  const selector = plainAt(value, "spec", "selector");
  return selector !== undefined && selects(selector, Object.fromEntries(pod.labels));
}

/** The kubelet's own sleep where there is one, else that of a program, which an image without a shell has not. */
function withPause(model: KubernetesModel, container: Container) {
  const native = hasSleepHook(model.release);
  const facts = container.imageUse?.facts;
  if (!native && facts?.shell === false) return [];
  const hook: YamlValue = native ? { sleep: { seconds: pause } } : { exec: { command: ["sleep", `${pause}`] } };
  const doubt = native ? "" : "the image must have `sleep`; ";
  return reviewed(
    `Sleep for ${pause} s before stopping (${doubt}each pod takes so much longer to go)`,
    setPath(model.document, container.map, ["lifecycle", "preStop"], hook, {
      position: {
        after: [
          "name",
          "image",
          "command",
          "args",
          "ports",
          "env",
          "envFrom",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
        ],
      },
    }),
  );
}
