import { configExample } from "./shared/config-example.ts";
import { missingConfig } from "./shared/missing-config.ts";

export default missingConfig({
  slug: "unknown-secret",
  kind: "Secret",
  summary: "A pod or an Ingress is given a Secret that is not among the manifests it is applied with.",
  why: `A pod whose Secret does not exist never starts: its containers stay in \`CreateContainerConfigError\`, or its volumes are waited for without end.
Kubernetes accepts the manifests all the same, so that a slip in the name shows only when the rollout hangs.

Secrets are often made by hand or by a pipeline, and then no manifest has them. So the rule speaks only where others lie beside the workload, as manifests,
sealed or external secrets or certificates, and none has the name. The certificates of an Ingress or a Gateway are Secrets too: without them clients are
shown the controller's own. What says \`optional: true\` is left alone, and so are credentials for registries.`,
  aliases: ["kube-linter:env-value-from"],
  references: ["https://kubernetes.io/docs/concepts/configuration/secret/"],
  keys: ["secretKeyRef", "secretRef", "secret", "nodePublishSecretRef", "tls"],
  consequence: "the pod does not start",
  examples: [{ bad: configExample("Secret", "api-secert"), good: configExample("Secret", "api-secret") }],
});
