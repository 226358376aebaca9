import { configExample } from "./shared/config-example.ts";
import { missingConfig } from "./shared/missing-config.ts";

export default missingConfig({
  slug: "unknown-config-map",
  kind: "ConfigMap",
  summary: "A pod is given a ConfigMap that is not among the manifests it is applied with.",
  why: `A pod whose ConfigMap does not exist never starts: its containers stay in \`CreateContainerConfigError\`, or its volumes are waited for without end. A
rollout then stands still with the old pods running, and a fresh cluster has none at all. Kubernetes accepts the manifests all the same.

The rule speaks where other ConfigMaps lie beside the workload, in the same kustomization or folder, and none has the name. What a chart, an operator or a
remote resource may make is left alone, as is whatever says \`optional: true\`.`,
  aliases: ["kube-linter:env-value-from"],
  references: ["https://kubernetes.io/docs/concepts/configuration/configmap/"],
  keys: ["configMapKeyRef", "configMapRef", "configMap"],
  consequence: "the pod does not start",
  examples: [{ bad: configExample("ConfigMap", "api-confg"), good: configExample("ConfigMap", "api-config") }],
});
