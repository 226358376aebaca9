/**
 * Custom resources and the objects that their operators make of them, by API group. What is not listed may make anything: pods, Services, Secrets.
 * Sources: the projects' API references, named with each group.
 */

/** Groups whose objects make none of what others refer to: rules, routes, policies, settings. */
export const quietGroups: ReadonlySet<string> = new Set([
  // https://istio.io/latest/docs/reference/config/
  "networking.istio.io",
  "security.istio.io",
  "telemetry.istio.io",
  // https://docs.cilium.io/en/stable/network/kubernetes/policy/
  "cilium.io",
  // https://docs.tigera.io/calico/latest/reference/resources/
  "projectcalico.org",
  "crd.projectcalico.org",
  // https://doc.traefik.io/traefik/reference/dynamic-configuration/kubernetes-crd/
  "traefik.io",
  "traefik.containo.us",
  // https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration
  "cloud.google.com",
  "networking.gke.io",
  // https://linkerd.io/2/reference/
  "policy.linkerd.io",
  "linkerd.io",
  // https://projectcontour.io/docs/
  "projectcontour.io",
  // https://docs.konghq.com/kubernetes-ingress-controller/
  "configuration.konghq.com",
  // https://metallb.io/apis/
  "metallb.io",
  // https://karpenter.sh/docs/concepts/
  "karpenter.sh",
  "karpenter.k8s.aws",
  // https://kubernetes-sigs.github.io/aws-load-balancer-controller/
  "elbv2.k8s.aws",
  // https://keda.sh/docs/latest/reference/: what it makes are autoscalers
  "keda.sh",
]);

/** Kinds of groups that are not quiet as a whole. */
export const quietKinds: ReadonlySet<string> = new Set([
  // https://prometheus-operator.dev/docs/api-reference/api/
  "monitoring.coreos.com/ServiceMonitor",
  "monitoring.coreos.com/PodMonitor",
  "monitoring.coreos.com/Probe",
  "monitoring.coreos.com/PrometheusRule",
  "monitoring.coreos.com/ScrapeConfig",
  "monitoring.coreos.com/AlertmanagerConfig",
  // https://argoproj.github.io/argo-rollouts/features/specification/
  "argoproj.io/Rollout",
  "argoproj.io/AnalysisTemplate",
  "argoproj.io/ClusterAnalysisTemplate",
  "argoproj.io/AppProject",
  // https://external-secrets.io/latest/api/secretstore/
  "external-secrets.io/SecretStore",
  "external-secrets.io/ClusterSecretStore",
]);

/** Where a custom resource names the Secrets that are made of it; the first path that leads to a text counts, and `metadata.name` where none does. */
export const secretMakers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  // https://external-secrets.io/latest/api/externalsecret/
  "external-secrets.io/ExternalSecret": [["spec", "target", "name"]],
  // https://github.com/external-secrets/kubernetes-external-secrets
  "kubernetes-client.io/ExternalSecret": [],
  // https://github.com/bitnami-labs/sealed-secrets
  "bitnami.com/SealedSecret": [["spec", "template", "metadata", "name"]],
  // https://cert-manager.io/docs/reference/api-docs/
  "cert-manager.io/Certificate": [["spec", "secretName"]],
  "cert-manager.io/Issuer": [["spec", "acme", "privateKeySecretRef", "name"]],
  "cert-manager.io/ClusterIssuer": [["spec", "acme", "privateKeySecretRef", "name"]],
  // https://developer.hashicorp.com/vault/docs/platform/k8s/vso/api-reference
  "secrets.hashicorp.com/VaultStaticSecret": [["spec", "destination", "name"]],
  "secrets.hashicorp.com/VaultDynamicSecret": [["spec", "destination", "name"]],
  "secrets.hashicorp.com/VaultPKISecret": [["spec", "destination", "name"]],
  // https://developer.1password.com/docs/k8s/operator/
  "onepassword.com/OnePasswordItem": [],
};
