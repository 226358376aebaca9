import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { asScalar, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import type { ManifestView, PlacedObject } from "../../workspace/manifests.ts";
import { plainItems, plainText } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { type Backend, backendsOf } from "./shared/backends.ts";
import { ingressObject, serviceObject } from "./shared/example.ts";
import { missingTarget, placeOf } from "./shared/missing-target.ts";

const service = serviceObject({ ports: ["- name: http", "  port: 80", "  targetPort: http"] });

export default defineRule("kubernetes", {
  slug: "unknown-backend",
  summary: "An Ingress or a route leads to a Service that does not exist, or to a port that it does not have.",
  why: `Kubernetes accepts an Ingress whose Service is not there, or has another port. Requests for that path are then answered with 503, by the controller, and nothing in
\`kubectl get ingress\` tells.

The port is the Service's own \`port\`, by number or name, not the \`targetPort\` behind it. A Service counts as missing where others are written in the same kustomization, chart or
folder, and nothing there could make one; its port, wherever the Service is known.`,
  category: "networking",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-linter:dangling-ingress",
    "kube-score:Ingress targets Service",
    "kube-score:ingress-targets-service",
    "kubescape:C-0298",
    "kubescape:C-0302",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules",
    "https://gateway-api.sigs.k8s.io/reference/spec/#backendref",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${ingressObject({}).replace("name: api", "name: apis")}---\n${service}`,
      good: `${ingressObject({})}---\n${service}`,
    },
    {
      bad: `${ingressObject({}).replace("number: 80", "number: 8080")}---\n${service}`,
      good: `${ingressObject({})}---\n${service}`,
    },
  ],
  *check(model, _options, workspace) {
    const backends = backendsOf(model);
    if (backends.length > 0) yield* oncePerPlace(problems(model, backends, workspace.manifests()));
  },
});

function* problems(model: KubernetesModel, backends: readonly Backend[], manifests: ManifestView): Iterable<Problem> {
  for (const backend of backends) {
    const { name, service: wanted, port, namespace } = backend;
    // What an annotation of AWS's controller describes is no Service.
    if (scalarText(port) === "use-annotation") continue;
    const reference = { group: "", kind: "Service", name: wanted, namespace };
    const { found } = manifests.lookUp(reference);
    if (found.length > 0) {
      if (port !== undefined) yield* portProblems(model, port, found);
      continue;
    }
    const node = asScalar(name);
    const consequence = "requests for it are answered with 503";
    const problem = node === undefined ? undefined : missingTarget(model, manifests, { reference, node, consequence });
    if (problem !== undefined) yield problem;
  }
}

function* portProblems(model: KubernetesModel, node: YamlNode, found: readonly PlacedObject[]): Iterable<Problem> {
  const wanted = scalarText(node);
  const [service] = found;
  if (wanted === undefined || service === undefined) return;
  const ports = found.flatMap(({ value }) => plainItems(value, "spec", "ports"));
  // A patch tells no more than it changes, and a name of elsewhere has no ports.
  if (
    ports.length === 0 ||
    found.some(({ partial, value }) => partial || plainText(value, "spec", "type") === "ExternalName")
  )
    return;
  if (ports.some((port) => plainText(port, "port") === undefined)) return;
  if (ports.some((port) => plainText(port, "port") === wanted || plainText(port, "name") === wanted)) return;
  const behind = ports.find((port) => (plainText(port, "targetPort") ?? "") === wanted);
  const names = ports.flatMap((port) => plainText(port, "name") ?? []);
  const isName = !/^\d+$/.test(wanted);
  const only = ports.length === 1 ? ports[0] : behind;
  const meant = isName ? (closestOf(wanted, names) ?? plainText(only, "name")) : plainText(only, "port");
  const has = ports.slice(0, 4).map((port) => {
    const name = plainText(port, "name");
    return `${plainText(port, "port") ?? ""}${name === undefined ? "" : ` (\`${name}\`)`}`;
  });
  const words = `Service \`${service.name ?? ""}\` has no port \`${wanted}\``;
  yield {
    at: node.span,
    message:
      behind === undefined
        ? `${words}: it has ${has.join(", ")}.`
        : `${words}, that is the \`targetPort\` behind it: write ${plainText(behind, "port") ?? "its port"}.`,
    related: [placeOf(service)],
    fixes: () =>
      meant === undefined
        ? []
        : replaced(model, node, isName ? meant : Number(meant), `Lead to port \`${meant}\` (if that is the one meant)`),
  };
}

function replaced(model: KubernetesModel, node: YamlNode, value: string | number, title: string): readonly Fix[] {
  const scalar = asScalar(node);
  return scalar === undefined ? [] : reviewed(title, replaceScalar(model.document, scalar, value));
}
