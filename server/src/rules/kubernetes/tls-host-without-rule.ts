import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, itemsOf } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { ingressObject } from "./shared/example.ts";
import { coversHost, hostText, ingressesOf } from "./shared/ingresses.ts";

export default defineRule("kubernetes", {
  slug: "tls-host-without-rule",
  summary: "A host of an Ingress' `tls` section has no rule of its own.",
  why: `Hosts below \`tls\` say which certificate is for which host; they serve nothing by themselves. One that no rule has is nearly always a slip, and then the host that
is served has no certificate: browsers see the controller's fake one.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#tls"],
  fix: "review",
  examples: [
    {
      bad: ingressObject({
        spec: [
          "ingressClassName: haproxy",
          "tls:",
          "  - hosts:",
          "      - shp.example.com",
          "    secretName: shop-tls",
        ],
      }),
      good: ingressObject({}),
    },
  ],
  keys: ["tls"],
  *check(model) {
    for (const { resource, whole, rules } of ingressesOf(model)) {
      const hosts = rules.map(({ host }) => (host === undefined ? undefined : hostText(host)));
      // A rule without a host serves every one of them, and so may one that a template names.
      if (!whole || hosts.length === 0) continue;
      const known = hosts.flatMap((host) => host ?? []);
      if (known.length < hosts.length) continue;
      const named = itemsOf(resource.get("spec", "tls")).flatMap((item) => itemsOf(getPath(item, "hosts")));
      const covered = named.flatMap((node) => hostText(node) ?? []);
      const bare = known.filter((host) => !covered.some((pattern) => coversHost(pattern, host)));
      for (const node of named) {
        const host = hostText(node);
        if (host === undefined || known.some((one) => coversHost(host, one) || coversHost(one, host))) continue;
        // The twin of a host that is served, kept for a redirect.
        if (known.some((one) => `www.${one}` === host || `www.${host}` === one)) continue;
        const meant = closestOf(host, bare);
        yield {
          at: node.span,
          message: `No rule of this Ingress has the host \`${host}\`${meant === undefined ? ": add a rule for it, or remove it here." : `, and \`${meant}\` has no certificate: did you mean that?`}`,
          ...(meant === undefined ? { severity: "info" } : {}),
          fixes: () => (meant === undefined ? [] : renamed(model, node, meant)),
        };
      }
    }
  },
});

function renamed(model: KubernetesModel, node: YamlNode, meant: string): readonly Fix[] {
  return node.type === "scalar"
    ? reviewed(`Write \`${meant}\` (the certificate must be for that host)`, replaceScalar(model.document, node, meant))
    : [];
}
