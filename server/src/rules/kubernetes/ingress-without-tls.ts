import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { ingressObject } from "./shared/example.ts";
import { hostText, ingressesOf, type WrittenIngress } from "./shared/ingresses.ts";
import { nameOfObject } from "./shared/written-services.ts";

const issuer = ["cert-manager.io/cluster-issuer: letsencrypt"];

export default defineRule("kubernetes", {
  slug: "ingress-without-tls",
  summary: "An Ingress serves its hosts without TLS.",
  why: `Without a \`tls\` section the controller answers in plain text, or with a certificate of its own making that every browser warns of. Passwords, cookies and tokens
can then be read and changed on the way.

With cert-manager a \`tls\` section and one annotation are all it takes. Where something in front ends TLS (a cloud's load balancer with a certificate named in an annotation,
a CDN, a service mesh), this Ingress needs none: annotations that say so are understood.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["polaris:tlsSettingsMissing", "kubescape:C-0263"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls"],
  fix: "review",
  examples: [
    {
      bad: ingressObject({ annotations: issuer, spec: ["ingressClassName: haproxy"] }),
      good: ingressObject({
        annotations: issuer,
        spec: [
          "ingressClassName: haproxy",
          "tls:",
          "  - hosts:",
          "      - shop.example.com",
          "    secretName: shop-tls",
        ],
      }),
    },
  ],
  *check(model) {
    for (const ingress of ingressesOf(model)) {
      const { resource, whole } = ingress;
      const entry = resource.entry("spec", "tls");
      const at = entry ?? resource.entry("spec");
      if (!whole || at === undefined || itemsOf(entry?.value).length > 0) continue;
      if (entry !== undefined && entry.value.type === "map") continue;
      if (endsElsewhere(ingress) || isForTests(ingress)) continue;
      yield {
        at: at.keySpan,
        message: `${nameOfObject(resource)} serves its hosts in plain text: add a \`tls\` section with their certificate.`,
        fixes: () => withTls(model, ingress),
      };
    }
  },
});

/** Sources: the manuals of AWS's, Google's, Azure's, Alibaba's, OVH's and Tailscale's controllers, Traefik's, HAProxy's and Kong's. */
const elsewhere: readonly RegExp[] = [
  /^alb\.ingress\.kubernetes\.io\/(?:certificate-arn|listen-ports|ssl-redirect|scheme)$/,
  /^(?:networking\.gke\.io\/managed-certificates|networking\.gke\.io\/certmap|ingress\.gcp\.kubernetes\.io\/pre-shared-cert)$/,
  /^appgw\.ingress\.kubernetes\.io\/(?:appgw-ssl-certificate|ssl-redirect)$/,
  /^(?:route\.openshift\.io\/termination|external-dns\.alpha\.kubernetes\.io\/cloudflare-proxied)$/,
  /^(?:[a-z.-]*nginx[a-z.-]*|haproxy\.org|haproxy-ingress\.github\.io)\/(?:ssl-passthrough|use-regex-tls)$/,
  /^traefik\.ingress\.kubernetes\.io\/router\.tls(?:\.|$)/,
  /^[\w.-]+\/(?:force-)?ssl-redirect$/,
];

/** Something in front of the Ingress ends TLS, or its controller is given certificates otherwise. */
function endsElsewhere({ resource }: WrittenIngress): boolean {
  return resource.annotations.some(
    ({ name, value }) =>
      elsewhere.some((pattern) => pattern.test(name)) ||
      (/(?:^|\.)entrypoints$/.test(name) && /secure|https|443/.test(value)) ||
      (name.endsWith("ingress.class") && /internal|tailscale|cloudflare/.test(value)),
  );
}

/** Names that no certificate is given for. Source: RFC 6761 and RFC 8375. */
const privateNames = /(?:^|\.)(?:localhost|local|internal|test|localdomain|home\.arpa|lan|nip\.io|sslip\.io)$/;

function isForTests({ rules }: WrittenIngress): boolean {
  const hosts = rules.flatMap(({ host }) => (host === undefined ? [] : [hostText(host)]));
  return hosts.length > 0 && hosts.every((host) => host !== undefined && privateNames.test(host));
}

/** A section for the hosts of the rules. Without hosts, or with a class that takes its certificates from elsewhere, there is nothing to write. */
function withTls(model: KubernetesModel, { resource, rules }: WrittenIngress): readonly Fix[] {
  const hosts = [...new Set(rules.flatMap(({ host }) => (host === undefined ? [] : [hostText(host)])))];
  const known = hosts.flatMap((host) => host ?? []);
  if (resource.name === undefined || known.length === 0 || known.length < hosts.length) return [];
  const secretName = `${resource.name}-tls`;
  const issues = resource.annotations.some(({ name }) => /^(?:cert-manager\.io|acme\.cert-manager\.io)\//.test(name));
  return reviewed(
    `Add \`tls\` with the Secret \`${secretName}\` (${issues ? "cert-manager fills it" : "it must hold a certificate for these hosts"})`,
    setPath(model.document, resource.map, ["spec", "tls"], [{ hosts: known, secretName }], {
      position: { before: ["rules", "defaultBackend"] },
    }),
  );
}
