import { defineRule } from "../../engine/rule.ts";
import { asScalar, isUnknown } from "../../languages/yaml/path.ts";
import { plainText } from "../../workspace/plain-value.ts";
import { isAppsKind, replicasOf, titleOf } from "./shared/availability.ts";
import { statefulSetWith } from "./shared/availability-example.ts";
import { missingTarget, placeOf } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "not-headless-service",
  summary: "The Service that a StatefulSet of several pods is named after is missing, or has an address of its own.",
  why: `The pods of a StatefulSet get names in DNS (\`db-0.db\`) from the Service in \`serviceName\`, if that is headless: \`clusterIP: None\`. Behind an ordinary Service there is one
address for all of them, each connection reaches some member, and names of single pods do not resolve. Members of a cluster then cannot find each other, or a client writes to a
replica.

Clients may want the one address too: that is a second Service. \`clusterIP\` cannot be changed on a Service that exists, so the rule offers no fix.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kics:statefulset_without_service_name"],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
    "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["serviceName"],
  examples: [
    {
      bad: `${statefulSetWith({ spec: ["serviceName: api", "replicas: 3"] })}---\n${service([])}`,
      good: `${statefulSetWith({ spec: ["serviceName: api", "replicas: 3"] })}---\n${service(["  clusterIP: None"])}`,
      fixed: false,
    },
    {
      bad: `${statefulSetWith({ spec: ["serviceName: apis", "replicas: 3"] })}---\n${service(["  clusterIP: None"])}`,
      good: `${statefulSetWith({ spec: ["serviceName: api", "replicas: 3"] })}---\n${service(["  clusterIP: None"])}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      const node = asScalar(resource.get("spec", "serviceName"));
      if (node === undefined || isUnknown(node, "kubernetes") || !isAppsKind(resource, "StatefulSet")) continue;
      // An autoscaler, a patch or `kubectl scale` makes more of it; one pod is reached under the Service's own name.
      if (replicasOf(resource) === 1 || (resource.get("spec", "replicas") === undefined && !resource.partial)) continue;
      const manifests = workspace.manifests();
      const reference = { group: "", kind: "Service", name: node.text, namespace: resource.namespace };
      const { found } = manifests.lookUp(reference);
      if (found.length === 0) {
        const consequence = `the pods of ${titleOf(resource, "within")} have no names in DNS`;
        const problem = missingTarget(model, manifests, { reference, node, consequence });
        if (problem !== undefined) yield problem;
        continue;
      }
      const [first] = found;
      if (first === undefined || found.some((one) => one.partial || one.value === undefined || isHeadless(one.value)))
        continue;
      yield {
        at: node.span,
        message: `Service \`${node.text}\` has one address for all pods, so none of them has a name of its own in DNS: give it \`clusterIP: None\`, or name a headless Service here.`,
        related: [placeOf(first)],
      };
    }
  },
});

function isHeadless(value: Parameters<typeof plainText>[0]): boolean {
  const address = plainText(value, "spec", "clusterIP");
  return address === "None" || (address !== undefined && isUnknownAddress(address));
}

function isUnknownAddress(text: string): boolean {
  return text.includes("{{") || text.includes("${");
}

function service(spec: readonly string[]): string {
  return [
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n",
    ...spec.map((line) => `${line}\n`),
    "  selector:\n    app: api\n  ports:\n    - port: 8080\n      targetPort: http\n",
  ].join("");
}
