import type { YamlValue } from "../../../languages/yaml/edit.ts";

/**
 * The egress rule that lets pods ask the cluster's DNS. CoreDNS carries the label of the kube-dns it took the place of.
 * Source: https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/
 */
export const dnsRule: { readonly [key: string]: YamlValue } = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { port: 53, protocol: "UDP" },
    { port: 53, protocol: "TCP" },
  ],
};
